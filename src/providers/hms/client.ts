import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../core/errors';
import type { ConnectionValues, ProviderServices } from '../contract';
import { HttpClient, type HttpRequest } from '../http/client';
import { segment } from '../http/url';
import { STANDARD_BASE_URL } from './descriptor';
import { readError, readWait } from './errors';
import { ManagementTokens } from './tokens';

/** Cap on a list of sessions, bytes: each holds its peers, and a session of 5000 peers is over 1 MB. */
const SESSIONS_BYTES = 256_000_000;
/** Cap on peer statistics, bytes. */
const STATS_BYTES = 256_000_000;

export interface ListParams {
  limit?: number;
  /** Id of the last row of the page before. */
  start?: string;
}
export interface RoomParams extends ListParams {
  enabled?: boolean;
  name?: string;
  template_id?: string;
  /** Created from, both included. */
  after?: string;
  before?: string;
}
export interface SessionParams extends ListParams {
  active?: boolean;
  room_id?: string;
  /** Started from, both included. */
  after?: string;
  before?: string;
}
export interface ActivePeerParams {
  user_id?: string;
  role?: string;
}
export interface EventParams {
  room_id: string;
  type?: readonly string[];
  session_id?: string;
  peer_id?: string;
  user_id?: string;
  beam_id?: string;
  /** Failures only. */
  error?: boolean;
  limit?: number;
  /** `next` of the page before. */
  start?: string;
}
export interface WebhookParams {
  start_time?: string;
  end_time?: string;
  room_id?: string;
  status?: 'all' | 'failed' | 'success';
  event_names?: readonly string[];
  limit?: number;
  page?: number;
}
export interface RecordingParams extends ListParams {
  room_id?: string;
  session_id?: string;
  status?: string;
}

/**
 * 100ms' endpoints that read, one method each. Answers come back as parsed JSON, unchecked; statistics as bytes. A
 * management token may also end rooms and remove people: nothing but `GET` is ever sent.
 */
export class HmsClient {
  readonly #http: HttpClient;
  readonly #tokens: ManagementTokens;

  constructor(values: ConnectionValues, services: ProviderServices) {
    const tokens = new ManagementTokens(values.secrets, services.redactor);
    this.#tokens = tokens;
    this.#http = new HttpClient({
      name: '100ms',
      baseUrl: values.settings.baseUrl || STANDARD_BASE_URL,
      headers: () => ({ Authorization: `Bearer ${tokens.value}` }),
      readError,
      readWait,
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

  rooms(params: RoomParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/rooms', { ...params }, l10n.t('the rooms of this workspace'), signal);
  }

  room(room: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(
      `/rooms/${segment(room)}`,
      {},
      l10n.t({ message: 'this room', comment: ['what is asked for'] }),
      signal,
    );
  }

  sessions(params: SessionParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/sessions', { ...params }, l10n.t('the sessions of this workspace'), signal, SESSIONS_BYTES);
  }

  session(session: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/sessions/${segment(session)}`, {}, l10n.t('this session'), signal, SESSIONS_BYTES);
  }

  /** The peers that are in a room now. 404 when it is empty. */
  activePeers(room: string, params: ActivePeerParams, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/active-rooms/${segment(room)}/peers`, { ...params }, l10n.t('the people in this room'), signal);
  }

  events(params: EventParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/analytics/events', { ...params }, l10n.t('the events of this room'), signal);
  }

  webhooks(params: WebhookParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/analytics/webhooks', { ...params }, l10n.t('the webhook deliveries of this room'), signal);
  }

  recordings(params: RecordingParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/recordings', { ...params }, l10n.t('the recordings of this session'), signal);
  }

  recordingAssets(params: RecordingParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/recording-assets', { ...params }, l10n.t('the recording assets of this session'), signal);
  }

  /** A link that opens a file of a recording without a key. */
  presignedUrl(asset: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/recording-assets/${segment(asset)}/presigned-url`, {}, l10n.t('the link to this file'), signal);
  }

  /** Call statistics of one peer as they came, JSON in UTF-8. */
  peerStats(session: string, peer: string, signal: AbortSignal): Promise<Uint8Array> {
    const request: HttpRequest = {
      path: '/analytics/peer-stats',
      query: { peer_id: peer, session_id: session },
      what: l10n.t('the call statistics of this participant'),
      maxBytes: STATS_BYTES,
    };
    return this.#authorized(() => this.#http.bytes(request, signal));
  }

  #get(
    path: string,
    query: HttpRequest['query'],
    what: string,
    signal: AbortSignal,
    maxBytes?: number,
  ): Promise<unknown> {
    return this.#authorized(() => this.#http.json({ path, query, what, maxBytes }, signal));
  }

  /** Sends with a valid token; a signed one that is refused (401, on analytics 403) is renewed once. */
  async #authorized<T>(send: () => Promise<T>): Promise<T> {
    const used = await this.#tokens.ready();
    try {
      return await send();
    } catch (error) {
      if (!isRefusal(error) || !(await this.#tokens.renew(used))) throw error;
    }
    try {
      return await send();
    } catch (error) {
      if (!isRefusal(error) || error.kind !== 'Auth') throw error;
      const hint = l10n.t('Check access key and app secret, and that the clock of this computer is right.');
      throw new CallError('Auth', `${error.text} ${hint}`, { status: error.status });
    }
  }
}

function isRefusal(error: unknown): error is CallError {
  return isCallError(error) && (error.status === 401 || error.status === 403);
}
