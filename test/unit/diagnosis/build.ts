import type {
  Aggregate,
  CallEvent,
  CallReport,
  CandidatePair,
  Participant,
  Session,
  Stream,
} from '../../../src/core/model';
import type { SeriesName } from '../../../src/core/series';

/** Start of every call here, epoch ms. */
export const T0 = Date.UTC(2025, 3, 1, 9, 0, 0);
/** Samples lie 2 s apart unless said otherwise: sample i is at T0 + 2000 i. */
export const STEP = 2000;
/** 0 to 120 s. */
export const SAMPLES = 61;
/** Length of a call here, ms. */
export const LENGTH = 120_000;

/** A column by index: a constant, a list, or a constant with exceptions. */
export type Values = number | readonly number[] | { rest: number; at: Record<number, number> };

/** `rest` everywhere but from index `from` to `to`, both included. */
export function between(rest: number, from: number, to: number, value: number): Values {
  return { rest, at: Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, value])) };
}

/** The same value at these indices, `rest` elsewhere. */
export function only(rest: number, value: number, ...indices: number[]): Values {
  return { rest, at: Object.fromEntries(indices.map((i) => [i, value])) };
}

function column(values: Values, samples: number): Float64Array {
  return Float64Array.from({ length: samples }, (_, i) => {
    if (typeof values === 'number') return values;
    if ('rest' in values) return values.at[i] ?? values.rest;
    return values[i] ?? Number.NaN;
  });
}

type StreamOptions = Partial<Omit<Stream, 'series' | 'times'>> & { times?: number[]; step?: number; samples?: number };

/** A stream with these columns. */
export function stream(
  direction: 'send' | 'receive',
  kind: Stream['kind'],
  series: Partial<Record<SeriesName, Values>>,
  { times, step = STEP, samples = times?.length ?? SAMPLES, ...more }: StreamOptions = {},
): Stream {
  return {
    id: `${direction}-${kind}-${more.remoteParticipantId ?? ''}${more.layer ?? ''}`,
    direction,
    kind,
    source: kind === 'all' ? 'all' : 'camera-mic',
    ...more,
    times: times
      ? Float64Array.from(times, (at) => T0 + at)
      : Float64Array.from({ length: samples }, (_, i) => T0 + step * i),
    series: Object.fromEntries(Object.entries(series).map(([name, values]) => [name, column(values, samples)])),
  };
}

/** A report of two minutes with nothing in it but what is given. */
export function report(parts: Partial<CallReport> = {}): CallReport {
  return {
    provider: 'realtimekit',
    participant: { id: 'me', joinedAt: T0, leftAt: T0 + LENGTH, ...parts.participant },
    startedAt: T0,
    endedAt: T0 + LENGTH,
    streams: [],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
    ...Object.fromEntries(Object.entries(parts).filter(([name]) => name !== 'participant')),
  };
}

/** A report with these streams only. */
export function withStreams(...streams: Stream[]): CallReport {
  return report({ streams });
}

export function aggregate(metric: SeriesName, row: Partial<Aggregate>): Aggregate {
  return { direction: 'send', kind: 'video', source: 'camera-mic', metric, unit: '', ...row };
}

export function pair(parts: Partial<CandidatePair> & { direction?: 'send' | 'receive' }): CandidatePair {
  return { direction: 'send', nominated: true, local: {}, remote: {}, ...parts };
}

/** An event so many seconds into the call. */
export function event(seconds: number, name: string, details?: CallEvent['details']): CallEvent {
  return { at: T0 + seconds * 1000, name, lane: 'other', ...(details && { details }) };
}

/** A stay from second to second; no leave where `to` is missing. */
export function stay(id: string, from: number, to?: number, more: Partial<Participant> = {}): Participant {
  return {
    id,
    userId: `user ${id.replace(/\d+$/, '')}`,
    joinedAt: T0 + from * 1000,
    ...(to !== undefined && { leftAt: T0 + to * 1000 }),
    ...more,
  };
}

/** An ended session of so many seconds. */
export function session(seconds: number, more: Partial<Session> = {}): Session {
  return { id: 's', status: 'ended', startedAt: T0, endedAt: T0 + seconds * 1000, ...more };
}
