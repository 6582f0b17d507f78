import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import { badCursor, countIn, decodeCursor } from '../cursor';
import { member } from '../records';

const LARGEST_PAGE = 100;
const STANDARD_PAGE = 25;
/** No list is walked further: a server that never ends must end somewhere. */
const LAST_PAGE = 2000;
/** Pages in a row that may begin alike. */
const MOST_REPEATS = 2;

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
  /** First row of the page before, to notice a page that comes twice under another cursor. */
  first?: string;
  /** Pages up to here that began like the one before, in a row. */
  repeats: number;
}

/** Rows to ask for, within what Whereby allows. */
export function limitOf(pageSize: number | undefined): number {
  return Math.min(LARGEST_PAGE, Math.max(1, Math.round(pageSize ?? STANDARD_PAGE) || STANDARD_PAGE));
}

/** Where to go on, from the query's cursor; the beginning without one. A cursor that is not ours is `BadInput`. */
export function position(cursor: string | undefined, pageSize: number | undefined): Position {
  if (cursor === undefined) return { limit: limitOf(pageSize), page: 1, seen: 0, sorted: true, repeats: 0 };
  const value = decodeCursor(cursor);
  const count = (name: string, min: number, max: number) => countIn(value, name, min, max);
  const theirs = member(value, 'cursor');
  const sorted = member(value, 'sorted');
  const first = member(value, 'first');
  if (typeof theirs !== 'string' || theirs === '' || typeof sorted !== 'boolean') throw badCursor();
  if (first !== undefined && typeof first !== 'string') throw badCursor();
  return {
    cursor: theirs,
    limit: count('limit', 1, LARGEST_PAGE),
    page: count('page', 2, LAST_PAGE),
    seen: count('seen', 0, LAST_PAGE * LARGEST_PAGE * 10),
    sorted,
    first,
    repeats: count('repeats', 0, MOST_REPEATS),
  };
}

/**
 * Where the page after this one begins; undefined after the last. A page is the last when the answer has no cursor; a short
 * or even an empty page is not. So that a list cannot go in circles, it ends as well at the cursor that was just sent, and
 * after some pages in a row that begin alike: one may, where new rows have pushed the list on.
 */
export function nextPosition(
  body: unknown,
  list: readonly unknown[],
  at: Position,
  issues: ItemIssue[],
): Position | undefined {
  const value = member(body, 'cursor');
  const cursor = typeof value === 'number' ? String(value) : value;
  if (cursor === undefined || cursor === null || cursor === '') return undefined;
  const end = (message: string): Position | undefined => {
    issues.push({ path: 'cursor', message });
    return undefined;
  };
  if (typeof cursor !== 'string') return end(l10n.t('The cursor of the next page is no text; the list ends here.'));
  if (cursor === at.cursor) return end(l10n.t('Page {0} names itself as the next one; the list ends here.', at.page));
  if (at.page >= LAST_PAGE) return end(l10n.t('The list is longer than {0} pages; the list ends here.', LAST_PAGE));
  // Enough of the row to tell it apart, few enough letters to be carried along.
  const first = list.length > 0 ? JSON.stringify(list[0]).slice(0, 400) : undefined;
  const repeats = first !== undefined && first === at.first ? at.repeats + 1 : 0;
  if (repeats > MOST_REPEATS)
    return end(l10n.t('Page {0} repeats the {1} pages before; the list ends here.', at.page, repeats));
  return { ...at, cursor, page: at.page + 1, seen: at.seen + list.length, first, repeats };
}
