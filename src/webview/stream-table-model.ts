import { type SeriesLimit, timeBeyond } from '../core/series-limit';
import type { StreamColumn, StreamSort } from '../protocol/state';
import { columnSummary } from './charts/summaries';
import type { Metric, Source } from './report-model';
import { limitFor } from './trouble';

/** One metric of one stream over the whole stay, in the series' own unit. */
export interface StreamFigures {
  source: Source;
  median: number;
  /** The end of the scale that is worse for the call; undefined where neither is. */
  worst?: number;
  /** Share (0..1) of the measured time beyond the limit; undefined where no rule has one. */
  beyond?: number;
  limit?: SeriesLimit;
  /** ms. */
  measured: number;
}

const NO_LIMIT = { beyond: 'above', warn: Number.POSITIVE_INFINITY } as const;

/** A metric's figures of every stream that measured it. */
export function streamFigures(
  sources: readonly Source[],
  metric: Metric,
  limits: readonly SeriesLimit[] | undefined,
): StreamFigures[] {
  return sources.flatMap((source) => {
    const column = source.series[metric.key];
    const summary = columnSummary(column);
    if (!column || !summary) return [];
    const limit = limitFor(limits, metric.key, source);
    const time = timeBeyond(source.times, column, limit ?? NO_LIMIT);
    return [
      {
        source,
        median: summary.median,
        worst: metric.worse && (metric.worse === 'high' ? summary.max : summary.min),
        beyond: limit && time?.share,
        limit,
        measured: time?.measuredMs ?? 0,
      },
    ];
  });
}

/** Rows in order of a column. What is not known comes last either way; equal ones keep their order. */
export function sortFigures(rows: readonly StreamFigures[], { column, descending }: StreamSort): StreamFigures[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (column === 'name') return sign * a.source.label.localeCompare(b.source.label, undefined, { numeric: true });
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * (left - right);
  });
}

function keyOf(row: StreamFigures, column: Exclude<StreamColumn, 'name'>): number | undefined {
  return row[column];
}

/** Worst first: what a click on a figure's head asks for, and where a table begins. */
export function worstFirst(column: StreamColumn, { worse }: Pick<Metric, 'worse'>): boolean {
  if (column === 'name') return false;
  return column === 'beyond' || column === 'measured' || worse !== 'low';
}
