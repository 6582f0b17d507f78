import * as l10n from '@vscode/l10n';
import type { ConnectionValues, ProviderServices } from '../contract';
import { HttpClient, type HttpRequest } from '../http/client';
import { STANDARD_BASE_URL } from './descriptor';
import { readError, readWait } from './errors';

/** A read costs 1 to 10 points of as few as 100 a minute, so that many at a time only hit the limit sooner. */
const IN_FLIGHT = 2;
/** Cap on the body of a participant's samples, bytes: a day of four series every 2 s is about 3 MB. */
const SAMPLES_BYTES = 64_000_000;

export interface PageParams {
  sortBy?: string;
  cursor?: string;
  limit?: number;
}
export interface RoomParams extends PageParams {
  'roomName[exact]'?: string;
  'roomName[startsWith]'?: string;
  'roomName[contains]'?: string;
  'createdAt[from]'?: string;
  'createdAt[to]'?: string;
}
export interface RoomSessionParams extends PageParams {
  roomName: string;
  roomSessionId?: string;
}
/** Exactly one of the two ids is sent: what both together mean is not documented. */
export type ParticipantParams = PageParams & ({ roomSessionId: string } | { externalId: string });

/** Whereby's Insights endpoints, one method each. Answers come back as parsed JSON, unchecked; samples as bytes. */
export class WherebyClient {
  readonly #http: HttpClient;

  constructor(values: ConnectionValues, services: ProviderServices) {
    const key = values.secrets.apiKey ?? '';
    services.redactor.add(key);
    this.#http = new HttpClient({
      name: 'Whereby',
      baseUrl: values.settings.baseUrl || STANDARD_BASE_URL,
      headers: () => ({ Authorization: `Bearer ${key}` }),
      readError,
      readWait,
      log: services.log,
      redactor: services.redactor,
      timeoutMs: services.timeoutMs,
      backOffMs: services.backOffMs,
      inFlight: IN_FLIGHT,
    });
  }

  /** Who answers, for sentences. */
  get who(): string {
    return this.#http.who;
  }

  rooms(params: RoomParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/insights/rooms', { ...params }, l10n.t('the rooms'), signal);
  }

  /** A room by the id that its making was answered with. Its secret addresses come on request only, and are not asked for. */
  meeting(meetingId: string, signal: AbortSignal): Promise<unknown> {
    return this.#get(`/meetings/${encodeURIComponent(meetingId)}`, {}, l10n.t('the meeting with this ID'), signal);
  }

  roomSessions(params: RoomSessionParams, signal: AbortSignal): Promise<unknown> {
    return this.#get('/insights/room-sessions', { ...params }, l10n.t('the sessions of this room'), signal);
  }

  participants(params: ParticipantParams, signal: AbortSignal): Promise<unknown> {
    const what =
      'externalId' in params ? l10n.t('the sessions of this person') : l10n.t('the participants of this session');
    return this.#get('/insights/participants', { ...params }, what, signal);
  }

  /** The samples of one participant as they came, JSON in UTF-8. */
  participant(roomSessionId: string, participantId: string, signal: AbortSignal): Promise<Uint8Array> {
    const query = { roomSessionId, participantId };
    const what = l10n.t('the samples of this participant');
    return this.#http.bytes({ path: '/insights/participant', query, what, maxBytes: SAMPLES_BYTES }, signal);
  }

  #get(path: string, query: HttpRequest['query'], what: string, signal: AbortSignal): Promise<unknown> {
    return this.#http.json({ path, query, what }, signal);
  }
}
