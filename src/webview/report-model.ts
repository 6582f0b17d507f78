import * as l10n from '@vscode/l10n';
import type { CallReport } from '../core/model';
import { isAssetTrend } from '../core/own-streams';
import { SERIES, SERIES_NAMES, type SeriesInfo, type SeriesName, seriesInfo } from '../core/series';
import { displayText } from '../core/text';
import type { ReportSubject } from '../protocol/messages';
import { CORE_METRICS } from '../protocol/state';
import type { TimeRange } from './charts/timeline';
import { words } from './format';
import { LineStyles } from './line-style';
import { buildSources, type Source, setStyles } from './sources';

export { GROUP_WORDS, identifiersOf, pairLabel, pairName, plainLabel, type Source, type SourceGroup } from './sources';

/** Lines that a chart shows before the person chooses. */
export const DEFAULT_LINES = 8;

/** One kind of chart. */
export interface Metric extends SeriesInfo {
  key: string;
}

/** What the page shows, worked out once for each report. */
export interface ReportModel {
  report: CallReport;
  subject: ReportSubject;
  sources: Source[];
  /** Usual metrics that were measured. */
  coreMetrics: Metric[];
  /** Labels of usual metrics that no stream holds a value of. */
  notReported: string[];
  /** Every other column with a value. */
  extraMetrics: Metric[];
  /** All there is to see on the time axis. */
  span: TimeRange;
  /** Where time into the call begins, epoch ms. */
  origin: number;
  /** Ids hidden until the person chooses otherwise. */
  hiddenAtFirst: string[];
  /** A viewer's playback, not a call. */
  playback: boolean;
  trend?: Trend;
}

/** Figures over time of all sessions of an asset: they stand apart from the session's own, on a longer time axis. */
export interface Trend {
  source: Source;
  metrics: Metric[];
  span: TimeRange;
}

/** `styles`: the looks that lines of the same report have already. */
export function buildModel(report: CallReport, subject: ReportSubject, styles = new LineStyles()): ReportModel {
  const playback = report.media === 'playback';
  const isTrend = (source: Source): boolean => isAssetTrend(report, source);
  const all = buildSources(report, subject);
  const sources = all.filter((source) => !isTrend(source));
  setStyles(sources, styles);
  const span = timeSpan(report, sources);
  return {
    report,
    subject,
    sources,
    ...chartedMetrics(sources),
    span,
    origin: report.startedAt ?? report.participant.joinedAt ?? span[0],
    // Whoever joins a call late takes nobody's place in the charts.
    hiddenAtFirst: styles
      .inOrder(sources)
      .slice(DEFAULT_LINES)
      .map(({ id }) => id),
    playback,
    trend: buildTrend(report, all.find(isTrend)),
  };
}

/** What can be charted of some sources, in the order of reading. */
export function chartedMetrics(
  sources: readonly Source[],
): Pick<ReportModel, 'coreMetrics' | 'notReported' | 'extraMetrics'> {
  const measured = measuredKeys(sources);
  const core: readonly string[] = CORE_METRICS;
  const known: readonly string[] = SERIES_NAMES;
  const extras = [
    ...known.filter((key) => measured.has(key) && !core.includes(key)),
    ...[...measured].filter((key) => !known.includes(key)).sort(),
  ];
  return {
    coreMetrics: core.filter((key) => measured.has(key)).map(metricOf),
    notReported: core.filter((key) => isMissing(key, measured)).map((key) => metricOf(key).label),
    extraMetrics: extras.map(metricOf),
  };
}

function buildTrend({ startedAt, endedAt, participant }: CallReport, source: Source | undefined): Trend | undefined {
  if (!source || source.times.length === 0) return undefined;
  const { times } = source;
  // The playback itself is marked on the axis, so that it has to lie on it; one that goes on has no end yet.
  const end = endedAt ?? (startedAt === undefined ? undefined : startedAt + (participant.durationMs ?? 0));
  const moments = [times[0], times[times.length - 1], startedAt, end].filter((at) => at !== undefined);
  const [from, to] = [Math.min(...moments), Math.max(...moments)];
  return {
    source,
    metrics: [...measuredKeys([source])].map(metricOf),
    span: to - from >= 1000 ? [from, to] : [from, from + 1000],
  };
}

function measuredKeys(sources: readonly Source[]): Set<string> {
  const measured = new Set<string>();
  for (const { series } of sources) {
    for (const [key, column] of Object.entries(series)) if (hasValue(column)) measured.add(key);
  }
  return measured;
}

/** Whether a usual metric is missing. Loss whose unit is not known stands for loss, and is itself usual only when it came. */
function isMissing(key: string, measured: ReadonlySet<string>): boolean {
  const unscaled = 'packetLossUnscaled';
  return !measured.has(key) && key !== unscaled && !(key === 'packetLoss' && measured.has(unscaled));
}

/** What is known of a column by its name; a name that is not in the table is shown as it is. */
export function metricOf(key: string): Metric {
  if (Object.hasOwn(SERIES, key)) return { key, ...seriesInfo(key as SeriesName) };
  return {
    key,
    label: words(displayText(key, 60)),
    unit: '',
    decimals: 2,
    nature: 'gauge',
    meaning: l10n.t('As the provider reports it.'),
  };
}

export function hasValue(column: Float64Array | undefined): boolean {
  return column?.some((value) => !Number.isNaN(value)) ?? false;
}

function timeSpan(
  { startedAt, endedAt, events, deviceChanges, participant }: CallReport,
  sources: Source[],
): TimeRange {
  let from = Math.min(startedAt ?? Number.POSITIVE_INFINITY, participant.joinedAt ?? Number.POSITIVE_INFINITY);
  let to = Math.max(endedAt ?? Number.NEGATIVE_INFINITY, participant.leftAt ?? Number.NEGATIVE_INFINITY);
  for (const { times } of sources) {
    if (times.length === 0) continue;
    from = Math.min(from, times[0] as number);
    to = Math.max(to, times[times.length - 1] as number);
  }
  // What happened just before joining (the pre-call test) belongs to the picture; a stray date years off does not.
  const near = 10 * 60_000;
  for (const { at } of [...events, ...deviceChanges]) {
    if (!Number.isFinite(at)) continue;
    if (from === Number.POSITIVE_INFINITY || (at < from && at > from - near)) from = at;
    if (to === Number.NEGATIVE_INFINITY || (at > to && at < to + near)) to = at;
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [0, 1000];
  return to - from >= 1000 ? [from, to] : [from, from + 1000];
}
