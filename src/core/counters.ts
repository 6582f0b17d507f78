import { gapThreshold } from './gaps';

/**
 * Time since the sample before, ms; NaN for the first sample and over a gap, where no rate makes sense. `times` are epoch
 * ms, rising.
 */
export function elapsedOf(times: Float64Array): Float64Array {
  const gap = gapThreshold(times);
  const elapsed = new Float64Array(times.length).fill(Number.NaN);
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    if (step <= gap) elapsed[i] = step;
  }
  return elapsed;
}

/** Samples at which one of these running totals fell: a new object under the same key (W3C webrtc-stats, 4.1). */
export function resetsOf(totals: readonly (Float64Array | undefined)[]): ReadonlySet<number> {
  const resets = new Set<number>();
  for (const column of totals) {
    if (!column) continue;
    for (let i = 1; i < column.length; i++) if ((column[i] as number) < (column[i - 1] as number)) resets.add(i);
  }
  return resets;
}

/**
 * A running total as counts per interval. The first sample and one after a reset have none; a fall without a reset is 0
 * where a total may fall, as `packetsLost` does when packets come late (RFC 3550, 6.4.1), and "not measured" elsewhere.
 */
export function countsOf(total: Float64Array, resets: ReadonlySet<number>, mayFall = false): Float64Array {
  const counts = new Float64Array(total.length).fill(Number.NaN);
  for (let i = 1; i < total.length; i++) {
    if (resets.has(i)) continue;
    const change = (total[i] as number) - (total[i - 1] as number);
    if (change >= 0) counts[i] = change;
    else if (change < 0 && mayFall) counts[i] = 0;
  }
  return counts;
}

/** Bits a second of bytes per interval; NaN where the interval has no length. */
export function bitsPerSecond(bytes: Float64Array, elapsed: Float64Array): Float64Array {
  const rate = new Float64Array(bytes.length);
  for (let i = 0; i < rate.length; i++) rate[i] = ((bytes[i] as number) * 8000) / (elapsed[i] as number);
  return rate;
}

/** `sum / count` of each interval times `factor`; NaN where nothing was counted. */
export function meanOf(sum: Float64Array, count: Float64Array, factor = 1): Float64Array {
  const mean = new Float64Array(sum.length).fill(Number.NaN);
  for (let i = 0; i < mean.length; i++) {
    if ((count[i] as number) > 0) mean[i] = ((sum[i] as number) / (count[i] as number)) * factor;
  }
  return mean;
}

/** Loss of received media, %: lost over lost and received (RFC 3550). An interval without packets has no figure. */
export function receivedLoss(lost: Float64Array, received: Float64Array): Float64Array {
  const loss = new Float64Array(lost.length).fill(Number.NaN);
  for (let i = 0; i < loss.length; i++) {
    const whole = (lost[i] as number) + (received[i] as number);
    if (whole > 0) loss[i] = (100 * (lost[i] as number)) / whole;
  }
  return loss;
}
