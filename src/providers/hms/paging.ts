import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import { badCursor, decodeCursor, isCount } from '../cursor';
import { found, member } from '../records';

/** What 100ms takes as `limit`, and what an older page of its documentation says is the most. */
const SMALLEST_PAGE = 10;
const LARGEST_PAGE = 100;
export const OLD_LARGEST_PAGE = 20;
const STANDARD_PAGE = 25;
/** No list is walked further: a server that never ends must end somewhere. */
const LAST_PAGE = 5000;

/** Where a walk over one or two lists stands: what the opaque cursor holds. */
export interface Position {
  /** Which of the lists, from 0. */
  list: number;
  /** `start` of the next request; missing at the beginning of a list. */
  start?: string;
  limit: number;
  page: number;
}

/** `limit` for a wanted number of rows. */
export function clampLimit(pageSize: number | undefined, largest = LARGEST_PAGE): number {
  return Math.min(largest, Math.max(SMALLEST_PAGE, Math.round(pageSize ?? STANDARD_PAGE) || STANDARD_PAGE));
}

/** Where to go on, from the query's cursor; the beginning without one. A cursor that is not ours is `BadInput`. */
export function position(cursor: string | undefined, pageSize: number | undefined, lists: number): Position {
  if (cursor === undefined) return { list: 0, limit: clampLimit(pageSize), page: 1 };
  const value = decodeCursor(cursor);
  const [list, limit, page] = [member(value, 'list'), member(value, 'limit'), member(value, 'page')];
  const start = member(value, 'start');
  if (!isCount(list, 0, lists - 1) || !isCount(limit, SMALLEST_PAGE, LARGEST_PAGE)) throw badCursor();
  if (!isCount(page, 2, LAST_PAGE) || (start !== undefined && typeof start !== 'string')) throw badCursor();
  return { list, limit, page, ...(start !== undefined && { start }) };
}

/** The rows of one answer of a list and how the walk goes on. */
export interface Rows {
  rows: readonly unknown[];
  /** `start` of the next page of this list; missing at its end. */
  next?: string;
}

/**
 * Reads `{limit, data, last}`. `data` may be null; `last` is the id of the page's last row and stands on the final page
 * too. A list ends when there are no rows, no `last`, fewer rows than the answer's own `limit`, or `last` is what was
 * sent as `start`. What is no list at all is a `BadResponse`.
 */
export function readRows(
  body: unknown,
  sent: { limit: number; start?: string; page: number },
  who: string,
  what: string,
  issues: ItemIssue[],
): Rows {
  const data = member(body, 'data');
  if (data === undefined && member(body, 'limit') === undefined && member(body, 'last') === undefined) {
    throw new CallError(
      'BadResponse',
      l10n.t('{who} answered the request for {what} without data ({found} came). Try again.', {
        who,
        what,
        found: found(body),
      }),
    );
  }
  if (data === undefined || data === null) return { rows: [] };
  if (!Array.isArray(data)) {
    throw new CallError(
      'BadResponse',
      l10n.t('{who} answered the request for {what} without a list: data is {found}.', {
        who,
        what,
        found: found(data),
      }),
    );
  }
  const rows: unknown[] = data;
  const last = member(body, 'last');
  const tried = member(body, 'limit');
  const limit = isCount(tried, 1, LARGEST_PAGE * 10) ? tried : sent.limit;
  if (rows.length < limit || rows.length === 0 || typeof last !== 'string' || last === '') return { rows };
  if (last === sent.start) {
    issues.push({ path: 'last', message: l10n.t('The page ends where it began; the list ends here.') });
    return { rows };
  }
  if (sent.page >= LAST_PAGE) {
    issues.push({
      path: 'last',
      message: l10n.t('The list is longer than {0} pages; it ends here. Filter it.', LAST_PAGE),
    });
    return { rows };
  }
  return { rows, next: last };
}
