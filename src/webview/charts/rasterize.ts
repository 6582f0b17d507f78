import type { DrawnLine } from './downsample';

/** A line is drawn in full where it rises or falls by more than this, CSS pixels: no spike falls into a dash's gap. */
const STEEP = 4;
/** Where a plot's axes lie, for turning values into pixels. */
export interface PixelScales {
  /** Epoch ms at the left and right edge. */
  x: readonly [number, number];
  /** Values at the bottom and top edge. */
  y: readonly [number, number];
}

/** A reduced line, and how it looks. */
export interface PixelLine {
  line: DrawnLine;
  /** Its bytes in the order red, green, blue, alpha. */
  rgba: number;
  /** On and off lengths, CSS pixels. */
  dash: readonly number[];
}

/** A picture, one number a pixel, row by row. */
export interface Picture {
  pixels: Uint32Array;
  width: number;
  height: number;
}

/** Reused for every line: the lowest and highest place of the line in each column; `low` above `high` where it is not. */
let low = new Float64Array(0);
let high = new Float64Array(0);
/**
 * Reused for every picture, line by line: where the line begins and ends in each column, in pixels from the top with their
 * fractions (`starts` not before `ends`: it is not there), and which rows of the column lines above it hide.
 */
let starts = new Float64Array(0);
let ends = new Float64Array(0);
let hiddenFrom = new Int32Array(0);
let hiddenTo = new Int32Array(0);

/**
 * Sets the pixels of lines, each above those before it. What a line hides of those below is not drawn: of many restless lines
 * that lie on each other, only what is seen costs.
 */
export function rasterize(
  picture: Picture,
  scales: PixelScales,
  lines: readonly PixelLine[],
  { ratio, thickness }: { ratio: number; thickness: number },
): void {
  const { width } = picture;
  makeRoom(width, lines.length);
  const half = Math.max(0.5, (thickness * ratio) / 2);
  lines.forEach(({ line, dash }, index) => {
    traceColumns(picture, scales, line, ratio);
    placeEnds(picture, index * width, dashMask(width, dash, ratio), half, STEEP * ratio);
  });
  findHidden(picture, lines.length);
  lines.forEach(({ rgba }, index) => {
    fillColumns(picture, index * width, rampOf(rgba));
  });
}

function makeRoom(width: number, lines: number): void {
  if (low.length < width) {
    low = new Float64Array(width);
    high = new Float64Array(width);
  }
  if (starts.length >= width * lines) return;
  starts = new Float64Array(width * lines);
  ends = new Float64Array(width * lines);
  hiddenFrom = new Int32Array(width * lines);
  hiddenTo = new Int32Array(width * lines);
}

// The next four run for every pixel column of every line in a frame: numbers with fractions that are handed to functions
// would be garbage of many megabytes a frame, so that these hand over none.

/** Notes for each column of pixels the lowest and highest place of a line in it. */
function traceColumns(
  { width, height }: Picture,
  { x: axis, y: values }: PixelScales,
  line: DrawnLine,
  ratio: number,
): void {
  const { x, y } = line;
  const [lows, highs] = [low, high];
  lows.fill(Number.POSITIVE_INFINITY, 0, width);
  highs.fill(Number.NEGATIVE_INFINITY, 0, width);
  const [from, bottom] = [axis[0], values[0]];
  const perMs = width / (axis[1] - from);
  const perUnit = height / (values[1] - bottom);
  let x0 = Number.NaN;
  let y0 = Number.NaN;
  // The column of the point before.
  let column0 = -1;
  for (let i = 0; i < x.length; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) {
      x0 = Number.NaN;
      column0 = -1;
      continue;
    }
    let x1 = ((x[i] as number) - from) * perMs;
    const y1 = height - (value - bottom) * perUnit;
    const column1 = Math.floor(x1);
    if (column1 === column0 && column1 >= 0 && column1 < width) {
      // Most points of a long call: the one before is noted in the same column.
      if (y1 < (lows[column1] as number)) lows[column1] = y1;
      if (y1 > (highs[column1] as number)) highs[column1] = y1;
      x0 = x1;
      y0 = y1;
      continue;
    }
    column0 = column1;
    if (Number.isNaN(x0)) {
      x0 = x1;
      y0 = y1;
      // Alone between two gaps it is a dot: a line of one point would not be seen.
      if (i + 1 >= x.length || Number.isNaN(y[i + 1])) {
        x0 -= ratio;
        x1 += ratio;
      }
    }
    const last = Math.min(width - 1, Math.floor(x1));
    const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
    for (let column = Math.max(0, Math.floor(x0)); column <= last; column++) {
      // Where the piece enters and leaves this column.
      const enters = column > x0 ? y0 + (column - x0) * slope : y0;
      const leaves = column + 1 < x1 ? y0 + (column + 1 - x0) * slope : y1;
      const least = enters < leaves ? enters : leaves;
      const most = enters < leaves ? leaves : enters;
      if (least < (lows[column] as number)) lows[column] = least;
      if (most > (highs[column] as number)) highs[column] = most;
    }
    x0 = x1;
    y0 = y1;
  }
}

