import type { ErrorReading } from '../http/failures';
import { member } from '../records';

/**
 * Cloudflare's general codes for a key that is malformed or unknown, which come with 400 as well: 6003 and 6111 invalid
 * request headers and Authorization header, 9106 and 9109 missing or invalid token, 10000 authentication error,
 * 10001 not authenticated.
 */
const KEY_CODES: ReadonlySet<number> = new Set([6003, 6111, 9106, 9109, 10000, 10001]);

/**
 * Reads RealtimeKit's `{error: {code, message}}`, the gateway's `{errors: [{code, message}]}` and the bare
 * `{code, message}`. Code 10100 and status 429 mean throttling.
 */
export function readError(body: unknown, status: number): ErrorReading {
  const entries = [member(body, 'error'), ...list(member(body, 'errors')), body].map((entry) => ({
    code: member(entry, 'code'),
    message: typeof entry === 'string' ? entry : member(entry, 'message'),
    chain: list(member(entry, 'error_chain')),
  }));
  const codes = entries
    .flatMap((entry) => [entry.code, ...entry.chain.map((link) => member(link, 'code'))])
    .map(Number);
  const message = entries.map((entry) => entry.message).find((text) => typeof text === 'string' && text.trim() !== '');
  const reading: ErrorReading = typeof message === 'string' ? { message } : {};
  if (status !== 403 && codes.some((code) => KEY_CODES.has(code))) return { ...reading, kind: 'Auth' };
  return reading;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
