import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { ProviderServices } from '../contract';
import { isLoopback } from '../form';
import { ExchangeFailure, exchange, type Incoming } from './attempt';
import { formatBytes } from './bytes';
import { isTransient, networkError } from './failures';
import { backOffMs, cancelled, MAX_RETRIES, wait } from './retry';

/** Cap on a file of text, bytes: a transcript of a whole day is about 10 MB. */
const MAX_BYTES = 64_000_000;
/** Storage services send on to the region that holds the file. */
const MAX_REDIRECTS = 3;
const BACK_OFF_MS = 500;
/** A file may take this many times as long as an answer of the API. */
const PATIENCE = 4;

/** Asks the provider for a link; each call for a new one. */
export type LinkSource = (signal: AbortSignal) => Promise<string>;

/**
 * Files behind pre-signed links. A link is a secret that opens its file by itself: it is fetched without any key, only
 * over https (or on loopback, where the provider is there too), and stands in no log, error or state. A link that has
 * expired is asked for once more.
 */
export class Downloads {
  /** `baseUrl` of the provider tells whether links to loopback are to be trusted. */
  constructor(
    readonly services: ProviderServices,
    readonly baseUrl: string,
  ) {}

  /** The file's bytes, decompressed. `what` stands in sentences: `the transcript`. */
  async bytes(link: LinkSource, what: string, signal: AbortSignal): Promise<Uint8Array> {
    const first = await this.#follow(await link(signal), what, signal);
    if (isGood(first)) return first.body;
    if (!hasExpired(first)) throw refusal(first, what);
    const second = await this.#follow(await link(signal), what, signal);
    if (isGood(second)) return second.body;
    throw refusal(second, what);
  }

  /** The link, checked, for a browser to open. */
  checked(link: unknown, what: string): URL {
    const url = typeof link === 'string' && URL.canParse(link) ? new URL(link) : undefined;
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && this.#bothLocal(url))) return url;
    throw new CallError(
      'BadResponse',
      l10n.t('The provider gave no usable link to {0}: only https is followed.', what),
    );
  }

  #bothLocal({ hostname }: URL): boolean {
    return isLoopback(hostname) && URL.canParse(this.baseUrl) && isLoopback(new URL(this.baseUrl).hostname);
  }

  async #follow(link: string, what: string, signal: AbortSignal): Promise<Incoming> {
    let url = this.checked(link, what);
    for (let hops = 0; ; hops++) {
      const answer = await this.#get(url, what, signal);
      const location = answer.header('location');
      if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
      if (hops >= MAX_REDIRECTS)
        throw new CallError('BadResponse', l10n.t('The link to {0} leads in circles. Try again.', what));
      url = this.checked(URL.canParse(location, url.href) ? new URL(location, url.href).href : undefined, what);
    }
  }

  async #get(url: URL, what: string, signal: AbortSignal): Promise<Incoming> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(url, what, signal);
      const again = outcome instanceof CallError ? outcome.kind === 'Network' : isBusy(outcome);
      if (!again || attempt >= MAX_RETRIES) {
        if (outcome instanceof CallError) throw outcome;
        return outcome;
      }
      await wait(backOffMs(this.services.backOffMs ?? BACK_OFF_MS, attempt), signal);
    }
  }

  /** An answer, or why there is none where another attempt may get one. The file's address is never told. */
  async #attempt(url: URL, what: string, signal: AbortSignal): Promise<Incoming | CallError> {
    if (signal.aborted) throw cancelled();
    const start = performance.now();
    const log = (outcome: string) => {
      const took = Math.round(performance.now() - start);
      this.services.log('debug', `GET ${what} from ${url.host} ${outcome} ${took} ms`);
    };
    try {
      const timeoutMs = this.services.timeoutMs() * PATIENCE;
      const headers = { Accept: '*/*' };
      const answer = await exchange({ method: 'GET', url, headers, maxBytes: MAX_BYTES, timeoutMs }, signal);
      log(`${answer.status} ${answer.body.byteLength} B`);
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof ExchangeFailure)) throw networkError('', url.host, undefined);
      log(thrown.error.kind);
      const { kind, text } = thrown.error;
      if (thrown.tooLarge) {
        throw new CallError(
          kind,
          l10n.t('The file of {0} has more than {1}; it was not read.', what, formatBytes(MAX_BYTES)),
        );
      }
      if (thrown.code !== undefined && isTransient(thrown.code)) return new CallError('Network', text);
      throw new CallError(kind, text);
    }
  }
}

function isGood({ status }: Incoming): boolean {
  return status >= 200 && status < 300;
}

function isBusy({ status }: Incoming): boolean {
  return status === 429 || status >= 500;
}

/** S3 answers 403 and CloudFront 403 for what has expired, GCS 400 with `ExpiredToken`, others 401 or 410. */
function hasExpired({ status, body }: Incoming): boolean {
  if (status === 401 || status === 403 || status === 410) return true;
  return status === 400 && /expired/i.test(new TextDecoder().decode(body.subarray(0, 4000)));
}

/** What the storage says is left out: it quotes the link. */
function refusal(answer: Incoming, what: string): CallError {
  const { status } = answer;
  if (hasExpired(answer)) {
    const text = l10n.t(
      'The link to {0} was refused ({1}), and so was a new one. The file may be gone; try again later.',
      what,
      status,
    );
    return new CallError('NotFound', text, { status });
  }
  if (status === 404) {
    const text = l10n.t('The file of {0} is gone (404): the provider keeps it for a time only.', what);
    return new CallError('NotFound', text, { status });
  }
  const text = l10n.t('The storage that holds {0} answered {1}. Try again later.', what, status);
  return new CallError('BadResponse', text, { status });
}
