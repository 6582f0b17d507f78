import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Participant, Room, Session } from '../../core/model';
import type { Page } from '../../core/page';
import type {
  CallProvider,
  ConnectionValues,
  FindOptions,
  ParticipantQuery,
  ProviderServices,
  ReportResult,
  RoomQuery,
  SessionQuery,
} from '../contract';
import { reportReader } from '../report-reader';
import { CAPABILITIES, PARTICIPANT_SORTS, ROOM_SORTS, SESSION_SORTS } from './capabilities';
import { type ParticipantParams, WherebyClient } from './client';
import type { LossUnitSetting } from './descriptor';
import { candidateRooms, noSamples, noSession, sessionOf, sessionsOf } from './find-session';
import { Known } from './known';
import { type Listing, ListReader, type Rows, toPage } from './list';
import { mapRoom, mapSession } from './map-lists';
import { mapParticipant, participantId } from './map-participant';
import { position } from './paging';
import { inWindow, isFalling } from './recent';
import { roomName, searchText } from './room-name';
import {
  meetingSchema,
  type ParticipantRecord,
  participantSchema,
  type RoomRecord,
  type RoomSessionRecord,
  roomSchema,
  roomSessionSchema,
} from './schema';
import { Walks } from './walks';

/** Rooms a request of a walk: one large page costs fewer points than several small ones. */
const ROOMS_A_PAGE = 100;

