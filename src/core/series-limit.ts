import { gapThreshold, usualStep } from './gaps';
import type { Stream } from './model';
import type { SeriesName } from './series';

/** From where on a value of a series is trouble, as a rule in force sees it. Numbers are in the series' own unit. */
export interface SeriesLimit {
  /** The rule whose finding says so. */
  ruleId: string;
  metric: SeriesName;
  /** Which side of the numbers is bad; the numbers themselves are still good. */
  beyond: 'above' | 'below';
  warn: number;
  /** The second level, where the rule has one of its own. */
  bad?: number;
  /** Which streams it holds for; what is missing holds for all. */
  streams: Partial<Pick<Stream, 'direction' | 'kind' | 'source'>>;
}

/** Whether a limit is one for a stream. */
export function limitHolds({ streams }: SeriesLimit, stream: Pick<Stream, 'direction' | 'kind' | 'source'>): boolean {
  const { direction, kind, source } = streams;
  return (
    (!direction || direction === stream.direction) &&
    (!kind || kind === stream.kind) &&
    (!source || source === stream.source)
  );
}

/** Whether a value is beyond a limit's first level. What was not measured is not. */
export function isBeyond({ beyond, warn }: Pick<SeriesLimit, 'beyond' | 'warn'>, value: number): boolean {
  return beyond === 'above' ? value > warn : value < warn;
}

/**
 * How long a column was measured (ms), and which share (0..1) of that was beyond a limit. A sample stands for the time since
 * the one before; over a gap, and for the first, for the usual step. Undefined when nothing was measured.
 */
export function timeBeyond(
  times: Float64Array,
  column: Float64Array,
  limit: Pick<SeriesLimit, 'beyond' | 'warn'>,
): { share: number; measuredMs: number } | undefined {
  const longest = gapThreshold(times);
  const usual = usualStep(times);
  let measured = 0;
  let beyond = 0;
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    const since = i > 0 ? (times[i] as number) - (times[i - 1] as number) : Number.NaN;
    const stands = since <= longest ? since : usual;
    count++;
    measured += stands;
    if (isBeyond(limit, value)) beyond += stands;
  }
  if (count === 0) return undefined;
  // A single sample has no length.
  if (measured === 0)
    return { share: isBeyond(limit, column.find((value) => !Number.isNaN(value)) as number) ? 1 : 0, measuredMs: 0 };
  return { share: beyond / measured, measuredMs: measured };
}
