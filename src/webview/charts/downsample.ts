/** Points of a line ready to draw. A NaN in `y` breaks the line there. */
export interface DrawnLine {
  /** Epoch ms. */
  x: Float64Array;
  y: Float64Array;
  /** There are more samples than pixels: single ones cannot be told apart. */
  dense: boolean;
}

/** Index of the first time at or after `at`; the length when there is none. */
export function lowerBound(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What part of a column is drawn, and how finely. */
export interface DrawWindow {
  /** Epoch ms. */
  from: number;
  to: number;
  /** Pixel columns between `from` and `to`. */
  buckets: number;
  /** Samples further apart than this, in ms, are not joined: nothing was measured between them. */
  maxGap: number;
}

/**
 * Reduces a column to what can be seen: in each pixel column the first, lowest, highest and last cell (M4, Jugel et al.,
 * VLDB 2014), so that no spike is lost and the drawn line is the same. Gaps (NaN cells and long pauses) stay gaps. One
 * measured neighbour on either side of the window is kept so that lines reach the edge.
 */
export function reduceColumn(times: Float64Array, column: Float64Array, window: DrawWindow): DrawnLine {
  const first = Math.max(0, lowerBound(times, window.from) - 1);
  const last = Math.min(times.length, lowerBound(times, window.to) + 1);
  const writer = new LineWriter(Math.min(last - first, window.buckets * 4 + 8) + 16);
  const width = (window.to - window.from) / Math.max(1, window.buckets);
  const sparse = last - first <= window.buckets * 2;
  let before = Number.NaN;
  let bucket = Number.NaN;
  let cell: Bucket | undefined;
  for (let i = first; i < last; i++) {
    const value = column[i] as number;
    const time = times[i] as number;
    const broken = Number.isNaN(value) || time - before > window.maxGap;
    if (broken && cell) {
      cell = flush(writer, times, column, cell);
      writer.gap((before + time) / 2);
    }
    if (Number.isNaN(value)) continue;
    before = time;
    const own = sparse ? i : Math.floor((time - window.from) / width);
    if (!cell || own !== bucket) {
      cell = flush(writer, times, column, cell);
      bucket = own;
      cell = { first: i, low: i, high: i, last: i };
      continue;
    }
    cell.last = i;
    if (value < (column[cell.low] as number)) cell.low = i;
    if (value > (column[cell.high] as number)) cell.high = i;
  }
  flush(writer, times, column, cell);
  return { ...writer.done(), dense: !sparse };
}

/** Lowest and highest drawn value; undefined when nothing is drawn. */
export function extent(lines: readonly DrawnLine[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { y } of lines) {
    for (const value of y) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Indices of what stands for one pixel column. */
interface Bucket {
  first: number;
  low: number;
  high: number;
  last: number;
}

function flush(writer: LineWriter, times: Float64Array, column: Float64Array, cell?: Bucket): undefined {
  if (!cell) return undefined;
  const { first, low, high, last } = cell;
  let written = -1;
  for (const index of [first, Math.min(low, high), Math.max(low, high), last]) {
    if (index === written) continue;
    written = index;
    writer.point(times[index] as number, column[index] as number);
  }
  return undefined;
}

/** Grows as needed: how many gaps a window has is not known before. */
class LineWriter {
  #x: Float64Array;
  #y: Float64Array;
  #length = 0;

  constructor(capacity: number) {
    this.#x = new Float64Array(capacity);
    this.#y = new Float64Array(capacity);
  }

  point(x: number, y: number): void {
    if (this.#length === this.#x.length) this.#grow();
    this.#x[this.#length] = x;
    this.#y[this.#length++] = y;
  }

  gap(x: number): void {
    if (this.#length > 0 && !Number.isNaN(this.#y[this.#length - 1])) this.point(x, Number.NaN);
  }

  done(): Pick<DrawnLine, 'x' | 'y'> {
    return { x: this.#x.subarray(0, this.#length), y: this.#y.subarray(0, this.#length) };
  }

  #grow(): void {
    const x = new Float64Array(this.#length * 2 + 16);
    const y = new Float64Array(this.#length * 2 + 16);
    x.set(this.#x);
    y.set(this.#y);
    this.#x = x;
    this.#y = y;
  }
}
