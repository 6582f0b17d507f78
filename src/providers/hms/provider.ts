import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Fact, ItemIssue, Participant, Room, Session } from '../../core/model';
import type { Page } from '../../core/page';
import type { Chat, Recording, Summary, Transcript } from '../../core/talk';
import type {
  CallProvider,
  Capabilities,
  ConnectionValues,
  FindOptions,
  ParticipantQuery,
  ProviderServices,
  ReportResult,
  RoomQuery,
  SessionQuery,
} from '../contract';
import { Downloads } from '../http/download';
import { readRecord } from '../records';
import { HmsClient } from './client';
import { hms, STANDARD_BASE_URL } from './descriptor';
import { getReport } from './get-report';
import { SessionFiles } from './kept/session-files';
import { type Limits, readList } from './list';
import { mapRoom, ROOM_STATUS } from './map-room';
import { mapSession } from './map-session';
import { People, readPeople } from './people';
import { Recordings } from './recordings';
import { roomSchema, sessionSchema } from './schema';
import { sessionFacts } from './session-facts';
import { type SessionObject, SessionObjects } from './session-objects';
import { queryTime } from './time';
import { TrackOwners } from './track-owners';

const CAPABILITIES: Capabilities = {
  apps: false,
  rooms: { search: true, status: ROOM_STATUS, createdRange: true, template: true },
  sessions: {
    live: true,
    liveApart: true,
    byRoom: true,
    timeRange: true,
    search: false,
    sort: [],
    participantCount: false,
    breakoutRooms: false,
  },
  participants: { search: true, sort: ['joinedAt', 'leftAt', 'duration'], views: false },
  keeps: hms.keeps,
  cannotTell: {
    live: l10n.t('100ms gives call statistics only after the session has ended.'),
    connection: l10n.t('100ms tells ICE candidates only in the description of a failure.'),
    network: l10n.t('100ms does not tell where a participant was.'),
    device: l10n.t('100ms tells the device only with a failure of its client.'),
    deviceChanges: l10n.t('100ms does not tell which devices were used.'),
    aggregates: l10n.t(
      '100ms gives no figures over the whole stay; the Connection Quality Score of its dashboard is not in its API.',
    ),
  },
};

/** An id of 100ms for everything but peers. */
const OBJECT_ID = /^[0-9a-f]{24}$/i;
/** An id of a peer: a UUID, in lower case. */
const PEER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Sessions of one request at most. */
const LARGEST_PAGE = 100;
/** Room names that are remembered; sessions do not carry them. */
const MAX_NAMES = 5000;

/** 100ms behind the provider contract. */
export class Hms implements CallProvider {
  readonly id = '100ms';
  readonly capabilities = CAPABILITIES;
  readonly #client: HmsClient;
  readonly #services: ProviderServices;
  readonly #sessions: SessionObjects;
  readonly #people: People;
  readonly #recordings: Recordings;
  readonly #files: SessionFiles;
  readonly #owners: TrackOwners;
  readonly #roomNames = new Map<string, string>();
  readonly #roomLimits: Limits = {};
  readonly #sessionLimits: Limits = {};

  constructor(values: ConnectionValues, services: ProviderServices) {
    this.#client = new HmsClient(values, services);
    this.#services = services;
    this.#sessions = new SessionObjects(this.#client);
    this.#people = new People(this.#client, this.#sessions);
    this.#recordings = new Recordings(this.#client);
    const downloads = new Downloads(services, values.settings.baseUrl || STANDARD_BASE_URL);
    this.#files = new SessionFiles(this.#client, this.#recordings, downloads);
    this.#owners = new TrackOwners(this.#client);
  }

  async check(signal: AbortSignal): Promise<void> {
    await this.listRooms({ pageSize: 1, status: 'ENABLED' }, signal);
  }

