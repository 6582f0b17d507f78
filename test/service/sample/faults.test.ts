import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, endedSessions, NOW, openService, participantsOf, reportOf } from './client';
import { average, fromGuest, lostDown, lostUp, sceneCalls, time } from './scenes';

const HOUR = 3_600_000;

describe('sample service: each fault shows in the figures', () => {
  let client: Client;
  let app: string;
  before(async () => {
    client = await openService();
    app = (await appPaths(client))['telehealth-prod'] ?? '';
  });
  after(() => client.stop());
  const scene = (title: string) => sceneCalls(client, app, title);

  it('every fault meeting has an ended session within the last 24 hours', async () => {
    for (const title of [
      'Healthy call',
      'Lossy uplink',
      'Lossy downlink',
      'CPU-limited sender',
      'Bandwidth-limited uplink',
      'TURN over TCP',
      'UDP blocked',
      'Headset unplugged',
      'Network switch with ICE restart',
      'Rejoin churn',
      'Mass leave',
      'Screen share',
      'Breakout rooms',
      'No report',
    ]) {
      const [session] = await endedSessions(client, app, title);
      assert.ok(Date.parse(session.started_at) >= NOW - 24 * HOUR, title);
    }
  });

  it('healthy call: no loss to speak of, short round trips, good scores', async () => {
    for (const { report, host } of await scene('Healthy call')) {
      for (const { quality } of [report, host]) {
        for (const name of ['audio_producer', 'video_producer']) {
          assert.ok(Math.max(...quality[name].map(lostUp)) < 1, name);
          assert.ok(Math.max(...quality[name].map((row: Json) => row.rtt)) < 0.15);
        }
        for (const name of ['audio_consumer', 'video_consumer'])
          assert.ok(Math.max(...quality[name].map(lostDown)) < 1.5, name);
        assert.ok(quality.audio_producer_cumulative.quality_mos.avg > 4.2);
        assert.ok(quality.video_producer.every((row: Json) => row.quality_limitation_reason === 'none'));
      }
    }
  });

  it('lossy uplink: the sender loses over 3 % for a while, every receiver sees it, nothing else is lossy', async () => {
    const sizes = new Set<number>();
    for (const { session, guest, people, report } of await scene('Lossy uplink')) {
      const bad = report.quality.audio_producer.filter((row: Json) => lostUp(row) > 3);
      assert.ok(bad.length >= 5, `${bad.length} lossy samples`);
      assert.ok(bad.length < report.quality.audio_producer.length / 2);
      sizes.add(Math.round(average(bad.map(lostUp)) * 10));
      for (const name of ['audio_consumer', 'video_consumer'])
        assert.ok(Math.max(...report.quality[name].map(lostDown)) < 1.5);
      const times = bad.map(time);
      for (const other of people.filter(({ id }) => id !== guest.id)) {
        const { quality } = await reportOf(client, app, other.id);
        const heard = quality.audio_consumer.filter((row: Json) => row.peer_id === guest.id);
        const worse = heard.filter((row: Json) => times.some((at: number) => Math.abs(time(row) - at) < 4000));
        assert.ok(average(worse.map(lostDown)) > 3, `${session.id} seen by ${other.display_name}`);
        const rest = quality.audio_consumer.filter((row: Json) => row.peer_id !== guest.id);
        assert.ok(Math.max(0, ...rest.map(lostDown)) < 2, 'only the guest is lossy');
        assert.ok(Math.max(...quality.audio_producer.map(lostUp)) < 1);
      }
    }
    assert.ok(sizes.size >= 3, 'faults differ in size');
  });

  it('lossy downlink: only this receiver loses, from everybody', async () => {
    for (const call of await scene('Lossy downlink')) {
      const { report, host, people, guest } = call;
      const bad = report.quality.audio_consumer.filter((row: Json) => lostDown(row) > 3);
      assert.ok(bad.length >= 8);
      assert.equal(new Set(bad.map((row: Json) => row.peer_id)).size, people.length - 1);
      assert.ok(Math.max(...report.quality.audio_producer.map(lostUp)) < 1);
      assert.ok(Math.max(...fromGuest(call, 'audio').map(lostDown)) < 2);
      assert.ok(Math.max(...host.quality.audio_consumer.map(lostDown)) < 2, guest.id);
      assert.ok(bad.some((row: Json) => row.concealment_events > 0));
    }
  });

  it('CPU-limited sender: fewer frames for a reason, no loss, and receivers see the fewer frames', async () => {
    for (const call of await scene('CPU-limited sender')) {
      const rows = call.report.quality.video_producer.filter((row: Json) => row.frame_width >= 640);
      const limited = rows.filter((row: Json) => row.quality_limitation_durations.cpu > 5);
      const free = rows.filter((row: Json) => row.quality_limitation_durations.none > 6);
      assert.ok(limited.length >= 10 && free.length >= 10);
      assert.ok(average(limited.map((row: Json) => row.frames_per_second)) < 18);
      assert.ok(average(free.map((row: Json) => row.frames_per_second)) > 28);
      assert.ok(limited.some((row: Json) => row.quality_limitation_reason === 'cpu'));
      assert.ok(Math.max(...rows.map(lostUp)) < 1);
      const times = new Set(limited.map(time));
      const seen = fromGuest(call, 'video').filter((row) =>
        [...times].some((at) => Math.abs(time(row) - (at as number)) < 3500),
      );
      assert.ok(average(seen.map((row) => row.frames_per_second)) < 20);
      assert.equal(call.report.metadata.device_info.cpus, 2);
      assert.ok(call.report.quality.video_producer_cumulative.issues.cpu_quality_limitation_fraction > 0.1);
    }
  });

  it('bandwidth-limited uplink: smaller pictures, fewer bits, longer round trips, and the reason', async () => {
    for (const call of await scene('Bandwidth-limited uplink')) {
      const { quality } = call.report;
      const moments = new Map<string, Json[]>();
      for (const row of quality.video_producer)
        moments.set(row.timestamp, [...(moments.get(row.timestamp) ?? []), row]);
      const sums = [...moments.values()].map((rows) => ({
        // Width and rate are those of the last frame: at the end of an episode they are free again.
        limited:
          rows[0].quality_limitation_durations.bandwidth > 6 && rows[0].quality_limitation_reason === 'bandwidth',
        free: rows[0].quality_limitation_durations.none > 6,
        bytes: rows.reduce((sum: number, row: { bytes_sent: number }) => sum + row.bytes_sent, 0),
        width: Math.max(...rows.filter((row) => row.frames_per_second > 0).map((row) => row.frame_width)),
        rtt: rows[0].rtt,
      }));
      const limited = sums.filter((sum) => sum.limited);
      const free = sums.filter((sum) => sum.free);
      assert.ok(limited.length >= 10 && free.length >= 5);
      assert.ok(average(limited.map(({ bytes }) => bytes)) < 0.5 * average(free.map(({ bytes }) => bytes)));
      assert.ok(Math.max(...limited.map(({ width }) => width)) < 1280);
      assert.equal(Math.max(...free.map(({ width }) => width)), 1280);
      assert.ok(average(limited.map(({ rtt }) => rtt)) > average(free.map(({ rtt }) => rtt)) + 0.05);
      assert.ok(quality.video_producer.some((row: Json) => row.quality_limitation_resolution_changes > 0));
      assert.ok(Math.max(...quality.video_producer.map(lostUp)) < 3);
      const widths = new Set(fromGuest(call, 'video').map((row) => row.frame_width));
      assert.ok(widths.size >= 2, 'receivers see the smaller picture');
    }
  });

  it('TURN over TCP and UDP blocked: relayed by a turns: server, long round trips, no loss', async () => {
    for (const [title, reflexive] of [
      ['TURN over TCP', true],
      ['UDP blocked', false],
    ] as const) {
      for (const { report, host } of await scene(title)) {
        for (const pair of [
          ...report.metadata.candidate_pairs.producing_transport,
          ...report.metadata.candidate_pairs.consuming_transport,
        ]) {
          assert.equal(pair.local_candidate_type, 'relay');
          assert.match(pair.local_candidate_url, /^turns:[a-z.]+\.example:\d+\?transport=tcp$/);
        }
        assert.equal(report.metadata.pc_metadata[0].reflexive_connectivity, reflexive);
        assert.equal(report.metadata.pc_metadata[0].relay_connectivity, true);
        const rtt = average(report.quality.audio_producer.map((row: Json) => row.rtt));
        assert.ok(rtt > 0.085, `${rtt}`);
        assert.equal(Math.max(...report.quality.audio_producer.map(lostUp)), 0);
        for (const pair of host.metadata.candidate_pairs.producing_transport)
          assert.notEqual(pair.local_candidate_type, 'relay');
      }
    }
  });

  it('headset unplugged: the selected microphone goes, silence until another is selected, muted or not makes no difference', async () => {
    for (const call of await scene('Headset unplugged')) {
      const { metadata, quality } = call.report;
      const removal = metadata.audio_devices_updates.find((update: Json) => update.removed.length > 0);
      const headset = removal.removed[0].device_id;
      const microphones = metadata.selected_device_updates.filter(({ device }: Json) => device.kind === 'audioinput');
      assert.equal(microphones[0].device.device_id, headset);
      const chosen = microphones[1];
      assert.notEqual(chosen.device.device_id, headset);
      const gone = time(removal);
      const back = time(chosen);
      assert.ok(back - gone >= 20_000 && back - gone <= 100_000);
      const silent = quality.audio_producer.filter((row: Json) => row.packets_sent === 0);
      assert.ok(silent.length >= 1);
      for (const row of silent) assert.ok(time(row) > gone && time(row) <= back + 4000);
      for (const row of quality.audio_producer) {
        if (time(row) < gone || time(row) > back + 10_000) assert.ok(row.packets_sent > 0);
      }
      assert.ok(fromGuest(call, 'audio').some((row) => row.packets_received === 0));
      assert.ok(
        quality.video_producer.every((row: Json) => row.packets_sent > 0),
        'the picture goes on',
      );
    }
  });

  it('network switch: a gap, then a second candidate pair on a mobile network', async () => {
    for (const call of await scene('Network switch with ICE restart')) {
      const { metadata, quality } = call.report;
      const pairs = metadata.candidate_pairs.producing_transport;
      assert.deepEqual(
        pairs.map((pair: Json) => pair.local_candidate_network_type),
        ['wifi', 'cellular'],
      );
      assert.notEqual(pairs[0].local_candidate_address, pairs[1].local_candidate_address);
      assert.notEqual(pairs[0].local_candidate_id, pairs[1].local_candidate_id);
      assert.ok(pairs[0].last_packet_sent_timestamp < pairs[1].last_packet_sent_timestamp);
      assert.equal(metadata.pc_metadata.length, 2);
      const times = quality.audio_producer.map(time);
      const gaps = times.slice(1).map((at: number, index: number) => at - times[index]);
      const wide = gaps.filter((gap: number) => gap > 9000);
      assert.equal(wide.length, 1, 'one gap');
      const restart = metadata.events.find(({ name }: Json) => name === 'ice_restart');
      assert.ok(restart);
      const before = quality.audio_producer
        .filter((row: Json) => time(row) < time(restart))
        .map((row: Json) => row.rtt);
      const after = quality.audio_producer
        .filter((row: Json) => time(row) > time(restart) + 15_000)
        .map((row: Json) => row.rtt);
      assert.ok(average(after) > average(before) + 0.02);
      assert.ok(
        fromGuest(call, 'audio').some((row) => row.packets_received < 300),
        'the host hears the gap',
      );
    }
  });

  it('mute shows as small packets, 18 bytes each as in the published report', async () => {
    let checked = 0;
    for (const session of (await client.get(`${app}/sessions?search=Weekly+review&status=ENDED&per_page=3`)).data
      .sessions) {
      for (const { id } of await participantsOf(client, app, session.id)) {
        const { metadata, quality } = await reportOf(client, app, id);
        const changes: Json[] = metadata.events.filter(({ name }: Json) => name === 'audio_off' || name === 'audio_on');
        for (const [index, { name, timestamp }] of changes.entries()) {
          const next = changes[index + 1];
          if (name !== 'audio_off' || next?.name !== 'audio_on') continue;
          // A sample covers the 7 s before it; cells of 2 s begin and end near the event.
          const inside = quality.audio_producer.filter(
            (row: Json) => time(row) > Date.parse(timestamp) + 10_000 && time(row) < time(next) - 2000,
          );
          for (const row of inside) {
            if (row.packets_sent === 0) continue;
            assert.ok(Math.abs(row.bytes_sent / row.packets_sent - 18) < 0.2);
            checked++;
          }
        }
      }
    }
    assert.ok(checked > 50);
  });
});
