import assert from 'node:assert/strict';
import { isBeyond, limitHolds, timeBeyond } from '../../../src/core/series-limit';

const ABOVE = { beyond: 'above', warn: 3 } as const;
const { NaN: none } = Number;

describe('a limit', () => {
  it('is itself still good, and what was not measured is not beyond it', () => {
    assert.deepEqual(
      [2, 3, 3.1, none].map((value) => isBeyond(ABOVE, value)),
      [false, false, true, false],
    );
    assert.deepEqual(
      [14, 15, none].map((value) => isBeyond({ beyond: 'below', warn: 15 }, value)),
      [true, false, false],
    );
  });

  it('holds for the streams that it names', () => {
    const camera = { direction: 'send', kind: 'video', source: 'camera-mic' } as const;
    const limit = { ruleId: 'r', metric: 'fps', beyond: 'below', warn: 15 } as const;
    assert.equal(limitHolds({ ...limit, streams: {} }, camera), true);
    assert.equal(limitHolds({ ...limit, streams: { kind: 'video', source: 'camera-mic' } }, camera), true);
    assert.equal(limitHolds({ ...limit, streams: { source: 'screen' } }, camera), false);
    assert.equal(limitHolds({ ...limit, streams: { direction: 'receive' } }, camera), false);
  });
});

describe('the share of time beyond a limit', () => {
  const of = (times: number[], values: number[]) =>
    timeBeyond(Float64Array.from(times), Float64Array.from(values), ABOVE);

  it('weighs each sample by the time that it stands for', () => {
    // Steps of 1, 1, 4, 1 s, and the usual one (1 s) for the first: 8 s, of which the one of 4 s was bad.
    assert.deepEqual(of([0, 1000, 2000, 6000, 7000], [0, 0, 0, 9, 0]), { share: 4 / 8, measuredMs: 8000 });
  });

  it('gives a sample after a gap the usual step, and cells without a value nothing', () => {
    // The gap of 60 s counts as one second; the cell at 2 s was not measured.
    assert.deepEqual(of([0, 1000, 2000, 62_000, 63_000], [0, 0, none, 9, 9]), { share: 2 / 4, measuredMs: 4000 });
  });

  it('is all or nothing for one sample, and nothing at all for none', () => {
    assert.deepEqual(of([0], [9]), { share: 1, measuredMs: 0 });
    assert.equal(of([0, 1000], [none, none]), undefined);
  });
});
