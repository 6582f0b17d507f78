import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type CallError, isCallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import { column, only, publishedReport, read, report, START, samples } from './reports';

function failure(body: unknown, now?: number): CallError {
  try {
    read(body, now);
  } catch (error) {
    assert.ok(isCallError(error), String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}

/** Every column as long as its times, times rising, no infinite cell, loss within 0..100, no negative count. */
function assertSound(found: CallReport): void {
  for (const { id, times, series } of found.streams) {
    for (let i = 1; i < times.length; i++) assert.ok((times[i] as number) > (times[i - 1] as number), id);
    for (const [name, values] of Object.entries(series)) {
      assert.equal(values.length, times.length, `${id} ${name}`);
      for (const value of values) {
        assert.ok(Number.isNaN(value) || (Number.isFinite(value) && value >= 0), `${id} ${name} ${value}`);
        if (name === 'packetLoss') assert.ok(!(value > 100), `${id} loss ${value}`);
      }
    }
  }
}

describe('a report that is not as it should be', () => {
  it('a cell of the wrong type is empty and counted, its row lives', () => {
    const found = read(
      report({ audio_producer: samples({ rtt: [0.1, '0.2', null, {}, 0.3], jitter: [0, 0, 0, 0, 0] }) }),
    );
    assert.deepEqual(column(only(found), 'rtt'), [100, null, null, null, 300]);
    assert.equal(column(only(found), 'jitter')?.length, 5);
    assert.deepEqual(found.issues, [
      {
        path: 'data.participant.peer_report.quality.audio_producer[1].rtt',
        message: '2 cells are no usable numbers, the first one here; left empty.',
      },
    ]);
  });

  it('a number too large for JSON, and a negative one, is no measurement', () => {
    const body = JSON.stringify(report({ audio_producer: samples({ rtt: [0.1, 7, 0.3, -1] }) })).replace(
      '"rtt":7',
      '"rtt":1e999',
    );
    assert.deepEqual(column(only(read(body)), 'rtt'), [100, null, 300, null]);
  });

  it('a field that was never measured has no column', () => {
    const found = read(report({ video_producer: samples({ rtt: [0.1], pli_count: [null], fir_count: ['x'] }) }));
    assert.deepEqual(Object.keys(only(found).series), ['rtt']);
  });

  it('rows without an object or a time are left out and counted', () => {
    const good = samples({ rtt: [0.1, 0.2] });
    const found = read(
      report({ audio_producer: [null, good[0], 'x', { rtt: 1 }, { timestamp: 'null', rtt: 1 }, good[1], []] }),
    );
    assert.deepEqual(column(only(found), 'rtt'), [100, 200]);
    assert.deepEqual(
      found.issues.map(({ path, message }) => `${path}: ${message}`),
      [
        'data.participant.peer_report.quality.audio_producer[0]: 3 samples are no objects, the first one here; left out.',
        'data.participant.peer_report.quality.audio_producer[3].timestamp: 2 samples have no readable time, the first one here; left out.',
      ],
    );
  });

  it('an array that is no array is one issue', () => {
    const found = read(report({ audio_producer: { a: 1 }, video_producer: samples({ rtt: [0.1] }) }));
    assert.equal(found.streams.length, 1);
    assert.equal(found.issues[0]?.path, 'data.participant.peer_report.quality.audio_producer');
  });

  it('samples without any id are one stream', () => {
    const rows = samples({ rtt: [0.1, 0.2] }, 5, { producer_id: undefined, ssrc: undefined, mid: null });
    assert.equal(only(read(report({ audio_producer: rows }))).times.length, 2);
  });

  it('streams are kept apart by producer, SSRC and mid, and layers named', () => {
    const layer = (ssrc: number, height: number) => samples({ frame_height: [height, height] }, 5, { ssrc });
    const rows = [
      ...layer(1, 180),
      ...layer(2, 360),
      ...layer(3, 720),
      ...samples({ frame_height: [720] }, 5, { producer_id: 'b' }),
    ];
    const found = read(report({ video_producer: rows }));
    assert.deepEqual(
      found.streams.map(({ layer: name }) => name),
      ['180p', '360p', '720p', undefined],
    );
    assert.equal(new Set(found.streams.map(({ id }) => id)).size, 4);
    const unnamed = read(
      report({ audio_producer: [...samples({ rtt: [1] }, 5, { ssrc: 8 }), ...samples({ rtt: [1] }, 5, { ssrc: 9 })] }),
    );
    assert.deepEqual(
      unnamed.streams.map(({ layer: name }) => name),
      ['ssrc 8', 'ssrc 9'],
    );
  });

  it('received streams say whose they are', () => {
    const rows = samples({ packets_received: [5] }, 5, { consumer_id: 'c', peer_id: 'far' });
    const stream = only(read(report({ screenshare_video_consumer: rows })));
    assert.deepEqual([stream.remoteParticipantId, stream.label, stream.source], ['far', 'Screen received', 'screen']);
    assert.equal(stream.identifiers?.consumerId, 'c');
  });

  it('metadata of the wrong shape costs only itself', () => {
    const metadata = {
      sdk_name: 5,
      sdk_version: '1',
      device_info: 'none',
      browser_metadata: { browser: 'Firefox', browser_version: 130 },
      pc_metadata: [{ timestamp: '2024-05-06T10:00:00Z', turn_connectivity: 'yes', relay_connectivity: false }, 3],
      events: [
        { timestamp: '2024-05-06T10:00:00Z' },
        { name: 'audio_off', timestamp: '2024-05-06T10:00:01Z', metadata: { a: { b: [1] } } },
      ],
      audio_devices_updates: [
        { timestamp: '2024-05-06T10:00:02Z', added: [{ label: 'Mic', device_id: 4 }, null], removed: 'x' },
      ],
      selected_device_updates: [{ timestamp: '2024-05-06T10:00:03Z', device: null }],
      candidate_pairs: {
        producing_transport: [{ nominated: 'yes', local_candidate_type: 'magic', bytes_sent: 4 }],
        consuming_transport: 9,
      },
    };
    const found = read(report({ audio_producer: samples({ rtt: [0.1] }) }, metadata));
    assert.deepEqual(found.sdk, { version: '1' });
    assert.equal(found.device, undefined);
    assert.deepEqual(found.browser, { name: 'Firefox' });
    assert.deepEqual(
      found.connectivity.map(({ relay, turn }) => [relay, turn]),
      [[false, undefined]],
    );
    assert.deepEqual(found.events, [{ at: START + 1000, name: 'audio_off', lane: 'media', details: { 'a.b.0': 1 } }]);
    assert.deepEqual(found.deviceChanges, [
      { at: START + 2000, change: 'added', kind: 'audioinput', label: 'Mic', deviceId: undefined },
    ]);
    assert.deepEqual(
      found.transports.map(({ bytesSent, nominated, local }) => [bytesSent, nominated, local]),
      [[4, undefined, {}]],
    );
    assert.ok(found.issues.length >= 10);
    for (const { path } of found.issues) assert.match(path, /^data\.participant\.peer_report\.metadata/);
  });

  it('a participant without a readable id goes by the one asked for', () => {
    const found = read(report({ audio_producer: samples({ rtt: [0.1] }) }, {}, { id: 5, display_name: 'A' }));
    assert.equal(found.participant.id, 'p1');
    assert.equal(found.participant.name, 'A');
  });

  describe('without statistics', () => {
    const empty = { audio_producer: [], audio_producer_cumulative: {}, video_consumer: [] };
    const day = 86_400_000;
    const left = { left_at: new Date(START).toISOString() };
    const cases: [string, object, number, RegExp][] = [
      [
        'of a live session',
        { joined_at: new Date(START).toISOString(), updated_at: new Date(START).toISOString() },
        START + 60_000,
        /has not left.*when the call is over/,
      ],
      ['that ended minutes ago', left, START + 10 * 60_000, /left a short while ago.*Try again in a few minutes/],
      ['of last week', left, START + 7 * day, /holds no call statistics of this stay/],
      ['of last year', left, START + 300 * day, /may have expired/],
      [
        'without an end, long ago',
        { updated_at: new Date(START).toISOString() },
        START + 300 * day,
        /may have expired/,
      ],
    ];
    for (const [name, participant, now, text] of cases) {
      it(`one ${name} is not available, with the reason`, () => {
        for (const peer_report of [
          undefined,
          null,
          {},
          { metadata: {}, quality: empty },
          { metadata: { events: [] }, quality: null },
        ]) {
          const error = failure(
            { success: true, data: { participant: { id: 'p1', ...participant, peer_report } } },
            now,
          );
          assert.equal(error.kind, 'NotYetAvailable');
          assert.match(error.text, text);
        }
      });
    }

    it('metadata alone is a report, which says that there are no samples', () => {
      const found = read(report(empty, { sdk_name: 'web-core' }));
      assert.deepEqual(found.streams, []);
      assert.match(found.assumptions.join(), /no quality samples/);
    });
  });

  it('what is no report at all is an error that says what came', () => {
    assert.match(failure('').text, /empty body/);
    assert.match(failure('<html></html>').text, /web page/);
    assert.match(failure('{"success":true,"data":{"participant":{"id":"p').text, /cut off/);
    assert.match(failure('null').text, /without data/);
    assert.match(failure({ success: true, data: { participant: [] } }).text, /without a participant/);
    assert.equal(failure({ success: false, error: { code: 404, message: 'no' } }).kind, 'NotFound');
  });

  it('keeps the list of issues short', () => {
    const events = Array.from({ length: 2000 }, () => ({ timestamp: 5 }));
    const found = read(report({ audio_producer: samples({ rtt: [0.1] }) }, { events }));
    assert.equal(found.issues.length, 501);
    assert.match(found.issues.at(-1)?.message ?? '', /more of this report could not be read/);
  });

  describe('whatever comes', () => {
    /** Paths of all values in a tree. */
    function paths(value: unknown, base: (string | number)[] = []): (string | number)[][] {
      if (typeof value !== 'object' || value === null) return [base];
      const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
      return [base, ...keys.flatMap((key) => paths((value as Record<string | number, unknown>)[key], [...base, key]))];
    }

    function replaced(value: unknown, [key, ...rest]: (string | number)[], by: unknown): unknown {
      if (key === undefined) return by;
      const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
        string | number,
        unknown
      >;
      copy[key] = replaced(copy[key], rest, by);
      return copy;
    }

    const published = publishedReport();
    const all = paths(published);

    it('a mutated report never throws anything but a CallError and is always sound', () => {
      return fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(all.length - 1), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 4 }),
          (edits) => {
            let body: unknown = published;
            for (const [index, by] of edits) {
              try {
                body = replaced(body, all[index] as (string | number)[], by);
              } catch {
                // The place went with an earlier edit.
              }
            }
            try {
              assertSound(read(body));
            } catch (error) {
              if (!isCallError(error)) throw error;
            }
          },
        ),
        { numRuns: 400 },
      );
    });

    it('a report cut off anywhere is a CallError', () => {
      const text = JSON.stringify(published);
      return fc.assert(
        fc.property(fc.nat(text.length - 1), (length) => {
          assert.equal(failure(text.slice(0, length)).kind, 'BadResponse');
        }),
      );
    });

    it('good rows between bad ones are all kept, with their values', () => {
      const good = fc.record({ rtt: fc.double({ min: 0, max: 1, noNaN: true }) });
      const bad = fc.oneof(
        fc.constant(null),
        fc.string(),
        fc.constant({ rtt: 0.5 }),
        fc.record({ timestamp: fc.string({ maxLength: 3 }) }),
      );
      return fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              good.map((row) => ({ row })),
              bad.map((junk) => ({ junk })),
            ),
            { minLength: 1 },
          ),
          (items) => {
            let count = 0;
            const expected: number[] = [];
            const rows = items.map((item) => {
              if ('junk' in item) return item.junk;
              expected.push(item.row.rtt);
              return { ...item.row, timestamp: new Date(START + count++ * 1000).toISOString(), producer_id: 'p' };
            });
            const found = read(report({ audio_producer: rows }));
            assert.deepEqual(
              [...(found.streams[0]?.series.rtt ?? [])],
              expected.map((value) => value * 1000),
            );
          },
        ),
      );
    });

    it('counters of any kind never make a negative or endless figure', () => {
      const counters = fc.array(fc.oneof(fc.nat(1e9), fc.integer({ min: -50, max: 50 }), fc.constant(null)), {
        maxLength: 40,
      });
      return fc.assert(
        fc.property(counters, counters, counters, (packets_received, packets_lost, bytes_received) => {
          assertSound(
            read(report({ audio_consumer: samples({ packets_received, packets_lost, bytes_received, rtt: [0.1] }) })),
          );
        }),
      );
    });
  });
});