/** Ids of meetings, as they were seen: a number, in the documentation also a UUID. */
const MEETING_ID = /^(?:\d{1,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Whereby's Insights behind the provider contract. */
export class Whereby implements CallProvider {
  readonly id = 'whereby';
  readonly capabilities = CAPABILITIES;
  readonly #client: WherebyClient;
  readonly #reader: ListReader;
  readonly #services: ProviderServices;
  readonly #lossUnit: LossUnitSetting;
  readonly #known = new Known();
  readonly #walks = new Walks();

  constructor(values: ConnectionValues, services: ProviderServices) {
    this.#client = new WherebyClient(values, services);
    this.#reader = new ListReader(this.#client.who);
    this.#services = services;
    this.#lossUnit = (values.settings.lossUnit as LossUnitSetting | undefined) || 'auto';
  }

  async check(signal: AbortSignal): Promise<void> {
    await this.#reader.read(this.#rooms({}, signal), position(undefined, 1));
  }

  async listRooms(query: RoomQuery, signal: AbortSignal): Promise<Page<Room>> {
    const rows = await this.#reader.read(this.#rooms(query, signal), position(query.cursor, query.pageSize));
    return toPage(
      rows.rows.map(({ record }) => mapRoom(record)),
      rows,
    );
  }

  async listSessions(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>> {
    if (query.personId) return this.#sessionsOfPerson(query, query.personId, signal);
    if (!query.roomId) return this.#sessionsOfAllRooms(query, signal);
    const listing = this.#sessions(roomName(query.roomId), query, signal);
    const read = this.#mapSessions(await this.#reader.read(listing, position(query.cursor, query.pageSize)));
    const items = read.sessions.filter((session) => inWindow(session, query));
    return toPage(items, { issues: read.rows.issues, next: pastWindow(read, query) ? undefined : read.rows.next });
  }

  async getSession(ref: SessionRef, signal: AbortSignal): Promise<Session> {
    const room = ref.roomId ?? this.#known.room(ref.sessionId);
    if (room !== undefined) {
      const session = await this.#sessionInRoom(roomName(room), ref.sessionId, signal);
      if (!session) throw noSession(this.#client.who);
      return session;
    }
    const stays = await this.#participantsOf({ roomSessionId: ref.sessionId }, signal);
    if (stays.length === 0) throw noSession(this.#client.who);
    return (
      (await this.#searchRooms(ref.sessionId, stays, signal)) ?? sessionOf(ref.sessionId, stays, undefined, Date.now())
    );
  }

  async listParticipants(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>> {
    const { sessionId, sortOrder } = query;
    const at = position(query.cursor, query.pageSize);
    const field = PARTICIPANT_SORTS[query.sortBy ?? 'joinedAt'];
    const rows = await this.#reader.read<ParticipantRecord>(
      {
        name: 'participants',
        what: l10n.t('the participants of this session'),
        schema: participantSchema,
        sort: field && { field, order: sortOrder ?? 'ascending' },
        ask: (params) => this.#client.participants({ ...params, roomSessionId: sessionId }, signal),
      },
      at,
    );
    const numbered = field === 'joinedAt' && sortOrder !== 'descending';
    const items = this.#mapParticipants(sessionId, rows, numbered ? at.seen : undefined);
    return toPage(items, rows);
  }

  async getReport(ref: ParticipantRef, signal: AbortSignal): Promise<ReportResult> {
    const { sessionId, participantId: id } = ref;
    const participant = this.#known.participant(sessionId, id);
    const body = await this.#client.participant(sessionId, id, signal).catch((error: unknown) => {
      throw isCallError(error) && error.kind === 'NotFound' ? noSamples(participant?.leftAt, Date.now()) : error;
    });
    const reader = reportReader(this.#services.reportWorkerPath);
    return reader.read(
      {
        provider: this.id,
        body,
        who: this.#client.who,
        participantId: id,
        now: Date.now(),
        lossUnit: this.#lossUnit,
        participant,
      },
      signal,
    );
  }

  /** The session of that id; else, unless only the direct way is wanted, those of the person with that external id. */
  async findSession(
    id: string,
    signal: AbortSignal,
    options: FindOptions<SessionRef, Session> = {},
  ): Promise<SessionRef[]> {
    const { connectionId } = this.#services;
    const byId = await this.#participantsOf({ roomSessionId: id }, signal);
    if (byId.length > 0) {
      const ref = { connectionId, roomId: this.#known.room(id), sessionId: id };
      options.onFound?.(ref, sessionOf(id, byId, ref.roomId, Date.now()));
      return [ref];
    }
    if (options.direct || !/^[\w-]{1,36}$/.test(id)) return [];
    const byPerson = await this.#participantsOf({ externalId: id }, signal);
    const sessions = new Set(byPerson.flatMap(({ roomSessionId }) => roomSessionId ?? []));
    return [...sessions].map((sessionId) => ({ connectionId, roomId: this.#known.room(sessionId), sessionId }));
  }

  /** The room of a meeting, by the number (or UUID) that Whereby gave for it. */
  async findRoom(id: string, signal: AbortSignal): Promise<Room | undefined> {
    if (!MEETING_ID.test(id)) return undefined;
    try {
      const { data } = meetingSchema.safeParse(await this.#client.meeting(id, signal));
      const text = data?.roomName || data?.roomUrl;
      const name = text && roomName(text);
      return name && name !== '/' ? { id: name, name } : undefined;
    } catch (error) {
      // A key may be for insights only; and what is no id of Whereby's may be refused as such.
      const isNone = ({ kind, status }: CallError) => kind === 'NotFound' || kind === 'Forbidden' || status === 400;
      if (isCallError(error) && isNone(error)) return undefined;
      throw error;
    }
  }

  #rooms(query: RoomQuery, signal: AbortSignal): Listing<RoomRecord> {
    const { search, searchMode = 'contains', sortBy } = query;
    const name = search && (searchMode === 'exact' ? roomName(search) : searchText(search.trim()));
    const filter = {
      ...(name && { [`roomName[${searchMode}]` as const]: name }),
      'createdAt[from]': iso(query.from),
      'createdAt[to]': iso(query.to),
    };
    return {
      name: 'rooms',
      what: l10n.t('the rooms'),
      schema: roomSchema,
      sort: sortBy && { field: ROOM_SORTS[sortBy], order: query.sortOrder ?? 'descending' },
      ask: (params) => this.#client.rooms({ ...filter, ...params }, signal),
    };
  }

  #sessions(
    room: string,
    { sortBy, sortOrder }: Pick<SessionQuery, 'sortBy' | 'sortOrder'>,
    signal: AbortSignal,
  ): Listing<RoomSessionRecord> {
    return {
      name: 'room-sessions',
      what: l10n.t('the sessions of this room'),
      schema: roomSessionSchema,
      sort: { field: SESSION_SORTS[sortBy ?? 'createdAt'], order: sortOrder ?? 'descending' },
      ask: (params) => this.#client.roomSessions({ ...params, roomName: room }, signal),
    };
  }

  #mapSessions(rows: Rows<RoomSessionRecord>): { sessions: Session[]; rows: Rows<RoomSessionRecord> } {
    const now = Date.now();
    const sessions = rows.rows.map(({ record }) => mapSession(record, now));
    for (const { id, roomId } of sessions) if (roomId !== undefined) this.#known.setRoom(id, roomId);
    return { sessions, rows };
  }

  /** One participant for all rows of theirs on this page; what earlier pages told of them is added. */
  #mapParticipants(sessionId: string, { rows, issues }: Rows<ParticipantRecord>, before: number | undefined) {
    const groups = new Map<string, ParticipantRecord[]>();
    for (const { record, path } of rows) {
      const id = participantId(record);
      if (id === undefined)
        issues.push({ path, message: l10n.t('Neither participantId nor deviceId; the record is left out.') });
      else groups.set(id, [...(groups.get(id) ?? []), record]);
    }
    return [...groups.values()].map((records, index) => {
      const number = before === undefined ? undefined : before + index + 1;
      return this.#known.addStays(sessionId, records, number);
    });
  }

  /** The first rows of a session's or person's list; none when Whereby does not know the id. */
  async #participantsOf(ids: ParticipantParams, signal: AbortSignal): Promise<ParticipantRecord[]> {
    const listing: Listing<ParticipantRecord> = {
      name: 'participants',
      what: l10n.t('the participants of this session'),
      schema: participantSchema,
      ask: (params) => this.#client.participants({ ...params, ...ids }, signal),
    };
    try {
      const rows = await this.#reader.read(listing, position(undefined, undefined));
      return rows.rows.map(({ record }) => record);
    } catch (error) {
      // What is no id of Whereby's may be refused as such.
      if (isCallError(error) && (error.kind === 'NotFound' || error.status === 400)) return [];
      throw error;
    }
  }

  async #sessionInRoom(room: string, sessionId: string, signal: AbortSignal): Promise<Session | undefined> {
    const { sort, ...listing } = this.#sessions(room, {}, signal);
    const ask: typeof listing.ask = (params) =>
      this.#client.roomSessions({ ...params, roomName: room, roomSessionId: sessionId }, signal);
    const { sessions } = this.#mapSessions(
      await this.#reader.read({ ...listing, ask }, position(undefined, undefined)),
    );
    return sessions.find(({ id }) => id === sessionId);
  }

  /** Looks for a session in the rooms that were in use when somebody joined it. */
  async #searchRooms(
    sessionId: string,
    stays: readonly ParticipantRecord[],
    signal: AbortSignal,
  ): Promise<Session | undefined> {
    const joined = mapParticipant(stays).joinedAt;
    const listing = this.#rooms({ sortBy: 'lastSessionAt' }, signal);
    const rooms = await this.#reader.read(listing, position(undefined, ROOMS_A_PAGE));
    for (const room of candidateRooms(
      rooms.rows.map(({ record }) => record),
      joined,
    )) {
      const session = await this.#sessionInRoom(room, sessionId, signal);
      if (session) return session;
    }
    return undefined;
  }

  async #sessionsOfPerson(query: SessionQuery, externalId: string, signal: AbortSignal): Promise<Page<Session>> {
    const rows = await this.#reader.read<ParticipantRecord>(
      {
        name: 'participants',
        what: l10n.t('the sessions of this person'),
        schema: participantSchema,
        sort: { field: query.sortBy === 'endedAt' ? 'leftAt' : 'joinedAt', order: query.sortOrder ?? 'descending' },
        ask: (params) => this.#client.participants({ ...params, externalId }, signal).catch(refusedAlone),
      },
      position(query.cursor, query.pageSize),
    );
    const records = rows.rows.map(({ record }) => record);
    const sessions = sessionsOf(records, (id) => this.#known.room(id), Date.now());
    return toPage(
      sessions.filter((session) => query.live === undefined || query.live === (session.status === 'live')),
      rows,
    );
  }

  #sessionsOfAllRooms(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>> {
    return this.#walks.page(query, (limit) => ({
      now: Date.now(),
      rooms: (at) =>
        this.#reader.read(this.#rooms({ sortBy: 'lastSessionAt' }, signal), at ?? position(undefined, ROOMS_A_PAGE)),
      sessions: async (room, at) =>
        this.#mapSessions(await this.#reader.read(this.#sessions(room, {}, signal), at ?? position(undefined, limit))),
    }));
  }
}

/** Whether all that follows a page began before the window: then the rest need not be read. */
function pastWindow(
  { sessions, rows }: { sessions: Session[]; rows: Rows<RoomSessionRecord> },
  query: SessionQuery,
): boolean {
  const newestFirst = (query.sortBy ?? 'createdAt') === 'createdAt' && query.sortOrder !== 'ascending';
  const starts = sessions.map(({ startedAt }) => startedAt);
  const oldest = starts.findLast((start) => start !== undefined);
  return (
    query.from !== undefined &&
    newestFirst &&
    rows.sorted &&
    isFalling(starts) &&
    oldest !== undefined &&
    oldest < query.from
  );
}

/** Documented in words only, so that a refusal has to be explained. */
function refusedAlone(error: unknown): never {
  if (!isCallError(error) || error.status !== 400) throw error;
  const text = l10n.t(
    '{0} The search by external ID alone was refused: open a session and look for the person there.',
    error.text,
  );
  throw new CallError('BadResponse', text, { status: 400 });
}

function iso(time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  if (Number.isNaN(new Date(time).getTime())) {
    throw new CallError('BadInput', l10n.t('The time range is not one of dates.'), { field: 'from' });
  }
  return new Date(time).toISOString();
}
