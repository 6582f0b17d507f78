import type { ErrorReading } from '../http/failures';
import { member } from '../records';

/** The budget of points is per minute: a longer wait was misread, ms. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Reads an error body, whose shape is documented for 429 alone: the first text among `error`, `error.message`, `message`,
 * `detail`, `statusMessage` and `errors[0].message`.
 */
export function readError(body: unknown): ErrorReading {
  const errors = member(body, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const message = [
    member(body, 'error'),
    member(member(body, 'error'), 'message'),
    member(body, 'message'),
    member(body, 'detail'),
    member(body, 'statusMessage'),
    member(first, 'message') ?? first,
  ].find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof message === 'string' ? { message } : {};
}

/**
 * How long a 429 asks to wait, ms: `data.msLeft` of the body, else the header `X-RateLimit-Reset`, whose form is not
 * documented: an HTTP date, ISO, epoch s or ms, or seconds from now.
 */
export function readWait(body: unknown, header: (name: string) => string | undefined, now: number): number | undefined {
  const left = member(member(body, 'data'), 'msLeft');
  const ms = left === undefined || left === null || left === '' ? Number.NaN : Number(left);
  const wait = Number.isFinite(ms) ? ms : untilReset(header('x-ratelimit-reset'), now);
  return wait === undefined ? undefined : Math.min(LONGEST_WAIT_MS, Math.max(0, wait));
}

function untilReset(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text)) {
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : date - now;
  }
  const number = Number(text);
  if (number > 1e11) return number - now;
  return number > 1e9 ? number * 1000 - now : number * 1000;
}
