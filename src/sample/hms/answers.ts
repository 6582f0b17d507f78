import type { SampleAnswer } from '../provider';

/** A refusal; the handler that throws it is answered with its status. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details?: readonly string[],
  ) {
    super(message);
  }
}

export function ok(body: unknown): SampleAnswer {
  return { status: 200, body };
}

/** 100ms' error: the status once more, a message, and sometimes details. */
export function failure(status: number, message: string, details?: readonly string[]): SampleAnswer {
  return { status, body: { code: status, message, ...(details && { details }) } };
}

const STANDARD = 10;
const LARGEST = 100;

/** A row of a list: the newest first is the largest id first. */
export interface Row {
  id: string;
}

/**
 * One page of rows, the largest id first: `start` is exclusive, `last` is the id of the page's last row on the final page
 * too, and `data` is null when there is nothing. `make` is called for the page's rows only.
 */
export function page<R extends Row>(
  rows: readonly R[],
  query: URLSearchParams,
  make: (row: R) => unknown,
): SampleAnswer {
  const limit = number(query, 'limit', STANDARD, 10, LARGEST);
  const start = query.get('start') ?? '';
  const behind = [...rows].sort((a, b) => (a.id < b.id ? 1 : -1)).filter(({ id }) => start === '' || id < start);
  const data = behind.slice(0, limit);
  const last = data.at(-1)?.id;
  return ok({ limit, data: data.length > 0 ? data.map(make) : null, ...(last !== undefined && { last }) });
}

/** A whole number within bounds. */
export function number(query: URLSearchParams, name: string, standard: number, min: number, max: number): number {
  const text = query.get(name);
  if (text === null) return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Refused(400, `${name} must be between ${min} and ${max}`);
  }
  return value;
}

/** `true` or `false`; undefined when missing. */
export function flag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (text !== 'true' && text !== 'false') throw new Refused(400, `invalid value for ${name}`);
  return text === 'true';
}

/** A date-time as epoch ms; undefined when missing. */
export function moment(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) throw new Refused(400, `invalid value for ${name}`);
  return value;
}
