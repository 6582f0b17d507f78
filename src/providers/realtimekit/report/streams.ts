import type { ItemIssue } from '../../../core/model';
import { found, member } from '../../records';
import { fillColumns, Tally } from './columns';
import { QUALITY_ARRAYS, type QualityArray, type RawStream, type Row } from './fields';
import { StampReader } from './stamps';

export const QUALITY_PATH = 'data.participant.peer_report.quality';

/** Rows of one stream in the order of the array, with where each stood. */
interface Group {
  id: string;
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
  // By number first: hashing a number costs less than hashing an id that is a new string in each row.
  const bySsrc = new Map<unknown, Group[]>();
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
    const groups = bySsrc.get(ssrc);
    let target = groups?.find((one) => one.id === id && one.mid === mid);
    if (!target) {
      target = { id, mid, rows: [], times: [], places: [] };
      all.push(target);
      if (groups) groups.push(target);
      else bySsrc.set(ssrc, [target]);
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
  const samples = { ...sorted(group), path };
  return { array, ids: identifiers(samples.rows), times: samples.times, ...fillColumns(samples, issues) };
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

/** Rows in which an id that a stream's first sample lacks is looked for. */
const ID_ROWS = 100;

/** The ids of a stream, each from the first sample that has it. */
function identifiers(rows: readonly Row[]): RawStream['ids'] {
  const ids: Partial<Record<keyof RawStream['ids'], string>> = {};
  const first = rows.slice(0, ID_ROWS);
  for (const name of ['producer_id', 'consumer_id', 'ssrc', 'mid', 'peer_id'] as const) {
    const row = first.find((one) => typeof one[name] === 'string' || typeof one[name] === 'number');
    if (row) ids[name] = String(row[name]);
  }
  return ids;
}
