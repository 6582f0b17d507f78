import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isCallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import { NOW, read, START } from './answers';

/** Every column as long as its times, times rising, no infinite or negative cell, loss within 0..100. */
function assertSound({ streams, issues, assumptions, events }: CallReport): void {
  for (const { id, times, series } of streams) {
    for (let i = 0; i < times.length; i++) {
      assert.ok(Number.isFinite(times[i]) && (i === 0 || (times[i] as number) > (times[i - 1] as number)), id);
    }
    for (const [name, values] of Object.entries(series)) {
      assert.equal(values.length, times.length, `${id} ${name}`);
      for (const value of values) {
        assert.ok(Number.isNaN(value) || (Number.isFinite(value) && value >= 0), `${id} ${name} ${value}`);
        if (name === 'packetLoss') assert.ok(!(value > 100), `${id} loss ${value}`);
      }
    }
  }
  assert.ok(issues.length <= 501);
  assert.ok(assumptions.every((text) => text !== ''));
  assert.ok(events.every(({ at }) => Number.isFinite(at)));
}

/** Reads it, or fails with a `CallError` and nothing else. */
function attempt(body: unknown): CallReport | undefined {
  try {
    return read(body);
  } catch (error) {
    assert.ok(isCallError(error), String(error));
    return undefined;
  }
}

const cell = fc.oneof(
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.constantFrom<unknown>(null, 'x', '12', -1, true, {}, [], 1e308),
);
const time = fc.oneof(
  fc.integer({ min: START, max: START + 600_000 }).map((at) => new Date(at).toISOString()),
  fc.constantFrom<unknown>('text', null, START, START / 1000, -5, {}),
);
const samples = fc.oneof(
  fc.dictionary(
    fc.constantFrom('packetLossSend', 'packetLossRecv', 'bitrateSend', 'bitrateRecv', 'ls', 'cpu', '__proto__'),
    fc.oneof(fc.array(cell, { maxLength: 40 }), cell),
  ),
  fc.array(fc.oneof(fc.dictionary(fc.constantFrom('packetLossSend', 'bitrateRecv'), cell), cell), { maxLength: 20 }),
);
const segmentOf = fc.record(
  {
    displayName: fc.oneof(fc.string(), cell),
    userRole: fc.oneof(fc.string(), cell),
    userAgent: fc.oneof(fc.string(), cell),
    timeStamp: time,
    sampleRateMs: fc.oneof(fc.integer({ min: -10, max: 100_000 }), cell),
    samples,
    events: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe('Whereby answers that are not as they should be', () => {
  it('any JSON is read soundly or refused with a CallError', () => {
    return fc.assert(fc.property(fc.jsonValue(), (body) => void attempt(JSON.stringify(body))));
  });

  it('any text is refused with a CallError', () => {
    return fc.assert(fc.property(fc.string(), (text) => void attempt(text)));
  });

  it('any mixture of segments gives a sound report', () => {
    return fc.assert(
      fc.property(fc.array(fc.oneof(segmentOf, fc.jsonValue()), { maxLength: 6 }), (body) => {
        const report = attempt(body);
        if (report) assertSound(report);
      }),
      { numRuns: 400 },
    );
  });

  it('bad cells never cost a good one', () => {
    return fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 60 }), (bitrateSend) => {
        const report = attempt([{ timeStamp: START, samples: { bitrateSend } }]);
        const values = [...(report?.streams[0]?.series.bitrate ?? [])];
        assert.equal(values.length, bitrateSend.length);
        bitrateSend.forEach((value, index) => {
          if (typeof value === 'number' && value >= 0) assert.equal(values[index], value);
        });
      }),
    );
  });

  it('a strange element never costs a good one', () => {
    const good = { timeStamp: START, sampleRateMs: 2000, samples: { bitrateRecv: [1, 2, 3] } };
    return fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (strange, first) => {
        // An element with samples of its own may take the place of overlapping ones; this is about those without.
        fc.pre(!JSON.stringify(strange).includes('samples'));
        const report = attempt(first ? [strange, good] : [good, strange]);
        assert.deepEqual([...(report?.streams[0]?.series.bitrate ?? [])], [1, 2, 3]);
      }),
    );
  });

  it('issues are capped', () => {
    const body = Array.from({ length: 900 }, (_, index) => ({ timeStamp: 'x', samples: index }));
    const report = attempt(body);
    assert.equal(report?.issues.length, 501);
    assert.match(report.issues.at(-1)?.message ?? '', /1300 more of this answer could not be read/);
    assert.ok(NOW > START);
  });
});
