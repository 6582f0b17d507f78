import type * as z from 'zod';
import { isCallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import type { Page } from '../../core/page';
import { encodeCursor } from '../cursor';
import { readRecord } from '../records';
import { OLD_LARGEST_PAGE, type Position, position, readRows } from './paging';

/** How a list, or several that are shown as one, is read. */
export interface ListReading<R, T> {
  cursor: string | undefined;
  pageSize: number | undefined;
  /** One after the other; each asks for one page. */
  lists: readonly ((page: { limit: number; start?: string }) => Promise<unknown>)[];
  schema: z.ZodType<R>;
  /** `path` names the row in the answer. */
  map: (record: R, path: string, issues: ItemIssue[], list: number) => T;
  who: string;
  what: string;
  /** The most that the server was seen to take as `limit`. */
  limits: Limits;
}

/** What is learnt of a server's largest `limit`, kept for as long as the connection's provider lives. */
export interface Limits {
  largest?: number;
}

/**
 * Reads one page with one request. Where several lists are shown as one, the next list is begun at once when the one
 * before ended with a page that is not half full. A row that cannot be read is an issue, and the rest of the page lives.
 */
export async function readList<R, T extends { id: string }>(reading: ListReading<R, T>): Promise<Page<T>> {
  const issues: ItemIssue[] = [];
  const items = new Map<string, T>();
  let at: Position | undefined = position(reading.cursor, reading.pageSize, reading.lists.length);
  let rows = 0;
  for (;;) {
    const { count, limit, next }: Step = await readStep(reading, at, items, issues);
    rows += count;
    at = next;
    // A page of its own costs a request; so does looking whether the next list holds anything.
    if (!at || at.start !== undefined || rows >= limit / 2) break;
  }
  return { items: [...items.values()], issues, ...(at && { next: encodeCursor(at) }) };
}

interface Step {
  count: number;
  limit: number;
  next: Position | undefined;
}

async function readStep<R, T extends { id: string }>(
  reading: ListReading<R, T>,
  at: Position,
  items: Map<string, T>,
  issues: ItemIssue[],
): Promise<Step> {
  const { schema, map, who, what, lists } = reading;
  const ask = lists[at.list] as ListReading<R, T>['lists'][number];
  const { body, limit } = await askWithin(ask, at, reading.limits);
  const { rows, next } = readRows(body, { ...at, limit }, who, what, issues);
  rows.forEach((row, index) => {
    const path = `data[${index}]`;
    const record = readRecord(schema, row, path, issues);
    if (record === undefined) return;
    const item = map(record, path, issues, at.list);
    // What moved from one list to the other between two requests is told as it is now.
    items.delete(item.id);
    items.set(item.id, item);
  });
  const page = at.page + 1;
  if (next !== undefined) return { count: rows.length, limit, next: { list: at.list, start: next, limit, page } };
  const more = at.list + 1 < lists.length;
  return { count: rows.length, limit, next: more ? { list: at.list + 1, limit, page } : undefined };
}

/** Asks once more for fewer rows when a 400 names the limit: an older page of the documentation allows only 20. */
async function askWithin(
  ask: (page: { limit: number; start?: string }) => Promise<unknown>,
  at: Position,
  limits: Limits,
): Promise<{ body: unknown; limit: number }> {
  const limit = Math.min(at.limit, limits.largest ?? at.limit);
  const { start } = at;
  try {
    return { body: await ask({ limit, start }), limit };
  } catch (error) {
    const refused = isCallError(error) && error.status === 400 && /\blimit\b/i.test(error.said ?? '');
    if (!refused || limit <= OLD_LARGEST_PAGE) throw error;
    limits.largest = OLD_LARGEST_PAGE;
    return { body: await ask({ limit: OLD_LARGEST_PAGE, start }), limit: OLD_LARGEST_PAGE };
  }
}
