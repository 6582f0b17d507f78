import type { Interval } from '../finding';
import type { StreamView } from './view';

/** Episodes that are nearer to each other than this are one, ms. */
export const MERGE_MS = 10_000;
/** Fewer measured samples than this say nothing. */
export const MIN_SAMPLES = 5;

/** When a value beyond its limit is a problem. */
export type Raise =
  /** So many of the last so many samples. */
  | { samples: number; of: number }
  /** All samples for so long, and at least so many of them. */
  | { seconds: number; samples: number };

/** How a column is looked through. */
export interface ScanOptions {
  beyond: 'above' | 'below';
  /** First level: strictly beyond. */
  warn: number;
  /** Second level. */
  bad?: number;
  /** A sample on the right side of this is good again; `warn` where missing. Between both an episode goes on. */
  clear?: number;
  raise: Raise;
  /** Good samples in a row that end an episode. */
  clearAfter?: number;
}

/** A stretch in which a column was beyond its limit. */
export interface Episode extends Interval {
  /** 1: the second level was reached as the first was, by as many samples or as long. */
  level: 0 | 1;
  worst: number;
  /** Epoch ms. */
  worstAt: number;
  /** Mean of the measured samples in it. */
  mean: number;
}

/** What a scan saw. */
export interface Scan {
  episodes: Episode[];
  /** Samples that counted. */
  measured: number;
}

/**
 * Finds the stretches in which a column is beyond its limit, with hysteresis. An episode begins with the interval of its
 * first sample beyond and ends with its last one; samples that do not count are left out, a gap ends everything.
 */
export function scan(view: StreamView, column: Float64Array, options: ScanOptions): Scan {
  const sign = options.beyond === 'above' ? 1 : -1;
  const limit = sign * options.warn;
  const { usable } = view;
  let measured = 0;
  let beyond = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (usable[i] === 0 || Number.isNaN(value)) continue;
    measured++;
    if (value * sign > limit) beyond++;
  }
  // Most columns of most calls end here.
  const needed = options.raise.samples;
  if (measured < MIN_SAMPLES || beyond < needed) return { episodes: [], measured };
  return { episodes: merge(track(view, column, options)), measured };
}

function track(view: StreamView, column: Float64Array, options: ScanOptions): Episode[] {
  const { times, elapsed, usable } = view;
  const sign = options.beyond === 'above' ? 1 : -1;
  const warn = sign * options.warn;
  const bad = options.bad === undefined ? Number.POSITIVE_INFINITY : sign * options.bad;
  const clear = options.clear === undefined ? warn : sign * options.clear;
  const clearAfter = options.clearAfter ?? 2;
  const first = new Raiser(options.raise);
  const second = new Raiser(options.raise);
  const episodes: Episode[] = [];
  let open: (Episode & { sum: number; count: number }) | undefined;
  let good = 0;
  const close = () => {
    if (open) {
      const { sum, count, ...episode } = open;
      episodes.push({ ...episode, mean: sum / count });
    }
    open = undefined;
    good = 0;
    first.reset();
    second.reset();
  };
  for (let i = 0; i < column.length; i++) {
    if (usable[i] === 0 || Number.isNaN(elapsed[i])) {
      // Nothing is known here: whatever went on may have ended.
      if (open || first.began) close();
      if (usable[i] === 0) continue;
    }
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    const time = times[i] as number;
    const from = Number.isNaN(elapsed[i]) ? time : time - (elapsed[i] as number);
    const signed = value * sign;
    const raised = first.take(signed > warn, from, time);
    const severe = second.take(signed > bad, from, time);
    if (!open) {
      if (!raised) continue;
      open = { start: first.since, end: time, level: 0, worst: value, worstAt: time, mean: 0, sum: 0, count: 0 };
      gather(open, view, column, first.since, i - 1, sign);
      good = 0;
    }
    open.sum += value;
    open.count++;
    if (signed > sign * open.worst) {
      open.worst = value;
      open.worstAt = time;
    }
    if (severe) open.level = 1;
    if (signed > warn) open.end = time;
    good = signed > clear ? 0 : good + 1;
    if (good >= clearAfter) close();
  }
  close();
  return episodes;
}

