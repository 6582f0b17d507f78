import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, endedSessions, meetingByTitle, openService, participantsOf, reportOf } from './client';
import { sceneCalls } from './scenes';

describe('sample service: who comes, goes and shares', () => {
  let client: Client;
  let app: string;
  before(async () => {
    client = await openService();
    app = (await appPaths(client))['telehealth-prod'] ?? '';
  });
  after(() => client.stop());
  const scene = (title: string) => sceneCalls(client, app, title);

  it('rejoin churn: several stays of one person, one after the other', async () => {
    for (const { people, guest } of await scene('Rejoin churn')) {
      const stays = people.filter(({ user_id }) => user_id === guest.user_id);
      assert.ok(stays.length >= 3, `${stays.length} stays`);
      assert.equal(new Set(stays.map(({ id }) => id)).size, stays.length);
      assert.equal(new Set(stays.map(({ custom_participant_id }) => custom_participant_id)).size, 1);
      for (const [index, stay] of stays.slice(1).entries()) {
        const pause = Date.parse(stay.joined_at.replace('"', '')) - Date.parse(stays[index].left_at);
        assert.ok(pause > 0 && pause <= 60_000, `${pause} ms`);
      }
    }
  });

  it('mass leave: most leave within seconds, some return within a minute', async () => {
    for (const { people, session } of await scene('Mass leave')) {
      const left = people
        .map((row) => Date.parse(row.left_at))
        .filter((at) => at < Date.parse(session.ended_at) - 120_000);
      const first = Math.min(...left);
      const together = left.filter((at) => at - first <= 10_000);
      const here = people.filter((row) => Date.parse(row.joined_at.replace('"', '')) < first);
      assert.ok(together.length >= 3 && together.length >= here.length / 2);
      const back = people.filter((row) => {
        const joined = Date.parse(row.joined_at.replace('"', ''));
        return joined > first && joined <= first + 70_000;
      });
      assert.ok(back.length >= 1);
      for (const row of back) assert.ok(here.some(({ user_id }) => user_id === row.user_id));
    }
  });

  it('screen share: one sends a screen, all others receive it, with their cameras beside it', async () => {
    for (const { people, host } of await scene('Screen share')) {
      assert.ok(host.quality.screenshare_video_producer.length > 20);
      assert.ok(host.quality.screenshare_video_producer.every((row: Json) => row.frame_width === 1920));
      const [producer] = new Set(host.quality.screenshare_video_producer.map((row: Json) => row.producer_id));
      for (const { id, display_name: name } of people.filter((row) => row.display_name !== 'Host')) {
        const { quality } = await reportOf(client, app, id);
        if (quality.screenshare_video_consumer.length === 0) continue;
        assert.deepEqual(
          [...new Set(quality.screenshare_video_consumer.map((row: Json) => row.producer_id))],
          [producer],
          name,
        );
        assert.equal(quality.screenshare_video_producer.length, 0);
        assert.ok(quality.audio_consumer.length > 0);
      }
      assert.ok(host.metadata.events.some(({ name }: Json) => name === 'screenshare_on'));
    }
  });

  it('breakout rooms: sessions of their own, entered and left; time adds up in the consolidated view', async () => {
    for (const session of await endedSessions(client, app, 'Breakout rooms', 3)) {
      assert.equal('breakout_rooms' in (await client.get(`${app}/sessions/${session.id}`)).data, false);
      const { data } = await client.get(`${app}/sessions/${session.id}?include_breakout_rooms=true`);
      assert.ok(data.breakout_rooms.length >= 2);
      const minutes = new Map<string, number>();
      const count = (rows: { user_id: string; duration: number }[]) => {
        for (const { user_id, duration } of rows) minutes.set(user_id, (minutes.get(user_id) ?? 0) + duration);
      };
      count(await participantsOf(client, app, session.id));
      for (const room of data.breakout_rooms) {
        assert.notEqual(room.id, session.id);
        assert.equal(
          (await client.get(`${app}/sessions/${room.id}`)).data.meeting_display_name,
          room.meeting_display_name,
        );
        const people = await participantsOf(client, app, room.id);
        assert.ok(people.length >= 1);
        count(people);
        const report = await reportOf(client, app, people[0].id);
        assert.ok(report.quality.audio_producer.length > 10);
      }
      const consolidated = await participantsOf(client, app, session.id, '&view=consolidated');
      assert.equal(consolidated.length, minutes.size);
      for (const { user_id, duration } of consolidated)
        assert.ok(Math.abs(duration - (minutes.get(user_id) ?? 0)) < 0.001);
    }
  });

  it('serves a very long name and names with markup as they are', async () => {
    const { data } = await client.get(`${app}/meetings?per_page=100`);
    const long = data.find(({ title }: Json) => title.length > 250);
    const hostile = data.find(
      ({ title }: Json) => title.includes('<img') && title.includes('$(') && title.includes('\u202e'),
    );
    assert.ok(long && hostile);
    const [session] = await endedSessions(client, app, hostile.title);
    const names = (await participantsOf(client, app, session.id)).map(({ display_name }) => display_name);
    assert.ok(names.some((name) => name.includes('<b') && name.includes('$(')));
    assert.equal((await meetingByTitle(client, app, long.title)).id, long.id);
  });
});
