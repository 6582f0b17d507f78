import * as l10n from '@vscode/l10n';
import { CallError, isCancelled } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { App, Participant, Room, Session } from '../../core/model';
import type { Page } from '../../core/page';
import type { Chat, Recording, Summary, Transcript } from '../../core/talk';
import type {
  AppQuery,
  CallProvider,
  Capabilities,
  ConnectionValues,
  FindOptions,
  ParticipantQuery,
  ProviderServices,
  ReportResult,
  RoomQuery,
  SessionQuery,
  SortOrder,
} from '../contract';
import { Downloads } from '../http/download';
import { member, readRecord } from '../records';
import type { ReportJob } from '../report-job';
import { reportReader } from '../report-reader';
import { RealtimeKitClient } from './client';
import { realtimekit, STANDARD_BASE_URL } from './descriptor';
import { readData } from './envelope';
import { findReport } from './find-report';
import { SessionFiles } from './kept/session-files';
import { readList } from './list';
import { findInApps, findPeer, type LookUpParts } from './look-up';
import { mapApp, mapMeeting, mapSession } from './map-lists';
import { mapParticipant } from './map-participant';
import { position } from './paging';
import { appSchema, meetingSchema, participantSchema, sessionSchema } from './schema';

const CAPABILITIES = {
  apps: true,
  rooms: { search: true, status: ['ACTIVE', 'INACTIVE'], createdRange: true },
  sessions: {
    live: true,
    byRoom: true,
    timeRange: true,
    search: true,
    sort: ['createdAt', 'minutesConsumed'],
    participantCount: true,
    breakoutRooms: true,
  },
  participants: { search: true, sort: ['joinedAt', 'duration'], views: true },
  keeps: realtimekit.keeps,
} as const satisfies Capabilities;

/** Apps are walked in pages of this size, at most this many pages, to look a session up. */
const APP_PAGE = 100;
const APP_PAGES = 50;

/** Cloudflare RealtimeKit behind the provider contract. */
export class RealtimeKit implements CallProvider {
  readonly id = 'realtimekit';
  readonly capabilities = CAPABILITIES;
  readonly #client: RealtimeKitClient;
  readonly #appId: string | undefined;
  readonly #services: ProviderServices;
  /** Apps of the account for look-ups; they change seldom, and a provider lives as long as its connection's key. */
  #apps: App[] | undefined;
  #readingApps: Promise<App[]> | undefined;
  readonly #lookUp: LookUpParts;
  readonly #files: SessionFiles;

