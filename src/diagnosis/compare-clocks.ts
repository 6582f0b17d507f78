import * as l10n from '@vscode/l10n';
import { gapThreshold } from '../core/gaps';
import type { CallReport, Stream } from '../core/model';
import { largest, smallest } from '../core/order';
import { formatDuration } from '../core/time';
import type { Compared } from './compare';
import { pairStreams } from './pair-streams';

/** How the time axis of two reports can mislead. */
export interface SharedTime {
  /** The two stays overlap, as far as is known: their clock times can be laid on one axis. */
  overlap: boolean;
  /** In sentences. */
  cautions: string[];
}

/** What is known of the clocks beside the reports. */
export interface ClockOptions {
  /** At least one report has the times of the machine that recorded it. */
  ownClocks?: boolean;
}

/** Clocks further apart than this are not looked for, ms. */
const MOST_OFFSET_MS = 60_000;
/** Values that must lie over each other before two lines can be said to move alike. */
const LEAST_OVERLAP = 40;
/** Pearson's r from which two lines are the same one shifted, and by how much it must beat no shift at all. */
const SAME_LINE = 0.8;
const BETTER_BY = 0.15;

/**
 * Whether two reports can share a time axis, and what to be careful about. Where both ends of a stream were measured, the
 * offset of their clocks is read off how its bitrate moved: the shift at which both lines correlate best. Pure.
 */
export function sharedTime(first: Compared, second: Compared, { ownClocks = false }: ClockOptions = {}): SharedTime {
  const [a, b] = [spanOf(first.report), spanOf(second.report)];
  const overlap = !a || !b || (a[0] <= b[1] && b[0] <= a[1]);
  if (!overlap) {
    return { overlap, cautions: [l10n.t('The two stays do not overlap in time: compare them by time into the call.')] };
  }
  const offset = clockOffset(first, second);
  if (offset) {
    const [late, early] = offset.ms > 0 ? [second, first] : [first, second];
    const text = l10n.t(
      'Moments seem to come {offset} later in the report of {late} than in that of {early}, by how the bitrate of a stream moved at both its ends: their clocks may differ by that.',
      { offset: formatDuration(Math.abs(offset.ms)), late: late.label, early: early.label },
    );
    return { overlap, cautions: [text] };
  }
  const own = l10n.t('Each report has the time of the clock that recorded it, and two clocks may differ.');
  return { overlap, cautions: ownClocks ? [own] : [] };
}

/** How much later (ms) the second report tells of the same moment; undefined when it cannot be told, or hardly differs. */
export function clockOffset(first: Compared, second: Compared): { ms: number } | undefined {
  const found = pairStreams(first, second).pairs.flatMap(({ ends, first: [one], second: [other] }) => {
    const shift = ends && one && other ? bestShift(one, other) : undefined;
    return shift ? [shift] : [];
  });
  const [best] = found.sort((a, b) => b.r - a.r);
  return best && { ms: best.ms };
}

function bestShift(one: Stream, other: Stream): { ms: number; r: number } | undefined {
  const step = Math.max(1000, spacing(one.times), spacing(other.times));
  // NaN where a stream has no samples.
  const from = Math.min(one.times[0] as number, other.times[0] as number);
  const to = Math.max(one.times.at(-1) as number, other.times.at(-1) as number);
  const count = Math.floor((to - from) / step) + 1;
  // More than a day at one value a second is no stay.
  if (!(count >= LEAST_OVERLAP) || count > 86_400) return undefined;
  const a = onGrid(one, from, step, count);
  const b = onGrid(other, from, step, count);
  const most = Math.ceil(MOST_OFFSET_MS / step);
  let best = { shift: 0, r: correlation(a, b, 0) };
  const unshifted = best.r;
  for (let shift = -most; shift <= most; shift++) {
    const r = correlation(a, b, shift);
    if (r > best.r || (Number.isNaN(best.r) && !Number.isNaN(r))) best = { shift, r };
  }
  const still = Number.isNaN(unshifted) ? 0 : unshifted;
  // A shift of one step can be how the two were sampled.
  if (Math.abs(best.shift) < 2 || !(best.r >= SAME_LINE) || best.r - still < BETTER_BY) return undefined;
  return { ms: best.shift * step, r: best.r };
}

/** The bitrate at regular moments: the last value before each, if it is not older than a gap. */
function onGrid({ times, series }: Stream, from: number, step: number, count: number): Float64Array {
  const column = series.bitrate;
  const grid = new Float64Array(count).fill(Number.NaN);
  if (!column) return grid;
  const reach = gapThreshold(times);
  let index = -1;
  for (let i = 0; i < count; i++) {
    const at = from + i * step;
    while (index + 1 < times.length && (times[index + 1] as number) <= at) index++;
    if (index >= 0 && at - (times[index] as number) <= reach) grid[i] = column[index] as number;
  }
  return grid;
}

/** Pearson's r of `a` with `b` read `shift` steps later, over the cells that both have; NaN for too few, or a flat line. */
function correlation(a: Float64Array, b: Float64Array, shift: number): number {
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let i = Math.max(0, -shift); i < a.length && i + shift < b.length; i++) {
    const x = a[i] as number;
    const y = b[i + shift] as number;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  if (n < LEAST_OVERLAP) return Number.NaN;
  const spread = Math.sqrt((n * sumAA - sumA * sumA) * (n * sumBB - sumB * sumB));
  return spread > 0 ? (n * sumAB - sumA * sumB) / spread : Number.NaN;
}

/** Median step, ms; NaN for fewer than two samples. */
function spacing(times: Float64Array): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] as number));
  return steps.sort()[steps.length >> 1] as number;
}

function spanOf({ startedAt, endedAt, participant, streams }: CallReport): [number, number] | undefined {
  const from = participant.joinedAt ?? startedAt ?? smallest(streams.map(({ times }) => times[0]));
  const to = participant.leftAt ?? endedAt ?? largest(streams.map(({ times }) => times.at(-1)));
  return from === undefined || to === undefined ? undefined : [from, to];
}
