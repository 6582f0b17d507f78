import { CallError } from '../core/errors';
import { found, member } from '../core/unknown';

/** The columns of one stream or transport. All have the same length. */
export interface ReadColumns {
  times: Float64Array;
  series: Record<string, Float64Array>;
}

/**
 * Reads a saved column: a list of numbers in which `null` is "not measured" (NaN). `path` names it in the file,
 * `report.streams[0].series.rtt`. Throws `BadInput` that names the first cell that is neither.
 */
export function readColumn(value: unknown, path: string): Float64Array {
  if (!Array.isArray(value)) throw wrong(path, 'a list of numbers', value);
  const column = new Float64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const cell: unknown = value[index];
    if (cell === null) column[index] = Number.NaN;
    else if (typeof cell === 'number' && Number.isFinite(cell)) column[index] = cell;
    else throw wrong(`${path}[${index}]`, 'a number or null', cell);
  }
  return column;
}

/** Reads the times of a saved owner of columns: epoch ms, each at least as late as the one before. */
export function readTimes(value: unknown, path: string): Float64Array {
  const times = readColumn(value, path);
  for (let index = 0; index < times.length; index++) {
    if (Number.isNaN(times[index])) throw wrong(`${path}[${index}]`, 'a time in epoch milliseconds', null);
    if (index > 0 && (times[index] as number) < (times[index - 1] as number)) {
      throw new CallError('BadInput', `${path}[${index}] is earlier than the time before it.`, { field: path });
    }
  }
  return times;
}

/** Reads `times` and `series` of a saved stream or transport: every column as long as its times. */
export function readColumns(owner: unknown, path: string): ReadColumns {
  const times = readTimes(member(owner, 'times'), `${path}.times`);
  const named = member(owner, 'series');
  if (typeof named !== 'object' || named === null || Array.isArray(named)) {
    throw wrong(`${path}.series`, 'an object of columns', named);
  }
  const series = Object.entries(named).map(([name, cells]) => {
    const at = `${path}.series.${name}`;
    const column = readColumn(cells, at);
    if (column.length === times.length) return [name, column] as const;
    const text = `${at} has ${column.length} cells, and its times ${times.length}.`;
    throw new CallError('BadInput', text, { field: at });
  });
  return { times, series: Object.fromEntries(series) };
}

/** `BadInput` for a value of a file that is not what stands there. */
export function wrong(path: string, expected: string, value: unknown): CallError {
  return new CallError('BadInput', `${path}: expected ${expected}, found ${found(value)}.`, { field: path });
}
