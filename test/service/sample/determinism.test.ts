import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, meetingByTitle, NOW, openService, participantsOf, reportOf } from './client';

const MINUTE = 60_000;

describe('sample service: the same calls everywhere, and they go on', () => {
  it('two services with the same clock give the same bytes', async () => {
    const first = await openService();
    const second = await openService();
    try {
      const app = (await appPaths(first))['telehealth-prod'] ?? '';
      const { data } = await first.get(`${app}/sessions?per_page=30`);
      const paths = [`${first.kit}/apps`, `${app}/meetings`, `${app}/sessions?per_page=100&sort_by=minutesConsumed`];
      for (const { id } of data.sessions.slice(0, 12)) {
        paths.push(`${app}/sessions/${id}?include_breakout_rooms=true`);
        paths.push(`${app}/sessions/${id}/participants?include_peer_events=true`);
        for (const person of (await participantsOf(first, app, id)).slice(0, 2))
          paths.push(`${app}/sessions/peer-report/${person.id}`);
      }
      for (const path of paths) assert.equal(await second.text(path), await first.text(path), path);
    } finally {
      await first.stop();
      await second.stop();
    }
  }).timeout(30_000);

  it('what was ended stays as it was while the clock goes on', async () => {
    const client = await openService();
    try {
      const app = (await appPaths(client))['telehealth-prod'] ?? '';
      const { data } = await client.get(`${app}/sessions?status=ENDED&per_page=5`);
      const before: string[] = [];
      const paths: string[] = [];
      for (const { id } of data.sessions) {
        paths.push(`${app}/sessions/${id}`, `${app}/sessions/${id}/participants`);
        const [person] = await participantsOf(client, app, id);
        paths.push(`${app}/sessions/peer-report/${person.id}`);
      }
      for (const path of paths) before.push(await client.text(path));
      client.clock.now = NOW + 5 * 60 * MINUTE;
      for (const [index, path] of paths.entries()) assert.equal(await client.text(path), before[index], path);
    } finally {
      await client.stop();
    }
  });

  it('a live session grows: minutes, people, samples; what was reported stays', async () => {
    const client = await openService();
    try {
      const app = (await appPaths(client))['telehealth-prod'] ?? '';
      const session = await liveDesk(client, app);
      const started = Date.parse(session.started_at);
      let previous: Json;
      for (const minutes of [1, 5, 20, 45, 90]) {
        client.clock.now = started + minutes * MINUTE;
        const { data } = await client.get(`${app}/sessions/${session.id}`);
        assert.equal(data.status, 'LIVE');
        assert.equal('ended_at' in data, false);
        const people = await participantsOf(client, app, session.id);
        const present = people.filter((row) => !('left_at' in row));
        assert.equal(data.live_participants, present.length);
        const sum = people.reduce((total: number, row: { duration: number }) => total + row.duration, 0);
        assert.ok(Math.abs(data.minutes_consumed - sum) < 0.001 * people.length, 'minutes are the sum of the stays');
        const host = people[0];
        assert.ok(Math.abs(host.duration - minutes) < 0.0001);
        const report = await reportOf(client, app, host.id);
        const { audio_producer: samples } = report.quality;
        // One sample at once, then one every 7 s, the second of them 0.58 s later than that.
        assert.ok(
          Math.abs(samples.length - (1 + (minutes * 60 - 0.8) / 7)) <= 1,
          `${samples.length} samples in ${minutes} min`,
        );
        assert.ok(Date.parse(samples.at(-1).timestamp) <= client.clock.now);
        if (previous) {
          assert.ok(data.minutes_consumed > previous.minutes);
          assert.ok(people.length >= previous.people.length);
          assert.deepEqual(samples.slice(0, previous.samples.length), previous.samples);
          assert.deepEqual(people.map(({ id }) => id).slice(0, previous.people.length), previous.people);
        }
        previous = { minutes: data.minutes_consumed, people: people.map(({ id }) => id), samples };
      }
      assert.ok(previous.people.length >= 5);
      const meeting = await client.get(`${app}/meetings/${session.associated_id}/active-session`);
      assert.equal(meeting.data.id, session.id);
      client.clock.now = started + 140 * MINUTE;
      const over = (await client.get(`${app}/sessions/${session.id}`)).data;
      assert.equal(over.status, 'ENDED');
      assert.equal(over.live_participants, 0);
    } finally {
      await client.stop();
    }
  });

  it('shows nothing of what has not happened yet', async () => {
    const client = await openService();
    try {
      const app = (await appPaths(client))['telehealth-prod'] ?? '';
      const session = await liveDesk(client, app);
      const started = Date.parse(session.started_at);
      client.clock.now = started + 60 * MINUTE;
      const later = await participantsOf(client, app, session.id);
      client.clock.now = started + 20_000;
      const now = await participantsOf(client, app, session.id);
      assert.ok(now.length < later.length);
      const newcomer = later.at(-1);
      assert.equal((await client.send(`${app}/sessions/peer-report/${newcomer.id}`)).status, 404);
      assert.equal((await client.send(`${app}/sessions/${session.id}/participants/${newcomer.id}`)).status, 404);
      client.clock.now = started - 1;
      assert.equal((await client.send(`${app}/sessions/${session.id}`)).status, 404);
    } finally {
      await client.stop();
    }
  });
});

async function liveDesk(client: Client, app: string): Promise<Json> {
  for (const line of ['Live support desk, line 1', 'Live support desk, line 2']) {
    const meeting = await meetingByTitle(client, app, line);
    const { data } = await client.get(`${app}/sessions?status=LIVE&associated_id=${meeting.id}`);
    if (data.sessions.length > 0) return data.sessions[0];
  }
  throw new Error('no live desk');
}
