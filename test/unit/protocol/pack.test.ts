import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CallReport, CandidatePair, Stream } from '../../../src/core/model';
import { SERIES_NAMES } from '../../../src/core/series';
import { packReport, unpackReport } from '../../../src/protocol/pack';

const cell = fc.oneof(fc.double(), fc.constant(Number.NaN), fc.constant(0), fc.constant(-0));

function column(length: number): fc.Arbitrary<Float64Array> {
  return fc.array(cell, { minLength: length, maxLength: length }).map((cells) => Float64Array.from(cells));
}

const stream: fc.Arbitrary<Stream> = fc.nat(20).chain((length) =>
  fc.record(
    {
      id: fc.string(),
      direction: fc.constantFrom('send' as const, 'receive' as const),
      kind: fc.constantFrom('audio' as const, 'video' as const, 'all' as const),
      source: fc.constantFrom('camera-mic' as const, 'screen' as const),
      label: fc.string({ unit: 'binary' }),
      identifiers: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
      times: column(length),
      series: fc.dictionary(fc.constantFrom(...SERIES_NAMES), column(length), {
        noNullPrototype: true,
      }),
      states: fc.dictionary(
        fc.string(),
        fc.array(fc.record({ at: fc.nat(), value: fc.string() }, { noNullPrototype: true })),
        {
          noNullPrototype: true,
        },
      ),
    },
    { requiredKeys: ['id', 'direction', 'kind', 'source', 'times', 'series'], noNullPrototype: true },
  ),
);

const pair: fc.Arbitrary<CandidatePair> = fc.nat(5).chain((length) =>
  fc.record(
    {
      local: fc.record({ address: fc.string() }, { noNullPrototype: true }),
      remote: fc.record({ port: fc.nat() }, { noNullPrototype: true }),
      nominated: fc.boolean(),
      times: column(length),
      series: fc.dictionary(fc.string(), column(length), { noNullPrototype: true }),
    },
    { requiredKeys: ['local', 'remote'], noNullPrototype: true },
  ),
);

const report: fc.Arbitrary<CallReport> = fc.record(
  {
    provider: fc.constant('realtimekit' as const),
    participant: fc.record({ id: fc.string() }, { noNullPrototype: true }),
    startedAt: fc.nat(),
    streams: fc.array(stream, { maxLength: 5 }),
    transports: fc.array(pair, { maxLength: 3 }),
    connectivity: fc.constant([]),
    deviceChanges: fc.constant([]),
    events: fc.array(
      fc.record(
        {
          at: fc.nat(),
          name: fc.string(),
          lane: fc.constant('other' as const),
          details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.constant(null)), {
            noNullPrototype: true,
          }),
        },
        { noNullPrototype: true },
      ),
    ),
    aggregates: fc.constant([]),
    assumptions: fc.array(fc.string()),
    issues: fc.constant([]),
  },
  { noNullPrototype: true },
);

/** What VS Code does with a message: the facts as JSON, buffers as they are. */
function cross<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe('packing a report for the webview', () => {
  it('gives back the same report, NaN and negative zero included', () => {
    fc.assert(
      fc.property(report, (original) => {
        const { facts, columns } = packReport(original);
        assert.deepEqual(unpackReport({ facts: cross(facts), columns: structuredClone(columns) }), original);
      }),
    );
  });

  it('makes columns that are views into the one buffer', () => {
    fc.assert(
      fc.property(report, (original) => {
        const packed = packReport(original);
        for (const { times, series } of unpackReport(packed).streams) {
          for (const each of [times, ...Object.values(series)]) assert.equal(each.buffer, packed.columns);
        }
      }),
    );
  });

  it('stores a column that streams share once', () => {
    const times = Float64Array.of(1, 2, 3);
    const rtt = Float64Array.of(4, 5, 6);
    const one: Stream = { id: 'a', direction: 'send', kind: 'audio', source: 'camera-mic', times, series: { rtt } };
    const empty = { provider: 'realtimekit' as const, participant: { id: 'p' }, transports: [], connectivity: [] };
    const rest = { deviceChanges: [], events: [], aggregates: [], assumptions: [], issues: [] };
    const { columns } = packReport({ ...empty, ...rest, streams: [one, { ...one, id: 'b' }] });
    // Two columns of three doubles.
    assert.equal(columns.byteLength, 2 * 3 * 8);
  });
});
