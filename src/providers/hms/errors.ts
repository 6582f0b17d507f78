import type { ErrorReading } from '../http/failures';
import { member } from '../records';

/** Reads 100ms' `{code, message, details}`; `details` is a list of texts that may be missing. */
export function readError(body: unknown): ErrorReading {
  const said = saidIn(body);
  return said === '' ? {} : { message: said };
}

/** No `Retry-After` is documented: the wait stands in the message, "retry after 45 seconds". In ms. */
export function readWait(body: unknown): number | undefined {
  const seconds = /retry after (\d+)/i.exec(saidIn(body))?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function saidIn(body: unknown): string {
  const message = text(member(body, 'message')) ?? text(member(body, 'error'));
  const list = member(body, 'details');
  const details = Array.isArray(list) ? list.flatMap((one) => text(one) ?? []) : [];
  return [message, ...details].filter((one) => one !== undefined).join(': ');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
