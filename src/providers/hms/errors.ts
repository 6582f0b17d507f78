import type { ErrorReading } from '../http/failures';
import { member } from '../records';

/**
 * Reads 100ms' `{code, message, details}`; `details` is a list of texts that may be missing. No `Retry-After` is
 * documented: the wait stands in the message ("retry after 45 seconds").
 */
export function readError(body: unknown): ErrorReading {
  const message = text(member(body, 'message')) ?? text(member(body, 'error'));
  const list = member(body, 'details');
  const details = Array.isArray(list) ? list.flatMap((one) => text(one) ?? []) : [];
  const said = [message, ...details].filter((one) => one !== undefined).join(': ');
  const seconds = /retry after (\d+)/i.exec(said)?.[1];
  return {
    ...(said && { message: said }),
    ...(seconds !== undefined && { retryAfterMs: Number(seconds) * 1000 }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
