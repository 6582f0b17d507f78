import * as l10n from '@vscode/l10n';
import pLimit, { type LimitFunction } from 'p-limit';
import { CallError, isCallError } from '../../core/errors';
import type { Redactor } from '../../core/redact';
import { ExchangeFailure, exchange, type Incoming, type Outgoing } from './attempt';
import { parseJson, tryParseJson } from './body';
import { type ErrorReading, isTransient, statusError } from './failures';
import {
  backOffMs,
  cancelled,
  LONGEST_WAIT_MS,
  MAX_RETRIES,
  orCancelled,
  parseRetryAfter,
  readDate,
  wait,
} from './retry';
import { type QueryValue, requestUrl } from './url';

/** Requests in flight at a time, for one connection, unless its provider allows less. */
const IN_FLIGHT = 4;
/** Redirects followed within the same origin. */
const MAX_REDIRECTS = 3;
/** Cap on a body unless the request says otherwise, bytes. */
const MAX_BYTES = 32_000_000;
/** First back-off, ms; four times as long after 429, which asks for more patience than a hiccup. */
const BACK_OFF_MS = 500;

/** One request, in the provider's terms. */
export interface HttpRequest {
  /** Appended to the base URL; starts with a slash, ids are encoded already. */
  path: string;
  query?: Readonly<Record<string, QueryValue>>;
  /** `POST` is never retried: it may have worked. */
  method?: 'GET' | 'POST';
  /** What is asked for, to stand in a sentence: `this session`. */
  what: string;
  /** Cap on the decompressed body, bytes. */
  maxBytes?: number;
}

/** What a client needs to know of its provider and connection. */
export interface HttpOptions {
  /** The provider's name, for sentences. */
  name: string;
  baseUrl: string;
  /** Auth headers, read at each attempt. Their values must be registered with the redactor. */
  headers: () => Readonly<Record<string, string>>;
  /** Reads the provider's own error body; undefined when the body is no JSON. `raw` is the body as it came. */
  readError: (body: unknown, status: number, raw: Uint8Array) => ErrorReading;
  /**
   * Where the provider says elsewhere than in `Retry-After` how long to wait, ms; that header wins. `body` is undefined
   * when it is no JSON.
   */
  readWait?: (body: unknown, header: (name: string) => string | undefined, now: number) => number | undefined;
  log(level: 'debug' | 'info' | 'warn', line: string): void;
  redactor: Redactor;
  /** For one attempt, ms. */
  timeoutMs: () => number;
  /** First wait before another attempt, ms; doubles each time. */
  backOffMs?: number;
  /** Requests in flight at a time; default 4. */
  inFlight?: number;
}

