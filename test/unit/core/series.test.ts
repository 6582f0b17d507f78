import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { gapThreshold } from '../../../src/core/gaps';
import { participantKey, pathKey, sessionKey } from '../../../src/core/ids';
import { SERIES, SERIES_NAMES, seriesInfo, summarize } from '../../../src/core/series';

describe('series', () => {
  it('every one has a label, a meaning and one unit', () => {
    assert.ok(SERIES_NAMES.length > 20);
    for (const name of SERIES_NAMES) {
      const { label, meaning, unit, decimals } = seriesInfo(name);
      assert.ok(label && meaning.endsWith('.') && typeof unit === 'string' && decimals >= 0, name);
    }
    const units = (['packetLoss', 'rtt', 'jitter', 'jitterBufferDelay', 'bitrate', 'fps'] as const).map(
      (name) => SERIES[name].unit,
    );
    assert.deepEqual(units, ['%', 'ms', 'ms', 'ms', 'bit/s', 'fps']);
  });

  it('are summed up without what was not measured', () => {
    assert.deepEqual(summarize(Float64Array.of(4, Number.NaN, 1, 3, Number.NaN, 2)), {
      count: 4,
      min: 1,
      max: 4,
      mean: 2.5,
      median: 2.5,
      sum: 10,
    });
    assert.equal(summarize(Float64Array.of(5, 1, 9))?.median, 5);
    assert.equal(summarize(Float64Array.of(Number.NaN)), undefined);
    assert.equal(summarize(new Float64Array()), undefined);
  });

  it('a summary lies within its column and leaves it alone', () => {
    const cells = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN)));
    return fc.assert(
      fc.property(cells, (values) => {
        const column = Float64Array.from(values);
        const summary = summarize(column);
        assert.deepEqual(column, Float64Array.from(values));
        if (!summary) return assert.ok(values.every(Number.isNaN));
        assert.equal(summary.count, values.filter((value) => !Number.isNaN(value)).length);
        assert.ok(summary.min <= summary.median && summary.median <= summary.max);
        assert.ok(summary.mean >= summary.min - 1e-6 && summary.mean <= summary.max + 1e-6);
      }),
    );
  });
});

describe('gaps between samples', () => {
  const times = (...seconds: number[]) => Float64Array.from(seconds, (second) => second * 1000);

  it('are longer than twice the usual step and than 5 s', () => {
    assert.equal(gapThreshold(times(0, 1, 2, 3, 10)), 5000);
    assert.equal(gapThreshold(times(0, 7, 14, 21, 100)), 14_000);
  });

  it('there are none without steps', () => {
    assert.equal(gapThreshold(times()), Number.POSITIVE_INFINITY);
    assert.equal(gapThreshold(times(5)), Number.POSITIVE_INFINITY);
  });

  it('are found in long columns too', () => {
    const long = Float64Array.from({ length: 20_000 }, (_, i) => i * 7000);
    assert.equal(gapThreshold(long), 14_000);
  });
});

describe('keys of ids', () => {
  it('never collide, whatever the ids hold', () => {
    const part = fc.oneof(fc.string({ unit: fc.constantFrom(...Array.from('a/%-. é')) }), fc.constant(undefined));
    return fc.assert(
      fc.property(fc.array(part), fc.array(part), (one, other) => {
        const known = (parts: (string | undefined)[]) => JSON.stringify(parts.map((value) => value ?? '-'));
        if (one.length > 0 && other.length > 0)
          assert.equal(pathKey(...one) === pathKey(...other), known(one) === known(other));
      }),
    );
  });

  it('stand a lone surrogate', () => {
    assert.equal(typeof pathKey('\ud800'), 'string');
  });

  it('of a participant leave the room out', () => {
    const ref = { connectionId: 'c', appId: 'a', sessionId: 's', participantId: 'p' };
    assert.equal(participantKey({ ...ref, roomId: 'r' }), participantKey(ref));
    assert.notEqual(participantKey(ref), sessionKey(ref));
  });
});
