import * as l10n from '@vscode/l10n';
import type { CallReport, CandidatePair, Stream } from '../core/model';
import { REPORT_FORMAT, REPORT_FORMAT_VERSION } from '../core/saved-report';
import { SERIES, type SeriesInfo, seriesInfo } from '../core/series';
import type { ReportDocument } from './document';

/**
 * Writes a report as JSON, part by part: joined they are one object, in UTF-8. Its members:
 *
 * - `format`, `version`: {@link REPORT_FORMAT}, {@link REPORT_FORMAT_VERSION} · `savedAt`: ISO 8601
 * - `personalData`: `masked` or `included`
 * - `ref`: app, room, session and participant id, as far as there are any; never the connection
 * - `participantNames`: names (or placeholders) by participant id · `session`: as core/model's Session
 * - `series`: unit, label, nature and meaning of every column used, by its name
 * - `findings`, `notEvaluated`: as core/finding has them
 * - `report`: core/model's CallReport. Columns (`times` and `series` of streams and transports) are arrays of numbers of the
 *   same length as their `times`; `null` is "not measured" (NaN in memory). Times are epoch ms.
 *
 * A member that is missing is not known.
 */
export function* jsonParts(document: ReportDocument, savedAt: number): Generator<string, void, void> {
  const { report, session, ref, names, findings, notEvaluated, masked } = document;
  const { connectionId: _ours, ...place } = ref;
  const head = {
    format: REPORT_FORMAT,
    version: REPORT_FORMAT_VERSION,
    savedAt: new Date(savedAt).toISOString(),
    personalData: masked ? 'masked' : 'included',
    ref: Object.fromEntries(Object.entries(place).filter(([, id]) => id)),
    participantNames: Object.fromEntries(names),
    ...(session && { session }),
    series: seriesTable([report]),
    findings,
    notEvaluated,
  };
  yield `${JSON.stringify(head, finite, 1).slice(0, -2)},\n "report": `;
  yield* reportParts(report);
  yield '\n}\n';
}

/** Writes one report as an object, part by part: its members are those of `report` in {@link jsonParts}. */
export function* reportParts({ streams, transports, ...facts }: CallReport): Generator<string, void, void> {
  yield `${JSON.stringify(facts, finite, 1).slice(0, -2)},\n`;
  yield* list('streams', streams);
  yield ',\n';
  yield* list('transports', transports);
  yield '\n}';
}

function* list(name: string, owners: readonly (Stream | CandidatePair)[]): Generator<string, void, void> {
  yield ` "${name}": [`;
  for (const [index, { times, series, ...facts }] of owners.entries()) {
    const columns = {
      ...(times && { times: Array.from(times) }),
      ...(series && {
        series: Object.fromEntries(Object.entries(series).map(([key, column]) => [key, Array.from(column)])),
      }),
    };
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify({ ...facts, ...columns }, finite)}`;
  }
  yield owners.length > 0 ? '\n ]' : ']';
}

/** NaN and the infinities would become null anyway; said here because readers count on it. */
export function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Unit, label, nature and meaning of every column that the reports use, by its name. */
export function seriesTable(
  reports: readonly Pick<CallReport, 'streams' | 'transports'>[],
): Record<string, Pick<SeriesInfo, 'label' | 'unit' | 'nature' | 'meaning'>> {
  const owners = reports.flatMap(({ streams, transports }) => [...streams, ...transports]);
  const used = new Set(owners.flatMap(({ series }) => Object.keys(series ?? {})));
  return Object.fromEntries([...used].sort().map((name) => [name, infoOf(name)]));
}

function infoOf(name: string): Pick<SeriesInfo, 'label' | 'unit' | 'nature' | 'meaning'> {
  if (!Object.hasOwn(SERIES, name)) {
    return { label: name, unit: '', nature: 'gauge', meaning: l10n.t('As the provider reports it.') };
  }
  const { label, unit, nature, meaning } = seriesInfo(name as keyof typeof SERIES);
  return { label, unit, nature, meaning };
}