/**
 * The HTTP client of one connection. Few requests are in flight at a time; a `GET` is tried up to three times when the
 * connection breaks or the answer is 429 or 5xx. Keys go to the base URL's origin only. Everything thrown is a
 * `CallError` without secrets.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #limit: LimitFunction;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limit = pLimit(options.inFlight ?? IN_FLIGHT);
  }

  /** `RealtimeKit at api.cloudflare.com`, for sentences. */
  get who(): string {
    const { name, baseUrl } = this.#options;
    return URL.canParse(baseUrl)
      ? l10n.t({ message: '{0} at {1}', args: [name, new URL(baseUrl).host], comment: ['a provider and its host'] })
      : name;
  }

  /** The answer's body, read as JSON. */
  async json(request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    const body = await this.bytes(request, signal);
    return this.#clean(() => parseJson(body, this.who));
  }

  /** The answer's body as it came, decompressed. */
  async bytes(request: HttpRequest, signal: AbortSignal): Promise<Uint8Array> {
    const url = await this.#clean(() => requestUrl(this.#options.baseUrl, request.path, request.query));
    return this.#clean(() => this.#send(request, url, signal));
  }

  async #send(request: HttpRequest, url: URL, signal: AbortSignal): Promise<Uint8Array> {
    const retries = (request.method ?? 'GET') === 'GET' ? MAX_RETRIES : 0;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(request, url, attempt, signal);
      if (outcome instanceof Uint8Array) return outcome;
      const base = (this.#options.backOffMs ?? BACK_OFF_MS) * (outcome.error.kind === 'RateLimited' ? 4 : 1);
      const pause = outcome.error.retryAfterMs ?? backOffMs(base, attempt);
      if (!outcome.again || attempt >= retries || pause > LONGEST_WAIT_MS) throw outcome.error;
      await wait(pause, signal);
    }
  }

  async #attempt(
    request: HttpRequest,
    url: URL,
    attempt: number,
    signal: AbortSignal,
  ): Promise<Uint8Array | { error: CallError; again: boolean }> {
    try {
      const answer = await this.#queued(request, url, attempt, signal);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const { status } = answer;
      return { error: this.#refusal(request, answer), again: status === 429 || status >= 500 };
    } catch (thrown) {
      if (!(thrown instanceof ExchangeFailure)) throw thrown;
      return { error: thrown.error, again: thrown.code !== undefined && isTransient(thrown.code) };
    }
  }

  /** Waits for a free place, sends, and follows redirects within the origin. */
  #queued(request: HttpRequest, url: URL, attempt: number, signal: AbortSignal): Promise<Incoming> {
    const work = this.#limit(async () => {
      if (signal.aborted) throw cancelled();
      let target = url;
      for (let hops = 0; ; hops++) {
        const answer = await this.#logged(request, target, attempt, signal);
        if (answer.status < 300 || answer.status > 399) return answer;
        if (hops >= MAX_REDIRECTS) {
          throw new CallError('BadResponse', l10n.t('{0} redirects in circles. Check the base URL.', this.who));
        }
        target = this.#redirect(answer, target);
      }
    });
    return orCancelled(work, signal);
  }

  #redirect(answer: Incoming, from: URL): URL {
    const { status } = answer;
    const location = answer.header('location');
    const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
    if (!to) {
      throw new CallError('BadResponse', l10n.t('{0} answered {1} without saying where to go.', this.who, status), {
        status,
      });
    }
    if (to.origin !== from.origin) {
      const place = to.origin === 'null' ? l10n.t('another place') : to.origin;
      const text = l10n.t(
        '{0} redirects to {1}. That was not followed, so that the key goes to no other place. Check the base URL.',
        this.who,
        place,
      );
      throw new CallError('BadResponse', text, { status });
    }
    return to;
  }

  async #logged(request: HttpRequest, url: URL, attempt: number, signal: AbortSignal): Promise<Incoming> {
    const { headers, timeoutMs } = this.#options;
    const outgoing: Outgoing = {
      method: request.method ?? 'GET',
      url,
      headers: headers(),
      maxBytes: request.maxBytes ?? MAX_BYTES,
      timeoutMs: timeoutMs(),
    };
    const start = performance.now();
    const log = (outcome: string) => {
      const took = Math.round(performance.now() - start);
      const line = `${outgoing.method} ${url.href} ${outcome} ${took} ms, attempt ${attempt + 1}`;
      this.#options.log('debug', this.#options.redactor.mask(line));
    };
    try {
      const answer = await exchange(outgoing, signal);
      log(`${answer.status} ${answer.body.byteLength} B`);
      return answer;
    } catch (thrown) {
      log(thrown instanceof ExchangeFailure ? `${thrown.error.kind} ${thrown.code ?? ''}` : 'failed');
      throw thrown;
    }
  }

  #refusal(request: HttpRequest, answer: Incoming): CallError {
    const { status, header } = answer;
    const { readError, readWait } = this.#options;
    const body = tryParseJson(answer.body);
    // A date in the answer is by the sender's clock, which may be far from ours.
    const now = readDate(header('date')) ?? Date.now();
    return statusError({
      who: this.who,
      what: request.what,
      status,
      reading: readError(body, status, answer.body),
      retryAfterMs: parseRetryAfter(header('retry-after'), now) ?? readWait?.(body, header, now),
    });
  }

  /** Runs the work; what it throws comes out as a `CallError` whose text holds no secret and which has no cause. */
  async #clean<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (!isCallError(thrown)) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        const text = l10n.t('The request to {0} failed: {1}', this.who, reason);
        throw new CallError('BadResponse', this.#options.redactor.mask(text));
      }
      const { kind, status, retryAfterMs, field, said } = thrown;
      const { redactor } = this.#options;
      throw new CallError(kind, redactor.mask(thrown.text), {
        status,
        retryAfterMs,
        field,
        ...(said !== undefined && { said: redactor.mask(said) }),
      });
    }
  }
}
