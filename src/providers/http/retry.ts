import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';

/** Attempts after the first. */
export const MAX_RETRIES = 2;

/** A provider that asks us to wait longer than this is not waited for: the person decides, ms. */
export const LONGEST_WAIT_MS = 20_000;

/**
 * `Retry-After` of RFC 9110 section 10.2.3, seconds or an HTTP date, as ms from `now`,
 * the sender's clock; undefined when absent or unreadable.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = readDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/** An HTTP date of RFC 9110 section 5.6.7 as epoch ms; undefined for anything else. */
export function readDate(value: string | undefined): number | undefined {
  // It starts with a day's name; Date.parse alone would take "-5" for a year.
  const date = value !== undefined && /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** Exponential back-off with jitter in its upper half, ms; `attempt` counts from 0, `random` gives 0..1. */
export function backOffMs(base: number, attempt: number, random: () => number = Math.random): number {
  return base * 2 ** attempt * (0.5 + random() / 2);
}

/** Resolves after `ms`, or rejects with `Cancelled` as soon as the signal fires. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const stop = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Gives the promise's outcome, or rejects with `Cancelled` as soon as the signal fires. */
export function orCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The error of work that the person stopped. */
export function cancelled(): CallError {
  return new CallError('Cancelled', l10n.t('Cancelled.'));
}

/** A wait in words: `40 seconds`, `5 minutes`. */
export function waitInWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return seconds === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? l10n.t('{0} minutes', minutes) : l10n.t('{0} hours', Math.ceil(minutes / 60));
}
