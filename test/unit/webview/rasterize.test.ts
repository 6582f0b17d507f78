import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paintBars } from '../../../src/webview/charts/lane-paint';
import { rasterize } from '../../../src/webview/charts/rasterize';

const RED = 0xff0000ff;
const SCALES = { x: [0, 10], y: [0, 10] } as const;
const LOOK = { ratio: 1, thickness: 1 };

/** A picture of ten by ten pixels, its opacities as rows of text: `#` full, `+` in part, `.` none. */
function draw(x: number[], y: number[], dash: readonly number[] = []): string[] {
  const pixels = new Uint32Array(100);
  const line = { x: Float64Array.from(x), y: Float64Array.from(y), dense: false };
  rasterize({ pixels, width: 10, height: 10 }, SCALES, [{ line, dash, rgba: RED }], LOOK);
  return Array.from({ length: 10 }, (_, row) =>
    [...pixels.subarray(row * 10, row * 10 + 10)]
      .map((pixel) => (pixel === RED ? '#' : pixel === 0 ? '.' : '+'))
      .join(''),
  );
}

describe('lines as pixels', () => {
  it('draw a level line one pixel thick where its value is', () => {
    // A value of 4.5 of 10 lies in the middle of the sixth row from the top.
    assert.deepEqual(
      draw([0, 10], [4.5, 4.5])
        .map((row, index) => [index, row])
        .filter(([, row]) => row !== '..........'),
      [[5, '##########']],
    );
  });

  it('draw a spike from its foot to its top within its column', () => {
    const rows = draw([0, 5.2, 5.5, 5.8, 10], [0.5, 0.5, 9.5, 0.5, 0.5]);
    assert.deepEqual(
      rows.map((row) => row[5]),
      Array.from('##########'),
    );
    assert.deepEqual(
      rows.map((row) => row[4]),
      Array.from('.........#'),
    );
    assert.deepEqual(
      rows.map((row) => row[6]),
      Array.from('.........#'),
    );
  });

  it('leave gaps empty, and draw a sample that stands alone', () => {
    const rows = draw([0, 2, 3, 5.5, 7, 8, 10], [4.5, 4.5, Number.NaN, 4.5, Number.NaN, 4.5, 4.5]);
    assert.equal(rows[5], '###.###.##');
  });

  it('follow the dashes where they are flat and not where they are steep', () => {
    assert.equal(draw([0, 10], [4.5, 4.5], [3, 2])[5], '###..###..');
    // The spike stands in the fifth column, where the pattern has a gap.
    assert.equal(draw([0, 4.2, 4.5, 4.8, 10], [0.5, 0.5, 9.5, 0.5, 0.5], [3, 2])[1]?.[4], '#');
  });

  it('never leave the picture, whatever comes', () => {
    const number = fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), number), { maxLength: 60 }),
        (points) => {
          const sorted = [...points].sort(([a], [b]) => a - b);
          const rows = draw(
            sorted.map(([x]) => x),
            sorted.map(([, y]) => y),
          );
          // A column that a value of the picture lies in has a pixel.
          for (const [x, y] of sorted) {
            const column = Math.floor(x);
            if (Number.isNaN(y) || column < 0 || column > 9 || y < 0 || y > 10) continue;
            assert.ok(
              rows.some((row) => row[column] !== '.'),
              `${x} ${y}`,
            );
          }
        },
      ),
    );
  });
});

describe('several lines as pixels', () => {
  const GREEN = 0xff00ff00;
  const BLUE = 0xffff0000;
  const point = fc.tuple(
    fc.double({ min: -2, max: 12, noNaN: true }),
    fc.oneof({ weight: 6, arbitrary: fc.double({ min: -4, max: 14, noNaN: true }) }, fc.constant(Number.NaN)),
  );
  const line = fc.record({
    points: fc.array(point, { maxLength: 30 }),
    rgba: fc.constantFrom(RED, GREEN, BLUE, 0x800000ff),
    dash: fc.constantFrom([], [3, 2], [1, 4]),
  });

  it('have the later above the earlier', () => {
    const pixels = new Uint32Array(100);
    const across = (y: number) => ({ x: Float64Array.of(0, 10), y: Float64Array.of(y, y), dense: false });
    const wide = { line: across(4.5), dash: [], rgba: RED };
    const narrow = { line: { ...across(4.5), x: Float64Array.of(3, 6.5) }, dash: [], rgba: GREEN };
    rasterize({ pixels, width: 10, height: 10 }, SCALES, [wide, narrow], { ratio: 1, thickness: 3 });
    // Three pixels thick about the sixth row: the row in the middle is covered in full.
    assert.deepEqual(
      [...pixels.subarray(50, 60)].map((pixel) => (pixel === RED ? 'r' : pixel === GREEN ? 'g' : '?')).join(''),
      'rrrggggrrr',
    );
  });

  it('look as if each was drawn over those before it, though what is hidden is left out', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom(1, 2, 4), (drawn, thickness) => {
        const lines = drawn.map(({ points, ...look }) => {
          const sorted = [...points].sort(([a], [b]) => a - b);
          const [x, y] = [sorted.map(([at]) => at), sorted.map(([, value]) => value)];
          return { ...look, line: { x: Float64Array.from(x), y: Float64Array.from(y), dense: false } };
        });
        const picture = () => ({ pixels: new Uint32Array(400), width: 20, height: 20 });
        const [together, each] = [picture(), picture()];
        rasterize(together, SCALES, lines, { ratio: 2, thickness });
        for (const one of lines) rasterize(each, SCALES, [one], { ratio: 2, thickness });
        assert.deepEqual(together.pixels, each.pixels);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a lane as a row of pixels', () => {
  it('has what hurts on top, each bar at least one pixel wide', () => {
    const colors = { plain: 1, off: 2, strong: 3, alert: 4 };
    const row = new Uint32Array(10);
    const bar = (from: number, to: number | undefined, look: keyof typeof colors) => ({ from, to, look, label: '' });
    paintBars(
      row,
      [bar(20.2, 20.3, 'alert'), bar(0, 50, 'plain'), bar(50, undefined, 'off'), bar(200, 300, 'alert')],
      [0, 100],
      colors,
    );
    assert.deepEqual([...row], [1, 1, 4, 1, 1, 2, 2, 2, 2, 2]);
  });
});
