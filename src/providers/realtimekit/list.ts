import type * as z from 'zod';
import type { ItemIssue } from '../../core/model';
import type { Page } from '../../core/page';
import { member, readRecord } from '../records';
import { readRows } from './envelope';
import { type Position, readPaging, toPage } from './paging';

/** How one list is read. */
export interface ListReading<R, T> {
  answer: Promise<unknown>;
  at: Position;
  /** Member of `data` that holds the rows; without it `data` is the list. */
  name?: string;
  schema: z.ZodType<R>;
  /** `path` names the row in the answer. */
  map: (record: R, path: string, issues: ItemIssue[]) => T;
  who: string;
  what: string;
}

/** Reads one page. A row that cannot be read is an issue, and the rest of the page lives. */
export async function readList<R, T>(reading: ListReading<R, T>): Promise<Page<T>> {
  const { answer, at, name, schema, map, who, what } = reading;
  const body = await answer;
  const rows = readRows(body, name, who, what);
  const base = name === undefined ? 'data' : `data.${name}`;
  const issues: ItemIssue[] = [];
  const items: T[] = [];
  rows.forEach((row, index) => {
    const path = `${base}[${index}]`;
    const record = readRecord(schema, row, path, issues);
    if (record !== undefined) items.push(map(record, path, issues));
  });
  const id = member(rows[0], 'id');
  const first = typeof id === 'string' ? id : undefined;
  return toPage({ items, issues, count: rows.length, first, paging: readPaging(body, issues) }, at);
}
