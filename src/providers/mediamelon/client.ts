import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../core/errors';
import type { ConnectionValues, ProviderServices } from '../contract';
import { HttpClient } from '../http/client';
import { withWords } from '../http/failures';
import { segment } from '../http/url';
import { STANDARD_BASE_URL } from './descriptor';
import { readError } from './errors';

/** Cap on an answer's body, bytes: 1,000 rows of some twenty columns are about 1 MB. */
const MAX_BYTES = 64_000_000;

export type Granularity = 'auto' | 'minute' | '5minute' | '10minute' | 'hour' | 'day';

/** Parameters of `listsessions` and `metricquery`, as MediaMelon names them. What is missing is not sent. */
export interface Params {
  /** Epoch ms; sent as seconds. */
  period: { start: number; end: number };
  /** Metrics and dimensions; the one under study first. */
  metrics: readonly string[];
  /** `sessionid` for rows, a dimension for groups, `timestamp` for a trend. */
  aggby: string;
  sessiontype?: 'ended' | 'started';
  allstatus?: 0 | 1;
  filter?: string;
  qoefilter?: string;
  orderby?: string;
  order?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
  /** With `aggby: 'timestamp'` only. */
  granularity?: Granularity;
}

/** `listsessions` gives rows; `metricquery` takes the same parameters and is documented for groups. */
export type Endpoint = 'listsessions' | 'metricquery';

/** MediaMelon's endpoints. An answer comes back as it came. */
export class MediaMelonClient {
  readonly #http: HttpClient;
  readonly #customer: string;
  /** From the connection's settings, sent with each request: undefined is left out. */
  readonly #fixed: { concurrency?: string; businesserror?: string };

  constructor({ settings, secrets }: ConnectionValues, services: ProviderServices) {
    const key = secrets.apiKey ?? '';
    services.redactor.add(key);
    this.#customer = settings.customerId ?? '';
    this.#fixed = {
      concurrency: settings.concurrency || undefined,
      businesserror: settings.businessError || undefined,
    };
    this.#http = new HttpClient({
      name: 'MediaMelon',
      baseUrl: settings.baseUrl || STANDARD_BASE_URL,
      headers: () => ({ 'X-API-Key': key }),
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

  /** The body as it came. `what` is asked for, to stand in a sentence. */
  async ask(endpoint: Endpoint, params: Params, what: string, signal: AbortSignal): Promise<Uint8Array> {
    const path = `/${endpoint}/${segment(this.#customer)}?${queryText({ ...params, ...this.#fixed })}`;
    try {
      return await this.#http.bytes({ path, what, maxBytes: MAX_BYTES }, signal);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Says what 401, 403 and 404 mean here, which the general sentences cannot know. */
  #explained(error: unknown): unknown {
    if (!isCallError(error)) return error;
    const { kind, status = '', said } = error;
    const facts = { status: error.status, said };
    if (kind === 'Auth') {
      const sentence = l10n.t(
        '{0} did not accept the API key or the customer ID ({1}). Edit the connection and enter both again.',
        this.who,
        status,
      );
      return new CallError('Auth', withWords(sentence, said), facts);
    }
    if (kind === 'NotFound') {
      const sentence = l10n.t(
        '{0} has nothing at this address ({1}). Check the base URL and the customer ID of the connection.',
        this.who,
        status,
      );
      return new CallError('NotFound', withWords(sentence, said), facts);
    }
    return error;
  }
}

/**
 * The query string. Each value is percent-encoded whole, a space as `%20`: `period` holds `=` and `,` in one value, and
 * the documentation shows no `+`.
 */
export function queryText({
  period,
  metrics,
  ...rest
}: Params & { concurrency?: string; businesserror?: string }): string {
  const values: Record<string, string | number | undefined> = {
    period: `start=${Math.floor(period.start / 1000)},end=${Math.ceil(period.end / 1000)}`,
    metrics: metrics.join(','),
    ...rest,
  };
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`)
    .join('&');
}