  /** Enabled rooms, then disabled ones; the newest first in each. */
  async listRooms(query: RoomQuery, signal: AbortSignal): Promise<Page<Room>> {
    const search = query.search?.trim() || undefined;
    if (search && OBJECT_ID.test(search)) return this.#oneRoom(search, signal);
    const params = {
      name: search,
      template_id: query.templateId,
      after: queryTime(query.from),
      before: queryTime(query.to),
    };
    const wanted = query.status === undefined ? [true, false] : [query.status.toUpperCase() !== 'DISABLED'];
    return readList({
      cursor: query.cursor,
      pageSize: query.pageSize,
      lists: wanted.map((enabled) => (page) => this.#client.rooms({ enabled, ...params, ...page }, signal)),
      schema: roomSchema,
      map: (record) => this.#named(mapRoom(record)),
      who: this.#client.who,
      what: l10n.t('the rooms of this workspace'),
      limits: this.#roomLimits,
    });
  }

  /** Live sessions, then ended ones; the newest first in each. `active` is always sent: its default is not certain. */
  async listSessions(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>> {
    const params = { room_id: query.roomId, after: queryTime(query.from), before: queryTime(query.to) };
    const wanted = query.live === undefined ? [true, false] : [query.live];
    const page = await readList({
      cursor: query.cursor,
      pageSize: query.pageSize,
      lists: wanted.map((active) => (at) => this.#client.sessions({ active, ...params, ...at }, signal)),
      schema: sessionSchema,
      map: (record, path, issues, list) => {
        const listed = wanted[list];
        this.#sessions.add(record, listed);
        return mapSession(record, path, issues, { listed, roomName: this.#roomNames.get(record.room_id ?? '') });
      },
      who: this.#client.who,
      what: l10n.t('the sessions of this workspace'),
      limits: this.#sessionLimits,
    });
    const { sortBy, sortOrder, search } = query;
    if (sortOrder === 'ascending' || (sortBy !== undefined && sortBy !== 'createdAt')) {
      page.issues.push({
        path: 'sort',
        message: l10n.t('100ms lists sessions with the newest first and in no other order.'),
      });
    }
    if (search)
      page.issues.push({ path: 'search', message: l10n.t('100ms cannot search sessions; all of them are listed.') });
    return page;
  }

  /** One session with what was recorded of it, what failed in it, and its room's name. */
  async getSession(ref: SessionRef, signal: AbortSignal): Promise<Session> {
    const object = await this.#sessions.get(ref.sessionId, signal);
    const [facts, roomName] = await Promise.all([
      sessionFacts(this.#client, this.#recordings, object, signal),
      this.#roomName(object.record.room_id, signal),
    ]);
    return this.#toSession(object, roomName, facts);
  }

  listParticipants(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>> {
    return this.#people.list(query, signal);
  }

  getReport(ref: ParticipantRef, signal: AbortSignal): Promise<ReportResult> {
    const sources = {
      client: this.#client,
      sessions: this.#sessions,
      recordings: this.#recordings,
      owners: this.#owners,
      workerPath: this.#services.reportWorkerPath,
    };
    return getReport(sources, ref, signal);
  }

  getChat(ref: SessionRef, signal: AbortSignal): Promise<Chat> {
    return this.#files.chat(ref.sessionId, signal);
  }

  getTranscript(ref: SessionRef, signal: AbortSignal): Promise<Transcript> {
    return this.#files.transcript(ref.sessionId, signal);
  }

  getSummary(ref: SessionRef, signal: AbortSignal): Promise<Summary> {
    return this.#files.summary(ref.sessionId, signal);
  }

  listRecordings(ref: SessionRef, signal: AbortSignal): Promise<Recording[]> {
    return this.#files.list(ref.sessionId, signal);
  }

  recordingLink(_ref: SessionRef, fileId: string, signal: AbortSignal): Promise<string> {
    return this.#files.link(fileId, signal);
  }

  async findSession(
    id: string,
    signal: AbortSignal,
    options: FindOptions<SessionRef, Session> = {},
  ): Promise<SessionRef[]> {
    try {
      const object = await this.#sessions.get(id, signal);
      const ref = this.#refTo(object);
      options.onFound?.(ref, this.#toSession(object, this.#roomNames.get(ref.roomId ?? ''), []));
      return [ref];
    } catch (error) {
      // Text of another form may be refused as a bad parameter instead of not being found.
      const unknown =
        isCallError(error) && (error.kind === 'NotFound' || (error.status === 400 && !OBJECT_ID.test(id)));
      if (unknown) return [];
      throw error;
    }
  }

  /**
   * 100ms has no search by peer. Sessions hold their peers, so those that were read are looked through, and where none
   * has it the newest 100 live and 100 ended ones: two requests.
   */
  async findParticipant(
    id: string,
    signal: AbortSignal,
    options: FindOptions<ParticipantRef, Participant> = {},
  ): Promise<ParticipantRef[]> {
    const wanted = id.toLowerCase();
    if (!PEER_ID.test(wanted)) return [];
    let object = this.#sessions.ofPeer(wanted);
    if (!object) {
      await Promise.all([true, false].map((live) => this.listSessions({ live, pageSize: LARGEST_PAGE }, signal)));
      object = this.#sessions.ofPeer(wanted);
    }
    const participant = object && readPeople(object, []).find((one) => one.id.toLowerCase() === wanted);
    if (!object || !participant) return [];
    const ref = { ...this.#refTo(object), participantId: participant.id };
    options.onFound?.(ref, participant);
    return [ref];
  }

  #refTo({ record }: SessionObject): SessionRef {
    const { connectionId } = this.#services;
    return { connectionId, ...(record.room_id && { roomId: record.room_id }), sessionId: record.id };
  }

  async #oneRoom(id: string, signal: AbortSignal): Promise<Page<Room>> {
    const issues: ItemIssue[] = [];
    try {
      const record = readRecord(roomSchema, await this.#client.room(id, signal), 'room', issues);
      return { items: record ? [this.#named(mapRoom(record))] : [], issues };
    } catch (error) {
      if (isCallError(error) && error.kind === 'NotFound') return { items: [], issues };
      throw error;
    }
  }

  /** The room's name, asked for once; undefined when it cannot be told. */
  async #roomName(id: string | null | undefined, signal: AbortSignal): Promise<string | undefined> {
    if (!id) return undefined;
    const known = this.#roomNames.get(id);
    if (known !== undefined) return known;
    try {
      const record = readRecord(roomSchema, await this.#client.room(id, signal), 'room', []);
      return record && this.#named(mapRoom(record)).name;
    } catch (error) {
      if (!isCallError(error) || error.kind === 'Cancelled') throw error;
      return undefined;
    }
  }

  #named(room: Room): Room {
    this.#roomNames.delete(room.id);
    this.#roomNames.set(room.id, room.name);
    for (const oldest of this.#roomNames.keys()) {
      if (this.#roomNames.size <= MAX_NAMES) break;
      this.#roomNames.delete(oldest);
    }
    return room;
  }

  #toSession({ record, live }: SessionObject, roomName: string | undefined, more: readonly Fact[]): Session {
    const session = mapSession(record, 'session', [], { listed: live, roomName });
    return { ...session, facts: [...(session.facts ?? []), ...more] };
  }
}