/** Takes the samples into an episode that came before it was certain. */
function gather(
  open: Episode & { sum: number; count: number },
  { times, usable }: StreamView,
  column: Float64Array,
  since: number,
  last: number,
  sign: number,
): void {
  for (let i = last; i >= 0 && (times[i] as number) > since; i--) {
    const value = column[i] as number;
    if (usable[i] === 0 || Number.isNaN(value)) continue;
    open.sum += value;
    open.count++;
    if (value * sign >= sign * open.worst) {
      open.worst = value;
      open.worstAt = times[i] as number;
    }
  }
}

/** Decides sample by sample whether enough of them were beyond. */
class Raiser {
  readonly #of: number;
  readonly #samples: number;
  readonly #ms: number;
  /** The last samples, the newest first: where each began, NaN for one that was good. */
  #recent: number[] = [];
  #run = 0;
  #start = Number.NaN;

  constructor(raise: Raise) {
    this.#samples = raise.samples;
    this.#of = 'of' in raise ? raise.of : 0;
    this.#ms = 'seconds' in raise ? raise.seconds * 1000 : 0;
  }

  /** Whether anything beyond was seen that still counts. */
  get began(): boolean {
    return this.#run > 0 || this.#recent.length > 0;
  }

  /** Where the samples that raised it began. */
  get since(): number {
    if (this.#of === 0) return this.#start;
    return this.#recent.findLast((from) => !Number.isNaN(from)) ?? Number.NaN;
  }

  take(beyond: boolean, from: number, time: number): boolean {
    if (this.#of === 0) {
      if (!beyond) {
        this.#run = 0;
        return false;
      }
      if (this.#run === 0) this.#start = from;
      this.#run++;
      return this.#run >= this.#samples && time - this.#start >= this.#ms;
    }
    this.#recent.unshift(beyond ? from : Number.NaN);
    if (this.#recent.length > this.#of) this.#recent.pop();
    if (!beyond) return false;
    let count = 0;
    for (const each of this.#recent) if (!Number.isNaN(each)) count++;
    return count >= this.#samples;
  }

  reset(): void {
    this.#recent = [];
    this.#run = 0;
    this.#start = Number.NaN;
  }
}

/** Joins episodes, given in the order of time, that are less than {@link MERGE_MS} apart. */
function merge(episodes: readonly Episode[]): Episode[] {
  const merged: Episode[] = [];
  for (const episode of episodes) {
    const last = merged[merged.length - 1];
    if (!last || episode.start - last.end >= MERGE_MS) merged.push({ ...episode });
    else {
      const longer = last.end - last.start + (episode.end - episode.start);
      const mean =
        longer > 0
          ? (last.mean * (last.end - last.start) + episode.mean * (episode.end - episode.start)) / longer
          : last.mean;
      const worse = Math.abs(episode.worst - mean) > Math.abs(last.worst - mean) ? episode : last;
      Object.assign(last, {
        end: Math.max(last.end, episode.end),
        level: Math.max(last.level, episode.level),
        worst: worse.worst,
        worstAt: worse.worstAt,
        mean,
      });
    }
  }
  return merged;
}

/** Joins intervals in any order that overlap or are less than `near` ms apart. */
export function mergeIntervals(intervals: readonly Interval[], near = MERGE_MS): Interval[] {
  const merged: Interval[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged[merged.length - 1];
    if (last && start - last.end < near) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Sum of the lengths of intervals that do not overlap, ms. */
export function totalLength(intervals: readonly Interval[]): number {
  let sum = 0;
  for (const { start, end } of intervals) sum += end - start;
  return sum;
}

/** Whether two intervals are less than `near` ms apart. */
export function touches(a: Interval, b: Interval, near = 0): boolean {
  return a.start <= b.end + near && b.start <= a.end + near;
}
