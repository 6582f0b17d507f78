import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memberName, typeName } from '../../../src/captures/rtcstats/names';
import { isCallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import { column, only, read, START } from './captures';

type Report = Record<string, Record<string, unknown>>;

/** Every number that a file may use for a member, by its name; a number that is none stays what it is. */
const BY_NAME = new Map(
  ['t', ...Array.from({ length: 400 }, (_, number) => String(number))].map((number) => [memberName(number), number]),
);
const TYPES = new Map(Array.from({ length: 50 }, (_, number) => [typeName(number), number]));

/** Whole reports, as Chromium saves them. */
function whole(reports: readonly Report[]): object[] {
  return reports.map((report) => report);
}

/** What changed by name, `timestamp` once for all and 0 where it is that one: as Jitsi's rtcstats writes it. */
function named(reports: readonly Report[]): object[] {
  return reports.map((report, index) => {
    const before = reports[index - 1] ?? {};
    const latest = Math.max(...Object.values(report).map(({ timestamp }) => timestamp as number));
    const delta: Record<string, unknown> = { timestamp: latest };
    for (const [id, object] of Object.entries(report)) {
      const changed = Object.entries(object).filter(([name, value]) => before[id]?.[name] !== value);
      const all = Object.fromEntries(changed);
      delta[id] = 'timestamp' in all && all.timestamp === latest ? { ...all, timestamp: 0 } : all;
    }
    return delta;
  });
}

/** What changed by number, objects that stay as they were left out, those that went as null: as rtcstats.com's writes it. */
function numbered(reports: readonly Report[]): object[] {
  const ids = new Map<string, string>();
  return reports.map((report, index) => {
    const before = reports[index - 1] ?? {};
    const latest = Math.max(...Object.values(report).map(({ timestamp }) => timestamp as number));
    const delta: Record<string, unknown> = { t: latest };
    const idOf = (id: string): string => {
      const known = ids.get(id) ?? String(ids.size);
      ids.set(id, known);
      return known;
    };
    for (const id of Object.keys(before)) if (!(id in report)) delta[idOf(id)] = null;
    for (const [id, object] of Object.entries(report)) {
      const former = before[id];
      const changed = Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
        if (name === 'timestamp' ? value === latest || value === former?.timestamp : former?.[name] === value)
          return [];
        if (name === 'type') return [['type', TYPES.get(String(value)) ?? value]];
        return [[BY_NAME.get(name) ?? name, name.endsWith('Id') ? idOf(String(value)) : value]];
      });
      if (changed.length > 0) delta[idOf(id)] = Object.fromEntries(changed);
      else idOf(id);
    }
    return delta;
  });
}

const ENCODINGS = { whole, named, numbered };

/** Lines of a file with times since the line before, under a head. */
function lines(deltas: readonly object[], method: string | number = 'getStats'): string {
  const head = [
    'RTCStatsDump',
    JSON.stringify({ fileFormat: 3, userAgent: 'Mozilla/5.0 Chrome/156.0.0.0', url: 'https://meet.example.com/' }),
  ];
  const rows = deltas.map((delta, i) => JSON.stringify([method, 'PC_0', delta, i === 0 ? START : 1000]));
  return `${[...head, JSON.stringify(['create', 'PC_0', { bundlePolicy: 'balanced' }, START]), ...rows].join('\n')}\n`;
}

/** A sender with the far end's report, which comes every other second. */
function call(packets: readonly number[], losses: readonly number[]): Report[] {
  return packets.map((packetsSent, i) => ({
    OT1: {
      type: 'outbound-rtp',
      timestamp: START + i * 1000,
      kind: 'video',
      ssrc: 21,
      remoteId: 'RI1',
      codecId: 'C1',
      packetsSent,
      qualityLimitationReason: i < 2 ? 'none' : 'cpu',
    },
    RI1: {
      type: 'remote-inbound-rtp',
      timestamp: START + Math.floor(i / 2) * 2000,
      ssrc: 21,
      localId: 'OT1',
      packetsLost: losses[Math.floor(i / 2)] ?? 0,
      roundTripTime: 0.05 + Math.floor(i / 2) / 100,
    },
    C1: { type: 'codec', timestamp: START + i * 1000, mimeType: 'video/VP8', payloadType: 96 },
  }));
}

