import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import { found, member } from '../../records';
import { BadCells, StreamColumns } from './columns';
import { QUALITY_ARRAYS, type QualityArray, type RawStream, type Row } from './fields';
import { StampReader } from './stamps';
import { Tally } from './tally';

export const QUALITY_PATH = 'data.participant.peer_report.quality';

/** One stream while the samples of its array come in. */
interface Group {
  id: string;
  mid: unknown;
  ids: Partial<Record<keyof RawStream['ids'], string>>;
  columns: StreamColumns;
}

/**
 * Sorts the samples of all arrays into streams, keyed by (`producer_id` or `consumer_id`, `ssrc`, `mid`), and fills one
 * column per field in one pass. A cell of the wrong type is NaN and counted into an issue, a row that is no object or has
 * no time is left out and counted. Every other row survives, save that of two with one time the later stands.
 */
export function collectStreams(quality: unknown, issues: ItemIssue[]): RawStream[] {
  const stamps = new StampReader();
  return QUALITY_ARRAYS.flatMap((array) => {
    const path = `${QUALITY_PATH}.${array.name}`;
    const rows = member(quality, array.name);
    if (rows === undefined || rows === null) return [];
    if (!Array.isArray(rows)) {
      issues.push({ path, message: l10n.t('Expected a list of samples, found {0}; left out.', found(rows)) });
      return [];
    }
    const groups = collect(rows, array, path, stamps, issues);
    return groups.map(({ ids, columns }) => ({ array, ids, ...columns.end() }));
  });
}

function collect(
  rows: unknown[],
  array: QualityArray,
  path: string,
  stamps: StampReader,
  issues: ItemIssue[],
): Group[] {
  // By number first: hashing a number costs less than hashing an id that is a new string in each row.
  const bySsrc = new Map<unknown, Group[]>();
  const all: Group[] = [];
  const bad = new BadCells();
  const noObject = new Tally();
  const noTime = new Tally();
  for (let place = 0; place < rows.length; place++) {
    const cells = rows[place];
    if (typeof cells !== 'object' || cells === null || Array.isArray(cells)) {
      noObject.add(place);
      continue;
    }
    const row = cells as Row;
    const time = stamps.read(row.timestamp);
    if (Number.isNaN(time)) {
      noTime.add(place);
      continue;
    }
    const id = streamId(row, array);
    const ssrc = scalar(row.ssrc);
    const mid = scalar(row.mid);
    const groups = bySsrc.get(ssrc);
    let target = groups?.find((one) => one.id === id && one.mid === mid);
    if (!target) {
      target = { id, mid, ids: identifiers(row), columns: new StreamColumns(bad) };
      all.push(target);
      if (groups) groups.push(target);
      else bySsrc.set(ssrc, [target]);
    }
    target.columns.add(row, time, place);
  }
  noObject.report(issues, path, '', (count) =>
    l10n.t('{0} samples are no objects, the first one here; left out.', count),
  );
  noTime.report(issues, path, '.timestamp', (count) =>
    l10n.t('{0} samples have no readable time, the first one here; left out.', count),
  );
  bad.report(path, issues);
  return all;
}

function streamId(row: Row, { direction }: QualityArray): string {
  const own = direction === 'send' ? row.producer_id : row.consumer_id;
  if (typeof own === 'string') return own;
  return typeof row.producer_id === 'string' ? row.producer_id : '';
}

/** What can tell streams apart: a number or a text. */
function scalar(value: unknown): string | number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** The ids of a stream, from its first sample. */
function identifiers(row: Row): Group['ids'] {
  const ids: Group['ids'] = {};
  for (const name of ['producer_id', 'consumer_id', 'ssrc', 'mid', 'peer_id'] as const) {
    const value = scalar(row[name]);
    if (value !== undefined) ids[name] = String(value);
  }
  return ids;
}
