import type { ParticipantRef, ProviderId, SessionRef } from '../core/ids';
import type { App, CallReport, Participant, Room, Session } from '../core/model';
import type { Page } from '../core/page';
import type { Redactor } from '../core/redact';
import type { SavedFacts } from '../core/saved-report';
import type { Chat, KeptThing, Recording, Summary, Transcript } from '../core/talk';

/** Which list is meant: everything below narrows to it. */
export interface ListQuery {
  /** Opaque, from the page before. */
  cursor?: string;
  /** Rows wanted; the provider's own limits win. */
  pageSize?: number;
}

export interface AppQuery extends ListQuery {
  search?: string;
  /** By creation. */
  sortOrder?: SortOrder;
}

/** A condition on a dimension: the row's value is one of these. */
export interface DimensionCondition {
  name: string;
  values: readonly string[];
}

/** A condition on a metric, in the metric's own unit. */
export interface MetricCondition {
  name: string;
  comparison: '>' | '<';
  value: number;
}

/** What a provider with a query language of its own narrows and sorts by; only where a capability says `query`. */
export interface MetricQuery {
  /** All of them must hold. */
  dimensions?: readonly DimensionCondition[];
  /** All of them must hold. */
  metrics?: readonly MetricCondition[];
  /** A metric or dimension in the provider's word; wins over `sortBy`. */
  orderBy?: string;
  /** Of which moment the time range speaks. */
  within?: 'started' | 'ended';
  /** true: rows of any status, running ones too; false: the provider's own choice of finished ones. */
  anyStatus?: boolean;
}

/** A ready-made query. */
export interface QueryPreset {
  label: string;
  /** What it does, in a few words. */
  detail: string;
  query: Pick<MetricQuery, 'dimensions' | 'metrics' | 'orderBy'> & { sortOrder?: SortOrder };
  /** A dimension whose value is asked for and added as a condition. */
  ask?: string;
}

/** What can be asked for by {@link MetricQuery}, for a builder of queries. Names are open: others may be typed in. */
export interface QueryBuilder {
  dimensions: readonly { name: string; label: string }[];
  metrics: readonly { name: string; label: string; unit: string }[];
  presets: readonly QueryPreset[];
  /** A sentence that says why the name cannot be used; undefined when it can. */
  checkName(name: string): string | undefined;
  /** A sentence that says why the value of a dimension cannot be asked for; undefined when it can. */
  checkValue(value: string): string | undefined;
}

export interface RoomQuery extends ListQuery, Pick<MetricQuery, 'dimensions' | 'metrics' | 'orderBy'> {
  appId?: string;
  search?: string;
  /** How `search` is compared with the room's name; the provider's own way when missing. */
  searchMode?: SearchMode;
  sortBy?: RoomSort;
  sortOrder?: SortOrder;
  /** Provider's word, for example `ACTIVE`. */
  status?: string;
  /** Only rooms made from this template; where `capabilities.rooms.template`. */
  templateId?: string;
  /** Created from, epoch ms. */
  from?: number;
  /** Created to, epoch ms. */
  to?: number;
}

export type SearchMode = 'contains' | 'startsWith' | 'exact';
/** `lastSessionAt` start of the latest session; `sessions` and `participants` how many there were in all. */
export type RoomSort = 'createdAt' | 'lastSessionAt' | 'sessions' | 'participants' | 'minutesConsumed';
export type SessionSort = 'createdAt' | 'endedAt' | 'participants' | 'minutesConsumed';
export type ParticipantSort = 'joinedAt' | 'leftAt' | 'duration';
export type SortOrder = 'ascending' | 'descending';

export interface SessionQuery extends ListQuery, MetricQuery {
  appId?: string;
  roomId?: string;
  /** Epoch ms. */
  from?: number;
  /** Epoch ms. */
  to?: number;
  /** true: live only, false: ended only, missing: both. */
  live?: boolean;
  search?: string;
  sortBy?: SessionSort;
  sortOrder?: SortOrder;
  /** Participant count, both ends included. */
  participants?: { min: number; max: number };
  /** Only sessions of this person, by the customer's own id. */
  personId?: string;
}

export interface ParticipantQuery extends ListQuery, SessionRef {
  search?: string;
  sortBy?: ParticipantSort;
  sortOrder?: SortOrder;
  /** `consolidated` adds up a person's time across breakout rooms. */
  view?: 'raw' | 'consolidated';
}

/** A report and the answer it was read from. */
export interface ReportResult {
  report: CallReport;
  /** The answer's body as it came, UTF-8 JSON. Keep it only while its panel lives. */
  raw: Uint8Array;
  /** Of a saved report that was read from its file. */
  saved?: SavedFacts;
}

