import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { ItemIssue, Participant } from '../../core/model';
import { compareNumbers, compareText } from '../../core/order';
import type { Page } from '../../core/page';
import type { ParticipantQuery } from '../contract';
import { badCursor, decodeCursor, encodeCursor, isCount } from '../cursor';
import { member, readRecord } from '../records';
import type { HmsClient } from './client';
import { asGone, readPeer } from './map-peer';
import { rawPeers } from './map-session';
import { peerSchema } from './schema';
import type { SessionObject, SessionObjects } from './session-objects';
import { time } from './time';

const STANDARD_PAGE = 25;
const LARGEST_PAGE = 1000;
/** Lists of people that are kept for their further pages. */
const MAX_LISTS = 8;
const MAX_ROWS = 1_000_000;

/** Everybody of a session, in order, as the first page saw them. */
interface Everybody {
  items: readonly Participant[];
  issues: readonly ItemIssue[];
}

/** Where a walk over a session's people stands. */
interface Place {
  /** Names the list that the walk goes over. */
  list: string;
  /** Rows so far. */
  offset: number;
  /** The last row so far, to find the place again when the list had to be read anew. */
  last: string;
}

/**
 * The people of sessions, page by page. A session's object holds all of them: they are read, searched and sorted once and
 * paged here, so that only the first page may cost a request.
 */
export class People {
  readonly #lists = new Map<string, Everybody>();
  #count = 0;

  constructor(
    readonly client: HmsClient,
    readonly sessions: SessionObjects,
  ) {}

  async list(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>> {
    const size = Math.min(LARGEST_PAGE, Math.max(1, Math.round(query.pageSize ?? STANDARD_PAGE) || STANDARD_PAGE));
    const place = query.cursor === undefined ? undefined : readPlace(query.cursor);
    if (place && !place.list.startsWith(`${query.sessionId}/`)) throw badCursor();
    const kept = place && this.#lists.get(place.list);
    const list = kept ? place.list : `${query.sessionId}/${++this.#count}`;
    const everybody = kept ?? (await this.#read(query, signal));
    this.#keep(list, everybody);
    const { items, issues } = everybody;
    const start = place ? (kept ? place.offset : resumeAt(items, place)) : 0;
    const rows = items.slice(start, start + size);
    const offset = start + rows.length;
    const next: Place = { list, offset, last: rows.at(-1)?.id ?? '' };
    return {
      items: rows,
      total: items.length,
      issues: place ? [] : [...issues],
      ...(offset < items.length && { next: encodeCursor(next) }),
    };
  }

  #keep(list: string, everybody: Everybody): void {
    this.#lists.delete(list);
    this.#lists.set(list, everybody);
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= MAX_LISTS) break;
      this.#lists.delete(oldest);
    }
  }

  async #read(query: ParticipantQuery, signal: AbortSignal): Promise<Everybody> {
    const object = await this.sessions.toShow(query.sessionId, signal);
    const issues = [...object.issues];
    const all = readPeople(object, issues);
    const people = object.live ? await this.#confirmed(object, all, issues, signal) : all;
    const search = query.search?.trim().toLowerCase();
    const found = search ? people.filter((one) => matches(one, search)) : people;
    return { items: sorted(found, query), issues };
  }

  /**
   * Compares the people of a live session with those whom its room holds now: who is missing there is gone, who is new
   * there is added. When the room cannot be asked, the people stay as the session has them.
   */
  async #confirmed(
    object: SessionObject,
    people: Participant[],
    issues: ItemIssue[],
    signal: AbortSignal,
  ): Promise<Participant[]> {
    const { room_id: room, id } = object.record;
    if (!room) return people;
    const here = await this.#present(room, id, issues, signal);
    if (!here) return people;
    const known = new Set(people.map((one) => one.id));
    // The room may hold the next session by now: then nobody of this one is in it.
    const same = [...here.keys()].some((peer) => known.has(peer)) || people.every((one) => one.leftAt !== undefined);
    const checked = people.map((one) => {
      const present = here.get(one.id);
      if (one.leftAt !== undefined) return one;
      return present ? { ...one, facts: present.facts } : asGone(one);
    });
    return same ? [...checked, ...[...here.values()].filter((one) => !known.has(one.id))] : checked;
  }

  /** Whom a room holds now, by id; undefined when it cannot be told. */
  async #present(
    room: string,
    sessionId: string,
    issues: ItemIssue[],
    signal: AbortSignal,
  ): Promise<Map<string, Participant> | undefined> {
    try {
      const body = await this.client.activePeers(room, {}, signal);
      const record = { id: sessionId, peers: member(body, 'peers') };
      const read = rawPeers(record, 'active-room', issues).flatMap(
        (peer) => readPeer(peer, sessionId, true, undefined, issues) ?? [],
      );
      return new Map(read.map((one) => [one.id, one]));
    } catch (error) {
      if (!isCallError(error) || error.kind === 'Cancelled') throw error;
      // 404 says that nobody is in the room.
      if (error.kind === 'NotFound') return new Map();
      issues.push({
        path: 'active-rooms',
        message: l10n.t('Who is still here could not be confirmed. {0}', error.text),
      });
      return undefined;
    }
  }
}

