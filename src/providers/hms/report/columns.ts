import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import type { SeriesName } from '../../../core/series';
import { found, member } from '../../records';

/** One direction and kind of track in the answer. */
export interface TrackGroup {
  direction: 'send' | 'receive';
  kind: 'audio' | 'video';
  /** In the provider's words. */
  path: string;
}

/** The parallel arrays of `time_series` and what they are here; none of them needs another unit. */
const ARRAYS: Readonly<Record<string, SeriesName>> = {
  bitrate: 'bitrate',
  packet_loss_percent: 'packetLoss',
  rtt_ms: 'rtt',
  jitter_ms: 'jitter',
  fps: 'fps',
  freeze_count: 'freezeCount',
  concealed_samples: 'concealedSamples',
};

/** Arrays whose figures may be of the interval or running: 100ms does not say. */
export const COUNTERS = ['freezeCount', 'concealedSamples'] as const;

/** Epoch seconds end here: as milliseconds it would be a day in March 1973. */
const LARGEST_SECONDS = 1e11;

/** One track's columns, in the order of time. */
export interface Columns {
  /** Epoch ms, rising. */
  times: Float64Array;
  series: Partial<Record<SeriesName, Float64Array>>;
  /** The times came in seconds. */
  seconds: boolean;
}

/**
 * Reads `time_series`. Arrays are paired with `timestamps` by index and may be shorter, or empty; null is "not measured".
 * Rows are put in the order of time; of rows with one time the first is kept. Undefined when there is no usable time.
 */
export function readColumns(value: unknown, path: string, issues: ItemIssue[]): Columns | undefined {
  const stamps = member(value, 'timestamps');
  if (stamps === undefined || stamps === null) return undefined;
  if (!Array.isArray(stamps)) {
    issues.push({
      path: `${path}.timestamps`,
      message: l10n.t('Expected a list, found {0}; the track is left out.', found(stamps)),
    });
    return undefined;
  }
  const raw = readNumbers(stamps, 1, `${path}.timestamps`, issues, (bad, all) =>
    l10n.t('{0} of {1} cells are no usable numbers, the first one here; the rows are left out.', bad, all),
  );
  const seconds = raw.some((time) => time < LARGEST_SECONDS);
  const times = raw.map((time) => (time < LARGEST_SECONDS ? time * 1000 : time));
  const rows = rowOrder(times, path, issues);
  if (rows.length === 0) return undefined;
  const series: Columns['series'] = {};
  for (const [array, name] of Object.entries(ARRAYS)) {
    const column = readColumn(member(value, array), times.length, `${path}.${array}`, issues);
    if (column) series[name] = pick(column, rows);
  }
  return { times: pick(times, rows), series, seconds };
}

/** Indexes of the rows that have a time, in the order of time, each time once. */
function rowOrder(times: Float64Array, path: string, issues: ItemIssue[]): number[] {
  const rows = [...times.keys()].filter((row) => !Number.isNaN(times[row]));
  rows.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const once = rows.filter((row, index) => index === 0 || times[row] !== times[rows[index - 1] as number]);
  if (once.length < rows.length) {
    const message = l10n.t('{0} rows repeat a time; the first of each is kept.', rows.length - once.length);
    issues.push({ path: `${path}.timestamps`, message });
  }
  return once;
}

/** One array as a column of `length` cells; undefined when nothing in it was measured. */
function readColumn(value: unknown, length: number, path: string, issues: ItemIssue[]): Float64Array | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    issues.push({ path, message: l10n.t('Expected a list, found {0}; left out.', found(value)) });
    return undefined;
  }
  if (value.length > length) {
    issues.push({
      path,
      message: l10n.t('It has {0} figures for {1} times; those without a time are left out.', value.length, length),
    });
  }
  const numbers = readNumbers(value.slice(0, length), 0, path, issues, (bad, all) =>
    l10n.t('{0} of {1} cells are no usable numbers, the first one here; left empty.', bad, all),
  );
  if (!numbers.some((number) => !Number.isNaN(number))) return undefined;
  const column = new Float64Array(length).fill(Number.NaN);
  column.set(numbers);
  return column;
}

/** Numbers of a list, NaN for null; what is no number, or less than `lowest`, is NaN and counted into one issue. */
function readNumbers(
  list: readonly unknown[],
  lowest: number,
  path: string,
  issues: ItemIssue[],
  problem: (bad: number, all: number) => string,
): Float64Array {
  const numbers = new Float64Array(list.length).fill(Number.NaN);
  let bad = 0;
  let first = 0;
  for (let i = 0; i < list.length; i++) {
    const cell = list[i];
    if (typeof cell === 'number' && Number.isFinite(cell) && cell >= lowest && cell < 8.64e15) numbers[i] = cell;
    else if (cell !== null && cell !== undefined && bad++ === 0) first = i;
  }
  if (bad > 0) issues.push({ path: `${path}[${first}]`, message: problem(bad, list.length) });
  return numbers;
}

function pick(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => column[row] as number);
}
