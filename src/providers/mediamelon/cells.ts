import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import { parseTime } from '../../core/time';
import { found } from '../records';
import { canonicalName, nameInfo } from './names';

/** A value of a row: text and ids as text, figures as numbers, moments as epoch ms. */
export type Cell = string | number;

/** One row of an answer by canonical name; values that say "no value" are left out. */
export interface Row {
  cells: ReadonlyMap<string, Cell>;
  /** Where it stood: `response[3]`. */
  path: string;
}

/** Bookkeeping that old answers have in every row. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['totalpages']);

/** Written for "no value", beside null and a missing key. MediaMelon does not document any. */
const NO_VALUE = /^(|na|null)$/i;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** More columns than any query can ask for; what is beyond only slows everything down. */
const MAX_CELLS = 2000;

/** A larger epoch is in milliseconds: in seconds it would lie beyond the year 5100. */
const LARGEST_SECONDS = 1e11;

/** Reads a row's members. What cannot be read is an issue and left out. */
export function readCells(
  entries: Iterable<readonly [key: string, value: unknown]>,
  path: string,
  issues: ItemIssue[],
): Row {
  const cells = new Map<string, Cell>();
  for (const [key, value] of entries) {
    if (cells.size >= MAX_CELLS) {
      issues.push({ path, message: l10n.t('Holds more than {0} values; the rest is left out.', MAX_CELLS) });
      break;
    }
    const name = canonicalName(key);
    if (BOOKKEEPING.has(name.toLowerCase()) || cells.has(name) || isMissing(value)) continue;
    const cell = readCell(name, value);
    if (cell === undefined) issues.push({ path: `${path}.${key}`, message: complaint(name, value) });
    else if (cell !== null) cells.set(name, cell);
  }
  return { cells, path };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && NO_VALUE.test(value.trim()));
}

/** Null for a value that says "none"; undefined for one that cannot be read. */
function readCell(name: string, value: unknown): Cell | null | undefined {
  const info = nameInfo(name);
  switch (info?.kind) {
    case 'figure':
      return readNumber(value);
    case 'time':
      return readMoment(value);
    default:
      if (typeof value === 'string') return info ? value.trim() : value;
      if (typeof value === 'number' && Number.isFinite(value)) return info ? String(value) : value;
      return typeof value === 'boolean' ? String(value) : undefined;
  }
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Epoch seconds or milliseconds, or a date-time, as epoch ms. Null for 0 and below. */
function readMoment(value: unknown): number | null | undefined {
  const number = readNumber(value);
  if (number === undefined) return parseTime(value);
  if (number <= 0) return null;
  const time = Math.round(number > LARGEST_SECONDS ? number : number * 1000);
  return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

function complaint(name: string, value: unknown): string {
  const kind = nameInfo(name)?.kind;
  if (kind === 'figure') return l10n.t('Expected a number, found {0}; the field is left out.', found(value));
  if (kind === 'time') return l10n.t('Expected a moment, found {0}; the field is left out.', found(value));
  return l10n.t('Expected a text or a number, found {0}; the field is left out.', found(value));
}

/** The text of a field; undefined when the row has none. */
export function textOf(row: Row, name: string): string | undefined {
  const value = row.cells.get(name);
  return value === undefined ? undefined : String(value);
}

/** The number of a figure, or the moment in epoch ms; undefined when the row has none. */
export function numberOf(row: Row, name: string): number | undefined {
  const value = row.cells.get(name);
  return typeof value === 'number' ? value : undefined;
}
