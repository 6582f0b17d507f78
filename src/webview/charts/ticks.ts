import { LOCALE } from '../../core/locale';
import { formatOffset } from '../../core/time';
import type { TimeMode } from '../../protocol/state';
import type { TimeRange } from './timeline';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

export interface Tick {
  /** Epoch ms. */
  at: number;
  label: string;
}

/** How times are read. */
export interface TimeReading {
  mode: TimeMode;
  /** Epoch ms from which time into the call counts. */
  origin: number;
  /** Moments are no clock times: something was moved to begin where another thing does. */
  relative?: boolean;
}

/** Round moments of a range for an axis of `width` pixels, with at least `spacing` pixels for each label. */
export function timeTicks(range: TimeRange, reading: TimeReading, width: number, spacing = 76): Tick[] {
  const [from, to] = range;
  if (!(to > from) || width <= 0) return [];
  const least = ((to - from) * spacing) / width;
  const step = STEPS.find((each) => each >= least) ?? DAY * 365;
  // Round by the clock on the wall, or from the start of the stay.
  const zero = reading.mode === 'offset' ? reading.origin : new Date(from).getTimezoneOffset() * MINUTE;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from - zero) / step) * step + zero; at <= to; at += step) {
    ticks.push({ at, label: reading.mode === 'offset' ? formatOffset(at - reading.origin) : clockLabel(at, step) });
  }
  return ticks;
}

/** A moment in full, to the second. */
export function momentLabel(at: number, reading: TimeReading): string {
  return reading.mode === 'offset' ? formatOffset(at - reading.origin) : clock(at);
}

/** Local wall clock, `10:42:07`. */
export function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}

function clockLabel(at: number, step: number): string {
  const midnight = step >= HOUR && clock(at) === '00:00:00';
  if (step >= DAY || midnight) return new Date(at).toLocaleDateString(LOCALE, { day: 'numeric', month: 'short' });
  return step >= MINUTE ? clock(at).slice(0, 5) : clock(at);
}
