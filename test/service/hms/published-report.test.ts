import assert from 'node:assert/strict';
import type { Fact } from '../../../src/core/model';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, signal } from './connection';
import { fixture, NOTHING, routes, STATS } from './fixtures';

const value = (facts: readonly Fact[] | undefined, label: string) => facts?.find((one) => one.label === label)?.value;

describe('100ms: published statistics and events', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  it('the statistics of a peer', async () => {
    const stats = fixture('peer-stats');
    server.always(routes({ ...NOTHING, [STATS]: { body: stats } }));
    const ref = {
      connectionId: 'c1',
      roomId: stats.room_id,
      sessionId: stats.session_id,
      participantId: stats.peer_id,
    };
    const { report, raw } = await connect(server).provider.getReport(ref, signal());
    assert.deepEqual(JSON.parse(new TextDecoder().decode(raw)), stats);
    const rows: [string, string, Json][] = ['publisher', 'subscriber'].flatMap((side) =>
      ['video', 'audio'].flatMap((kind) => stats[side][kind].map((track: Json) => [side, kind, track])),
    );
    assert.equal(report.streams.length, rows.length);
    const names = {
      bitrate: 'bitrate',
      packet_loss_percent: 'packetLoss',
      rtt_ms: 'rtt',
      jitter_ms: 'jitter',
      fps: 'fps',
      freeze_count: 'freezeCount',
      concealed_samples: 'concealedSamples',
    } as const;
    for (const [index, [side, kind, track]] of rows.entries()) {
      const stream = report.streams[index];
      assert.equal(stream?.direction, side === 'publisher' ? 'send' : 'receive');
      assert.equal(stream.kind, kind);
      assert.equal(stream.source, track.type === 'screen' ? 'screen' : 'camera-mic');
      assert.equal(stream.layer, track.rid ?? undefined);
      assert.equal(stream.identifiers?.trackId, track.track_id);
      const { timestamps, ...arrays } = track.time_series;
      assert.deepEqual([...stream.times], timestamps);
      for (const [name, series] of Object.entries(names)) {
        const column: Float64Array | undefined = stream.series[series];
        const given: (number | null)[] | undefined = arrays[name];
        if (given === undefined || given.every((cell) => cell === null))
          assert.equal(column, undefined, `${index} ${name}`);
        else assert.deepEqual([...(column ?? [])], given);
      }
    }
    assert.equal(new Set(report.streams.map(({ id }) => id)).size, rows.length);
    assert.deepEqual(
      server.requests.filter(({ path }) => path.endsWith(STATS)).map(({ query }) => Object.fromEntries(query)),
      [{ peer_id: stats.peer_id, session_id: stats.session_id }],
    );
  });

  it('events of tracks: mute states and the time unmuted', async () => {
    const page = fixture('analytics-track-events');
    const [first, second, third] = page.events;
    const stats = { ...fixture('peer-stats'), peer_id: first.data.peer_id };
    stats.publisher.audio[0].track_id = first.data.track_id;
    server.always(
      routes({
        ...NOTHING,
        [STATS]: { body: stats },
        '/analytics/events': ({ query }) => {
          if (query.has('type')) return { body: { limit: 0, next: '', events: [] } };
          if (query.get('start') === page.next) return { body: { limit: 0, total: 6, events: [] } };
          // The order within a page is not promised.
          return { body: { ...page, events: [third, first, second] } };
        },
      }),
    );
    const ref = {
      connectionId: 'c1',
      roomId: first.data.room_id,
      sessionId: first.data.session_id,
      participantId: first.data.peer_id,
    };
    const { report } = await connect(server).provider.getReport(ref, signal());
    const at = (text: string) => Date.parse(text);
    assert.deepEqual(
      report.events.map((one) => [one.at, one.name, one.lane, one.details?.mute]),
      [first, second, third].map((one) => [at(one.timestamp), one.type, 'media', one.data.mute]),
    );
    const audio = report.streams.find(({ direction, kind }) => direction === 'send' && kind === 'audio');
    assert.deepEqual(audio?.states?.mute, [
      { at: at(first.timestamp), value: 'muted' },
      { at: at(second.timestamp), value: 'unmuted' },
      { at: at(third.timestamp), value: 'removed' },
    ]);
    // 10:20:52.911 to 10:22:30.720 is 97.809 s.
    assert.match(value(report.participant.facts, 'Microphone on') ?? '', /^2 min/);
    assert.equal(report.participant.name, first.data.user_name);
    assert.equal(value(report.participant.facts, 'Room'), first.data.room_name);
  });

  it('failures: code, text, candidates and client', async () => {
    const page = { ...fixture('analytics-error-events'), next: '' };
    const [publish] = page.events;
    const stats = { ...fixture('peer-stats'), peer_id: publish.data.peer_id };
    server.always(routes({ ...NOTHING, [STATS]: { body: stats }, '/analytics/events': { body: page } }));
    const ref = {
      connectionId: 'c1',
      roomId: publish.data.room_id,
      sessionId: publish.data.session_id,
      participantId: publish.data.peer_id,
    };
    const { report } = await connect(server).provider.getReport(ref, signal());
    assert.deepEqual(
      report.events.map(({ name, lane, details }) => [name, lane, details?.error_code, details?.error_name]),
      page.events.map(({ type, data }: Json) => [type, 'network', data.error_code, data.error_name]),
    );
    assert.equal(report.events[0]?.details?.error_description, publish.data.error_description);
    assert.equal(report.events[0]?.details?.['audio.maxBitrate'], publish.data.audio.maxBitrate);
    assert.deepEqual(report.transports[0], {
      direction: 'send',
      local: {
        id: '1267094175',
        type: 'relay',
        address: '198.51.100.32',
        port: 52563,
        protocol: 'udp',
        relatedAddress: '203.0.113.6',
        relatedPort: 53039,
      },
      remote: {
        id: '2560537185',
        type: 'prflx',
        address: undefined,
        port: 26058,
        protocol: 'udp',
        relatedAddress: undefined,
        relatedPort: undefined,
      },
    });
    assert.equal(report.transports[1]?.direction, 'receive');
    const { agent } = publish.data;
    assert.deepEqual(report.browser, { name: 'Chrome', version: '125.0.0.0' });
    assert.deepEqual(report.device, { os: 'Mac OS', osVersion: agent.os_version });
    assert.deepEqual(report.sdk, { name: agent.sdk, version: agent.sdk_version, type: 'react-web 18.2.0' });
    assert.match(report.assumptions.join('\n'), /candidates are those that 100ms names in a failure/);
  });

  it('a failed join without any statistics is a report of its events', async () => {
    const page = { ...fixture('analytics-client.join.failed'), next: '' };
    const [{ data, type }] = page.events;
    server.always(routes({ ...NOTHING, '/analytics/events': { body: page } }));
    const ref = { connectionId: 'c1', roomId: data.room_id, sessionId: data.session_id, participantId: data.peer_id };
    const { report } = await connect(server).provider.getReport(ref, signal());
    assert.deepEqual(report.streams, []);
    assert.deepEqual(
      report.events.map(({ name }) => name),
      [type],
    );
    assert.equal(report.participant.name, data.user_name);
    assert.equal(report.participant.userId, data.user_id);
    assert.match(report.assumptions[0] ?? '', /^There are no call statistics/);
  });

  it('the event of a recording shows no link that opens it', async () => {
    const page = fixture('analytics-recording-events');
    const [{ data, type }] = page.events;
    server.always(routes({ ...NOTHING, '/analytics/events': { body: page } }));
    const ref = { connectionId: 'c1', roomId: data.room_id, sessionId: data.session_id, participantId: data.peer_id };
    const { report } = await connect(server).provider.getReport(ref, signal());
    assert.equal(report.events[0]?.name, type);
    assert.equal(report.events[0]?.details?.duration, data.duration);
    const shown = JSON.stringify(report);
    for (const secret of [data.recording_presigned_url, data.meeting_url, data.rtmp[0].url])
      assert.ok(!shown.includes(secret));
  });
});
