import type { ItemIssue, StateChange } from '../../../core/model';
import { found, member } from '../../records';
import { CELL_FIELDS, LIMITATIONS, QUALITY_ARRAYS, type QualityArray, type RawStream } from './fields';
import { StampReader } from './stamps';

export const QUALITY_PATH = 'data.participant.peer_report.quality';

type Row = Readonly<Record<string, unknown>>;

/** Rows of one stream in the order of the array, with where each stood. */
interface Group {
  id: string;
  ssrc: unknown;
  mid: unknown;
  rows: Row[];
  times: number[];
  places: number[];
}

/**
 * Sorts the samples of all arrays into streams, keyed by (`producer_id` or `consumer_id`, `ssrc`, `mid`), and fills one
 * column per field in one pass. A cell of the wrong type is NaN and counted into an issue, a row that is no object or has
 * no time is left out and counted. Every other row survives, save that of two with one time the later stands.
 */
export function collectStreams(quality: unknown, issues: ItemIssue[]): RawStream[] {
  const stamps = new StampReader();
  return QUALITY_ARRAYS.flatMap((array) => {
    const path = `${QUALITY_PATH}.${array.name}`;
    const rows = member(quality, array.name);
    if (rows === undefined || rows === null) return [];
    if (!Array.isArray(rows)) {
      issues.push({ path, message: `Expected a list of samples, found ${found(rows)}; left out.` });
      return [];
    }
    return group(rows, array, path, stamps, issues).map((one) => toRawStream(one, array, path, issues));
  });
}

function group(rows: unknown[], array: QualityArray, path: string, stamps: StampReader, issues: ItemIssue[]): Group[] {
  const byId = new Map<string, Group[]>();
  const all: Group[] = [];
  const noObject = new Tally();
  const noTime = new Tally();
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as Row;
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      noObject.add(place);
      continue;
    }
    const time = stamps.read(row.timestamp);
    if (Number.isNaN(time)) {
      noTime.add(place);
      continue;
    }
    const { ssrc, mid } = row;
    const id = streamId(row, array);
    const groups = byId.get(id) ?? [];
    let target = groups.find((one) => one.ssrc === ssrc && one.mid === mid);
    if (!target) {
      target = { id, ssrc, mid, rows: [], times: [], places: [] };
      groups.push(target);
      all.push(target);
      byId.set(id, groups);
    }
    target.rows.push(row);
    target.times.push(time);
    target.places.push(place);
  }
  noObject.report(issues, path, '', 'samples are no objects', 'left out');
  noTime.report(issues, path, '.timestamp', 'samples have no readable time', 'left out');
  return all;
}

function streamId(row: Row, { direction }: QualityArray): string {
  const own = direction === 'send' ? row.producer_id : row.consumer_id;
  if (typeof own === 'string') return own;
  return typeof row.producer_id === 'string' ? row.producer_id : '';
}

function toRawStream(group: Group, array: QualityArray, path: string, issues: ItemIssue[]): RawStream {
  const { rows, times, places } = sorted(group);
  const cells: RawStream['cells'] = {};
  for (const field of CELL_FIELDS) {
    const column = fill(
      rows,
      field,
      (tally) => tally.report(issues, path, `.${field}`, 'cells are no usable numbers', 'left empty'),
      places,
    );
    if (column) cells[field] = column;
  }
  return { array, ids: identifiers(rows), times, cells, ...limitations(rows, times, places, path, issues) };
}

/** In the order of time; of two samples with one time the later in the array stays. */
function sorted(group: Group): { rows: Row[]; times: Float64Array; places: number[] } {
  const times = Float64Array.from(group.times);
  let rising = true;
  for (let i = 1; i < times.length && rising; i++) rising = (times[i - 1] as number) < (times[i] as number);
  if (rising) return { rows: group.rows, times, places: group.places };
  const order = group.times.map((_, index) => index);
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const kept = order.filter((index, i) => i + 1 === order.length || times[index] !== times[order[i + 1] as number]);
  return {
    rows: kept.map((index) => group.rows[index] as Row),
    times: Float64Array.from(kept, (index) => times[index] as number),
    places: kept.map((index) => group.places[index] as number),
  };
}

/** One column, or undefined when no cell was measured. Only `packets_lost` may be negative (RFC 3550, 6.4.1). */
function fill(
  rows: readonly Row[],
  field: string,
  onBad: (tally: Tally) => void,
  places: readonly number[],
): Float64Array | undefined {
  const lowest = field === 'packets_lost' ? Number.NEGATIVE_INFINITY : 0;
  let column: Float64Array | undefined;
  let bad: Tally | undefined;
  for (let i = 0; i < rows.length; i++) {
    const value = (rows[i] as Row)[field];
    // The difference is 0 for finite numbers only: JSON's 1e999 is read as Infinity.
    if (typeof value === 'number' && value - value === 0 && value >= lowest) {
      column ??= new Float64Array(rows.length).fill(Number.NaN);
      column[i] = value;
    } else if (value !== undefined && value !== null) {
      bad ??= new Tally();
      bad.add(places[i] as number);
    }
  }
  if (bad) onBad(bad);
  return column;
}

function limitations(
  rows: readonly Row[],
  times: Float64Array,
  places: readonly number[],
  path: string,
  issues: ItemIssue[],
): Pick<RawStream, 'limitations' | 'reasons'> {
  const durations: RawStream['limitations'] = {};
  const reasons: StateChange[] = [];
  const bad = new Tally();
  const nested: Row[] = [];
  let any = false;
  for (let i = 0; i < rows.length; i++) {
    const { quality_limitation_durations: spent, quality_limitation_reason: reason } = rows[i] as Row;
    const usable = typeof spent === 'object' && spent !== null && !Array.isArray(spent);
    if (usable) any = true;
    else if (spent !== undefined && spent !== null) bad.add(places[i] as number);
    nested.push(usable ? (spent as Row) : NOTHING);
    if (typeof reason === 'string' && reasons.at(-1)?.value !== reason) {
      reasons.push({ at: times[i] as number, value: reason });
    }
  }
  bad.report(issues, path, '.quality_limitation_durations', 'cells are no objects', 'left empty');
  for (const name of any ? LIMITATIONS : []) {
    const at = `.quality_limitation_durations.${name}`;
    const column = fill(
      nested,
      name,
      (tally) => tally.report(issues, path, at, 'cells are no usable numbers', 'left empty'),
      places,
    );
    if (column) durations[name] = column;
  }
  return { limitations: durations, reasons };
}

const NOTHING: Row = {};

/** The ids of a stream, each from the first sample that has it. */
function identifiers(rows: readonly Row[]): RawStream['ids'] {
  const ids: Partial<Record<keyof RawStream['ids'], string>> = {};
  for (const name of ['producer_id', 'consumer_id', 'ssrc', 'mid', 'peer_id'] as const) {
    const row = rows.find((one) => typeof one[name] === 'string' || typeof one[name] === 'number');
    if (row) ids[name] = String(row[name]);
  }
  return ids;
}

/** How many, and where the first one is. */
class Tally {
  #count = 0;
  #first = 0;

  add(place: number): void {
    if (this.#count === 0) this.#first = place;
    this.#count++;
  }

  report(issues: ItemIssue[], path: string, field: string, what: string, consequence: string): void {
    if (this.#count === 0) return;
    const message = `${this.#count} ${what}, the first one here; ${consequence}.`;
    issues.push({ path: `${path}[${this.#first}]${field}`, message });
  }
}
