import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CELL, cellAt, makeGrid, Running } from '../../../src/sample/realtimekit/media/grid';

const START = Date.UTC(2025, 5, 1);

describe('sample media: running sums', () => {
  it('a constant rate sums to rate times time, within the stretch only', () => {
    const grid = makeGrid(START, START + 60_000);
    const running = new Running(grid, START + 3100, START + 40_300, () => 50);
    assert.ok(Math.abs(running.between(START, START + 60_000) - 50 * 37.2) < 1e-6);
    assert.ok(Math.abs(running.between(START + 10_000, START + 17_000) - 350) < 1e-6);
    assert.equal(running.between(START, START + 3100), 0);
    assert.ok(Math.abs(running.mean(START + 5000, START + 30_000) - 50) < 1e-9);
    assert.equal(running.mean(START + 5000, START + 5000), 0);
  });

  it('takes the rate of each cell', () => {
    const grid = makeGrid(START, START + 10 * CELL);
    const running = new Running(grid, START, START + 10 * CELL, (cell) => (cell === 3 ? 7 : 0));
    assert.equal(running.between(START, START + 3 * CELL), 0);
    assert.equal(running.between(START + 3 * CELL, START + 4 * CELL), (7 * CELL) / 1000);
    assert.equal(running.between(START + 4 * CELL, START + 10 * CELL), 0);
  });

  it('whole units of neighbouring intervals add up to those of the whole, whatever the cuts', () => {
    const grid = makeGrid(START, START + 120_000);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 60, maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 30 }),
        (rates, cuts) => {
          const running = new Running(grid, START + 500, START + 119_000, (cell) => rates[cell] ?? 0);
          const moments = [0, ...cuts.sort((a, b) => a - b), 120_000].map((cut) => START + cut);
          let sum = 0;
          for (let index = 1; index < moments.length; index++) {
            const part = running.whole(moments[index - 1] as number, moments[index] as number);
            assert.ok(part >= 0);
            sum += part;
          }
          assert.equal(sum, running.whole(START, START + 120_000));
        },
      ),
    );
  });

  it('keeps cells within the grid', () => {
    const grid = makeGrid(START, START + 1);
    assert.equal(grid.cells, 1);
    assert.equal(cellAt(grid, START - 1), 0);
    assert.equal(cellAt(grid, START + 99_999), 0);
  });
});
