import type uPlot from 'uplot';
import type { DrawnLine } from './downsample';

/** A line that goes up and down so much that its way is this many times the plot's width shows no pattern of dashes. */
const RESTLESS = 8;

/**
 * What uPlot strokes for a line; nothing for a dense one, which `drawDenseLines` draws. `restless`: dashes would cost much
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
