import { type Cell, numberOf, type Row } from './cells';
import { assetOf, NO_ASSET } from './map';

/** Figures that are averaged when rows of sessions are put together here instead of by MediaMelon. */
const AVERAGED = ['latency', 'cirrbufferingratio', 'qualityofexperience'];

/** Whether rows are groups by a dimension, as asked: a server that does not know `aggby` gives rows of sessions. */
export function isGrouped(rows: readonly Row[], aggby: string): boolean {
  const values = rows.map(({ cells }) => cells.get(aggby));
  if (rows.some(({ cells }) => cells.has('sessionid'))) return false;
  // One group may be that of the rows without a value.
  const missing = values.filter((value) => value === undefined).length;
  return missing <= (aggby === 'timestamp' ? 0 : 1) && new Set(values).size === values.length;
}

/** Groups session rows by asset, the most played first. Figures are means over the rows that have them. */
export function groupByAsset(rows: readonly Row[]): Row[] {
  const groups = groupBy(rows, assetOf);
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([asset, members]) => summary(members, asset === NO_ASSET ? [] : [['assetname', asset]]));
}

/** Groups session rows by the interval (ms) in which they started. Rows without a start are left out. */
export function groupByTime(rows: readonly Row[], interval: number): Row[] {
  const started = rows.filter((row) => numberOf(row, 'starttime') !== undefined);
  const groups = groupBy(started, (row) => Math.floor((numberOf(row, 'starttime') as number) / interval) * interval);
  return [...groups].sort(([a], [b]) => a - b).map(([time, members]) => summary(members, [['timestamp', time]]));
}

function groupBy<K>(rows: readonly Row[], keyOf: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function summary(rows: readonly Row[], own: [string, Cell][]): Row {
  const cells = new Map<string, Cell>([...own, ['sessions', rows.length]]);
  for (const name of AVERAGED) {
    // Below 0 is no measurement.
    const values = rows.map((row) => numberOf(row, name)).filter((value) => value !== undefined && value >= 0);
    const sum = values.reduce<number>((total, value) => total + (value as number), 0);
    if (values.length > 0) cells.set(name, sum / values.length);
  }
  return { cells, path: rows[0]?.path ?? '' };
}
