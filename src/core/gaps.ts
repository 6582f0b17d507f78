import * as l10n from '@vscode/l10n';
import type { Interval } from './finding';
import type { CallReport, Stream } from './model';
import type { OthersAway } from './others-away';
import { awayIntervals, backgroundIntervals, mutedIntervals, pausedIntervals } from './paused';

/** Nothing shorter than this is a gap, ms. */
const SHORTEST_GAP_MS = 5000;
/** So many steps give the median; of more, evenly spread ones stand for all. */
const MEDIAN_OF = 1000;
/** Values of a column that tell how often it comes. */
const SHOWS_RHYTHM = 10;

/**
 * The step between two samples from which on something is missing: longer than twice the median step and than 5 s.
 * A line is broken there and a rate over it is not computed. `times` are rising, epoch ms. Infinity for fewer than two.
 */
export function gapThreshold(times: Float64Array): number {
  return times.length < 2 ? Number.POSITIVE_INFINITY : Math.max(SHORTEST_GAP_MS, 2 * usualStep(times));
}

/** Median step between samples, ms; 0 for fewer than two. Of many steps, evenly spread ones stand for all. */
export function usualStep(times: Float64Array): number {
  if (times.length < 2) return 0;
  const stride = Math.ceil((times.length - 1) / MEDIAN_OF);
  const steps = new Float64Array(Math.ceil((times.length - 1) / stride));
  for (let i = 0; i < steps.length; i++) steps[i] = (times[i * stride + 1] as number) - (times[i * stride] as number);
  return steps.sort()[steps.length >> 1] as number;
}

/**
 * Why nothing was measured. `muted` the track was muted, paused or taken away · `backgrounded` the page was hidden (video) ·
 * `left` whoever it comes from was out of the call · `not reported` the client reported other figures meanwhile, or this
 * stream without this figure · `unknown` nothing in the report tells.
 */
export type GapReason = 'left' | 'muted' | 'backgrounded' | 'not reported' | 'unknown';

/** A {@link GapReason} as it is shown. */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  left: l10n.t({ message: 'left', comment: ['a person went away'] }),
  muted: l10n.t('muted'),
  backgrounded: l10n.t('backgrounded'),
  'not reported': l10n.t('not reported'),
  unknown: l10n.t('unknown'),
};

/** A stretch without a value, epoch ms: from the last sample before it to the first one after. */
export interface Gap {
  from: number;
  to: number;
  reason: GapReason;
}

/** What a report tells that can explain a gap, of all its streams. */
export interface GapCauses {
  muted: Readonly<Record<'audio' | 'video', readonly Interval[]>>;
  background: readonly Interval[];
  away: readonly Interval[];
  /** When other participants were out of the call, by their id, as far as it is known. */
  othersAway: OthersAway;
  /** Sample times of every stream. */
  reported: readonly Float64Array[];
}

/** Gathers what can explain a report's gaps. */
export function gapCauses(
  { events, participant, startedAt, endedAt, streams }: CallReport,
  othersAway: OthersAway = {},
): GapCauses {
  const all = [...events, ...(participant.events ?? [])].sort((a, b) => a.at - b.at);
  const start = startedAt ?? participant.joinedAt;
  const end = endedAt ?? participant.leftAt ?? all.at(-1)?.at;
  return {
    muted: { audio: pausedIntervals(all, 'audio', start, end), video: pausedIntervals(all, 'video', start, end) },
    background: backgroundIntervals(all, end),
    away: awayIntervals(all, end),
    othersAway,
    reported: streams.map(({ times }) => times),
  };
}

/**
 * Where a column has no value for longer than its usual step, in the order of time. Before the first value and after the
 * last one there is a gap only where the data tell why; `until` (epoch ms) is how far that may reach.
 */
export function gapsOf(
  stream: Pick<Stream, 'direction' | 'kind' | 'source' | 'times' | 'states' | 'remoteParticipantId'>,
  column: Float64Array,
  causes: GapCauses,
  until?: number,
): Gap[] {
  const { times } = stream;
  const measured = measuredTimes(times, column);
  const last = measured.at(-1);
  if (last === undefined) return [];
  // A figure may come less often than the stream's samples; a few of them show no rhythm of their own.
  const threshold = gapThreshold(measured.length < SHOWS_RHYTHM ? times : measured);
  const known = knownCauses(stream, causes, until ?? last);
  const gaps: Gap[] = [];
  for (let i = 1; i < measured.length; i++) {
    const from = measured[i - 1] as number;
    const to = measured[i] as number;
    if (to - from > threshold) gaps.push({ from, to, reason: reasonOf(from, to, known, causes.reported) });
  }
  if (until !== undefined && until - last > threshold) {
    const told = toldReason(last, until, known);
    if (told) gaps.push({ from: last, to: until, reason: told });
  }
  return gaps;
}

function measuredTimes(times: Float64Array, column: Float64Array): Float64Array {
  return column.some(Number.isNaN) ? times.filter((_, index) => !Number.isNaN(column[index])) : times;
}

type Known = readonly (readonly [GapReason, readonly Interval[]])[];

function knownCauses(
  { direction, kind, source, states, remoteParticipantId }: Parameters<typeof gapsOf>[0],
  { muted, background, away, othersAway }: GapCauses,
  end: number,
): Known {
  const sender = direction === 'receive' && remoteParticipantId ? othersAway[remoteParticipantId] : undefined;
  const own = direction === 'send' && source !== 'screen' && kind !== 'all' ? muted[kind] : [];
  return [
    ['left', [...away, ...(sender ?? [])]],
    ['muted', [...own, ...mutedIntervals(states, end)]],
    // Browsers slow down pictures of a page that is not seen; sound goes on.
    ['backgrounded', kind === 'audio' ? [] : background],
  ];
}

/** The first known cause that takes at least half of the stretch: samples stop a little before or after their cause. */
function toldReason(from: number, to: number, known: Known): GapReason | undefined {
  const covers = (intervals: readonly Interval[]) =>
    intervals.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
  return known.find(([, intervals]) => covers(intervals) * 2 >= to - from)?.[0];
}

function reasonOf(from: number, to: number, known: Known, reported: readonly Float64Array[]): GapReason {
  return (
    toldReason(from, to, known) ?? (reported.some((times) => anyBetween(times, from, to)) ? 'not reported' : 'unknown')
  );
}

/** Whether any of some rising times lies between two moments, neither of them included. */
function anyBetween(times: Float64Array, from: number, to: number): boolean {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= from) low = middle + 1;
    else high = middle;
  }
  return low < times.length && (times[low] as number) < to;
}
