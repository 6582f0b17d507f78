import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SERIES_NAMES, seriesInfo } from '../../../src/core/series';
import { allFormats } from './formats';
import { canaryCall, T0 } from './hostile-call';

/** As the format is documented: `null` is "not measured". */
function column(values: (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN), fc.integer());

describe('JSON export', () => {
  it('names its format and version, and says when it was written', () => {
    const { format, version, savedAt, personalData } = JSON.parse(allFormats(canaryCall(), false).json);
    assert.deepEqual(
      { format, version, savedAt, personalData },
      {
        format: 'peerscope.report',
        version: 1,
        savedAt: '2025-04-02T08:00:00.000Z',
        personalData: 'included',
      },
    );
  });

  it('never names the connection', () => {
    assert.ok(!allFormats(canaryCall(), false).json.includes('connectionId'));
  });

  it('gives back every column of every series, masked or not', () => {
    const columns = fc.record(
      Object.fromEntries(SERIES_NAMES.map((name) => [name, fc.array(value, { minLength: 4, maxLength: 4 })])),
      { requiredKeys: [] },
    );
    return fc.assert(
      fc.property(columns, fc.boolean(), (given, mask) => {
        const call = canaryCall();
        const [stream] = call.report.streams;
        assert.ok(stream);
        const times = Float64Array.from([T0, T0 + 1, T0 + 2.5, T0 + 4]);
        const series = Object.fromEntries(
          Object.entries(given).map(([name, list]) => [name, Float64Array.from(list ?? [])]),
        );
        call.report.streams = [{ ...stream, times, series }];
        const read = JSON.parse(allFormats(call, mask).json);
        const [back] = read.report.streams;
        assert.deepEqual(column(back.times), times);
        assert.deepEqual(Object.keys(back.series).sort(), Object.keys(series).sort());
        for (const [name, values] of Object.entries(series)) {
          // JSON has no negative zero.
          assert.deepEqual(
            column(back.series[name]),
            values.map((one) => one + 0),
            name,
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps everything else of the model as it was', () => {
    const call = canaryCall();
    const { report, session, findings, notEvaluated } = JSON.parse(allFormats(call, false).json);
    const { streams, transports, ...facts } = call.report;
    const { streams: readStreams, transports: readTransports, ...readFacts } = report;
    assert.deepEqual(readFacts, facts);
    assert.deepEqual(
      readStreams.map(({ times, series, ...one }: Record<string, unknown>) => one),
      streams.map(({ times, series, ...one }) => one),
    );
    assert.deepEqual(readTransports[0].series.availableOutgoingBitrate, [1e6, null, 2e6]);
    assert.equal(readTransports.length, transports.length);
    assert.deepEqual([session, findings, notEvaluated], [call.session, call.findings, call.notEvaluated]);
  });

  it('names the unit of every column used, and of no other', () => {
    const { series } = JSON.parse(allFormats(canaryCall(), true).json);
    assert.deepEqual(Object.keys(series), ['availableOutgoingBitrate', 'bitrate', 'fps', 'packetLoss']);
    assert.equal(series.packetLoss.unit, '%');
    assert.equal(series.bitrate.unit, 'bit/s');
    assert.equal(series.fps.label, seriesInfo('fps').label);
  });

  it('is JSON with no streams and no transports at all', () => {
    const call = canaryCall();
    call.report.streams = [];
    call.report.transports = [];
    const { report } = JSON.parse(allFormats(call, true).json);
    assert.deepEqual([report.streams, report.transports], [[], []]);
  });
});
