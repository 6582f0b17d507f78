import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extent, lowerBound, reduceColumn } from '../../../src/webview/charts/downsample';

/** Rising times with a gap now and then, and cells of which some were not measured. */
const column = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 100 }) },
        { weight: 1, arbitrary: fc.constant(5000) },
      ),
      value: fc.oneof(
        { weight: 9, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
    }),
    { minLength: 1, maxLength: 400 },
  )
  .map((cells) => {
    const times = new Float64Array(cells.length);
    let at = 1_700_000_000_000;
    cells.forEach(({ step }, index) => {
      at += step;
      times[index] = at;
    });
    return { times, values: Float64Array.from(cells, ({ value }) => value) };
  });

const MAX_GAP = 1000;

describe('reducing a column to pixels', () => {
  it('keeps the lowest and highest cell of every pixel column, and adds nothing that was not measured', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 50 }), ({ times, values }, buckets) => {
        const from = times[0] as number;
        const to = (times[times.length - 1] as number) + 1;
        const line = reduceColumn(times, values, { from, to, buckets, maxGap: MAX_GAP });
        const measured = new Set(Array.from(times, (at, index) => `${at} ${values[index]}`));
        line.x.forEach((at, index) => {
          if (!Number.isNaN(line.y[index])) assert.ok(measured.has(`${at} ${line.y[index]}`));
        });
        const width = (to - from) / buckets;
        for (let bucket = 0; bucket < buckets; bucket++) {
          const within = (at: number) => Math.floor((at - from) / width) === bucket;
          const all = [...values].filter((value, index) => within(times[index] as number) && !Number.isNaN(value));
          const drawn = [...line.y].filter((value, index) => within(line.x[index] as number) && !Number.isNaN(value));
          if (all.length === 0) continue;
          assert.equal(Math.min(...drawn), Math.min(...all));
          assert.equal(Math.max(...drawn), Math.max(...all));
        }
      }),
    );
  });

  it('joins exactly what may be joined: no line over a cell that was not measured or over a long pause', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 50 }), ({ times, values }, buckets) => {
        const from = times[0] as number;
        const to = (times[times.length - 1] as number) + 1;
        const { x, y } = reduceColumn(times, values, { from, to, buckets, maxGap: MAX_GAP });
        // Which stretch without a gap each measured time belongs to.
        const stretch = new Map<number, number>();
        let current = 0;
        let before = Number.NaN;
        times.forEach((at, index) => {
          if (Number.isNaN(values[index]) || at - before > MAX_GAP) current++;
          if (!Number.isNaN(values[index])) {
            stretch.set(at, current);
            before = at;
          }
        });
        for (let i = 1; i < x.length; i++) {
          assert.ok((x[i] as number) >= (x[i - 1] as number), 'times rise');
          if (Number.isNaN(y[i]) || Number.isNaN(y[i - 1])) continue;
          assert.equal(stretch.get(x[i] as number), stretch.get(x[i - 1] as number));
        }
        const drawn = new Set([...x].filter((_, index) => !Number.isNaN(y[index])).map((at) => stretch.get(at)));
        assert.deepEqual(drawn, new Set(stretch.values()), 'every stretch is drawn');
      }),
    );
  });

  it('draws at most four points and one break a pixel column', () => {
    const length = 100_000;
    const times = Float64Array.from({ length }, (_, index) => index * 10);
    const values = Float64Array.from({ length }, (_, index) => Math.sin(index));
    const line = reduceColumn(times, values, { from: 0, to: length * 10, buckets: 500, maxGap: 1000 });
    assert.ok(line.x.length <= 500 * 4, `${line.x.length}`);
  });

  it('keeps every sample where there are fewer than pixels', () => {
    const times = Float64Array.of(0, 7000, 14_000, 21_000);
    const values = Float64Array.of(1, 5, 2, 3);
    assert.deepEqual(reduceColumn(times, values, { from: 0, to: 21_000, buckets: 900, maxGap: 17_500 }), {
      x: times,
      y: values,
      dense: false,
    });
  });

  it('reaches over the edge of the window by one sample on either side', () => {
    const times = Float64Array.of(0, 10, 20, 30, 40);
    const values = Float64Array.of(1, 2, 3, 4, 5);
    const { x } = reduceColumn(times, values, { from: 15, to: 25, buckets: 100, maxGap: 1000 });
    assert.deepEqual([...x], [10, 20, 30]);
  });
});

describe('helpers over times', () => {
  it('find the first time at or after a moment', () => {
    const times = Float64Array.of(10, 20, 20, 30);
    assert.deepEqual(
      [5, 10, 11, 20, 30, 31].map((at) => lowerBound(times, at)),
      [0, 0, 1, 1, 3, 4],
    );
    assert.equal(lowerBound(new Float64Array(), 1), 0);
  });

  it('give lowest and highest over several lines, and nothing for nothing', () => {
    const line = (...y: number[]) => ({ x: Float64Array.from(y), y: Float64Array.from(y), dense: false });
    assert.deepEqual(extent([line(3, Number.NaN, 9), line(-2)]), [-2, 9]);
    assert.equal(extent([line(Number.NaN)]), undefined);
  });
});
