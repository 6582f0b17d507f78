import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import { parseJson } from '../http/body';
import { statusError } from '../http/failures';
import { found, member } from '../records';
import { type Cell, type Row, readCells } from './cells';
import { errorMessage, isFailure, statedStatus } from './errors';

/** Members that may hold the rows, in the order in which they are looked for. */
const CONTAINERS = ['response', 'data', 'sessions', 'results', 'records', 'rows'];
/** Members that may name the columns of rows that are lists. */
const HEADERS = ['columns', 'headers', 'fields'];

/** What is known beside the body. */
export interface AnswerContext {
  /** Who answered, for sentences. */
  who: string;
  /** What was asked for, to stand in a sentence. */
  what: string;
  /** The `metrics` that were asked for: they name the columns of rows that are lists, when nothing else does. */
  metrics: readonly string[];
}

/** An answer of `listsessions` or `metricquery`, read as far as it can be. */
export interface Answer {
  rows: Row[];
  /** Rows that came, unreadable ones included. */
  count: number;
  /** Counters beside the rows, whose meanings differ between versions. */
  totalrecords?: number;
  totalcount?: number;
  issues: ItemIssue[];
}

/**
 * Reads an answer tolerantly, because the shape of `listsessions` is not published: rows in any of the usual members, as
 * objects, as lists with columns beside them, or keyed by session id. Nothing at all is no rows. Throws `BadResponse`
 * for what calls itself a failure or holds no rows, and whatever {@link statusError} makes of a status in the body.
 */
export function readAnswer(body: Uint8Array, context: AnswerContext): Answer {
  if (isBlank(body)) return { rows: [], count: 0, issues: [] };
  const root = parseJson(keepLargeIds(body), context.who);
  const at = findRows(root, '');
  if (!at || at.keyed) {
    const failed = [root, at?.keyed && at.holder].find(isFailure);
    if (failed) throw refused(failed, context);
  }
  if (!at) {
    if (root === null || member(root, 'response') === null) return { rows: [], count: 0, issues: [] };
    const { who, what } = context;
    throw new CallError(
      'BadResponse',
      l10n.t('{who} answered the request for {what} without a list: {found} came.', { who, what, found: found(root) }),
    );
  }
  const issues: ItemIssue[] = [];
  const names = columnNames(at.holder) ?? columnNames(root) ?? context.metrics;
  const rows = at.items.flatMap(({ value, path, key }) => {
    const row = readRow(value, path, names, issues);
    return row ? [key === undefined || row.cells.has('sessionid') ? row : withId(row, key)] : [];
  });
  return {
    rows,
    count: at.items.length,
    totalrecords: counter(root, 'totalrecords', issues),
    totalcount: counter(root, 'totalcount', issues),
    issues,
  };
}

interface Item {
  value: unknown;
  path: string;
  /** The session id under which it stood. */
  key?: string;
}

interface Found {
  items: Item[];
  /** What the rows are members of, or stand beside. */
  holder: unknown;
  /** They stood under their session ids. */
  keyed?: boolean;
}

/** The rows; undefined when there are none to be found. */
function findRows(value: unknown, path: string): Found | undefined {
  if (Array.isArray(value)) return { items: listItems(value, path || 'answer'), holder: undefined };
  for (const name of CONTAINERS) {
    const inner = member(value, name);
    const at = path === '' ? name : `${path}.${name}`;
    if (Array.isArray(inner)) return { items: listItems(inner, at), holder: value };
    // One level down at most: an object of rows, or one that has the rows in a member of its own.
    const nested = path === '' ? (findRows(inner, at) ?? keyedItems(inner, at)) : undefined;
    if (nested) return nested;
  }
  return undefined;
}

function listItems(list: readonly unknown[], path: string): Item[] {
  return list.map((value, index) => ({ value, path: `${path}[${index}]` }));
}

/** An object whose values are all rows is keyed by session id; an empty one holds no sessions. */
function keyedItems(value: unknown, path: string): Found | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, row]) => typeof row === 'object' && row !== null)) return undefined;
  const items = entries.map(([key, row]) => ({ value: row as unknown, path: `${path}.${key}`, key }));
  return { items, holder: value, keyed: true };
}

function readRow(value: unknown, path: string, names: readonly string[], issues: ItemIssue[]): Row | undefined {
  if (Array.isArray(value)) {
    const cells = value.slice(0, names.length).map((cell: unknown, index) => [names[index] as string, cell] as const);
    if (value.length > names.length) {
      const message = l10n.t('Holds {0} values for {1} columns; the rest is left out.', value.length, names.length);
      issues.push({ path, message });
    }
    return readCells(cells, path, issues);
  }
  if (typeof value !== 'object' || value === null) {
    issues.push({ path, message: l10n.t('Expected a row, found {0}; left out.', found(value)) });
    return undefined;
  }
  return readCells(Object.entries(value), path, issues);
}

function withId(row: Row, sessionid: string): Row {
  return { ...row, cells: new Map<string, Cell>([...row.cells, ['sessionid', sessionid]]) };
}

/** The columns that stand beside rows, as texts or as `{name}`. */
function columnNames(holder: unknown): string[] | undefined {
  for (const header of HEADERS) {
    const list = member(holder, header);
    if (!Array.isArray(list) || list.length === 0) continue;
    const names = list.map((column: unknown) => (typeof column === 'string' ? column : member(column, 'name')));
    if (names.every((name) => typeof name === 'string')) return names;
  }
  return undefined;
}

function counter(root: unknown, name: string, issues: ItemIssue[]): number | undefined {
  const value = member(root, name);
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  issues.push({ path: name, message: l10n.t('Expected a count, found {0}; not used.', found(value)) });
  return undefined;
}

function refused(root: unknown, { who, what }: AnswerContext): CallError {
  const status = statedStatus(root) ?? 200;
  const message = errorMessage(root) ?? JSON.stringify(root).slice(0, 200);
  const kind = status === 401 || status === 403 ? ('Auth' as const) : undefined;
  return statusError({ who, what, status, reading: { message, ...(kind && { kind }) } });
}

function isBlank(body: Uint8Array): boolean {
  return body.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Texts are skipped; what is left of the rest that matters are whole numbers. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Puts whole numbers that a double cannot hold into quotes, so that an id such as 1234567890123456789 keeps its last
 * digits. A body without such numbers comes back as it is.
 */
export function keepLargeIds(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body);
  if (!/\d{16}/.test(text)) return body;
  const safe = text.replace(TEXT_OR_NUMBER, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return new TextEncoder().encode(safe);
}
