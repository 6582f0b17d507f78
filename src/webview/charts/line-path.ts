import type uPlot from 'uplot';
import type { DrawnLine } from './downsample';

/** A dense line is drawn in full where it rises or falls by more than this, CSS pixels: no spike falls into a dash's gap. */
const FLAT = 4;

/** A line that goes up and down so much that its way is this many times the plot's width shows no pattern of dashes. */
const RESTLESS = 8;

/**
 * What uPlot strokes for a line; nothing for a dense one, which {@link drawDense} draws. `restless`: dashes would cost much
 * and show nothing.
 */
export function linePath(
  plot: uPlot,
  line: DrawnLine | undefined,
): { paths: uPlot.Series.Paths | null; restless: boolean } {
  if (!line || line.dense) return { paths: null, restless: false };
  const { path, length } = strokePath(plot, line);
  return {
    paths: { stroke: path, fill: null, clip: null, band: null, flags: 0 },
    restless: length > RESTLESS * plot.bbox.width,
  };
}

/** A line broken at its gaps. A lone sample between two gaps is a dot: it would be invisible as a line. */
function strokePath(plot: uPlot, { x, y }: DrawnLine): { path: Path2D; length: number } {
  const path = new Path2D();
  let length = 0;
  let before = 0;
  let open = false;
  for (let i = 0; i < x.length; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) {
      open = false;
      continue;
    }
    const left = plot.valToPos(x[i] as number, 'x', true);
    const top = plot.valToPos(value, 'y', true);
    if (open) {
      path.lineTo(left, top);
      length += Math.abs(top - before);
    } else if (i + 1 >= x.length || Number.isNaN(y[i + 1] as number)) {
      path.moveTo(left + devicePixelRatio, top);
      path.arc(left, top, devicePixelRatio, 0, 2 * Math.PI);
    } else path.moveTo(left, top);
    open = true;
    before = top;
  }
  return { path, length };
}

/**
 * Draws a line with more samples than pixels: one upright bar a pixel column, from its lowest to its highest point and
 * up to its neighbour. It looks like the stroke and is many times cheaper: without a GPU, stroking dashes along a path
 * that goes up and down in every column takes seconds. `dash` are on and off lengths in CSS pixels.
 */
export function drawDense(plot: uPlot, { x, y }: DrawnLine, color: string, dash: readonly number[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const width = Math.max(1, Math.round(1.5 * ratio));
  const period = dash.reduce((sum, length) => sum + length, 0) * ratio;
  const right = bbox.left + bbox.width;
  let column = Number.NaN;
  let low = 0;
  let high = 0;
  let last = Number.NaN;
  const flush = () => {
    if (column >= bbox.left && column <= right) {
      const height = high - low;
      if (height > FLAT * ratio || period === 0 || inDash(column - bbox.left, dash, ratio, period)) {
        // Whole pixels: these are filled without smoothing, which is what makes it fast.
        ctx.fillRect(column, Math.round(low - width / 2), height > width ? 1 : width, Math.round(height) + width);
      }
    }
    column = Number.NaN;
  };
  ctx.save();
  ctx.fillStyle = color;
  for (let i = 0; i < x.length; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) {
      flush();
      last = Number.NaN;
      continue;
    }
    const left = Math.round(plot.valToPos(x[i] as number, 'x', true));
    const top = plot.valToPos(value, 'y', true);
    if (left !== column) {
      flush();
      column = left;
      // From where the column before ended, so that the line holds together.
      low = Number.isNaN(last) ? top : Math.min(last, top);
      high = Number.isNaN(last) ? top : Math.max(last, top);
    }
    low = Math.min(low, top);
    high = Math.max(high, top);
    last = top;
  }
  flush();
  ctx.restore();
}

/** Whether a column falls on a drawn part of the pattern. */
function inDash(column: number, dash: readonly number[], ratio: number, period: number): boolean {
  let rest = column % period;
  for (let i = 0; i < dash.length; i++) {
    const length = (dash[i] as number) * ratio;
    if (rest < length) return i % 2 === 0;
    rest -= length;
  }
  return true;
}
