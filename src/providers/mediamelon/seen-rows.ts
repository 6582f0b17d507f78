import type { Row } from './cells';

/** Rows that are kept; a list of a day's sessions is smaller for most customers. */
const MAX_ROWS = 5000;
/** How long the row of a running playback is worth showing again without asking, ms. */
const LIVE_MS = 10_000;

interface Seen {
  row: Row;
  /** Running sessions could come with it. */
  running: boolean;
  live: boolean;
  at: number;
}

/** The rows that lists brought, so that what lies below them needs no request. */
export class SeenRows {
  readonly #rows = new Map<string, Seen>();

  constructor(readonly now: () => number = () => Date.now()) {}

  keep(id: string, row: Row, running: boolean, live: boolean): void {
    // The newest is last, so that the oldest is dropped first.
    this.#rows.delete(id);
    this.#rows.set(id, { row, running, live, at: this.now() });
    if (this.#rows.size > MAX_ROWS) this.#rows.delete(this.#rows.keys().next().value as string);
  }

  /** The row however old: where and when a session was does not change. */
  hint(id: string): Row | undefined {
    return this.#rows.get(id)?.row;
  }

  /** The row, unless the playback went on when it was read and some time has passed since. */
  fresh(id: string): { row: Row; running: boolean } | undefined {
    const seen = this.#rows.get(id);
    return seen && (!seen.live || this.now() - seen.at < LIVE_MS) ? seen : undefined;
  }
}
