/** Start and end, epoch ms. */
export type TimeRange = readonly [number, number];

/** The closest zoom, ms. */
const MIN_RANGE_MS = 1000;

/** What listeners are told: the range changed, or the cursor moved. */
export type TimelineEvent = 'range' | 'cursor';

/** The time axis that lanes and charts share: what is in view, and where the cursor is. */
export class Timeline {
  #range: TimeRange;
  #cursor?: number;
  #shaded: readonly TimeRange[] = [];
  readonly #listeners = new Map<(event: TimelineEvent) => void, TimelineEvent | undefined>();

  /** `span` is all there is to see; `range` an earlier zoom, used as far as it lies in the span. */
  constructor(
    readonly span: TimeRange,
    range?: TimeRange,
  ) {
    this.#range = range ? this.#fit(range) : span;
  }

  get range(): TimeRange {
    return this.#range;
  }

  get zoomed(): boolean {
    return this.#range[0] !== this.span[0] || this.#range[1] !== this.span[1];
  }

  /** Epoch ms; undefined while the cursor is away. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** Returns the function that ends it. */
  listen(listener: (event: TimelineEvent) => void, only?: TimelineEvent): () => void {
    this.#listeners.set(listener, only);
    return () => this.#listeners.delete(listener);
  }

  /** Stretches that charts shade: the episodes of the finding that is looked at. */
  get shaded(): readonly TimeRange[] {
    return this.#shaded;
  }

  shade(ranges: readonly TimeRange[]): void {
    this.#shaded = ranges;
    this.#tell('range');
  }

  show(range: TimeRange): void {
    const fitted = this.#fit(range);
    if (fitted[0] === this.#range[0] && fitted[1] === this.#range[1]) return;
    this.#range = fitted;
    this.#tell('range');
  }

  reset(): void {
    this.show(this.span);
  }

  /** `factor` below 1 zooms in. `about` keeps its place on screen: the cursor, or the middle. */
  zoom(factor: number, about = this.#cursor): void {
    const [from, to] = this.#range;
    const pivot = about !== undefined && about >= from && about <= to ? about : (from + to) / 2;
    const [first, last] = this.span;
    const width = Math.min(Math.max(MIN_RANGE_MS, (to - from) * factor), last - first);
    const share = (pivot - from) / (to - from);
    const start = Math.min(Math.max(pivot - share * width, first), last - width);
    this.show([start, start + width]);
  }

  /** Moves the view by a share of its width; the width stays. */
  pan(share: number): void {
    const [from, to] = this.#range;
    this.moveTo(from + share * (to - from));
  }

  /** Moves the view so that it begins at a moment (epoch ms), as far as there is something to see; the width stays. */
  moveTo(start: number): void {
    const [from, to] = this.#range;
    const begin = Math.min(Math.max(start, this.span[0]), this.span[1] - (to - from));
    this.show([begin, begin + (to - from)]);
  }

  setCursor(at: number | undefined): void {
    const next = at === undefined ? undefined : Math.min(Math.max(at, this.span[0]), this.span[1]);
    if (next === this.#cursor) return;
    this.#cursor = next;
    this.#tell('cursor');
  }

  /** Puts the cursor somewhere and pans to keep it in view. */
  putCursor(at: number): void {
    this.setCursor(at);
    const cursor = this.#cursor as number;
    const [from, to] = this.#range;
    if (cursor < from) this.pan((cursor - from) / (to - from));
    else if (cursor > to) this.pan((cursor - to) / (to - from));
  }

  /** Moves the cursor; if it is away, it comes in at the edge it moves away from. */
  moveCursor(byMs: number): void {
    const [from, to] = this.#range;
    this.putCursor(this.#cursor === undefined ? (byMs > 0 ? from : to) : this.#cursor + byMs);
  }

  #fit([a, b]: TimeRange): TimeRange {
    const from = Math.max(Math.min(a, b), this.span[0]);
    const to = Math.min(Math.max(a, b), this.span[1]);
    if (!(to > from)) return this.span;
    const lack = MIN_RANGE_MS - (to - from);
    if (lack <= 0) return [from, to];
    const start = Math.max(this.span[0], Math.min(from - lack / 2, this.span[1] - MIN_RANGE_MS));
    return [start, Math.min(start + MIN_RANGE_MS, this.span[1])];
  }

  #tell(event: TimelineEvent): void {
    for (const [listener, only] of [...this.#listeners]) if (!only || only === event) listener(event);
  }
}
