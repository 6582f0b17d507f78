import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareNumbers, compareText, largest, smallest } from '../../../src/core/order';

describe('orders', () => {
  it('of texts: by code units, as Array.sort has it without a comparer', () => {
    assert.deepEqual(['b', 'B', 'a', 'ä', 'Z'].sort(compareText), ['B', 'Z', 'a', 'b', 'ä']);
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => assert.deepEqual(texts.toSorted(compareText), [...texts].sort())),
    );
  });

  it('of moments: what has no time comes first', () => {
    assert.deepEqual(
      [5, undefined, 3].map((at) => ({ at })).sort((a, b) => compareNumbers(a.at, b.at)),
      [{ at: undefined }, { at: 3 }, { at: 5 }],
    );
    assert.equal(compareText(undefined, 'a') < 0, true);
    assert.equal(compareText(undefined, ''), 0);
  });

  it('the smallest and the largest of those that are known', () => {
    assert.deepEqual([smallest([undefined, 7, 3, 5]), largest([undefined, 7, 3, 9, undefined])], [3, 9]);
    assert.deepEqual([smallest([undefined]), largest([])], [undefined, undefined]);
    // As many as a long call has: more than fit as arguments of a function.
    const many = Array.from({ length: 300_000 }, (_, i) => i);
    assert.deepEqual([smallest(many), largest(many)], [0, 299_999]);
  });
});
