import * as l10n from '@vscode/l10n';
import type { ConnectionValues, ProviderServices } from '../contract';
import { HttpClient, type HttpRequest } from '../http/client';
import { segment } from '../http/url';
import { STANDARD_BASE_URL } from './descriptor';
import { readError } from './errors';

/** Cap on a peer report's body, bytes: an hour of many streams is about 31 MB. */
const REPORT_BYTES = 256_000_000;

type Order = 'ASC' | 'DESC';

export interface PageParams {
  page_no?: number;
  per_page?: number;
}
export interface AppParams extends PageParams {
  search?: string;
  sort_order?: Order;
}
export interface MeetingParams extends PageParams {
  start_time?: string;
  end_time?: string;
  search?: string;
  status?: string;
}
export interface SessionParams extends PageParams {
  sort_by?: 'minutesConsumed' | 'createdAt';
  sort_order?: Order;
  start_time?: string;
  end_time?: string;
  status?: 'LIVE' | 'ENDED';
  search?: string;
  /** The meeting's id. */
  associated_id?: string;
  /** Count range, `min:max`. */
  participants?: string;
}
export interface ParticipantParams extends PageParams {
  search?: string;
  sort_by?: 'joinedAt' | 'duration';
  sort_order?: Order;
  view?: 'raw' | 'consolidated';
}
/** What `filters` can name. Its effect on today's report is not documented, so that nothing sends it by default. */
export type ReportFilter =
  | 'device_info'
  | 'ip_information'
  | 'precall_network_information'
  | 'events'
  | 'quality_stats';
export interface ReportParams {
  filters?: ReportFilter;
}
export interface TranscriptParams {
  format?: 'SRT' | 'VTT' | 'JSON' | 'CSV';
}
export interface RecordingParams extends PageParams {
  meeting_id?: string;
  start_time?: string;
  end_time?: string;
}

/** RealtimeKit's endpoints, one method each. Answers come back as parsed JSON, unchecked; the report as bytes. */
export class RealtimeKitClient {
  readonly #http: HttpClient;
  readonly #account: string;

  constructor(values: ConnectionValues, services: ProviderServices) {
    const token = values.secrets.apiToken ?? '';
    services.redactor.add(token);
    this.#account = values.settings.accountId ?? '';
    this.#http = new HttpClient({
      name: 'RealtimeKit',
      baseUrl: values.settings.baseUrl || STANDARD_BASE_URL,
      headers: () => ({ Authorization: `Bearer ${token}` }),
      readError,
      log: services.log,
      redactor: services.redactor,
      timeoutMs: services.timeoutMs,
      backOffMs: services.backOffMs,
    });
  }

  /** Who answers, for sentences. */
  get who(): string {
    return this.#http.who;
  }

  apps(params: AppParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/apps', { ...params }, l10n.t('the apps of this account'), signal);
  }

  meetings(app: string, params: MeetingParams, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/${segment(app)}/meetings`, { ...params }, l10n.t('the meetings of this app'), signal);
  }

  sessions(app: string, params: SessionParams, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/${segment(app)}/sessions`, { ...params }, l10n.t('the sessions of this app'), signal);
  }

  session(app: string, session: string, signal: AbortSignal): Promise<unknown> {
    const query = { include_breakout_rooms: true };
    return this.#get(`/${segment(app)}/sessions/${segment(session)}`, query, l10n.t('this session'), signal);
  }

  participants(app: string, session: string, params: ParticipantParams, signal: AbortSignal): Promise<unknown> {
    const path = `/${segment(app)}/sessions/${segment(session)}/participants`;
    return this.#get(
      path,
      { ...params, include_peer_events: true },
      l10n.t('the participants of this session'),
      signal,
    );
  }

  participant(app: string, session: string, participant: string, signal: AbortSignal): Promise<unknown> {
    const path = `/${segment(app)}/sessions/${segment(session)}/participants/${segment(participant)}`;
    return this.#get(
      path,
      { include_peer_events: true },
      l10n.t({ message: 'this participant', comment: ['what is asked for'] }),
      signal,
    );
  }

  /** The peer report as it came, JSON in UTF-8. No session id stands in its path. */
  peerReport(app: string, peer: string, params: ReportParams, signal: AbortSignal): Promise<Uint8Array> {
    const request = this.#request(
      `/${segment(app)}/sessions/peer-report/${segment(peer)}`,
      { ...params, include_peer_events: true },
      l10n.t('the report of this participant'),
    );
    return this.#http.bytes({ ...request, maxBytes: REPORT_BYTES }, signal);
  }

  chat(app: string, session: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(
      `/${segment(app)}/sessions/${segment(session)}/chat`,
      {},
      l10n.t('the chat of this session'),
      signal,
    );
  }

  transcript(app: string, session: string, params: TranscriptParams, signal: AbortSignal): Promise<unknown> {
    const path = `/${segment(app)}/sessions/${segment(session)}/transcript`;
    return this.#get(path, { ...params }, l10n.t('the transcript of this session'), signal);
  }

  summary(app: string, session: string, signal: AbortSignal): Promise<unknown> {
    const path = `/${segment(app)}/sessions/${segment(session)}/summary`;
    return this.#get(path, {}, l10n.t('the summary of this session'), signal);
  }

  /** The only request that is no `GET`. */
  makeSummary(app: string, session: string, signal: AbortSignal): Promise<unknown> {
    const request = this.#request(
      `/${segment(app)}/sessions/${segment(session)}/summary`,
      {},
      l10n.t('a summary of this session'),
    );
    return this.#http.json({ ...request, method: 'POST' }, signal);
  }

  recordings(app: string, params: RecordingParams, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/${segment(app)}/recordings`, { ...params }, l10n.t('the recordings of this session'), signal);
  }

  recording(app: string, recording: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/${segment(app)}/recordings/${segment(recording)}`, {}, l10n.t('this recording'), signal);
  }

  async #get(path: string, query: HttpRequest['query'], what: string, signal: AbortSignal): Promise<unknown> {
    return this.#http.json(this.#request(path, query, what), signal);
  }

  #request(path: string, query: HttpRequest['query'], what: string): HttpRequest {
    return { path: `/accounts/${segment(this.#account)}/realtime/kit${path}`, query, what };
  }
}
