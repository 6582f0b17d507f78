/** Length of a cell of time, ms. Conditions and rates are constant within a cell. */
export const CELL = 2000;

/** The cells of a session, from its start to its end. */
export interface Grid {
  /** Epoch ms. */
  start: number;
  cells: number;
}

/** The grid of a session from `start` to `end`, epoch ms. */
export function makeGrid(start: number, end: number): Grid {
  return { start, cells: Math.max(1, Math.ceil((end - start) / CELL)) };
}

/** The cell that holds a moment, kept within the grid. */
export function cellAt(grid: Grid, time: number): number {
  return Math.min(grid.cells - 1, Math.max(0, Math.floor((time - grid.start) / CELL)));
}

/**
 * A rate over time, summed up, so that the amount between any two moments is one subtraction. What a sender sent and what each
 * receiver should have got are read from the same sums and therefore agree, whatever moments they are sampled at.
 */
export class Running {
  readonly #sums: Float64Array;
  readonly #first: number;

  /** `rate` gives the amount per second of each cell; it counts only between `from` and `to` (epoch ms). */
  constructor(
    readonly grid: Grid,
    readonly from: number,
    readonly to: number,
    rate: (cell: number) => number,
  ) {
    this.#first = cellAt(grid, from);
    const last = cellAt(grid, to);
    this.#sums = new Float64Array(last - this.#first + 2);
    let sum = 0;
    for (let cell = this.#first; cell <= last; cell++) {
      const begin = grid.start + cell * CELL;
      const covered = Math.min(begin + CELL, to) - Math.max(begin, from);
      if (covered > 0) sum += (rate(cell) * covered) / 1000;
      this.#sums[cell - this.#first + 1] = sum;
    }
  }

  /** The amount from the beginning to a moment (epoch ms). */
  at(time: number): number {
    const moment = Math.min(Math.max(time, this.from), this.to);
    const cell = cellAt(this.grid, moment);
    const begin = this.grid.start + cell * CELL;
    const a = Math.max(begin, this.from);
    const b = Math.min(begin + CELL, this.to);
    const before = this.#sums[cell - this.#first] ?? 0;
    const after = this.#sums[cell - this.#first + 1] ?? before;
    return b > a ? before + ((after - before) * (moment - a)) / (b - a) : before;
  }

  /** Whole units between two moments; sums of neighbouring intervals add up exactly. */
  whole(a: number, b: number): number {
    return Math.floor(this.at(b) + 1e-6) - Math.floor(this.at(a) + 1e-6);
  }

  /** The amount between two moments. */
  between(a: number, b: number): number {
    return this.at(b) - this.at(a);
  }

  /** The mean rate per second between two moments; 0 for no time. */
  mean(a: number, b: number): number {
    return b > a ? (this.between(a, b) * 1000) / (b - a) : 0;
  }
}
