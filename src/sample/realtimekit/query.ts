import type { Paging } from './envelope';

const DEFAULT_PAGE = 25;
/** Asking for more gives this many: clients must count what they got. */
const LARGEST_PAGE = 100;

/** Thrown for a parameter that cannot be read; the answer is a 400 with this message. */
export class BadParameter extends Error {}

/** A number that is not negative; undefined when missing. */
export function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) throw new BadParameter(`"${name}" must be a number`);
  return value;
}

/** An ISO 8601 date-time as epoch ms; undefined when missing. */
export function dateTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) throw new BadParameter(`"${name}" must be in ISO 8601 date format`);
  return value;
}

/** One of the allowed words; undefined when missing. */
export function word<Word extends string>(
  query: URLSearchParams,
  name: string,
  allowed: readonly Word[],
): Word | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new BadParameter(`"${name}" must be one of [${allowed.join(', ')}]`);
  return found;
}

/** `true` or `false`; false when missing. */
export function flag(query: URLSearchParams, name: string): boolean {
  return word(query, name, ['true', 'false']) === 'true';
}

/** A range of counts written `min:max`, both included; undefined when missing. */
export function countRange(query: URLSearchParams, name: string): { min: number; max: number } | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const match = /^(\d+):(\d+)$/.exec(text);
  if (!match) throw new BadParameter(`"${name}" must be a range such as 1:10`);
  return { min: Number(match[1]), max: Number(match[2]) };
}

/** The search text in lower case; undefined when missing or empty. */
export function searchText(query: URLSearchParams): string | undefined {
  const text = query.get('search')?.trim().toLowerCase();
  return text === '' ? undefined : text;
}

/** The rows of the asked page (`page_no` from 1, `per_page`) and where they stand in the whole. */
export function page<Row>(rows: readonly Row[], query: URLSearchParams): { rows: Row[]; paging: Paging } {
  const size = Math.min(count(query, 'per_page') || DEFAULT_PAGE, LARGEST_PAGE);
  const first = ((count(query, 'page_no') || 1) - 1) * size;
  const wanted = rows.slice(first, first + size);
  const total = rows.length;
  return {
    rows: wanted,
    paging: {
      total_count: total,
      start_offset: Math.min(first + 1, total),
      end_offset: Math.min(first + wanted.length, total),
    },
  };
}