  constructor(values: ConnectionValues, services: ProviderServices) {
    this.#client = new RealtimeKitClient(values, services);
    this.#appId = values.settings.appId || undefined;
    this.#services = services;
    const session = (app: string, id: string, signal: AbortSignal) => this.#session(app, id, signal);
    const downloads = new Downloads(services, values.settings.baseUrl || STANDARD_BASE_URL);
    this.#files = new SessionFiles({ client: this.#client, downloads, services, session });
    this.#lookUp = {
      connectionId: services.connectionId,
      client: this.#client,
      session,
      sessions: (query, signal) => this.listSessions(query, signal),
      participants: (query, signal) => this.listParticipants(query, signal),
    };
  }

  async check(signal: AbortSignal): Promise<void> {
    const page = { pageSize: 1 };
    // In one app, its sessions: an app list says nothing of a wrong app id.
    await (this.#appId === undefined ? this.listApps(page, signal) : this.listSessions(page, signal));
  }

  listApps(query: AppQuery, signal: AbortSignal): Promise<Page<App>> {
    const at = position(query.cursor, query.pageSize);
    const params = {
      page_no: at.page,
      per_page: at.size,
      search: query.search || undefined,
      sort_order: order(query.sortOrder),
    };
    return readList({
      at,
      who: this.#client.who,
      what: l10n.t('the apps of this account'),
      schema: appSchema,
      map: mapApp,
      answer: this.#client.apps(params, signal),
    });
  }

  async listRooms(query: RoomQuery, signal: AbortSignal): Promise<Page<Room>> {
    const at = position(query.cursor, query.pageSize);
    const params = {
      page_no: at.page,
      per_page: at.size,
      search: query.search || undefined,
      status: query.status || undefined,
      start_time: iso(query.from),
      end_time: iso(query.to),
    };
    return readList({
      at,
      who: this.#client.who,
      what: l10n.t('the meetings of this app'),
      schema: meetingSchema,
      map: mapMeeting,
      answer: this.#client.meetings(this.#app(query.appId), params, signal),
    });
  }

  async listSessions(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>> {
    const at = position(query.cursor, query.pageSize);
    const { participants } = query;
    const params = {
      page_no: at.page,
      per_page: at.size,
      sort_by: known(query.sortBy, CAPABILITIES.sessions.sort),
      sort_order: order(query.sortOrder),
      start_time: iso(query.from),
      end_time: iso(query.to),
      status: query.live === undefined ? undefined : query.live ? ('LIVE' as const) : ('ENDED' as const),
      search: query.search || undefined,
      associated_id: query.roomId,
      participants: participants && `${participants.min}:${participants.max}`,
    };
    return readList({
      at,
      name: 'sessions',
      who: this.#client.who,
      what: l10n.t('the sessions of this app'),
      schema: sessionSchema,
      map: mapSession,
      answer: this.#client.sessions(this.#app(query.appId), params, signal),
    });
  }

  async getSession(ref: SessionRef, signal: AbortSignal): Promise<Session> {
    return this.#session(this.#app(ref.appId), ref.sessionId, signal);
  }

  async listParticipants(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>> {
    const at = position(query.cursor, query.pageSize);
    const params = {
      page_no: at.page,
      per_page: at.size,
      search: query.search || undefined,
      sort_by: known(query.sortBy, CAPABILITIES.participants.sort),
      sort_order: order(query.sortOrder),
      view: query.view,
    };
    return readList({
      at,
      name: 'participants',
      who: this.#client.who,
      what: l10n.t('the participants of this session'),
      schema: participantSchema,
      map: mapParticipant,
      answer: this.#client.participants(this.#app(query.appId), query.sessionId, params, signal),
    });
  }

  async getReport(ref: ParticipantRef, signal: AbortSignal): Promise<ReportResult> {
    const found = await findReport(this.#client, this.#app(ref.appId), ref, signal);
    const reader = reportReader(this.#services.reportWorkerPath);
    const job: ReportJob = {
      provider: this.id,
      body: found,
      who: this.#client.who,
      participantId: ref.participantId,
      now: Date.now(),
    };
    return reader.read(job, signal);
  }

  getChat(ref: SessionRef, signal: AbortSignal): Promise<Chat> {
    return this.#files.chat(this.#app(ref.appId), ref.sessionId, signal);
  }

  getTranscript(ref: SessionRef, signal: AbortSignal): Promise<Transcript> {
    return this.#files.transcript(this.#app(ref.appId), ref.sessionId, signal);
  }

  getSummary(ref: SessionRef, signal: AbortSignal): Promise<Summary> {
    return this.#files.summary(this.#app(ref.appId), ref.sessionId, signal);
  }

  makeSummary(ref: SessionRef, signal: AbortSignal): Promise<Summary> {
    return this.#files.makeSummary(this.#app(ref.appId), ref.sessionId, signal);
  }

  listRecordings(ref: SessionRef, signal: AbortSignal): Promise<Recording[]> {
    return this.#files.recordings(this.#app(ref.appId), ref.sessionId, signal);
  }

  recordingLink(ref: SessionRef, fileId: string, signal: AbortSignal): Promise<string> {
    return this.#files.recordingLink(this.#app(ref.appId), fileId, signal);
  }

  /** One request an app; all apps of the account are asked for once. Breakout rooms are found as well. */
  async findSession(
    id: string,
    signal: AbortSignal,
    options: FindOptions<SessionRef, Session> = {},
  ): Promise<SessionRef[]> {
    return findInApps(this.#lookUp, await this.#appsToAsk(signal, options.appId), id, signal, options);
  }

  async findParticipant(
    id: string,
    signal: AbortSignal,
    options: FindOptions<ParticipantRef, Participant> = {},
  ): Promise<ParticipantRef[]> {
    return findPeer(this.#lookUp, await this.#appsToAsk(signal, options.appId), id, signal, options);
  }

  knownApps(signal: AbortSignal): Promise<string[]> {
    return this.#appsToAsk(signal);
  }

  async #appsToAsk(signal: AbortSignal, only = this.#appId): Promise<string[]> {
    return only === undefined ? (await this.#allApps(signal)).map((app) => app.id) : [only];
  }

  async #session(app: string, id: string, signal: AbortSignal): Promise<Session> {
    const data = readData(await this.#client.session(app, id, signal), this.#client.who, l10n.t('this session'));
    // Cloudflare types `data` as the session; its predecessor wrapped it once more.
    const wrapped = member(data, 'session');
    const issues: { path: string; message: string }[] = [];
    const path = wrapped === undefined ? 'data' : 'data.session';
    const record = readRecord(sessionSchema, wrapped ?? data, path, issues);
    if (!record) {
      const reason = issues.map((issue) => `${issue.path}: ${issue.message}`).join(' ');
      throw new CallError(
        'BadResponse',
        l10n.t('{0} sent a session that cannot be read. {1}', this.#client.who, reason),
      );
    }
    return mapSession(record, path, issues);
  }

  /** The apps of the account, asked for once. Who asks at the same time shares the requests. */
  async #allApps(signal: AbortSignal): Promise<App[]> {
    if (this.#apps) return this.#apps;
    const others = this.#readingApps;
    if (others) {
      try {
        return await others;
      } catch (error) {
        // Somebody else's stopping is not ours.
        if (!isCancelled(error) || signal.aborted) throw error;
      }
    }
    const reading = this.#readApps(signal);
    this.#readingApps = reading;
    try {
      this.#apps = await reading;
      return this.#apps;
    } finally {
      if (this.#readingApps === reading) this.#readingApps = undefined;
    }
  }

  async #readApps(signal: AbortSignal): Promise<App[]> {
    const apps = new Map<string, App>();
    let cursor: string | undefined;
    for (let count = 0; count < APP_PAGES; count++) {
      const page = await this.listApps({ cursor, pageSize: APP_PAGE }, signal);
      const before = apps.size;
      for (const app of page.items) apps.set(app.id, app);
      cursor = page.next;
      if (cursor === undefined || (page.items.length > 0 && apps.size === before)) break;
    }
    return [...apps.values()];
  }

  #app(appId: string | undefined): string {
    const app = appId ?? this.#appId;
    if (app) return app;
    throw new CallError('BadInput', l10n.t('Which app is meant? Give its id, or set the app ID of the connection.'), {
      field: 'appId',
    });
  }
}

/** A sort that RealtimeKit knows; undefined for one that only other providers have. */
function known<T extends string>(sort: string | undefined, sorts: readonly T[]): T | undefined {
  return sorts.find((one) => one === sort);
}

function order(value: SortOrder | undefined): 'ASC' | 'DESC' | undefined {
  return value && (value === 'ascending' ? 'ASC' : 'DESC');
}

function iso(time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  if (Number.isNaN(new Date(time).getTime()))
    throw new CallError('BadInput', l10n.t('The time range is not one of dates.'), { field: 'from' });
  return new Date(time).toISOString();
}
