import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import { badCursor, countIn, decodeCursor, encodeCursor } from '../cursor';
import { member } from '../records';
import type { Answer } from './answer';
import type { Row } from './cells';

/** `limit` when none is given; the largest one is not documented, so that nothing above this is sent. */
export const LARGEST_PAGE = 1000;
const STANDARD_PAGE = 25;
/** No list is walked further: a server that never ends must end somewhere. */
const LAST_OFFSET = 1_000_000;
/** Walks whose rows are remembered. One that is forgotten can only show a row twice. */
const MAX_WALKS = 32;

/** Where a walk through a list stands: what the opaque cursor holds. */
export interface Position {
  /** The period, epoch ms, fixed with the first page so that sessions that come later shift nothing. */
  start: number;
  end: number;
  offset: number;
  limit: number;
  /** Names the walk among those of this connection. */
  walk: string;
}

/** The beginning of a walk through a period. */
export function beginning(period: { start: number; end: number }, limit: number | undefined): Position {
  const size = Math.min(LARGEST_PAGE, Math.max(1, Math.round(limit ?? STANDARD_PAGE) || STANDARD_PAGE));
  return { ...period, offset: 0, limit: size, walk: randomUUID() };
}

/** Where a cursor goes on. What is no cursor of ours is `BadInput`. */
export function readCursor(cursor: string): Position {
  const value = decodeCursor(cursor);
  const count = (name: string, min: number, max: number) => countIn(value, name, min, max);
  const walk = member(value, 'walk');
  if (typeof walk !== 'string' || walk.length > 100) throw badCursor();
  const start = count('start', 0, 8.64e15);
  return {
    start,
    end: count('end', start, 8.64e15),
    offset: count('offset', 1, LAST_OFFSET),
    limit: count('limit', 1, LARGEST_PAGE),
    walk,
  };
}

/** What earlier pages of each walk brought. Asking for a page again gives the same page again. */
export class Walks {
  readonly #walks = new Map<string, Map<number, readonly string[]>>();

  /** Keys of the rows that came before an offset. */
  before({ walk, offset }: Position): Set<string> {
    const pages = [...(this.#walks.get(walk) ?? [])].filter(([at]) => at < offset);
    return new Set(pages.flatMap(([, keys]) => keys));
  }

  note({ walk, offset }: Position, keys: readonly string[]): void {
    const pages = this.#walks.get(walk) ?? new Map<number, readonly string[]>();
    pages.set(offset, keys);
    // Last used, last forgotten.
    this.#walks.delete(walk);
    this.#walks.set(walk, pages);
    if (this.#walks.size > MAX_WALKS) this.#walks.delete(this.#walks.keys().next().value as string);
  }
}

/** A page of rows, each once. */
export interface RowPage {
  rows: Row[];
  next?: string;
  /** In all, where the answer tells it. */
  total?: number;
  issues: ItemIssue[];
}

/**
 * Completes a page. The counters contradict each other between versions of the documentation, so that they are believed
 * only where they fit what came, and a page without a new row ends the list: this covers a server that ignores `offset`
 * or takes it for a page number. Rows are told apart by `idOf`; those without an id are all kept.
 */
export function toRowPage(answer: Answer, at: Position, walks: Walks, idOf: (row: Row) => string | undefined): RowPage {
  const { issues, count } = answer;
  const seen = walks.before(at);
  const keys = answer.rows.map((row) => idOf(row) ?? JSON.stringify([...row.cells]));
  walks.note(at, keys);
  const repeats = keys.length > 0 && keys.every((key) => seen.has(key));
  const own = new Set<string>();
  const rows = answer.rows.filter((row) => {
    const id = idOf(row);
    if (repeats || (id !== undefined && (seen.has(id) || own.has(id)))) return false;
    if (id !== undefined) own.add(id);
    return true;
  });
  const read = at.offset + count;
  const total = totalOf(answer, at);
  const page: RowPage = { rows, total, issues };
  const more = count > 0 && (total === undefined ? count >= at.limit : read < total);
  if (count === 0 && at.offset > 0 && total !== undefined && read < total) {
    issues.push({
      path: 'offset',
      message: l10n.t('No rows came from {0} on, though there are {1}; the list ends here.', read, total),
    });
  }
  if (!more) return page;
  if (repeats) {
    const message = l10n.t('The rows from {0} on are those that came before; the list ends here.', at.offset);
    issues.push({ path: 'offset', message });
    return page;
  }
  if (read > LAST_OFFSET) {
    issues.push({
      path: 'offset',
      message: l10n.t('The list is longer than {0} rows; it ends here. Filter it.', LAST_OFFSET),
    });
    return page;
  }
  // By the rows that came, not by those asked for: the server may give fewer than `limit`.
  const next: Position = { ...at, offset: read };
  return { ...page, next: encodeCursor(next) };
}

/**
 * How many there are in all; undefined when no counter can mean that. A `totalrecords` or `totalcount` that is just the
 * number of rows of a full first page may be the count of this answer (as the newer documentation says of `totalcount`),
 * so it tells nothing.
 */
function totalOf({ count, totalrecords, totalcount }: Answer, { offset, limit }: Position): number | undefined {
  if (totalrecords !== undefined && (totalrecords > count || totalrecords >= offset + count)) {
    const mayBeThisPage = offset === 0 && totalrecords === count && count >= limit;
    if (!mayBeThisPage) return totalrecords;
  }
  return totalcount !== undefined && totalcount > count ? totalcount : undefined;
}
