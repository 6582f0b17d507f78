import type { ItemIssue, Session } from '../../core/model';
import { parseTime } from '../../core/time';
import type { Rows } from './list';
import type { Position } from './paging';
import type { RoomRecord } from './schema';

/** Requests that one page costs at most: Whereby lists sessions by room only, and the budget of points is small. */
const REQUESTS_A_PAGE = 6;

/** Sessions that a walk lets through. Times are epoch ms of the start. */
export interface Window {
  from?: number;
  to?: number;
  live?: boolean;
}

/** How the walk asks. Both lists come newest first where the server sorts. */
export interface RecentSources {
  rooms(at: Position | undefined): Promise<Rows<RoomRecord>>;
  sessions(room: string, at: Position | undefined): Promise<{ sessions: Session[]; rows: Rows<object> }>;
  /** Epoch ms. */
  now: number;
}

/** A room whose sessions are not all read. */
interface Room {
  name: string;
  /** No unread session of it began later. */
  latest: number;
  at?: Position;
}

/** Where a walk stands. It is never changed: each page makes a new one, so that a page can be read again. */
export interface Walk {
  window: Window;
  /** Rows a page. */
  size: number;
  /** The rest of the list of rooms; missing when it is read to its end. */
  list?: { at?: Position; latest: number };
  rooms: readonly Room[];
  /** Read and not yet given out, newest first. */
  waiting: readonly Session[];
}

/** A walk before its first page. */
export function startWalk(window: Window, size: number): Walk {
  return { window, size, list: { latest: Number.POSITIVE_INFINITY }, rooms: [], waiting: [] };
}

/**
 * The next sessions of all rooms, newest first. A session is given out once no room that is not read yet can hold a newer
 * one: each room says when its latest session began. Gives fewer than a page when that would cost too many requests.
 */
export async function walkOn(
  walk: Walk,
  sources: RecentSources,
): Promise<{ sessions: Session[]; issues: ItemIssue[]; next?: Walk }> {
  const { window, size } = walk;
  const sessions: Session[] = [];
  const issues: ItemIssue[] = [];
  let { list, rooms, waiting } = walk;
  for (let requests = 0; ; ) {
    const room = rooms.reduce<Room | undefined>(
      (best, one) => (best && best.latest >= one.latest ? best : one),
      undefined,
    );
    const latest = Math.max(room?.latest ?? Number.NEGATIVE_INFINITY, list?.latest ?? Number.NEGATIVE_INFINITY);
    const due = waiting.filter((session) => startOf(session) >= latest).slice(0, size - sessions.length);
    sessions.push(...due);
    waiting = waiting.slice(due.length);
    if (sessions.length >= size || (!room && !list) || requests >= REQUESTS_A_PAGE) break;
    requests++;
    if (room && room.latest >= (list?.latest ?? Number.NEGATIVE_INFINITY)) {
      const read = await sources.sessions(room.name, room.at);
      issues.push(...read.rows.issues.map(({ path, message }) => ({ path: `${room.name}: ${path}`, message })));
      const fresh = read.sessions.filter((session) => inWindow(session, window));
      waiting = merge(waiting, fresh);
      const rest = restOf(room, read, window);
      rooms = rooms.flatMap((one) => (one !== room ? [one] : rest ? [rest] : []));
    } else if (list) {
      const read = await sources.rooms(list.at);
      issues.push(...read.issues);
      rooms = [...rooms, ...roomsOf(read, window, sources.now)];
      list = restOfList(read, window);
    }
  }
  const more = waiting.length > 0 || rooms.length > 0 || list !== undefined;
  return { sessions, issues, ...(more && { next: { window, size, list, rooms, waiting } }) };
}

/** Whether a session is asked for; one without a start is not turned away for it. */
export function inWindow(session: Session, { from, to, live }: Window): boolean {
  const { startedAt, status } = session;
  if (startedAt !== undefined && ((from !== undefined && startedAt < from) || (to !== undefined && startedAt > to))) {
    return false;
  }
  return live === undefined || live === (status === 'live');
}

/** Whether times, undefined ones left out, never rise. */
export function isFalling(times: readonly (number | undefined)[]): boolean {
  const known = times.filter((time) => time !== undefined);
  return known.every((time, index) => index === 0 || time <= (known[index - 1] as number));
}

function startOf(session: Session): number {
  return session.startedAt ?? Number.POSITIVE_INFINITY;
}

/** Newest first; a session that is already there is not taken twice. */
function merge(waiting: readonly Session[], fresh: readonly Session[]): Session[] {
  const known = new Set(waiting.map(({ id }) => id));
  return [...waiting, ...fresh.filter(({ id }) => !known.has(id))].sort((a, b) => startOf(b) - startOf(a) || 0);
}

/** What is left of a room; undefined when nothing is, or nothing that is new enough. */
function restOf(
  room: Room,
  { sessions, rows }: { sessions: Session[]; rows: Rows<object> },
  { from }: Window,
): Room | undefined {
  if (!rows.next) return undefined;
  const starts = sessions.map(({ startedAt }) => startedAt);
  const oldest = starts.findLast((start) => start !== undefined);
  // Without order an older page may hold a newer session, so that the room is read on at once.
  const ordered = rows.sorted && isFalling(starts) && oldest !== undefined;
  const latest = ordered ? Math.min(room.latest, oldest) : room.latest;
  return ordered && from !== undefined && latest < from ? undefined : { ...room, latest, at: rows.next };
}

/** The rooms of a page that can hold a session of the window. */
function roomsOf({ rows }: Rows<RoomRecord>, { from }: Window, now: number): Room[] {
  return rows.flatMap(({ record }) => {
    const last = parseTime(record.lastSessionStartedAt);
    // A room without that time was never used, unless it counts sessions: then it may hold anything up to now.
    const latest = last ?? (record.totalSessions ? now : undefined);
    if (latest === undefined || (from !== undefined && latest < from)) return [];
    return [{ name: record.roomName, latest }];
  });
}

/** What is left of the list of rooms, read after all rooms that are known when it is in no order. */
function restOfList({ rows, next, sorted }: Rows<RoomRecord>, { from }: Window): Walk['list'] {
  if (!next) return undefined;
  const times = rows.map(({ record }) => parseTime(record.lastSessionStartedAt));
  const oldest = times.findLast((time) => time !== undefined);
  if (!sorted || !isFalling(times)) return { at: next, latest: Number.NEGATIVE_INFINITY };
  // Rooms that were never used have no time; where they stand in the order is not known.
  if (oldest === undefined) return { at: next, latest: Number.NEGATIVE_INFINITY };
  return from !== undefined && oldest < from ? undefined : { at: next, latest: oldest };
}
