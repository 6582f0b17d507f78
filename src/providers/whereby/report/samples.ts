import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import { found, member } from '../../records';

/** The four series, by the name that is documented. */
export const SERIES_KEYS = ['packetLossSend', 'packetLossRecv', 'bitrateSend', 'bitrateRecv'] as const;
export type SeriesKey = (typeof SERIES_KEYS)[number];

/** Columns as they came, unscaled; NaN is "not measured". All of one length; a series that is missing has none. */
export type Columns = Partial<Record<SeriesKey, Float64Array>>;

/** Other names that a series may come under: spelled out, and the short ones of Whereby's open-source client. */
const NAMES: Readonly<Record<SeriesKey, readonly string[]>> = {
  packetLossSend: ['packetLossSend', 'ls'],
  packetLossRecv: ['packetLossRecv', 'packetLossReceive', 'lr'],
  bitrateSend: ['bitrateSend', 'bs'],
  bitrateRecv: ['bitrateRecv', 'bitrateReceive', 'br'],
};
const KNOWN = new Set(Object.values(NAMES).flat());

/** The samples of one connection. */
export interface Samples {
  length: number;
  columns: Columns;
  /** Names of series that are not known. */
  others: string[];
}

/**
 * Reads `samples`: an object of lists, or a list of objects. Lists may differ in length: what is missing at their end was
 * not measured. An item that is no number is not measured either, and counted into one issue for each series; null is not
 * worth one, because a client's NaN comes as null.
 */
export function readSamples(samples: unknown, path: string, issues: ItemIssue[]): Samples {
  if (samples === undefined || samples === null) return { length: 0, columns: {}, others: [] };
  if (typeof samples !== 'object') {
    issues.push({ path, message: l10n.t('Expected an object of lists, found {0}; left out.', found(samples)) });
    return { length: 0, columns: {}, others: [] };
  }
  return Array.isArray(samples) ? readRows(samples, path, issues) : readLists(samples, path, issues);
}

function readLists(samples: object, path: string, issues: ItemIssue[]): Samples {
  const lists: Partial<Record<SeriesKey, unknown[]>> = {};
  for (const key of SERIES_KEYS) {
    const name = NAMES[key].find((candidate) => member(samples, candidate) !== undefined);
    if (name === undefined) continue;
    const list = member(samples, name);
    if (list === undefined || list === null) continue;
    if (Array.isArray(list)) lists[key] = list;
    else
      issues.push({ path: `${path}.${name}`, message: l10n.t('Expected a list, found {0}; left out.', found(list)) });
  }
  const length = Math.max(0, ...Object.values(lists).map((list) => list.length));
  const columns: Columns = {};
  for (const key of SERIES_KEYS) {
    const list = lists[key];
    if (list && list.length > 0) columns[key] = column(length, (index) => list[index], `${path}.${key}`, issues);
  }
  return { length, columns, others: Object.keys(samples).filter((name) => !KNOWN.has(name)) };
}

function readRows(rows: unknown[], path: string, issues: ItemIssue[]): Samples {
  const columns: Columns = {};
  for (const key of SERIES_KEYS) {
    const name = NAMES[key].find((candidate) => rows.some((row) => member(row, candidate) !== undefined));
    if (name !== undefined)
      columns[key] = column(rows.length, (index) => member(rows[index], name), `${path}[].${name}`, issues);
  }
  const strange = rows.findIndex((row) => typeof row !== 'object' || row === null);
  if (strange >= 0) {
    const message = l10n.t('Expected an object, found {0}; such samples count as not measured.', found(rows[strange]));
    issues.push({ path: `${path}[${strange}]`, message });
  }
  const others = new Set(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])));
  return { length: rows.length, columns, others: [...others].filter((name) => !KNOWN.has(name)) };
}

function column(length: number, item: (index: number) => unknown, path: string, issues: ItemIssue[]): Float64Array {
  const values = new Float64Array(length).fill(Number.NaN);
  let bad = 0;
  let firstBad = 0;
  for (let index = 0; index < length; index++) {
    const value = item(index);
    if (value === undefined || value === null) continue;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number) && number >= 0) values[index] = number;
    else if (bad++ === 0) firstBad = index;
  }
  if (bad > 0) {
    const message = l10n.t(
      '{bad} of {length} values are no numbers from 0, the first {found} at {firstBad}; they count as not measured.',
      { bad, length, found: found(item(firstBad)), firstBad },
    );
    issues.push({ path, message });
  }
  return values;
}
