import assert from 'node:assert/strict';
import type { ParticipantRef } from '../../../src/core/ids';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, signal } from './connection';
import { NOTHING, routes, STATS } from './fixtures';

const START = Date.UTC(2026, 10, 1, 8, 0, 0);
const ref: ParticipantRef = { connectionId: 'c1', roomId: 'r1', sessionId: 's1', participantId: 'p1' };
const at = (offset: number): string => new Date(START + offset).toISOString();
const times = (count: number): number[] => Array.from({ length: count }, (_, n) => START + n * 10_000);
const stats = (publisher: Json, subscriber: Json = {}): Json => ({
  peer_id: 'p1',
  session_id: 's1',
  room_id: 'r1',
  publisher,
  subscriber,
});
const session = (more: object = {}): Json => ({
  id: 's1',
  room_id: 'r1',
  active: false,
  created_at: at(0),
  updated_at: at(600_000),
  peers: { p1: { id: 'p1', name: 'Pat', role: 'host', user_id: 'u1', joined_at: at(1000), left_at: at(500_000) } },
  ...more,
});
const EMPTY = stats({ video: [], audio: [] }, { video: [], audio: [] });
const event = (n: number, more: object = {}): Json => ({
  version: '2.0',
  id: `e${n}`,
  timestamp: at(n * 1000),
  type: 'client.disconnected',
  data: { peer_id: 'p1', room_id: 'r1', error_code: n },
  ...more,
});

