import { gapThreshold } from '../../../core/gaps';
import type { CounterField, RawStream } from './fields';

/** The steps of one stream. */
export interface Steps {
  /** Time since the sample before, ms; NaN for the first sample and over a gap, where no rate makes sense. */
  elapsed: Float64Array;
  /** Samples at which the counters began anew: a new object under the same key (W3C webrtc-stats, 4.1). */
  resets: ReadonlySet<number>;
}

/** Media counters whose fall means that the object behind them was replaced. */
const RESETTING = [
  'packets_sent',
  'bytes_sent',
  'packets_received',
  'bytes_received',
  'frames_encoded',
  'frames_decoded',
  'jitter_buffer_emitted_count',
] as const;

/** Measures the steps of a stream; resets are looked for in running totals only. */
export function readSteps({ times, cells }: RawStream, running: ReadonlySet<CounterField>): Steps {
  const gap = gapThreshold(times);
  const elapsed = new Float64Array(times.length).fill(Number.NaN);
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    if (step <= gap) elapsed[i] = step;
  }
  const resets = new Set<number>();
  for (const field of RESETTING) {
    const column = running.has(field) ? cells[field] : undefined;
    if (!column) continue;
    for (let i = 1; i < column.length; i++) if ((column[i] as number) < (column[i - 1] as number)) resets.add(i);
  }
  return { elapsed, resets };
}

/**
 * A counter as counts per interval. Of a running total the first sample and one after a reset have none; a fall without
 * a reset is 0 for `packets_lost`, which late packets make fall (RFC 3550, 6.4.1), and "not measured" for others.
 */
export function perInterval(column: Float64Array, runs: boolean, { resets }: Steps, mayFall: boolean): Float64Array {
  if (!runs) return mayFall ? column.map((value) => Math.max(value, 0)) : column;
  const counts = new Float64Array(column.length).fill(Number.NaN);
  for (let i = 1; i < column.length; i++) {
    if (resets.has(i)) continue;
    const change = (column[i] as number) - (column[i - 1] as number);
    if (change >= 0) counts[i] = change;
    else if (change < 0 && mayFall) counts[i] = 0;
  }
  return counts;
}
