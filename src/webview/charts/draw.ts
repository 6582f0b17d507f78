import type { Source } from '../report-model';
import { type DrawnLine, type LineWriter, reduceColumn } from './downsample';
import type { TimeRange } from './timeline';

/** A source's column of one metric, reduced to the pixels there are. */
export function drawnLine(
  source: Source,
  key: string,
  [from, to]: TimeRange,
  width: number,
  writer?: LineWriter,
): DrawnLine | undefined {
  const column = source.series[key];
  if (!column) return undefined;
  const buckets = Math.max(1, Math.round(width));
  return reduceColumn(source.times, column, { from, to, buckets, maxGap: source.maxGap }, writer);
}

/** The index of the sample that the cursor means: the nearest, unless nothing was measured around there. */
export function sampleAt(source: Source, at: number): number | undefined {
  const { times, maxGap, spacing = 0 } = source;
  let low = 0;
  let high = times.length - 1;
  if (high < 0) return undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  const next = Math.min(low + 1, times.length - 1);
  const best = Math.abs((times[next] as number) - at) < Math.abs((times[low] as number) - at) ? next : low;
  const reach = Number.isFinite(maxGap) ? Math.max(spacing, 1000) : 10_000;
  return Math.abs((times[best] as number) - at) <= reach ? best : undefined;
}

/** A column's value at the cursor; NaN where nothing was measured. */
export function valueAt(source: Source, key: string, at: number): number {
  const index = sampleAt(source, at);
  return index === undefined ? Number.NaN : (source.series[key]?.[index] ?? Number.NaN);
}
