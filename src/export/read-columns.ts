import * as l10n from '@vscode/l10n';
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
  if (!Array.isArray(value)) throw wrong(path, l10n.t('a list of numbers'), value);
  const column = new Float64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const cell: unknown = value[index];
    if (cell === null) column[index] = Number.NaN;
    else if (typeof cell === 'number' && Number.isFinite(cell)) column[index] = cell;
    else throw wrong(`${path}[${index}]`, l10n.t('a number or null'), cell);
  }
  return column;
}

/** Reads the times of a saved owner of columns: epoch ms, each at least as late as the one before. */
export function readTimes(value: unknown, path: string): Float64Array {
  const times = readColumn(value, path);
  for (let index = 0; index < times.length; index++) {
    if (Number.isNaN(times[index])) throw wrong(`${path}[${index}]`, l10n.t('a time in epoch milliseconds'), null);
    if (index > 0 && (times[index] as number) < (times[index - 1] as number)) {
      throw new CallError('BadInput', l10n.t('{0} is earlier than the time before it.', `${path}[${index}]`), {
        field: path,
      });
    }
  }
  return times;
}

/** Reads `times` and `series` of a saved stream or transport: every column as long as its times. */
export function readColumns(owner: unknown, path: string): ReadColumns {
  const times = readTimes(member(owner, 'times'), `${path}.times`);
  const named = member(owner, 'series');
  if (typeof named !== 'object' || named === null || Array.isArray(named)) {
    throw wrong(`${path}.series`, l10n.t('an object of columns'), named);
  }
  const series = Object.entries(named).map(([name, cells]) => {
    const at = `${path}.series.${name}`;
    const column = readColumn(cells, at);
    if (column.length === times.length) return [name, column] as const;
    const counts = { column: at, cells: column.length, times: times.length };
    const text = l10n.t('{column} has {cells} cells, and its times {times}.', counts);
    throw new CallError('BadInput', text, { field: at });
  });
  return { times, series: Object.fromEntries(series) };
}

/** `BadInput` for a value of a file that is not what stands there. */
export function wrong(path: string, expected: string, value: unknown): CallError {
  return new CallError('BadInput', wrongWords(path, expected, found(value)), { field: path });
}

/** What stands in a file where something else should. All three are in words. */
export function wrongWords(path: string, expected: string, there: string): string {
  return l10n.t('{path}: expected {expected}, found {there}.', { path, expected, there });
}