/** Turns the places that were noted into the ends of a line as thick as it is; `at` is where the line's own begin. */
function placeEnds({ width, height }: Picture, at: number, shown: Uint8Array, half: number, steep: number): void {
  const [lows, highs] = [low, high];
  for (let column = 0; column < width; column++) {
    const lowest = lows[column] as number;
    const highest = highs[column] as number;
    const there = highest >= lowest && (shown[column] !== 0 || highest - lowest > steep);
    starts[at + column] = there ? Math.max(0, lowest - half) : 0;
    ends[at + column] = there ? Math.min(height, highest + half) : 0;
  }
}

/** Notes for each line which rows those above it cover in full: of several stretches that do not touch, the longest. */
function findHidden({ width, height }: Picture, lines: number): void {
  for (let column = 0; column < width; column++) {
    let from = height;
    let to = height;
    for (let at = (lines - 1) * width + column; at >= 0; at -= width) {
      hiddenFrom[at] = from;
      hiddenTo[at] = to;
      // The rows between the two at the ends, which are covered in part.
      const first = Math.floor(starts[at] as number) + 1;
      const last = Math.ceil(ends[at] as number) - 1;
      if (first >= last) continue;
      if (first <= to && last >= from && from < to) {
        if (first < from) from = first;
        if (last > to) to = last;
      } else if (last - first > to - from) {
        from = first;
        to = last;
      }
    }
  }
}

/** Fills each column of a line between its ends where no other hides it; pixels at the ends are covered in part. */
function fillColumns({ pixels, width }: Picture, line: number, ramp: Uint32Array): void {
  const full = ramp[255] as number;
  for (let column = 0; column < width; column++) {
    const start = starts[line + column] as number;
    const end = ends[line + column] as number;
    if (start >= end) continue;
    const first = Math.floor(start);
    const last = Math.ceil(end) - 1;
    const from = hiddenFrom[line + column] as number;
    const to = hiddenTo[line + column] as number;
    if (first >= from && last < to) continue;
    if (first === last) {
      cover(pixels, first * width + column, ramp, Math.round((end - start) * 255));
      continue;
    }
    if (first < from || first >= to) cover(pixels, first * width + column, ramp, Math.round((first + 1 - start) * 255));
    const above = (last < from ? last : from) * width;
    for (let at = (first + 1) * width; at < above; at += width) pixels[at + column] = full;
    const bottom = last * width;
    for (let at = (first + 1 > to ? first + 1 : to) * width; at < bottom; at += width) pixels[at + column] = full;
    if (last < from || last >= to) cover(pixels, bottom + column, ramp, Math.round((end - last) * 255));
  }
}

/** Lays a colour over a pixel of which it covers a part, 0..255. */
function cover(pixels: Uint32Array, at: number, ramp: Uint32Array, part: number): void {
  const under = pixels[at] as number;
  const over = ramp[part] as number;
  if (under === 0) {
    pixels[at] = over;
    return;
  }
  const share = over >>> 24;
  const rest = 255 - share;
  const red = ((under & 255) * rest + (over & 255) * share) / 255;
  const green = (((under >>> 8) & 255) * rest + ((over >>> 8) & 255) * share) / 255;
  const blue = (((under >>> 16) & 255) * rest + ((over >>> 16) & 255) * share) / 255;
  const alpha = Math.max(under >>> 24, share);
  pixels[at] = (red & 255) | ((green & 255) << 8) | ((blue & 255) << 16) | (alpha << 24);
}

const ramps = new Map<number, Uint32Array>();

/** A colour in 256 steps from nothing to all of it. */
function rampOf(rgba: number): Uint32Array {
  let ramp = ramps.get(rgba);
  if (!ramp) {
    ramp = Uint32Array.from(
      { length: 256 },
      (_, part) => (rgba & 0xffffff) | (Math.round(((rgba >>> 24) * part) / 255) << 24),
    );
    ramps.set(rgba, ramp);
  }
  return ramp;
}

const masks = new Map<string, Uint8Array>();

/** Which columns a pattern of dashes draws: 1 is drawn. */
function dashMask(width: number, dash: readonly number[], ratio: number): Uint8Array {
  const key = `${width} ${ratio} ${dash.join()}`;
  let mask = masks.get(key);
  if (mask) return mask;
  // A window that is being resized has many widths.
  if (masks.size > 100) masks.clear();
  mask = new Uint8Array(width).fill(1);
  const period = dash.reduce((sum, length) => sum + length, 0) * ratio;
  for (let column = 0; period > 0 && column < width; column++) {
    let rest = column % period;
    for (let i = 0; i < dash.length; i++) {
      const length = (dash[i] as number) * ratio;
      if (rest < length) {
        mask[column] = i % 2 === 0 ? 1 : 0;
        break;
      }
      rest -= length;
    }
  }
  masks.set(key, mask);
  return mask;
}
