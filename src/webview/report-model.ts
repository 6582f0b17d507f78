import type { CallReport, CandidatePair, Stream } from '../core/model';
import { SERIES, SERIES_NAMES, type SeriesInfo, type SeriesName, seriesInfo } from '../core/series';
import { displayText } from '../core/text';
import type { ReportSubject } from '../protocol/messages';
import { CORE_METRICS } from '../protocol/state';
import { medianSpacing } from './charts/downsample';
import type { TimeRange } from './charts/timeline';
import { words } from './format';
import { type LineStyle, lineStyle } from './line-style';

/** Lines that a chart shows before the person chooses. */
export const DEFAULT_LINES = 8;

export type SourceGroup = 'sent' | 'received' | 'transport';

/** Anything with columns over time: a stream, or a transport that the provider sampled. */
export interface Source {
  id: string;
  group: SourceGroup;
  label: string;
  stream?: Stream;
  times: Float64Array;
  series: Readonly<Record<string, Float64Array>>;
  style: LineStyle;
  /** Median distance of samples, ms. */
  spacing?: number;
  /** Longer pauses than this are gaps, ms. */
  maxGap: number;
}

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

/** Names the one stream of a playback that is not the session's own. */
const TREND_ID = 'asset-trend';

export function buildModel(report: CallReport, subject: ReportSubject): ReportModel {
  const playback = report.media === 'playback';
  const isTrend = ({ id }: Source): boolean => playback && id === TREND_ID;
  const all = [...buildStreams(report, subject), ...buildTransports(report)];
  const sources = all.filter((source) => !isTrend(source));
  sources.forEach((source, index) => {
    source.style = lineStyle(index);
  });
  const measured = measuredKeys(sources);
  const core: readonly string[] = CORE_METRICS;
  const known: readonly string[] = SERIES_NAMES;
  const extras = [
    ...known.filter((key) => measured.has(key) && !core.includes(key)),
    ...[...measured].filter((key) => !known.includes(key)).sort(),
  ];
  const span = timeSpan(report, sources);
  return {
    report,
    subject,
    sources,
    coreMetrics: core.filter((key) => measured.has(key)).map(metricOf),
    notReported: core.filter((key) => isMissing(key, measured)).map((key) => metricOf(key).label),
    extraMetrics: extras.map(metricOf),
    span,
    origin: report.startedAt ?? report.participant.joinedAt ?? span[0],
    hiddenAtFirst: sources.slice(DEFAULT_LINES).map(({ id }) => id),
    playback,
    trend: buildTrend(report, all.find(isTrend)),
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
    meaning: 'As the provider reports it.',
  };
}

export function hasValue(column: Float64Array | undefined): boolean {
  return column?.some((value) => !Number.isNaN(value)) ?? false;
}

/** `Microphone`, `Screen (video) · h`, `Caller B · camera`; `Sent` for all that was sent. */
export function streamLabel(stream: Stream, names: Readonly<Record<string, string>> = {}): string {
  // Where a provider sums up all streams there is one for each direction.
  if (stream.kind === 'all' && stream.source === 'all') return stream.direction === 'send' ? 'Sent' : 'Received';
  // The list's heading says which way it goes.
  const [, said = '', from = ''] =
    /^(.*?)(?: (?:sent|received)(?: from (.+))?)?$/.exec(displayText(stream.label ?? '', 120)) ?? [];
  const what = displayText(said, 60) || plainLabel(stream);
  const layer = stream.layer ? ` · ${displayText(stream.layer, 40)}` : '';
  const remote = stream.remoteParticipantId;
  if (stream.direction === 'send' || remote === undefined) return what + layer;
  const name = Object.hasOwn(names, remote) ? displayText(names[remote] ?? '', 60) : '';
  const who = name || from || `${displayText(remote, 200).slice(0, 8)}…`;
  return what.includes(who) ? what + layer : `${who} · ${what.charAt(0).toLowerCase()}${what.slice(1)}${layer}`;
}

/** What the provider calls the stream, for finding it in logs: ids, SSRC, mid, and who sent it. */
export function identifiersOf({ stream }: Source): string {
  const own = Object.entries(stream?.identifiers ?? {});
  const from = stream?.remoteParticipantId;
  const all = from ? [...own, ['from', from] as const] : own;
  return all.map(([name, value]) => displayText(`${name} ${value}`, 120)).join(' · ');
}

/** Which medium, in a word or two. */
export function plainLabel({ kind, source }: Pick<Stream, 'kind' | 'source'>): string {
  if (kind === 'all' || source === 'all') return kind === 'all' ? 'All media' : `All ${kind}`;
  if (source === 'screen') return kind === 'audio' ? 'Screen audio' : 'Screen';
  return kind === 'audio' ? 'Microphone' : 'Camera';
}

function buildStreams({ streams }: CallReport, { participantNames }: ReportSubject): Source[] {
  const labels = streams.map((stream) => streamLabel(stream, participantNames));
  const sources = streams.map((stream, index) => {
    const label = labels[index] as string;
    // The same label twice (a track that was replaced) gets a number.
    const alike = streams.filter((other, at) => labels[at] === label && other.direction === stream.direction);
    const spacing = medianSpacing(stream.times);
    return {
      id: stream.id,
      group: stream.direction === 'send' ? ('sent' as const) : ('received' as const),
      label: alike.length > 1 ? `${label} (${alike.indexOf(stream) + 1})` : label,
      stream,
      times: stream.times,
      series: stream.series as Record<string, Float64Array>,
      style: lineStyle(0),
      spacing,
      maxGap: gapAbove(spacing),
    };
  });
  return [...sources.filter(({ group }) => group === 'sent'), ...sources.filter(({ group }) => group === 'received')];
}

function buildTransports({ transports }: CallReport): Source[] {
  return transports.flatMap((pair, index) => {
    if (!pair.times?.length || !pair.series) return [];
    const spacing = medianSpacing(pair.times);
    return [
      {
        id: `transport:${index}`,
        group: 'transport' as const,
        label: pairLabel(pair, transports),
        times: pair.times,
        series: pair.series,
        style: lineStyle(0),
        spacing,
        maxGap: gapAbove(spacing),
      },
    ];
  });
}

/** `Sending, nominated`, `Receiving 2`. */
export function pairLabel(pair: CandidatePair, pairs: readonly CandidatePair[]): string {
  const alike = pairs.filter(({ direction }) => direction === pair.direction);
  const way = pair.direction === 'send' ? 'Sending' : pair.direction === 'receive' ? 'Receiving' : 'Pair';
  return `${way}${alike.length > 1 ? ` ${alike.indexOf(pair) + 1}` : ''}${pair.nominated ? ', nominated' : ''}`;
}

/** Two missed samples in a row are a pause; one late sample is not. */
function gapAbove(spacing: number | undefined): number {
  return spacing === undefined ? Number.POSITIVE_INFINITY : Math.max(spacing * 2.5, 1500);
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
