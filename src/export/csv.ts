import * as l10n from '@vscode/l10n';
import type { CandidatePair, Stream } from '../core/model';
import { SERIES, SERIES_NAMES, type SeriesName } from '../core/series';
import { originOf, type ReportDocument, streamWords } from './document';

/**
 * Columns of the table, in order. One row is one measured value: what was not measured has no row.
 *
 * `time` ISO 8601, UTC · `epochMs` · `secondsIntoCall` since the stay began, empty where that is not known ·
 * `streamId` unique in the report (`transport:0` for a candidate pair) · `label` in words · `direction` send or receive ·
 * `kind` audio, video or all · `source` camera-mic, screen, all or transport · `layer` of simulcast ·
 * `series` name of the metric · `unit` of `value`.
 */
export const CSV_COLUMNS = [
  'time',
  'epochMs',
  'secondsIntoCall',
  'streamId',
  'label',
  'direction',
  'kind',
  'source',
  'layer',
  'series',
  'unit',
  'value',
] as const;

/** A part is handed over when it has about so many characters. */
const PART_LENGTH = 1 << 20;

/** Writes all series of a report as one table (RFC 4180, UTF-8), part by part: head, streams in order, transports. */
export function* csvParts(document: ReportDocument): Generator<string, void, void> {
  const { streams, transports } = document.report;
  const origin = originOf(document);
  let part = `${CSV_COLUMNS.join(',')}\r\n`;
  for (const row of rows(document, streams, transports, origin)) {
    part += row;
    if (part.length < PART_LENGTH) continue;
    yield part;
    part = '';
  }
  yield part;
}

function* rows(
  document: ReportDocument,
  streams: readonly Stream[],
  transports: readonly CandidatePair[],
  origin: number | undefined,
): Generator<string, void, void> {
  for (const stream of streams) {
    const { id, direction, kind, source, layer = '' } = stream;
    const about = [id, streamWords(stream, document.names), direction, kind, source, layer];
    yield* ofOne(about, stream.times, stream.series, origin);
  }
  for (const [index, { direction = '', nominated, times, series }] of transports.entries()) {
    if (!times || !series) continue;
    const label = nominated
      ? l10n.t('Candidate pair {0}, nominated', index + 1)
      : l10n.t('Candidate pair {0}', index + 1);
    yield* ofOne([`transport:${index}`, label, direction, '', 'transport', ''], times, series, origin);
  }
}

function* ofOne(
  about: readonly string[],
  times: Float64Array,
  series: Readonly<Record<string, Float64Array>>,
  origin: number | undefined,
): Generator<string, void, void> {
  const cells = about.map(csvCell).join(',');
  const known: readonly string[] = SERIES_NAMES;
  const names = Object.keys(series).sort((a, b) => known.indexOf(a) - known.indexOf(b) || (a < b ? -1 : 1));
  for (const name of names) {
    const column = series[name];
    const metric = `${csvCell(name)},${csvCell(Object.hasOwn(SERIES, name) ? SERIES[name as SeriesName].unit : '')}`;
    for (const [index, at] of times.entries()) {
      const value = column?.[index] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      const into = origin === undefined ? '' : String(Math.round(at - origin) / 1000);
      yield `${isoTime(at)},${Number.isFinite(at) ? at : ''},${into},${cells},${metric},${value}\r\n`;
    }
  }
}

/**
 * A text as a cell: quoted where needed. What a spreadsheet would run as a formula (OWASP "CSV Injection": a leading `=`,
 * `+`, `-`, `@`, tab, carriage return or line feed) gets an apostrophe before it.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isoTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
