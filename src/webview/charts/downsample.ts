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
 * measured neighbour on either side of the window is kept so that lines reach the edge. With a `writer` that was used before
 * the points replace those of that time, and nothing new is allocated.
 */
export function reduceColumn(
  times: Float64Array,
  column: Float64Array,
  window: DrawWindow,
  writer = new LineWriter(),
): DrawnLine {
  const first = Math.max(0, lowerBound(times, window.from) - 1);
  const last = Math.min(times.length, lowerBound(times, window.to) + 1);
  writer.begin(Math.min(last - first, window.buckets * 4 + 8) + 16);
  const perMs = Math.max(1, window.buckets) / (window.to - window.from);
  const sparse = last - first <= window.buckets * 2;
  let before = Number.NaN;
  let bucket = -1;
  // Indices of what stands for the present pixel column; numbers of their own, since a long call has many columns a frame.
  let start = -1;
  let low = -1;
  let high = -1;
  let end = -1;
  for (let i = first; i < last; i++) {
    const value = column[i] as number;
    const time = times[i] as number;
    const missing = Number.isNaN(value);
    if (start >= 0 && (missing || time - before > window.maxGap)) {
      writer.take(times, column, start, low, high, end);
      writer.gap(times, end, i);
      start = -1;
    }
    if (missing) continue;
    before = time;
    const own = sparse ? i : Math.floor((time - window.from) * perMs);
    if (start >= 0 && own === bucket) {
      end = i;
      if (value < (column[low] as number)) low = i;
      if (value > (column[high] as number)) high = i;
      continue;
    }
    if (start >= 0) writer.take(times, column, start, low, high, end);
    bucket = own;
    start = i;
    low = i;
    high = i;
    end = i;
  }
  if (start >= 0) writer.take(times, column, start, low, high, end);
  return { ...writer.done(), dense: !sparse };
}

/** Lowest and highest drawn value; undefined when nothing is drawn. */
export function extent(lines: readonly DrawnLine[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { y } of lines) {
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator costs several times as much before the browser has optimized it
    for (let i = 0; i < y.length; i++) {
      const value = y[i] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Grows as needed: how many gaps a window has is not known before. */
export class LineWriter {
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #length = 0;

  /** Forgets the points of before; makes room for so many. */
  begin(capacity: number): void {
    this.#length = 0;
    if (this.#x.length >= capacity) return;
    this.#x = new Float64Array(capacity);
    this.#y = new Float64Array(capacity);
  }

  /** Adds the cells of one pixel column by their indices, in the order of time, each once. */
  take(times: Float64Array, column: Float64Array, start: number, low: number, high: number, end: number): void {
    const early = low < high ? low : high;
    const late = low < high ? high : low;
    if (this.#length + 4 > this.#x.length) this.#grow();
    this.#copy(times, column, start);
    if (early !== start) this.#copy(times, column, early);
    if (late !== early) this.#copy(times, column, late);
    if (end !== late) this.#copy(times, column, end);
  }

  /** Breaks the line between two samples. */
  gap(times: Float64Array, last: number, next: number): void {
    if (this.#length + 1 > this.#x.length) this.#grow();
    this.#x[this.#length] = ((times[last] as number) + (times[next] as number)) / 2;
    this.#y[this.#length++] = Number.NaN;
  }

  #copy(times: Float64Array, column: Float64Array, index: number): void {
    this.#x[this.#length] = times[index] as number;
    this.#y[this.#length++] = column[index] as number;
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