describe('an rtcstats file', () => {
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    it(`is put together again: ${name} statistics`, async () => {
      const report = only(await read(lines(encode(call([100, 200, 300, 400, 500], [0, 20, 20]))), 'rtcstats.jsonl'));
      const [stream] = report.streams;
      assert.ok(stream);
      assert.deepEqual(
        [...stream.times],
        [0, 1, 2, 3, 4].map((second) => START + second * 1000),
      );
      assert.deepEqual(column(stream, 'packetsSent'), [null, 100, 100, 100, 100]);
      assert.deepEqual(column(stream, 'rtt'), [50, 50, 60, 60, 70]);
      // 20 of the 200 packets between the far end's first report and its second.
      assert.deepEqual(column(stream, 'packetLoss'), [null, 10, 10, 0, 0]);
      assert.equal(stream.identifiers?.codec, 'video/VP8');
      assert.deepEqual(stream.states?.qualityLimitationReason, [
        { at: START, value: 'none' },
        { at: START + 2000, value: 'cpu' },
      ]);
      assert.equal(report.provider, 'rtcstats');
      assert.equal(report.browser?.name, 'Chrome');
    });
  }

  it('means the same however it is written', async () => {
    const counts = fc.array(fc.nat(100), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(counts, fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), async (steps, losses) => {
        let sum = 0;
        const reports = call(
          steps.map((step) => (sum += step)),
          losses,
        );
        const [first, ...others] = await Promise.all(
          Object.values(ENCODINGS).map(async (encode) => picture(only(await read(lines(encode(reports)), 'x.jsonl')))),
        );
        for (const other of others) assert.deepEqual(other, first);
      }),
      { numRuns: 40 },
    );
  });

  it('may have numbers for methods, absolute times, and counts of lines behind them', async () => {
    const deltas = whole(call([0, 10], [0]));
    const written = [
      JSON.stringify([
        'connectionInfo',
        null,
        { userAgent: 'Mozilla/5.0 Firefox/140.0', url: 'https://meet.example.com/a' },
        START,
      ]),
      JSON.stringify([39, 'PC_1', {}, START, 1]),
      JSON.stringify(['g', 'PC_1', deltas[0], START, 2]),
      JSON.stringify([1, 'PC_1', JSON.stringify(deltas[1]), START + 1000, 3]),
      JSON.stringify([25, 'PC_1', 'connected', START + 1000, 4]),
    ].join('\n');
    const report = only(await read(written, 'session'));
    assert.deepEqual(column(report.streams[0] as CallReport['streams'][number], 'packetsSent'), [null, 10]);
    assert.equal(report.events.at(-1)?.name, 'onconnectionstatechange');
    assert.equal(report.browser?.name, 'Firefox');
  });

  it('forgets an object that went, and begins anew when it comes back', async () => {
    const object = (packetsSent: number) => ({ 10: 5, 11: 'audio', 79: packetsSent, type: 2 });
    const deltas = [
      { t: START, 0: object(50) },
      { t: START + 1000, 0: null },
      { t: START + 2000, 0: object(7) },
      { t: START + 3000, 0: { 79: 9 } },
    ];
    const [stream] = only(await read(lines(deltas), 'x.jsonl')).streams;
    assert.ok(stream);
    assert.deepEqual(
      [...stream.times].map((time) => (time - START) / 1000),
      [0, 2, 3],
    );
    assert.deepEqual(column(stream, 'packetsSent'), [null, null, 2]);
  });

  it('has descriptions whose unchanged sections are left out', async () => {
    const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0';
    const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1';
    const head = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1';
    const rows = [
      [8, 'PC_0', { type: 'offer', sdp: `${head}\r\n${audio}\r\n` }, START],
      [8, 'PC_0', { type: 'offer', sdp: `v=\r\nm=\r\n${video}\r\n` }, 5],
    ];
    const { connections } = await read(
      `RTCStatsDump\n{"fileFormat":3}\n${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
    );
    assert.equal(connections[0]?.descriptions[1]?.sdp, `${head}\r\n${audio}\r\n${video}\r\n`);
  });

  it('keeps requests for devices apart from connections', async () => {
    const rows = [
      [60, null, { audio: true, video: { width: 640 } }, '60-0', START],
      [61, null, [['audio', 'a', 'Microphone', 's']], '60-0', 10],
      ['navigator.mediaDevices.getDisplayMediaOnFailure', '8-0', { name: 'NotAllowedError', message: 'no' }, 10],
    ];
    const capture = await read(
      `RTCStatsDump\n{"fileFormat":3}\n${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
    );
    assert.deepEqual(capture.connections, []);
    assert.deepEqual(capture.mediaRequests, [
      { at: START, method: 'getUserMedia', kind: 'request', audio: '', video: '{"width":640}' },
      {
        at: START + 10,
        method: 'getUserMedia',
        kind: 'success',
        tracks: [{ kind: 'audio', id: 'a', label: 'Microphone' }],
      },
      { at: START + 20, method: 'getDisplayMedia', kind: 'failure', error: 'NotAllowedError: no' },
    ]);
  });

  it('keeps the good lines beside bad ones and names those', async () => {
    const good = lines(whole(call([0, 10, 20], [0, 0])));
    const bad = good.replace('\n["getStats"', '\nnot json\n{"a":1}\n[]\n["x"]\n["getStats"');
    const half = '["getStats","PC_0",{"OT1":{"packetsSe';
    const capture = await read(bad + half, 'x.jsonl');
    assert.deepEqual(column(only(capture).streams[0] as CallReport['streams'][number], 'packetsSent'), [null, 10, 10]);
    const said = capture.issues.map(({ path, message }) => `${path}: ${message}`);
    assert.deepEqual(said, [
      'line 4: The line is no JSON; left out.',
      'line 6: The line does not begin with a method; left out.',
      'line 7: The line has no time; left out.',
      `line 11: The last line is cut off after ${half.length} bytes; left out. All before it was read.`,
    ]);
  });

  it('may hold anything in any place', async () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom('t', 'type', 'timestamp', 'kind', '79', '96', 'packetsSent', '__proto__'), fc.string()),
      anything,
    );
    const delta = fc.dictionary(
      fc.oneof(fc.constantFrom('0', '1', 't', 'timestamp', '__proto__'), fc.string()),
      fc.oneof(object, anything),
    );
    const row = fc.tuple(
      fc.oneof(fc.constantFrom('getStats', 1, 8, 'onicecandidate', 60, 61, 39, 'constructor'), anything),
      fc.oneof(fc.constantFrom('PC_0', 'PC_1', null), anything),
      fc.oneof(delta, anything),
      fc.oneof(fc.constantFrom(START, 1, 0, -5), fc.double(), anything),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(row, anything)), fc.boolean(), async (rows, headed) => {
        const text = rows.map((each) => JSON.stringify(each)).join('\n');
        try {
          const { connections } = await read(headed ? `RTCStatsDump\n{}\n${text}` : text, 'x.jsonl');
          for (const { report } of connections)
            for (const { times, series } of report.streams)
              for (const each of Object.values(series)) assert.equal(each.length, times.length);
        } catch (error) {
          if (!isCallError(error)) throw error;
        }
      }),
    );
  });
});

/** What a person sees of a report; ids are the writer's own affair. */
function picture({ streams }: CallReport): unknown {
  return streams.map(({ times, series, states, identifiers }) => ({
    times,
    series,
    states,
    codec: identifiers?.codec,
  }));
}
