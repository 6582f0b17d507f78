import type { ItemIssue, StateChange } from '../../../core/model';
import { CELL_FIELDS, CELLS, LIMITATION_CELLS, LIMITATIONS, type RawStream, type Row } from './fields';

/** The samples of one stream in the order of time, with where each stood in its array. */
export interface Samples {
  rows: readonly Row[];
  /** Epoch ms, rising. */
  times: Float64Array;
  places: readonly number[];
  /** The array, in the provider's words. */
  path: string;
}

const NOTHING: Row = {};

/** Rows of one sweep over all fields: few enough to stay in the processor's cache from field to field. */
const SWEEP = 256;

/** Fills one column for each field. Cells of the wrong type stay NaN and are counted into an issue for each field. */
export function fillColumns(
  samples: Samples,
  issues: ItemIssue[],
): Pick<RawStream, 'cells' | 'limitations' | 'reasons'> {
  const cells: RawStream['cells'] = {};
  // Only the loss may be negative: late and duplicate packets count against it (RFC 3550, 6.4.1).
  const fills = CELL_FIELDS.map((field) => new Fill(samples, CELLS[field], field === 'packets_lost'));
  for (let from = 0; from < samples.rows.length; from += SWEEP) {
    for (const fill of fills) fill.sweep(samples.rows, from);
  }
  CELL_FIELDS.forEach((field, index) => {
    const column = fills[index]?.end(samples.path, `.${field}`, issues);
    if (column) cells[field] = column;
  });
  return { cells, ...fillLimitations(samples, issues) };
}

/** The column of one field while it is filled. */
class Fill {
  readonly #read: (row: Row) => unknown;
  readonly #lowest: number;
  readonly #places: readonly number[];
  readonly #bad = new Tally();
  #column: Float64Array | undefined;

  constructor({ places }: Samples, read: (row: Row) => unknown, negative: boolean) {
    this.#places = places;
    this.#read = read;
    this.#lowest = negative ? Number.NEGATIVE_INFINITY : 0;
  }

  /** Fills the next {@link SWEEP} cells. */
  sweep(rows: readonly Row[], from: number): void {
    const read = this.#read;
    const lowest = this.#lowest;
    const to = Math.min(from + SWEEP, rows.length);
    for (let i = from; i < to; i++) {
      const value = read(rows[i] as Row);
      // The difference is 0 for finite numbers only: JSON's 1e999 is read as Infinity.
      if (typeof value === 'number' && value - value === 0 && value >= lowest) {
        this.#column ??= new Float64Array(rows.length).fill(Number.NaN);
        this.#column[i] = value;
      } else if (value !== undefined && value !== null) {
        this.#bad.add(this.#places[i] as number);
      }
    }
  }

  /** The column, or undefined when no cell was measured. */
  end(path: string, field: string, issues: ItemIssue[]): Float64Array | undefined {
    this.#bad.report(issues, path, field, 'cells are no usable numbers', 'left empty');
    return this.#column;
  }
}

function fillLimitations(
  { rows, times, places, path }: Samples,
  issues: ItemIssue[],
): Pick<RawStream, 'limitations' | 'reasons'> {
  const limitations: RawStream['limitations'] = {};
  const reasons: StateChange[] = [];
  const bad = new Tally();
  const nested: Row[] = [];
  let last: string | undefined;
  let any = false;
  for (let i = 0; i < rows.length; i++) {
    const { quality_limitation_durations: spent, quality_limitation_reason: reason } = rows[i] as Row;
    const usable = typeof spent === 'object' && spent !== null && !Array.isArray(spent);
    if (usable) any = true;
    else if (spent !== undefined && spent !== null) bad.add(places[i] as number);
    nested.push(usable ? (spent as Row) : NOTHING);
    if (typeof reason === 'string' && reason !== last) {
      reasons.push({ at: times[i] as number, value: reason });
      last = reason;
    }
  }
  bad.report(issues, path, '.quality_limitation_durations', 'cells are no objects', 'left empty');
  for (const name of any ? LIMITATIONS : []) {
    const fill = new Fill({ rows, times, places, path }, LIMITATION_CELLS[name], false);
    for (let from = 0; from < nested.length; from += SWEEP) fill.sweep(nested, from);
    const column = fill.end(path, `.quality_limitation_durations.${name}`, issues);
    if (column) limitations[name] = column;
  }
  return { limitations, reasons };
}

/** How many bad ones there are, and where the first one is. */
export class Tally {
  #count = 0;
  #first = 0;

  add(place: number): void {
    if (this.#count === 0 || place < this.#first) this.#first = place;
    this.#count++;
  }

  /** One issue for all of them, at the first; none when there were none. */
  report(issues: ItemIssue[], path: string, field: string, what: string, consequence: string): void {
    if (this.#count === 0) return;
    const message = `${this.#count} ${what}, the first one here; ${consequence}.`;
    issues.push({ path: `${path}[${this.#first}]${field}`, message });
  }
}
