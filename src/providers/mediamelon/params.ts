import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { MetricQuery, RoomQuery, SessionQuery } from '../contract';
import type { Params } from './client';
import { NO_ASSET } from './map';
import { LARGEST_PAGE, type Position } from './paging';
import { checkName, checkValue, filterText, qoeFilterText } from './query';

const HOUR_MS = 3_600_000;

/** What a row of a list shows; MediaMelon's own example of a list of newest sessions. */
export const LIST_METRICS = [
  'starttime',
  'sessionid',
  'endtime',
  'assetname',
  'watchtime',
  'sourcetype',
  'viewstatus',
  'latency',
  'cirrbufferingratio',
  'qualityofexperience',
  'errors',
  'fatalerrors',
];

/** What a report holds beyond a row of a list: all else that documentation names for one session. */
export const REPORT_METRICS = [
  'latency',
  ...LIST_METRICS.filter((name) => name !== 'latency'),
  'bufferingratio',
  'playdur',
  'cdn_change_rate',
  'country',
  'platform',
  'subscriberid',
  'deviceid',
  'brand',
  'model',
  'ipaddress',
];

/** What an asset's row shows. */
export const ASSET_METRICS = [
  'viewercount',
  'assetname',
  'attempts',
  'latency',
  'cirrbufferingratio',
  'qualityofexperience',
];

/** What of a list of sessions cannot be asked for and is sorted out of the rows that come. */
export interface Local {
  live?: boolean;
  /** An asset whose name cannot stand in a filter. */
  asset?: string;
}

/** The parameters of a list of sessions, and what is left to do with its rows. */
export interface SessionRequest {
  params: Omit<Params, 'period' | 'limit' | 'offset'>;
  /** Rows of running sessions may come. */
  running: boolean;
  local: Local;
}

/** What a query of sessions asks of MediaMelon. Throws `BadInput` for what it has no means for. */
export function sessionRequest(query: SessionQuery, extra: readonly string[]): SessionRequest {
  refuseUnknown(query, ['createdAt', 'endedAt']);
  const { roomId, live, within } = query;
  const askable = roomId !== undefined && roomId !== NO_ASSET && checkValue(roomId) === undefined;
  const dimensions = [
    ...(askable ? [{ name: 'assetname', values: [roomId] }] : []),
    ...(query.personId ? [{ name: 'subscriberid', values: [query.personId] }] : []),
    ...(query.dimensions ?? []),
  ];
  const orderby = orderOf(query) ?? (query.sortBy === 'endedAt' ? 'endtime' : 'starttime');
  const running = query.anyStatus ?? live ?? within !== 'ended';
  return {
    params: {
      metrics: namesOf({ ...query, dimensions }, orderby, LIST_METRICS, extra),
      aggby: 'sessionid',
      sessiontype: within ?? (live === false ? 'ended' : 'started'),
      allstatus: running ? 1 : 0,
      filter: filterText(dimensions),
      qoefilter: qoeFilterText(query.metrics ?? []),
      orderby,
      order: query.sortOrder === 'ascending' ? 'asc' : 'desc',
    },
    running,
    local: { live, asset: roomId === undefined || askable ? undefined : roomId },
  };
}

/** What a query of assets asks of MediaMelon. */
export function assetRequest(query: RoomQuery): Omit<Params, 'period' | 'limit' | 'offset'> {
  refuseUnknown(query, ['sessions']);
  const orderby = orderOf(query) ?? (query.sortBy === 'sessions' ? 'attempts' : 'viewercount');
  return {
    metrics: namesOf(query, orderby, ASSET_METRICS, []),
    aggby: 'assetname',
    sessiontype: 'started',
    allstatus: 1,
    filter: filterText(query.dimensions ?? []),
    qoefilter: qoeFilterText(query.metrics ?? []),
    orderby,
    order: query.sortOrder === 'ascending' ? 'asc' : 'desc',
  };
}

/** Rows of sessions in place of the groups that were refused. */
export function rowsInstead(
  groups: Omit<Params, 'period' | 'limit' | 'offset'>,
): Omit<Params, 'period' | 'limit' | 'offset'> {
  const { granularity: _granularity, ...rest } = groups;
  const names = groups.metrics.filter((name) => name !== 'timestamp' && name !== 'viewercount' && name !== 'attempts');
  return {
    ...rest,
    metrics: unique(['starttime', ...names, 'sessionid']),
    aggby: 'sessionid',
    orderby: 'starttime',
    order: 'desc',
  };
}

/**
 * The names to ask for, the one under study first. All that are filtered or sorted by are among them: older pages say that
 * they have no effect otherwise.
 */
function namesOf(
  { dimensions, metrics }: Pick<MetricQuery, 'dimensions' | 'metrics'>,
  orderby: string,
  standard: readonly string[],
  extra: readonly string[],
): string[] {
  const filtered = [...(metrics ?? []), ...(dimensions ?? [])].map(({ name }) => name);
  const studied = metrics?.[0]?.name ?? orderby;
  return unique([studied, orderby, ...standard, ...filtered, ...extra]);
}

function orderOf({ orderBy }: Pick<MetricQuery, 'orderBy'>): string | undefined {
  if (orderBy === undefined) return undefined;
  const wrong = checkName(orderBy);
  if (wrong) throw new CallError('BadInput', `orderBy: ${wrong}`, { field: 'orderBy' });
  return orderBy;
}

function refuseUnknown(query: SessionQuery | RoomQuery, sorts: readonly string[]): void {
  if (query.search) {
    const text = l10n.t(
      'search: MediaMelon has no text search. Use a condition on a dimension: dimensions: [{ name: "assetname", values: ["…"] }].',
    );
    throw new CallError('BadInput', text, { field: 'search' });
  }
  if ('participants' in query && query.participants) {
    throw new CallError('BadInput', l10n.t('participants: a playback session has one viewer.'), {
      field: 'participants',
    });
  }
  if (query.sortBy !== undefined && !sorts.includes(query.sortBy)) {
    const text = l10n.t('sortBy: MediaMelon sorts by its own metrics. Use orderBy, for example "latency".');
    throw new CallError('BadInput', text, { field: 'sortBy' });
  }
}

/** The period of a query, epoch ms: up to now, as long as the connection says, unless the query says otherwise. */
export function periodOf(
  { from, to }: { from?: number; to?: number },
  hours: number,
  now: number,
): { start: number; end: number } {
  const end = to ?? now;
  const start = from ?? end - hours * HOUR_MS;
  if (!(start >= 0 && start < end && end <= 8.64e15)) {
    const text = l10n.t('The time range is empty: its start must lie before its end.');
    throw new CallError('BadInput', text, { field: from === undefined ? 'to' : 'from' });
  }
  return { start: Math.floor(start), end: Math.ceil(end) };
}

/**
 * The whole request of a page. Rows that are sorted out here come in the largest pages, so that a page that shows few of
 * them is not followed by many more.
 */
export function pageParams(
  params: Omit<Params, 'period' | 'limit' | 'offset'>,
  { start, end, limit, offset }: Position,
): Params {
  return { period: { start, end }, ...params, limit, offset };
}

/** How many rows to ask for. */
export function limitOf(local: Local, pageSize: number | undefined): number | undefined {
  return local.live === true || local.asset !== undefined ? LARGEST_PAGE : pageSize;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
