import { countsOf, elapsedOf, resetsOf } from '../../../core/counters';
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
  const totals = RESETTING.map((field) => (running.has(field) ? cells[field] : undefined));
  return { elapsed: elapsedOf(times), resets: resetsOf(totals) };
}

/** A counter as counts per interval; see {@link countsOf} for a running total. */
export function perInterval(column: Float64Array, runs: boolean, { resets }: Steps, mayFall: boolean): Float64Array {
  if (!runs) return mayFall ? column.map((value) => Math.max(value, 0)) : column;
  return countsOf(column, resets, mayFall);
}