/** What a provider can do. A capability that is missing shows as one sentence, never as an empty chart. */
export interface Capabilities {
  /** `playback`: sessions are playbacks by one viewer each, not calls. Missing: calls. */
  media?: 'call' | 'playback';
  /** It has a level of apps between connection and room. */
  apps: boolean;
  rooms: {
    search: boolean;
    /** How names can be searched; missing where there is but one way. */
    searchModes?: readonly SearchMode[];
    sort?: readonly RoomSort[];
    status?: readonly string[];
    /** Rooms can be narrowed to those of one template. */
    template?: boolean;
    createdRange: boolean;
    query?: QueryBuilder;
  };
  sessions: {
    live: boolean;
    /** Live and ended sessions are two lists at the provider: one request gives only one of them. */
    liveApart?: boolean;
    byRoom: boolean;
    /** The server filters by time. */
    timeRange: boolean;
    search: boolean;
    sort: readonly SessionSort[];
    participantCount: boolean;
    breakoutRooms: boolean;
    /** Sessions of one person can be listed, by the customer's own id. */
    person?: boolean;
    /** The list tells the quality of each session: `Session.figures`. */
    figures?: boolean;
    query?: QueryBuilder;
  };
  participants: { search: boolean; sort: readonly ParticipantSort[]; views: boolean };
  /** What it keeps of a session beside its figures; each has a method. */
  keeps?: readonly KeptThing[];
  /** A report of a live session has nothing new oftener than that, or costs too much to be read oftener, seconds. */
  reportEverySeconds?: number;
  /** One sentence for each thing that the provider cannot tell, to stand where it would be shown. */
  cannotTell?: Readonly<Partial<Record<Untold, string>>>;
}

/** What a provider may be unable to tell: live sessions, or a part of a report. */
export type Untold =
  | 'live'
  | 'quality'
  | 'connection'
  | 'network'
  | 'device'
  | 'deviceChanges'
  | 'events'
  | 'aggregates';

/** One connection's provider, ready to ask. Every method rejects with a `CallError`. */
export interface CallProvider {
  readonly id: ProviderId;
  readonly capabilities: Capabilities;
  /** Asks for as little as shows that key and settings are right. */
  check(signal: AbortSignal): Promise<void>;
  /** Only where `capabilities.apps`. */
  listApps?(query: AppQuery, signal: AbortSignal): Promise<Page<App>>;
  listRooms(query: RoomQuery, signal: AbortSignal): Promise<Page<Room>>;
  listSessions(query: SessionQuery, signal: AbortSignal): Promise<Page<Session>>;
  /** One session with its breakout rooms. */
  getSession(ref: SessionRef, signal: AbortSignal): Promise<Session>;
  listParticipants(query: ParticipantQuery, signal: AbortSignal): Promise<Page<Participant>>;
  getReport(ref: ParticipantRef, signal: AbortSignal): Promise<ReportResult>;
  /** Sessions with this id, wherever this connection can see; empty when there is none. */
  findSession(id: string, signal: AbortSignal, options?: FindOptions<SessionRef, Session>): Promise<SessionRef[]>;
  /** Stays with this participant id, where they can be found without their session; empty when there is none. */
  findParticipant?(
    id: string,
    signal: AbortSignal,
    options?: FindOptions<ParticipantRef, Participant>,
  ): Promise<ParticipantRef[]>;
  /** The room that an id of another kind stands for (Whereby: of a meeting); undefined when there is none. */
  findRoom?(id: string, signal: AbortSignal): Promise<Room | undefined>;
  /** Ids of the apps, asked for once; only where `capabilities.apps`. */
  knownApps?(signal: AbortSignal): Promise<string[]>;
  /** What was written. Where there is nothing (yet, any more), `NotYetAvailable` says why in a sentence. */
  getChat?(ref: SessionRef, signal: AbortSignal): Promise<Chat>;
  /** What was said; as {@link getChat}. */
  getTranscript?(ref: SessionRef, signal: AbortSignal): Promise<Transcript>;
  /** As {@link getChat}. */
  getSummary?(ref: SessionRef, signal: AbortSignal): Promise<Summary>;
  /** Has a summary made, which may cost, and waits for it. The only method that changes anything at the provider. */
  makeSummary?(ref: SessionRef, signal: AbortSignal): Promise<Summary>;
  /** What was recorded, the earliest first. */
  listRecordings?(ref: SessionRef, signal: AbortSignal): Promise<Recording[]>;
  /** A link that opens a file of a recording without a key: a secret, for the browser only. */
  recordingLink?(ref: SessionRef, fileId: string, signal: AbortSignal): Promise<string>;
  /** How far back {@link findSession} looks, hours; missing where an id is enough to find any session. */
  readonly findsBackHours?: number;
}

/** How something is looked up. */
export interface FindOptions<Ref, Item> {
  /** Only by the API's direct way for a session id: nothing else that the id could be is tried. */
  direct?: boolean;
  /** Only in this app. */
  appId?: string;
  /** Called with each as soon as it is found, with its facts where the answer held them. */
  onFound?(ref: Ref, item?: Item): void;
}

/** What the user entered for a connection, checked: settings are no secrets, secrets are nothing else. */
export interface ConnectionValues {
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
}

/** What a provider gets from its surroundings. */
export interface ProviderServices {
  connectionId: string;
  /** One line a request; the text is masked already. */
  log: (level: 'debug' | 'info' | 'warn', line: string) => void;
  redactor: Redactor;
  /** Overall time for one request with its retries' waits left out, ms. Read at each request. */
  timeoutMs: () => number;
  /** First wait before a request is tried again, ms; it doubles each time. Default 500. */
  backOffMs?: number;
  /** Absolute path of the worker bundle that reads reports. */
  reportWorkerPath: string;
}
