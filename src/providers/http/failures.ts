import * as l10n from '@vscode/l10n';
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
  const said = reading.message ? displayText(reading.message, 300) : undefined;
  const text = withWords(sentence(kind, who, what, status, retryAfterMs), said);
  return new CallError(kind, text, { status, retryAfterMs, ...(said !== undefined && { said }) });
}

/** A sentence about a provider, and what it said itself. */
export function withWords(sentence: string, said: string | undefined): string {
  return said === undefined ? sentence : l10n.t('{0} It said: "{1}".', sentence, said);
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
      return l10n.t('{0} did not accept the key ({1}). Edit the connection and enter a valid one.', who, status);
    case 'Forbidden':
      return l10n.t(
        "{who} does not allow this key to read {what} ({status}). Check the key's permissions and the account and app of the connection.",
        { who, what, status },
      );
    case 'NotFound':
      return l10n.t(
        '{who} does not know {what} ({status}). It may be gone, or belong to another account or app: check the connection.',
        { who, what, status },
      );
    case 'RateLimited': {
      return retryAfterMs === undefined
        ? l10n.t('{0} gets too many requests from this account ({1}). Try again in a few minutes.', who, status)
        : l10n.t('{who} gets too many requests from this account ({status}). Try again in {time}.', {
            who,
            status,
            time: waitInWords(retryAfterMs),
          });
    }
    case 'Network':
      return l10n.t(
        "A proxy between here and {0} wants a user name and password ({1}). Check VS Code's proxy settings.",
        who,
        status,
      );
    default:
      if (status >= 500) {
        return retryAfterMs === undefined
          ? l10n.t('{0} answered {1}: the service has a problem. Try again later.', who, status)
          : l10n.t('{who} answered {status}: the service has a problem. Try again in {time}.', {
              who,
              status,
              time: waitInWords(retryAfterMs),
            });
      }
      return l10n.t('{who} refused the request for {what} ({status}).', { who, what, status });
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
    return l10n.t(
      "The certificate of {0} was not accepted ({1}). If a company proxy signs its own, add its certificate to this system or check VS Code's proxy settings.",
      host,
      code,
    );
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return l10n.t(
        'The name {0} could not be found ({1}). Check the network connection, the DNS and the base URL.',
        host,
        code,
      );
    case 'ECONNREFUSED':
      return l10n.t(
        '{0} refused the connection ({1}). Check that the base URL is right and the service runs.',
        host,
        code,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return l10n.t('{0} cannot be reached from this network ({1}). Check the network connection and VPN.', host, code);
    case 'ETIMEDOUT':
      return l10n.t(
        '{0} did not answer the connection attempt ({1}). Check the network connection, VPN and proxy settings.',
        host,
        code,
      );
    default:
      if (code.startsWith('HPE_')) {
        return l10n.t('{0} answered with something that is not HTTP ({1}). Check the base URL.', host, code);
      }
      return l10n.t(
        "The connection to {0} broke ({1}). Check the network connection and VS Code's proxy settings, then try again.",
        host,
        code || l10n.t('no reason given'),
      );
  }
}
