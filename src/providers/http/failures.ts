import { CallError, type ErrorKind } from '../../core/errors';
import { displayText } from '../../core/text';
import { waitInWords } from './retry';

/** What a provider's error body says, read by the provider. */
export interface ErrorReading {
  /** In the provider's words, one sentence. */
  message?: string;
  /** Where the body is clearer than the status. */
  kind?: ErrorKind;
}

/** 407 comes from a proxy on the way, never from the provider (RFC 9110 section 15.5.8). */
const PROXY_AUTHENTICATION = 407;

/** What is needed to put a refusal into a sentence. */
export interface Refusal {
  /** `RealtimeKit at api.cloudflare.com`. */
  who: string;
  /** What was asked for: `this session`. */
  what: string;
  status: number;
  reading: ErrorReading;
  retryAfterMs?: number;
}

/** The error of an answer whose status is not 2xx. */
export function statusError({ who, what, status, reading, retryAfterMs }: Refusal): CallError {
  const kind = status === PROXY_AUTHENTICATION ? 'Network' : (reading.kind ?? kindOf(status));
  const said = reading.message ? ` It said: "${displayText(reading.message, 300)}".` : '';
  return new CallError(kind, `${sentence(kind, who, what, status, retryAfterMs)}${said}`, { status, retryAfterMs });
}

function kindOf(status: number): ErrorKind {
  if (status === 401) return 'Auth';
  if (status === 403) return 'Forbidden';
  if (status === 404 || status === 410) return 'NotFound';
  if (status === 429) return 'RateLimited';
  return 'BadResponse';
}

function sentence(kind: ErrorKind, who: string, what: string, status: number, retryAfterMs?: number): string {
  switch (kind) {
    case 'Auth':
      return `${who} did not accept the key (${status}). Edit the connection and enter a valid one.`;
    case 'Forbidden':
      return `${who} does not allow this key to read ${what} (${status}). Check the key's permissions and the account and app of the connection.`;
    case 'NotFound':
      return `${who} does not know ${what} (${status}). It may be gone, or belong to another account or app: check the connection.`;
    case 'RateLimited': {
      const wait = retryAfterMs === undefined ? 'a few minutes' : waitInWords(retryAfterMs);
      return `${who} gets too many requests from this account (${status}). Try again in ${wait}.`;
    }
    case 'Network':
      return `A proxy between here and ${who} wants a user name and password (${status}). Check VS Code's proxy settings.`;
    default:
      if (status >= 500) {
        const wait = retryAfterMs === undefined ? 'later' : `in ${waitInWords(retryAfterMs)}`;
        return `${who} answered ${status}: the service has a problem. Try again ${wait}.`;
      }
      return `${who} refused the request for ${what} (${status}).`;
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;

/** Whether the connection broke in a way that a second attempt can mend. */
export function isTransient(code: string): boolean {
  return !CERTIFICATE.test(code) && !code.startsWith('HPE_') && code !== 'EPROTO' && code !== 'ENOTFOUND';
}

/** The error of a request that got no answer; `code` is Node's or OpenSSL's. */
export function networkError(code: string, host: string, cause: unknown): CallError {
  return new CallError('Network', networkSentence(code, host), { cause });
}

function networkSentence(code: string, host: string): string {
  if (CERTIFICATE.test(code)) {
    return `The certificate of ${host} was not accepted (${code}). If a company proxy signs its own, add its certificate to this system or check VS Code's proxy settings.`;
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name ${host} could not be found (${code}). Check the network connection, the DNS and the base URL.`;
    case 'ECONNREFUSED':
      return `${host} refused the connection (${code}). Check that the base URL is right and the service runs.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return `${host} cannot be reached from this network (${code}). Check the network connection and VPN.`;
    case 'ETIMEDOUT':
      return `${host} did not answer the connection attempt (${code}). Check the network connection, VPN and proxy settings.`;
    default:
      if (code.startsWith('HPE_')) {
        return `${host} answered with something that is not HTTP (${code}). Check the base URL.`;
      }
      return `The connection to ${host} broke (${code || 'no reason given'}). Check the network connection and VS Code's proxy settings, then try again.`;
  }
}
