import type { ErrorReading } from '../http/failures';
import { member } from '../records';

/** Words in `status` by which an answer calls itself a failure. */
const FAILED = /^(error|fail|failed)$/i;

/**
 * Reads whatever says what went wrong. MediaMelon documents status codes only, so the usual places are tried in turn.
 * 401 and 403 both mean that the key or the customer id is not accepted.
 */
export function readError(body: unknown, status: number, raw?: Uint8Array): ErrorReading {
  const message = errorMessage(body) ?? (raw && beginning(raw));
  return {
    ...(message !== undefined && { message }),
    ...((status === 401 || status === 403) && { kind: 'Auth' as const }),
  };
}

/** The first 200 characters of a body, unless it is a web page. */
function beginning(raw: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(raw.subarray(0, 800)).trim();
  return text === '' || text.startsWith('<') ? undefined : text.slice(0, 200);
}

/** The first text among the usual places of an error's message. */
export function errorMessage(body: unknown): string | undefined {
  const errors = member(body, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const error = member(body, 'error');
  return [
    member(body, 'message'),
    member(body, 'errorMessage'),
    error,
    member(error, 'message'),
    member(body, 'error_description'),
    member(body, 'detail'),
    member(first, 'message'),
    first,
    errors,
  ].find((value): value is string => typeof value === 'string' && value.trim() !== '');
}

/** Whether an answer without rows calls itself a failure in spite of its status. */
export function isFailure(body: unknown): boolean {
  const given = (name: string) => {
    const value = member(body, name);
    return value !== undefined && value !== null && value !== false && value !== '' && !isEmptyList(value);
  };
  if (['error', 'errors', 'message', 'errorMessage'].some(given)) return true;
  const status = member(body, 'status');
  return typeof status === 'string' ? FAILED.test(status) || Number(status) >= 400 : Number(status) >= 400;
}

/** The HTTP status that an answer names in its body; undefined when it names none. */
export function statedStatus(body: unknown): number | undefined {
  return [
    member(body, 'status'),
    member(body, 'statusCode'),
    member(body, 'code'),
    member(member(body, 'error'), 'code'),
  ]
    .map(Number)
    .find((value) => Number.isInteger(value) && value >= 400 && value < 600);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
