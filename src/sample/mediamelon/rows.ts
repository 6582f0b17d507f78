import { findPlayback, type Playback, playbacksBetween } from './playback';
import { BadParameter, type Query } from './query';
import { DIMENSIONS, METRICS, round, statusOf, type Value } from './values';

/** One row: keys are the names in `metrics`. */
export type Row = Record<string, Value>;

/** Points of a trend whose interval is `auto`. */
const POINTS = 50;
const INTERVALS = [60_000, 300_000, 600_000, 3_600_000, 86_400_000];

/** Every row that fits a query, sorted, before it is cut into pages. */
export function allRows(query: Query, now: number): Row[] {
  const { aggby, metrics, orderby } = query;
  const read = (playback: Playback, name: string) => (METRICS[name] ?? DIMENSIONS[name])?.(playback, query, now);
  checkNames(query);
  const matching = select(query, now).filter((playback) => fits(playback, query, read));
  const names = orderby === undefined || metrics.includes(orderby) ? metrics : [...metrics, orderby];
  const rows =
    aggby === 'sessionid'
      ? matching.map((playback) => rowOf(names, (name) => read(playback, name)))
      : grouped(matching, query, now, names, read);
  return sorted(rows, query).map((row) => pickKeys(row, metrics));
}

function checkNames({ aggby, filter, qoefilter, orderby }: Query): void {
  if (aggby !== 'timestamp' && !DIMENSIONS[aggby]) throw new BadParameter(`aggby: unknown dimension ${aggby}`);
  for (const { name } of filter) {
    if (!DIMENSIONS[name]) throw new BadParameter(`filter: unknown dimension ${name}`);
  }
  for (const { name } of qoefilter) {
    if (!METRICS[name]) throw new BadParameter(`qoefilter: unknown metric ${name}`);
  }
  const known = orderby === undefined || METRICS[orderby] || DIMENSIONS[orderby] || AGGREGATES[orderby];
  if (!known && orderby !== 'timestamp') throw new BadParameter(`orderby: unknown metric ${orderby}`);
}

/** By the moment that `sessiontype` names; running ones only where any status is asked for. */
function select({ start, end, sessiontype, allstatus, filter }: Query, now: number): Playback[] {
  const ids = filter.find(({ name }) => name === 'sessionid')?.values;
  const candidates = ids
    ? ids.map((id) => findPlayback(id, now)).filter((playback) => playback !== undefined)
    : playbacksBetween(start, end, now);
  return candidates.filter((playback) => {
    const over = playback.end <= now;
    const moment = sessiontype === 'started' ? playback.start : Math.min(playback.end, now);
    return (over || allstatus) && moment >= start && moment <= end;
  });
}

type Read = (playback: Playback, name: string) => Value | undefined;

function fits(playback: Playback, { filter, qoefilter }: Query, read: Read): boolean {
  const named = filter.every(({ name, values }) => values.includes(String(read(playback, name))));
  return (
    named &&
    qoefilter.every(({ name, comparison, value }) => {
      const figure = read(playback, name);
      if (typeof figure !== 'number') return false;
      return comparison === '>' ? figure > value : figure < value;
    })
  );
}

function grouped(
  playbacks: readonly Playback[],
  query: Query,
  now: number,
  names: readonly string[],
  read: Read,
): Row[] {
  const { aggby } = query;
  const interval = query.interval ?? autoInterval(query);
  const keyOf = (playback: Playback): Value | undefined =>
    // Seconds as text, as in old answers of MediaMelon.
    aggby === 'timestamp'
      ? String((Math.floor(playback.start / interval) * interval) / 1000)
      : DIMENSIONS[aggby]?.(playback, query, now);
  const groups = new Map<Value | undefined, Playback[]>();
  for (const playback of playbacks) {
    const key = keyOf(playback);
    groups.set(key, [...(groups.get(key) ?? []), playback]);
  }
  return [...groups].map(([key, members]) =>
    rowOf(names, (name) => (name === aggby ? key : aggregate(name, members, now, read))),
  );
}

function autoInterval({ start, end }: Query): number {
  return INTERVALS.find((interval) => (end - start) / interval <= POINTS) ?? 86_400_000;
}

type Aggregate = (members: readonly Playback[], now: number) => number;

const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  viewercount: (members, now) =>
    members.filter(({ firstFrame }) => firstFrame !== undefined && firstFrame <= now).length,
  attempts: (members) => members.length,
  endedplays: (members, now) => members.filter((member) => statusOf(member, now) === 'ENDED').length,
  unique_subscribers: (members) => distinct(members, ({ viewer }) => viewer.subscriberid),
  unique_devices: (members) => distinct(members, ({ viewer }) => viewer.deviceid),
};

/** Metrics with one of these before their name are aggregates of it. */
const PREFIXES: Readonly<Record<string, (sorted: readonly number[]) => number | undefined>> = {
  avg_: mean,
  median_: (values) => values[values.length >> 1],
  p95_: (values) => values[Math.floor((values.length - 1) * 0.95)],
  p99_: (values) => values[Math.floor((values.length - 1) * 0.99)],
};

/** Counts are counted, figures averaged; a dimension that all members share is given too. */
function aggregate(name: string, members: readonly Playback[], now: number, read: Read): Value | undefined {
  const counted = AGGREGATES[name]?.(members, now);
  if (counted !== undefined) return counted;
  const prefix = Object.keys(PREFIXES).find((candidate) => name.startsWith(candidate));
  const metric = prefix ? name.slice(prefix.length) : name;
  if (!METRICS[metric]) {
    const values = new Set(members.map((member) => read(member, name)));
    return values.size === 1 ? [...values][0] : undefined;
  }
  const values = members.map((member) => read(member, metric)).filter((value) => typeof value === 'number');
  values.sort((a, b) => a - b);
  const result = (prefix ? PREFIXES[prefix] : mean)?.(values);
  return result === undefined ? undefined : round(result, 3);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function distinct(members: readonly Playback[], read: (member: Playback) => string | undefined): number {
  return new Set(members.map(read).filter((value) => value !== undefined)).size;
}

function rowOf(names: readonly string[], read: (name: string) => Value | undefined): Row {
  return Object.fromEntries(
    names.map((name) => [name, read(name)]).filter((pair): pair is [string, Value] => pair[1] !== undefined),
  );
}

/** Rows without a value come last, either way. */
function sorted(rows: Row[], { orderby, ascending }: Query): Row[] {
  if (orderby === undefined) return rows;
  const sign = ascending ? 1 : -1;
  return rows.sort((a, b) => {
    const [x, y] = [a[orderby], b[orderby]];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    const difference =
      typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : Number(x !== y);
    return sign * difference;
  });
}

function pickKeys(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name] as Value]));
}