describe('100ms: the report', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });
  const read = async (answers: Parameters<typeof routes>[0]) => {
    server.always(routes({ ...NOTHING, '/sessions/s1': { body: session() }, ...answers }));
    return (await connect(server).provider.getReport(ref, signal())).report;
  };
  const video = (time_series: Json) => stats({ video: [{ track_id: 't1', type: 'regular', rid: 'h', time_series }] });

  it('has the facts of the stay from the session', async () => {
    const report = await read({ [STATS]: { body: video({ timestamps: times(2), fps: [30, 29] }) } });
    assert.equal(report.provider, '100ms');
    assert.equal(report.participant.name, 'Pat');
    assert.equal(report.startedAt, START + 1000);
    assert.equal(report.endedAt, START + 500_000);
    assert.deepEqual(report.issues, []);
  });

  it('keeps the layers of a track apart, and names a received track’s sender', async () => {
    const series = { timestamps: times(1), bitrate: [5] };
    const added = {
      id: 'x',
      timestamp: at(5),
      type: 'track.add.success',
      data: { track_id: 'far', peer_id: 'p2', user_name: 'Kim' },
    };
    const report = await read({
      [STATS]: {
        body: stats(
          { video: ['h', 'm', 'l'].map((rid) => ({ track_id: 't1', rid, time_series: series })) },
          { audio: [{ track_id: 'far', time_series: series }] },
        ),
      },
      '/analytics/events': ({ query }) => ({
        body: query.has('type') ? { limit: 1, next: '', events: [added] } : { limit: 0, next: '', events: [] },
      }),
    });
    assert.deepEqual(
      report.streams.map(({ layer, remoteParticipantId, label }) => [layer, remoteParticipantId, label]),
      [
        ['h', undefined, 'Camera sent'],
        ['m', undefined, 'Camera sent'],
        ['l', undefined, 'Camera sent'],
        [undefined, 'p2', 'Microphone received from Kim'],
      ],
    );
    const asked = server.requests.filter(({ path }) => path.endsWith('/events')).map(({ query }) => `${query}`);
    assert.deepEqual(asked.sort(), [
      'room_id=r1&peer_id=p1&limit=100',
      'room_id=r1&session_id=s1&type=track.add.success&limit=100',
    ]);
  });

  it('pairs shorter arrays by index and leaves the rest empty', async () => {
    const report = await read({
      [STATS]: {
        body: video({
          timestamps: times(3),
          bitrate: [100],
          fps: [],
          rtt_ms: [null, 5, null],
          packet_loss_percent: null,
        }),
      },
    });
    const { series, times: axis } = report.streams[0] ?? {};
    assert.deepEqual([...(axis ?? [])], times(3));
    assert.deepEqual([...(series?.bitrate ?? [])], [100, Number.NaN, Number.NaN]);
    assert.deepEqual([...(series?.rtt ?? [])], [Number.NaN, 5, Number.NaN]);
    assert.equal(series?.fps, undefined);
    assert.equal(series?.packetLoss, undefined);
    assert.deepEqual(report.issues, []);
  });

  it('keeps good cells beside bad ones and says where the first bad one is', async () => {
    const report = await read({
      [STATS]: { body: video({ timestamps: times(4), bitrate: [1, 'two', -3, 4], fps: [1, 2, 3, 4, 5], rtt_ms: 'x' }) },
    });
    assert.deepEqual([...(report.streams[0]?.series.bitrate ?? [])], [1, Number.NaN, Number.NaN, 4]);
    assert.deepEqual(
      report.issues.map(({ path, message }) => [path, message]),
      [
        [
          'publisher.video[0].time_series.bitrate[1]',
          '2 of 4 cells are no usable numbers, the first one here; left empty.',
        ],
        ['publisher.video[0].time_series.rtt_ms', 'Expected a list, found the text "x"; left out.'],
        ['publisher.video[0].time_series.fps', 'It has 5 figures for 4 times; those without a time are left out.'],
      ],
    );
  });

  it('puts rows in the order of time, each time once', async () => {
    const [a, b, c] = times(3);
    const report = await read({
      [STATS]: { body: video({ timestamps: [c, a, b, a, 'never'], fps: [3, 1, 2, 9, 9] }) },
    });
    assert.deepEqual([...(report.streams[0]?.times ?? [])], [a, b, c]);
    assert.deepEqual([...(report.streams[0]?.series.fps ?? [])], [1, 2, 3]);
    assert.deepEqual(
      report.issues.map(({ path }) => path),
      ['publisher.video[0].time_series.timestamps[4]', 'publisher.video[0].time_series.timestamps'],
    );
  });

  it('leaves out bad tracks and keeps the others', async () => {
    const good = { track_id: 't', time_series: { timestamps: times(1), fps: [1] } };
    const report = await read({
      [STATS]: {
        body: stats({ video: [null, 'x', good, { time_series: good.time_series }, { track_id: 'none' }], audio: 'x' }),
      },
    });
    assert.deepEqual(
      report.streams.map(({ id }) => id),
      ['send/video/t', 'send/video/3'],
    );
    assert.deepEqual(
      report.issues.map(({ path }) => path),
      ['publisher.video[0]', 'publisher.video[1]', 'publisher.video[3].track_id', 'publisher.audio'],
    );
  });

  const counters: [string, number[][], number[][], RegExp | undefined][] = [
    ['running totals', [[0, 2, 2, 5]], [[0, 2, 0, 3]], /Freezes: read as a running total/],
    ['counts of an interval', [[0, 2, 0, 1]], [[0, 2, 0, 1]], /Freezes: read as the count of each interval/],
    [
      'one track that falls among others',
      [
        [0, 1, 1],
        [2, 0, 1],
      ],
      [
        [0, 1, 1],
        [2, 0, 1],
      ],
      /count of each interval/,
    ],
    ['a total that was above 0 at first', [[4, 4, 6]], [[4, 0, 2]], /running total/],
    ['nothing at all', [[0, 0, 0]], [[0, 0, 0]], undefined],
  ];
  for (const [what, given, expected, sentence] of counters) {
    it(`reads ${what} of freezes as such, and says so`, async () => {
      const tracks = given.map((freeze_count, n) => ({
        track_id: `t${n}`,
        time_series: { timestamps: times(freeze_count.length), freeze_count },
      }));
      const report = await read({ [STATS]: { body: stats({}, { video: tracks }) } });
      assert.deepEqual(
        report.streams.map(({ series }) => [...(series.freezeCount ?? [])]),
        expected,
      );
      assert.match(report.assumptions.join('\n'), sentence ?? /^$/);
    });
  }

  it('reads times in seconds as such, and says so', async () => {
    const report = await read({ [STATS]: { body: video({ timestamps: [START / 1000], fps: [1] }) } });
    assert.deepEqual([...(report.streams[0]?.times ?? [])], [START]);
    assert.match(report.assumptions.join(), /Times are read as seconds/);
  });

  it('remarks an answer about somebody else', async () => {
    const body = { ...video({ timestamps: times(1), fps: [1] }), peer_id: 'other' };
    const report = await read({ [STATS]: { body } });
    assert.equal(report.participant.id, 'p1');
    assert.match(report.issues[0]?.message ?? '', /names another participant, other/);
  });

  const now = Date.now();
  const iso = (age: number) => new Date(now - age).toISOString();
  const DAY = 86_400_000;
  const none: [string, object, RegExp][] = [
    ['of a live session', { active: true }, /only after the session has ended/],
    ['of a session that ended just now', { updated_at: iso(600_000) }, /may still be writing them/],
    ['of a session of last week', { updated_at: iso(7 * DAY) }, /holds none of this stay/],
    ['of a session long ago', { updated_at: iso(40 * DAY) }, /may have expired: 100ms keeps analytics for 30 days/],
  ];
  for (const [what, more, sentence] of none) {
    for (const [how, answer] of [
      ['404', { status: 404, body: { code: 404, message: 'not found' } }],
      ['empty arrays', { body: EMPTY }],
      ['nothing in them', { body: { peer_id: 'p1', publisher: null } }],
    ] as const) {
      it(`has none ${what}: ${how}`, async () => {
        await assert.rejects(read({ [STATS]: answer, '/sessions/s1': { body: session(more) } }), {
          kind: 'NotYetAvailable',
          text: sentence,
        });
      });
    }
  }

  it('does not know a participant whom nobody names', async () => {
    await assert.rejects(read({ '/sessions/s1': { body: session({ peers: {} }) } }), { kind: 'NotFound' });
    await assert.rejects(read({ '/sessions/s1': { status: 404, body: { code: 404, message: 'no' } } }), {
      kind: 'NotFound',
    });
  });

  it('refuses what are no statistics', async () => {
    for (const body of [{ hello: 1 }, [], 7, null]) {
      await assert.rejects(read({ [STATS]: { body: JSON.stringify(body) } }), { kind: 'BadResponse' });
    }
  });

  it('walks events by next, each once and in the order of time, of this participant only', async () => {
    const pages: Record<string, Json> = {
      '': { limit: 2, total: 5, next: 'n1', events: [event(3), event(1)] },
      n1: { limit: 2, total: 5, next: 'n2', events: [event(3), event(2, { data: { peer_id: 'other' } })] },
      n2: { limit: 1, total: 5, next: '', events: [event(4)] },
    };
    const report = await read({ '/analytics/events': ({ query }) => ({ body: pages[query.get('start') ?? ''] }) });
    assert.deepEqual(
      report.events.map(({ details }) => details?.error_code),
      [1, 3, 4],
    );
  });

  it('begins the walk anew, once, when its next has expired', async () => {
    let expired = 0;
    const report = await read({
      '/analytics/events': ({ query }) => {
        if (!query.has('start')) return { body: { limit: 1, next: 'n1', events: [event(1)] } };
        return expired++ === 0
          ? { status: 400, body: { code: 400, message: 'start has expired' } }
          : { body: { limit: 1, events: [event(2)] } };
      },
    });
    assert.equal(report.events.length, 2);
    assert.equal(server.requests.filter(({ path }) => path.endsWith('/events')).length, 4);
    expired = -100;
    const always = await read({
      [STATS]: { body: video({ timestamps: times(1), fps: [1] }) },
      '/analytics/events': ({ query }) =>
        query.has('start')
          ? { status: 400, body: { code: 400, message: 'start has expired' } }
          : { body: { limit: 1, next: 'n1', events: [event(1)] } },
    });
    assert.match(always.issues.map(({ message }) => message).join(), /events could not be read.*start has expired/);
  });

  it('ends a walk whose next comes round', async () => {
    const report = await read({ '/analytics/events': { body: { limit: 1, next: 'n1', events: [event(1)] } } });
    assert.equal(report.events.length, 1);
    assert.match(report.issues.map(({ message }) => message).join(), /came round/);
    assert.ok(server.requests.length < 12);
  });

  it('keeps good events beside bad ones', async () => {
    const bad = [null, 'x', {}, { type: 'a.b' }, { ...event(2), timestamp: 'never' }, { ...event(3), data: 'x' }];
    const report = await read({
      '/analytics/events': {
        body: {
          limit: 7,
          next: '',
          events: [...bad, event(1), event(5, { data: { peer_id: 'p1', error_code: [1], mute: 'yes' } })],
        },
      },
    });
    assert.deepEqual(
      report.events.map(({ at: moment }) => moment),
      [START + 1000, START + 5000],
    );
    assert.deepEqual(
      report.issues.map(({ path }) => path),
      [
        'events[0]',
        'events[1]',
        'events[2].type',
        'events[3].timestamp',
        'events[4].timestamp',
        'events[5].data',
        'events[7].data.mute',
        'events[7].data.error_code',
      ],
    );
  });

  it('has recordings of the session on the timeline, within the stay', async () => {
    const recording = {
      id: 'rec1',
      session_id: 's1',
      status: 'completed',
      started_at: at(2000),
      stopped_at: at(550_000),
      started_by: 'p1',
    };
    const report = await read({
      [STATS]: { body: video({ timestamps: times(1), fps: [1] }) },
      '/recordings': { body: { limit: 100, data: [recording], last: 'rec1' } },
    });
    assert.deepEqual(
      report.events.map((one) => [one.at, one.name, one.lane, one.details?.by]),
      [[START + 2000, 'recording.started', 'other', 'p1']],
    );
  });

  it('stops at once when it is cancelled', async () => {
    const abort = new AbortController();
    server.always(() => {
      abort.abort();
      return new Promise(() => undefined);
    });
    await assert.rejects(connect(server).provider.getReport(ref, abort.signal), { kind: 'Cancelled' });
  });
});
