import { gapThreshold } from '../../core/gaps';
import type { CallEvent, CallReport, DeviceChange, Participant, Session, Stream } from '../../core/model';
import { compareText } from '../../core/order';
import { ownStreams } from '../../core/own-streams';
import { backgroundIntervals, lastMoment, mutedIntervals, pausedIntervals } from '../../core/paused';
import type { SeriesName } from '../../core/series';
import type { Interval } from '../finding';
import type { ReportOptions } from '../rule';
import { mergedStreams } from './merge-streams';

/** A stream has not settled before this, ms: nothing of it counts. */
const WARM_UP_MS = 5000;

/** A stream made ready for the rules. */
export interface StreamView {
  stream: Stream;
  /** Epoch ms, rising. */
  times: Float64Array;
  /** ms since the sample before; NaN for the first sample and over a gap. */
  elapsed: Float64Array;
  /** 1: the sample counts. Warm-up, the first sample after a gap and what was muted or in the background do not. */
  usable: Uint8Array;
  /** Gaps between samples. */
  gaps: readonly Interval[];
  /** Median step, ms; NaN for fewer than two samples. */
  step: number;
  /** Receive: whose media it is, as far as the report tells. */
  sender?: string;
  /** Simulcast layers of one track share it. */
  track: string;
}

/** A report made ready for the rules: everything in one order, whatever order it came in. */
export interface ReportView {
  report: CallReport;
  streams: readonly StreamView[];
  events: readonly CallEvent[];
  deviceChanges: readonly DeviceChange[];
  /** Epoch ms; undefined when nothing tells. */
  start?: number;
  end?: number;
  /** ms; 0 when nothing tells. */
  length: number;
  /** Whether the stay is over, as far as is known. */
  ended: boolean | undefined;
  muted: { audio: readonly Interval[]; video: readonly Interval[] };
  background: readonly Interval[];
  session?: Session;
  participants?: readonly Participant[];
  list?: readonly CallReport[];
}

/** Prepares a report. The report itself is not changed. */
export function viewReport(report: CallReport, options: ReportOptions = {}): ReportView {
  const events = [...report.events].sort(
    (a, b) =>
      a.at - b.at || compareText(a.name, b.name) || compareText(JSON.stringify(a.details), JSON.stringify(b.details)),
  );
  const deviceChanges = [...report.deviceChanges].sort(
    (a, b) =>
      a.at - b.at ||
      compareText(a.change, b.change) ||
      compareText(a.kind, b.kind) ||
      compareText(a.deviceId, b.deviceId),
  );
  const streams = mergedStreams(ownStreams(report));
  const first = extreme(streams, 'first');
  const last = extreme(streams, 'last');
  const start = report.startedAt ?? report.participant.joinedAt ?? first;
  const known = report.endedAt ?? report.participant.leftAt;
  const end = known ?? last ?? lastMoment(events);
  const muted = {
    audio: pausedIntervals(events, 'audio', start, end),
    video: pausedIntervals(events, 'video', start, end),
  };
  const background = backgroundIntervals(events, end);
  return {
    report,
    streams: streams.map((stream) => viewStream(stream, muted, background)),
    events,
    deviceChanges,
    start,
    end,
    length: start !== undefined && end !== undefined ? Math.max(0, end - start) : 0,
    ended: known !== undefined ? true : options.session ? options.session.status === 'ended' : undefined,
    muted,
    background,
    session: options.session,
    participants: options.participants,
    list: options.list,
  };
}

function viewStream(stream: Stream, muted: ReportView['muted'], background: readonly Interval[]): StreamView {
  const { times } = stream;
  const n = times.length;
  const gap = gapThreshold(times);
  const elapsed = new Float64Array(n).fill(Number.NaN);
  const usable = new Uint8Array(n);
  const gaps: Interval[] = [];
  const settled = n > 0 ? (times[0] as number) + WARM_UP_MS : 0;
  for (let i = 0; i < n; i++) {
    const time = times[i] as number;
    usable[i] = time >= settled ? 1 : 0;
    if (i === 0) continue;
    const before = times[i - 1] as number;
    if (time - before <= gap) elapsed[i] = time - before;
    else {
      // What is counted here piled up over the gap.
      usable[i] = 0;
      gaps.push({ start: before, end: time });
    }
  }
  if (stream.direction === 'send' && stream.source !== 'screen') {
    if (stream.kind === 'audio') exclude(usable, times, muted.audio);
    if (stream.kind === 'video') exclude(usable, times, muted.video);
  }
  if (stream.kind === 'video') exclude(usable, times, background);
  exclude(usable, times, mutedIntervals(stream.states, n > 0 ? (times[n - 1] as number) : 0));
  const { identifiers } = stream;
  return {
    stream,
    times,
    elapsed,
    usable,
    gaps,
    step: medianStep(times),
    sender: stream.direction === 'receive' ? stream.remoteParticipantId : undefined,
    track: JSON.stringify([
      stream.direction,
      stream.kind,
      stream.source,
      stream.direction === 'receive'
        ? (identifiers?.consumerId ?? identifiers?.trackId ?? stream.id)
        : (identifiers?.producerId ?? identifiers?.trackId ?? stream.id),
    ]),
  };
}

/** Samples whose interval touches one of the stretches do not count. */
function exclude(usable: Uint8Array, times: Float64Array, stretches: readonly Interval[]): void {
  for (const { start, end } of stretches) {
    for (let i = firstAt(times, start); i < times.length; i++) {
      const before = i > 0 ? (times[i - 1] as number) : (times[i] as number);
      if (before > end) break;
      usable[i] = 0;
    }
  }
}

/** Index of the first time at or after a moment; the length when there is none. */
export function firstAt(times: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The column of a series; undefined when the stream has none. */
export function column({ stream }: StreamView, name: SeriesName): Float64Array | undefined {
  return stream.series[name];
}

function extreme(streams: readonly Stream[], which: 'first' | 'last'): number | undefined {
  let found: number | undefined;
  for (const { times } of streams) {
    const time = which === 'first' ? times[0] : times[times.length - 1];
    if (time === undefined) continue;
    if (found === undefined || (which === 'first' ? time < found : time > found)) found = time;
  }
  return found;
}

/** So many steps give the median; of more, evenly spread ones stand for all. */
const MEDIAN_OF = 200;

function medianStep(times: Float64Array): number {
  if (times.length < 2) return Number.NaN;
  const stride = Math.ceil((times.length - 1) / MEDIAN_OF);
  const steps = new Float64Array(Math.ceil((times.length - 1) / stride));
  for (let i = 0; i < steps.length; i++) steps[i] = (times[i * stride + 1] as number) - (times[i * stride] as number);
  return steps.sort()[steps.length >> 1] as number;
}
