import type { SampleAnswer } from '../provider';

const DEFAULT_LIMIT = 10;
const LARGEST_LIMIT = 100;

/** Thrown for a parameter that cannot be read; the answer is a 400 with this message. */
export class BadParameter extends Error {}

/** A value that rows can be sorted by; null comes last in both directions. */
type Key = string | number | null;

/** What a list can be sorted by, and how it is sorted when nothing is asked for. */
export interface Sorting<Row> {
  fields: readonly (keyof Row & string)[];
  standard: `${string}:${'asc' | 'desc'}`;
  /** Tells rows apart that are equal otherwise. */
  id(row: Row): string;
}

interface Cursor {
  key: Key;
  id: string;
}

/**
 * One page as Whereby gives it: rows in the order that `sortBy` asks for, and a cursor while there is more. A cursor names
 * the last row that was given, so that rows which come in meanwhile neither repeat nor hide one.
 */
export function page<Row extends object>(
  rows: readonly Row[],
  query: URLSearchParams,
  sorting: Sorting<Row>,
): SampleAnswer {
  const { field, sign } = readSort(query, sorting);
  const limit = readLimit(query);
  const keyOf = (row: Row) => (row[field] ?? null) as Key;
  const compare = (a: Cursor, b: Cursor) => sign * order(a.key, b.key) || nulls(a.key, b.key) || order(a.id, b.id);
  const entries = rows.map((row) => ({ row, key: keyOf(row), id: sorting.id(row) })).sort(compare);
  const after = readCursor(query);
  const rest = after ? entries.filter((entry) => compare(entry, after) > 0) : entries;
  const given = rest.slice(0, limit);
  const last = given.at(-1);
  const more = rest.length > given.length && last;
  const cursor = more ? Buffer.from(JSON.stringify([last.key, last.id])).toString('base64url') : null;
  return { status: 200, body: { cursor, results: given.map(({ row }) => row) } };
}

function order(a: Key, b: Key): number {
  if (a === null || b === null || a === b) return 0;
  return a < b ? -1 : 1;
}

function nulls(a: Key, b: Key): number {
  return Number(a === null) - Number(b === null);
}

function readSort<Row>(query: URLSearchParams, { fields, standard }: Sorting<Row>) {
  const text = query.get('sortBy') ?? standard;
  const [name, direction, ...more] = text.split(':');
  const field = fields.find((candidate) => candidate === name);
  if (!field || more.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
    throw new BadParameter(`"sortBy" must be one of [${fields.join(', ')}] followed by :asc or :desc`);
  }
  return { field, sign: direction === 'asc' ? 1 : -1 };
}

function readLimit(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    throw new BadParameter(`"limit" must be between 1 and ${LARGEST_LIMIT}`);
  }
  return limit;
}

function readCursor(query: URLSearchParams): Cursor | undefined {
  const text = query.get('cursor');
  if (text === null) return undefined;
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [Key, string];
    if (typeof id === 'string' && (key === null || typeof key === 'string' || typeof key === 'number'))
      return { key, id };
  } catch {
    // Falls through to the refusal below.
  }
  throw new BadParameter('"cursor" is invalid');
}

/** An ISO 8601 date-time as epoch ms; undefined when missing. */
export function dateTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) throw new BadParameter(`"${name}" must be a valid ISO 8601 date`);
  return value;
}
