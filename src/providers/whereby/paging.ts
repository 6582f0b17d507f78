import { CallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import { member } from '../records';

const LARGEST_PAGE = 100;
const STANDARD_PAGE = 25;
/** No list is walked further: a server that never ends must end somewhere. */
const LAST_PAGE = 2000;

/** Where a walk through one list stands: what our opaque cursor holds. */
export interface Position {
  /** Whereby's cursor; missing for the first page. */
  cursor?: string;
  /** The same for every page of a walk. */
  limit: number;
  /** From 1. */
  page: number;
  /** Rows that came before this page, readable or not. */
  seen: number;
  /** The server sorts: false when it refused to on the first page. */
  sorted: boolean;
}

/** Rows to ask for, within what Whereby allows. */
export function limitOf(pageSize: number | undefined): number {
  return Math.min(LARGEST_PAGE, Math.max(1, Math.round(pageSize ?? STANDARD_PAGE) || STANDARD_PAGE));
}

/** Where to go on, from the query's cursor; the beginning without one. A cursor that is not ours is `BadInput`. */
export function position(cursor: string | undefined, pageSize: number | undefined): Position {
  if (cursor === undefined) return { limit: limitOf(pageSize), page: 1, seen: 0, sorted: true };
  const value = decode(cursor);
  const count = (name: string, min: number, max: number): number => {
    const number = member(value, name);
    if (!Number.isSafeInteger(number) || (number as number) < min || (number as number) > max) throw badCursor();
    return number as number;
  };
  const theirs = member(value, 'cursor');
  const sorted = member(value, 'sorted');
  if (typeof theirs !== 'string' || theirs === '' || typeof sorted !== 'boolean') throw badCursor();
  return {
    cursor: theirs,
    limit: count('limit', 1, LARGEST_PAGE),
    page: count('page', 2, LAST_PAGE),
    seen: count('seen', 0, LAST_PAGE * LARGEST_PAGE * 10),
    sorted,
  };
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
}

/** The error of a cursor that this list did not give out. */
export function badCursor(): CallError {
  const text = 'The page cursor is not one that this list gave out. Read the list from its beginning.';
  return new CallError('BadInput', text, { field: 'cursor' });
}

/**
 * Whereby's cursor in an answer. A page is the last when it has none; a short or even an empty page is not. The cursor
 * that was just sent ends the list as well, so that it cannot go in circles.
 */
export function nextCursor(body: unknown, at: Position, issues: ItemIssue[]): string | undefined {
  const value = member(body, 'cursor');
  const cursor = typeof value === 'number' ? String(value) : value;
  if (cursor === undefined || cursor === null || cursor === '') return undefined;
  if (typeof cursor !== 'string') {
    issues.push({ path: 'cursor', message: 'The cursor of the next page is no text; the list ends here.' });
    return undefined;
  }
  if (cursor === at.cursor) {
    issues.push({ path: 'cursor', message: `Page ${at.page} names itself as the next one; the list ends here.` });
    return undefined;
  }
  if (at.page >= LAST_PAGE) {
    issues.push({ path: 'cursor', message: `The list is longer than ${LAST_PAGE} pages; it ends here. Filter it.` });
    return undefined;
  }
  return cursor;
}

/** Our opaque cursor of the page after this one. */
export function encode(next: Position): string {
  return Buffer.from(JSON.stringify(next)).toString('base64url');
}