/** Everybody whom a session's object holds, unreadable ones left out as issues. */
export function readPeople({ record, live }: SessionObject, issues: ItemIssue[]): Participant[] {
  const end = live ? undefined : time(record.updated_at);
  return rawPeers(record, 'session', issues).flatMap((peer) => readPeer(peer, record.id, live, end, issues) ?? []);
}

/** One participant of a session's object. */
export function findPeer(
  { record, live }: SessionObject,
  peerId: string,
  issues: ItemIssue[],
): Participant | undefined {
  const end = live ? undefined : time(record.updated_at);
  const peer = rawPeers(record, 'session', []).find(
    (one) => one.id === peerId || readRecord(peerSchema, one.value, one.path, [])?.id === peerId,
  );
  return peer && readPeer(peer, record.id, live, end, issues);
}

function matches({ id, name, userId, role }: Participant, search: string): boolean {
  return id.toLowerCase() === search || [name, userId, role].some((text) => text?.toLowerCase().includes(search));
}

function sorted(people: readonly Participant[], { sortBy = 'joinedAt', sortOrder }: ParticipantQuery): Participant[] {
  const now = Date.now();
  const keyed = people.map((one) => ({ one, key: sortKey(one, sortBy, now) }));
  const sign = sortOrder === 'descending' ? -1 : 1;
  // Whoever has no key comes last either way; equal ones in the order of their ids.
  keyed.sort(
    (a, b) =>
      Number(a.key === undefined) - Number(b.key === undefined) ||
      sign * compareNumbers(a.key, b.key) ||
      compareText(a.one.id, b.one.id),
  );
  return keyed.map(({ one }) => one);
}

function sortKey(
  { joinedAt, leftAt, leftTimeUnknown }: Participant,
  sortBy: NonNullable<ParticipantQuery['sortBy']>,
  now: number,
): number | undefined {
  if (sortBy === 'joinedAt') return joinedAt;
  // Who is still here leaves after all others.
  const left = leftAt ?? (leftTimeUnknown ? undefined : now);
  if (sortBy === 'leftAt') return left;
  return joinedAt === undefined || left === undefined ? undefined : left - joinedAt;
}

function readPlace(cursor: string): Place {
  const value = decodeCursor(cursor);
  const [list, offset, last] = [member(value, 'list'), member(value, 'offset'), member(value, 'last')];
  if (typeof list !== 'string' || typeof last !== 'string' || !isCount(offset, 1, MAX_ROWS)) throw badCursor();
  return { list, offset, last };
}

/** Where to go on in a list that was read anew: behind the last row, or where it stood. */
function resumeAt(items: readonly Participant[], { last, offset }: Place): number {
  const at = items.findIndex(({ id }) => id === last);
  return at >= 0 ? at + 1 : Math.min(offset, items.length);
}
