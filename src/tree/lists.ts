import type { ConnectionRecord } from '../connections/record';
import type { App, Participant, Room, Session } from '../core/model';
import type { Page } from '../core/page';
import { describeProvider } from '../providers/catalog';
import type { CallProvider, ParticipantQuery, RoomQuery, SessionQuery } from '../providers/contract';
import type { ListFilter } from './filters';
import type { ConnectionNode, GroupNode, PagedNode, RoomNode, SessionNode } from './nodes';

/** An item of any list of the tree. */
export type ListItem = App | Room | Session | Participant;

/** What a list is narrowed by, fixed when its first page is asked for so that all pages agree. */
export interface ListContext {
  filter: ListFilter | undefined;
  pageSize: number;
  /** Start of "recent", epoch ms. */
  recentFrom: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From when on sessions are recent, epoch ms: as the connection says, or the setting. */
export function recentFrom(record: ConnectionRecord | undefined, sessionWindowDays: number, now: number): number {
  const hours = record && describeProvider(record.provider)?.tree.recentHours?.(record.settings);
  return now - (hours === undefined ? sessionWindowDays * DAY_MS : hours * HOUR_MS);
}

/** Tells a session among the items of a list. */
export function isSession(item: ListItem): item is Session {
  return 'status' in item && (item.status === 'live' || item.status === 'ended');
}

/** Asks the provider for one page of what lies below a row. */
export function readList(
  provider: CallProvider,
  node: PagedNode,
  context: ListContext,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<ListItem>> {
  const page = { cursor, pageSize: context.pageSize };
  switch (node.kind) {
    case 'connection':
      return readApps(provider, node, page, signal);
    case 'app':
      throw new Error('The rows below an app are made, not read.');
    case 'group':
      return node.group === 'rooms'
        ? provider.listRooms(roomQuery(node, context, page), signal)
        : provider.listSessions(sessionQuery(provider, node, context, page), signal);
    case 'room':
      return provider.listSessions(sessionQuery(provider, node, context, page), signal);
    case 'session':
      return provider.listParticipants(participantQuery(node, context, page), signal);
  }
}

interface PageArguments {
  cursor: string | undefined;
  pageSize: number;
}

function readApps(provider: CallProvider, node: ConnectionNode, page: PageArguments, signal: AbortSignal) {
  if (!provider.listApps) throw new Error(`${node.record.provider} has no apps.`);
  return provider.listApps(page, signal);
}

function roomQuery(node: GroupNode, { filter }: ListContext, page: PageArguments): RoomQuery {
  return {
    ...page,
    appId: node.appId,
    search: filter?.search,
    searchMode: filter?.searchMode,
    sortBy: filter?.roomSort,
    sortOrder: filter?.roomSort || filter?.orderBy ? (filter.sortOrder ?? 'descending') : undefined,
    status: filter?.status,
    templateId: filter?.templateId,
    dimensions: filter?.dimensions,
    metrics: filter?.metrics,
    orderBy: filter?.orderBy,
    from: filter?.from,
    to: filter?.to,
  };
}

function sessionQuery(
  { capabilities }: CallProvider,
  node: GroupNode | RoomNode,
  { filter, recentFrom }: ListContext,
  page: PageArguments,
): SessionQuery {
  const { sortBy, sortOrder, personId, from, to, live } = filter ?? {};
  const can = capabilities.sessions;
  const recent = can.liveApart ? { from: recentFrom, live: live ?? false } : { from: recentFrom };
  const own: Partial<SessionQuery> =
    node.kind === 'room' ? { roomId: node.room.id } : node.group === 'live' ? { live: true } : recent;
  return {
    ...page,
    appId: node.appId,
    sortBy: sortBy ?? 'createdAt',
    sortOrder: sortOrder ?? 'descending',
    search: can.search ? filter?.search : undefined,
    participants: can.participantCount ? peopleRange(filter) : undefined,
    personId,
    dimensions: filter?.dimensions,
    metrics: filter?.metrics,
    orderBy: filter?.orderBy,
    within: filter?.within,
    anyStatus: filter?.anyStatus,
    ...own,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(live === undefined || own.live !== undefined ? {} : { live }),
  };
}

/** Largest number of people that is asked for where only the smallest is wanted. */
const ANY_NUMBER = 100_000;

function peopleRange({ participants, minParticipants }: ListFilter = {}): SessionQuery['participants'] {
  if (minParticipants === undefined) return participants;
  return { min: Math.max(minParticipants, participants?.min ?? 0), max: participants?.max ?? ANY_NUMBER };
}

function participantQuery(node: SessionNode, { filter }: ListContext, page: PageArguments): ParticipantQuery {
  return {
    ...page,
    ...node.ref,
    search: filter?.search,
    sortBy: filter?.participantSort ?? 'joinedAt',
    sortOrder: filter?.sortOrder ?? 'ascending',
    view: filter?.view,
  };
}
