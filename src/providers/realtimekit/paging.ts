import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import type { Page } from '../../core/page';
import { badCursor, countIn, decodeCursor, encodeCursor } from '../cursor';
import { member, readRecord } from '../records';
import { type PagingRecord, pagingSchema } from './schema';

/** RealtimeKit documents neither a default nor a largest page; 100 rows are enough for a screen and light for it. */
const LARGEST_PAGE = 100;
const STANDARD_PAGE = 25;
/** No list is walked further: a server that never ends must end somewhere. */
const LAST_PAGE = 2000;

/** Where a walk stands: what the opaque cursor holds. */
export interface Position {
  /** `page_no`, from 1. */
  page: number;
  /** `per_page`. */
  size: number;
  /** Rows that came so far, readable or not. */
  seen: number;
  /** Rows of the longest page so far: what the server really gives for `size`. */
  longest: number;
  /** Empty pages in a row up to here. */
  empty: number;
  /** Id of the first row of the page before, to notice a page that comes twice. */
  first?: string;
}

/** Where to go on, from the query's cursor; the beginning without one. A cursor that is not ours is `BadInput`. */
export function position(cursor: string | undefined, pageSize: number | undefined): Position {
  if (cursor === undefined) {
    const size = Math.min(LARGEST_PAGE, Math.max(1, Math.round(pageSize ?? STANDARD_PAGE) || STANDARD_PAGE));
    return { page: 1, size, seen: 0, longest: 0, empty: 0 };
  }
  const value = decodeCursor(cursor);
  const count = (name: string, min: number, max: number) => countIn(value, name, min, max);
  const first = member(value, 'first');
  if (first !== undefined && typeof first !== 'string') throw badCursor();
  return {
    page: count('page', 2, LAST_PAGE),
    size: count('size', 1, LARGEST_PAGE),
    seen: count('seen', 0, LAST_PAGE * LARGEST_PAGE * 10),
    longest: count('longest', 0, LARGEST_PAGE * 10),
    empty: count('empty', 0, 1),
    first,
  };
}

/** Paging stands at the top or within `data`, as the list has it; every member may be missing. */
export function readPaging(body: unknown, issues: ItemIssue[]): PagingRecord | undefined {
  const top = member(body, 'paging');
  const nested = top === undefined || top === null;
  const value = nested ? member(member(body, 'data'), 'paging') : top;
  if (value === undefined || value === null) return undefined;
  return readRecord(pagingSchema, value, nested ? 'data.paging' : 'paging', issues);
}

/** What a page brought, before it is a {@link Page}. */
export interface Rows<T> {
  items: T[];
  issues: ItemIssue[];
  /** Rows in the answer, unreadable ones included. */
  count: number;
  /** Id of the first row as it stands in the answer. */
  first: string | undefined;
  paging: PagingRecord | undefined;
}

/** Completes a page: total, and a cursor when there is more. */
export function toPage<T>(rows: Rows<T>, at: Position): Page<T> {
  const { items, issues, count, first, paging } = rows;
  const total = natural(paging?.total_count);
  const seen = at.seen + count;
  const longest = Math.max(at.longest, count);
  const empty = count === 0 ? at.empty + 1 : 0;
  const page: Page<T> = { items, total, issues };
  if (!hasMore(rows, at, total, seen, longest)) return page;
  if (first !== undefined && first === at.first) {
    issues.push({
      path: 'page',
      message: l10n.t('Page {0} repeats page {1}; the list ends here.', at.page, at.page - 1),
    });
    return page;
  }
  if (count === 0) {
    const values = { page: at.page, seen, total: total ?? '?' };
    const message =
      empty < 2
        ? l10n.t(
            'Page {page} came empty with {seen} of {total} rows read; the list goes on with the next page.',
            values,
          )
        : l10n.t('Page {page} came empty with {seen} of {total} rows read; the list ends here.', values);
    issues.push({ path: 'page', message });
    if (empty >= 2) return page;
  }
  if (at.page >= LAST_PAGE) {
    issues.push({
      path: 'page',
      message: l10n.t('The list is longer than {0} pages; it ends here. Filter it.', LAST_PAGE),
    });
    return page;
  }
  const next: Position = { page: at.page + 1, size: at.size, seen, longest, empty, first };
  return { ...page, next: encodeCursor(next) };
}

/**
 * Whether there is more: by offsets (1-based, inclusive), else by rows read against the total, else, without any
 * paging, when the page was as long as the longest so far. An empty page ends a list unless the total says otherwise.
 * A short first page without paging is the last one, unless its length looks like a cap of the server's.
 */
function hasMore<T>(rows: Rows<T>, at: Position, total: number | undefined, seen: number, longest: number): boolean {
  if (total === undefined) {
    // Nothing is known yet of the server's own page size on a short first page.
    if (at.page === 1 && rows.count < at.size) return isLikelyCap(rows.count);
    return rows.count > 0 && rows.count >= Math.min(longest, at.size);
  }
  const end = natural(rows.paging?.end_offset);
  return (rows.count > 0 && end !== undefined && end > 0 ? end : seen) < total;
}

/** 10, 15, 20, 25, 50: lengths at which servers cut pages, and at which lists rarely end. */
function isLikelyCap(count: number): boolean {
  return count >= 10 && count % 5 === 0;
}

function natural(value: number | null | undefined): number | undefined {
  return value !== undefined && value !== null && Number.isFinite(value) && value >= 0 ? Math.floor(value) : undefined;
}
