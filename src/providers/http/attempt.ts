import * as l10n from '@vscode/l10n';
import axios, { type AxiosError } from 'axios';
import { CallError } from '../../core/errors';
import { formatBytes } from './bytes';
import { networkError } from './failures';
import { cancelled } from './retry';

/** One exchange, as it goes out. */
export interface Outgoing {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Cap on the body after decompression, bytes. */
  maxBytes: number;
  /** For everything up to the last byte of the body, ms. */
  timeoutMs: number;
}

/** One answer, whatever its status. */
export interface Incoming {
  status: number;
  /** Names in lower case. */
  header: (name: string) => string | undefined;
  body: Uint8Array;
}

/** A failed exchange; `code` is Node's error code where the connection is to blame. */
export class ExchangeFailure extends Error {
  constructor(
    readonly error: CallError,
    readonly code?: string,
    /** The body had more bytes than the request can hold. */
    readonly tooLarge = false,
  ) {
    super(error.message);
  }
}

// Node's own modules, which VS Code patches with its proxy and certificates; so axios gets no agent and no proxy.
const http = axios.create({
  adapter: 'http',
  proxy: false,
  maxRedirects: 0,
  responseType: 'arraybuffer',
  transformResponse: [],
  validateStatus: () => true,
});

/** Sends one request and reads the whole answer. Throws an {@link ExchangeFailure}. */
export async function exchange(outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
  const { method, url, headers, maxBytes, timeoutMs } = outgoing;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await http.request<Buffer>({
      method,
      url: url.href,
      headers: { Accept: 'application/json', 'User-Agent': 'Peerscope', ...headers },
      maxContentLength: maxBytes,
      signal: AbortSignal.any([signal, deadline]),
    });
    return {
      status: answer.status,
      header: (name) => {
        const value: unknown = answer.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
      body: answer.data,
    };
  } catch (thrown) {
    throw failure(thrown as AxiosError, outgoing, signal, deadline);
  }
}

function failure(thrown: AxiosError, outgoing: Outgoing, signal: AbortSignal, deadline: AbortSignal): ExchangeFailure {
  const { url, maxBytes, timeoutMs } = outgoing;
  if (signal.aborted) return new ExchangeFailure(cancelled());
  if (deadline.aborted) {
    const text = l10n.t(
      '{0} did not answer in full within {1} s. Try again, or raise the setting "peerscope.requestTimeoutSeconds".',
      url.host,
      timeoutMs / 1000,
    );
    return new ExchangeFailure(new CallError('TimedOut', text));
  }
  if (thrown.message.includes('maxContentLength')) {
    const text = l10n.t(
      '{0} answered with more than {1}, which is more than this request can hold; the answer was dropped. Check the base URL, or ask for fewer rows.',
      url.host,
      formatBytes(maxBytes),
    );
    return new ExchangeFailure(new CallError('BadResponse', text), undefined, true);
  }
  // Happy eyeballs give an AggregateError whose parts hold the reason.
  const cause: unknown = thrown.cause ?? thrown;
  const code = /^Z_|^ERR_.*(DECODING|BROTLI)|incorrect header check/.test(thrown.code ?? '')
    ? 'Z_DATA'
    : (thrown.code ?? '');
  if (code === 'Z_DATA') {
    const text = l10n.t('{0} answered with a body whose compression is damaged. Try again.', url.host);
    return new ExchangeFailure(new CallError('BadResponse', text, { cause }));
  }
  return new ExchangeFailure(networkError(code, url.host, undefined), code);
}
