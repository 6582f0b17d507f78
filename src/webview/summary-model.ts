import type { Aggregate, StateChange, Stream } from '../core/model';
import { SERIES_NAMES, type SeriesName } from '../core/series';
import { columnSummary } from './charts/summaries';
import { displayUnit } from './format';
import { type Metric, metricOf, type ReportModel, type Source } from './report-model';

/** Beyond this relative difference between our mean and the provider's average the row is marked. */
const DISAGREES_FROM = 0.05;

/** One metric of one stream over the whole stay, in the unit that is shown. */
export interface MetricRow {
  metric: Metric;
  unit: string;
  decimals: number;
  /** Cells with a value. */
  measured: number;
  median: number;
  mean: number;
  /** The end of the scale that is worse for the call; undefined where neither is. */
  worst?: number;
  /** For counts: how many in all. */
  sum?: number;
  /** The provider's own average for this kind of stream. */
  aggregate?: number;
  /** Our mean and the provider's average differ though both stand for this one stream. */
  disagrees: boolean;
}

/** One stream's part of the summary. */
export interface StreamSummary {
  source: Source;
  samples: number;
  rows: MetricRow[];
  states: StateRow[];
}

/** A value that changes now and then, over the whole stay. */
export interface StateRow {
  name: string;
  /** How long each value held, most first; an open end counts to the last sample. */
  values: { value: string; ms: number }[];
  changes: number;
}

export function summarizeStreams({ sources, report }: ReportModel): StreamSummary[] {
  return sources.map((source) => ({
    source,
    samples: source.times.length,
    rows: Object.keys(source.series)
      .sort((a, b) => rank(a) - rank(b))
      .flatMap((key) => metricRow(source, metricOf(key), report.aggregates, report.streams) ?? []),
    states: Object.entries(source.stream?.states ?? {}).map(([name, changes]) => stateRow(source, name, changes)),
  }));
}

function stateRow({ times }: Source, name: string, changes: readonly StateChange[]): StateRow {
  const held = new Map<string, number>();
  const end = times[times.length - 1] ?? 0;
  changes.forEach(({ at, value }, index) => {
    const until = changes[index + 1]?.at ?? Math.max(at, end);
    held.set(value, (held.get(value) ?? 0) + until - at);
  });
  const values = [...held].map(([value, ms]) => ({ value, ms })).sort((a, b) => b.ms - a.ms);
  return { name, values, changes: Math.max(0, changes.length - 1) };
}

function metricRow(
  source: Source,
  metric: Metric,
  aggregates: readonly Aggregate[],
  streams: readonly Stream[],
): MetricRow | undefined {
  const summary = columnSummary(source.series[metric.key]);
  if (!summary) return undefined;
  const { unit, factor, decimals } = displayUnit(metric);
  const { stream } = source;
  const same = (other: Pick<Stream, 'direction' | 'kind' | 'source'>) =>
    other.direction === stream?.direction && other.kind === stream.kind && other.source === stream.source;
  const average = aggregates.find((each) => each.metric === metric.key && same(each))?.avg;
  const alone = streams.filter(same).length === 1;
  const scale = Math.max(Math.abs(summary.mean), Math.abs(average ?? 0));
  return {
    metric,
    unit,
    decimals,
    measured: summary.count,
    median: summary.median * factor,
    mean: summary.mean * factor,
    worst: metric.worse && (metric.worse === 'high' ? summary.max : summary.min) * factor,
    sum: metric.nature === 'count' ? summary.sum * factor : undefined,
    aggregate: average === undefined ? undefined : average * factor,
    disagrees: alone && average !== undefined && scale > 0 && Math.abs(summary.mean - average) / scale > DISAGREES_FROM,
  };
}

function rank(key: string): number {
  const index = SERIES_NAMES.indexOf(key as SeriesName);
  return index < 0 ? SERIES_NAMES.length : index;
}
