import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import { CallError, isCallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import type { Page } from '../../core/page';
import { parseTime } from '../../core/time';
import type { SortOrder } from '../contract';
import { encodeCursor } from '../cursor';
import { found, member, readRecord } from '../records';
import type { PageParams } from './client';
import { nextPosition, type Position } from './paging';

/** By which field of its rows a list is sorted. */
export interface Sort<R> {
  field: keyof R & string;
  order: SortOrder;
}

/** One list: what to ask, and how its rows are read. */
export interface Listing<R> {
  /** Short and fixed: `rooms`. */
  name: string;
  /** What is asked for, to stand in a sentence. */
  what: string;
  schema: z.ZodType<R>;
  sort?: Sort<R>;
  ask(params: PageParams): Promise<unknown>;
}

/** One page of records, before they are mapped. */
export interface Rows<R> {
  rows: { record: R; path: string }[];
  issues: ItemIssue[];
  /** Where the page after this one begins; missing after the last. */
  next?: Position;
  /** Whether the server sorted. */
  sorted: boolean;
}

/**
 * Reads lists. Most sorts are not documented: one that the server refuses with 400 is asked for no more in the life of
 * the connection, and pages are sorted here instead.
 */
export class ListReader {
  readonly #refused = new Set<string>();

  /** `who` is the sender, for sentences. */
  constructor(readonly who: string) {}

  /** One page. A row that cannot be read is an issue, and the rest of the page lives. */
  async read<R extends object>(listing: Listing<R>, at: Position): Promise<Rows<R>> {
    const { body, sorted } = await this.#ask(listing, at);
    const { list, path } = this.#list(body, listing.what);
    const issues: ItemIssue[] = [];
    const rows: { record: R; path: string }[] = [];
    list.forEach((row, index) => {
      const place = `${path}[${index}]`;
      const record = readRecord(listing.schema, row, place, issues);
      if (record !== undefined) rows.push({ record, path: place });
    });
    if (listing.sort && !sorted) {
      sortHere(rows, listing.sort);
      const text = l10n.t('Whereby refused to sort by {0}. Rows are in order within a page only.', listing.sort.field);
      if (at.page === 1) issues.push({ path: 'sortBy', message: text });
    }
    const next = nextPosition(body, list, at, issues);
    return { rows, issues, next: next && { ...next, sorted }, sorted };
  }

  async #ask<R>(listing: Listing<R>, at: Position): Promise<{ body: unknown; sorted: boolean }> {
    const { sort, name } = listing;
    const params: PageParams = { limit: at.limit, cursor: at.cursor };
    const key = `${name} ${sort?.field ?? ''}`;
    if (!sort || !at.sorted || (at.cursor === undefined && this.#refused.has(key))) {
      return { body: await listing.ask(params), sorted: sort === undefined };
    }
    const sortBy = `${sort.field}:${sort.order === 'ascending' ? 'asc' : 'desc'}`;
    try {
      return { body: await listing.ask({ ...params, sortBy }), sorted: true };
    } catch (error) {
      // With a cursor the order is settled: another one would begin another walk.
      if (!isCallError(error) || error.status !== 400 || at.cursor !== undefined) throw error;
      const body = await listing.ask(params);
      this.#refused.add(key);
      return { body, sorted: false };
    }
  }

  /** `results`; also `data` or a bare list, should the published shape be wrong. */
  #list(body: unknown, what: string): { list: unknown[]; path: string } {
    if (Array.isArray(body)) return { list: body, path: '' };
    for (const path of ['results', 'data']) {
      const list = member(body, path);
      if (Array.isArray(list)) return { list, path };
    }
    const results = member(body, 'results');
    const came = results === undefined ? found(body) : l10n.t('results is {0}', found(results));
    throw new CallError(
      'BadResponse',
      l10n.t('{who} answered the request for {what} without a list ({came}). Try again.', {
        who: this.who,
        what,
        came,
      }),
    );
  }
}

/** A page of what the rows were mapped to. */
export function toPage<T>(items: T[], { issues, next }: Pick<Rows<object>, 'issues' | 'next'>): Page<T> {
  return { items, issues, ...(next && { next: encodeCursor(next) }) };
}

function sortHere<R extends object>(rows: { record: R }[], { field, order }: Sort<R>): void {
  const sign = order === 'ascending' ? 1 : -1;
  const value = (record: R): number => {
    const raw = record[field];
    return (typeof raw === 'number' ? raw : parseTime(raw)) ?? Number.NaN;
  };
  rows.sort((one, other) => {
    const [a, b] = [value(one.record), value(other.record)];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
}
