import * as l10n from '@vscode/l10n';
import type { SeriesName } from '../../../core/series';
import { LIMITATIONS, type Limitation, type RawStream } from './fields';
import type { Steps } from './intervals';

/** How `quality_limitation_durations` is read: a running sum or one per interval, in seconds or milliseconds. */
export interface LimitationReading {
  running: boolean;
  /** To milliseconds. */
  factor: 1000 | 1;
  assumptions: string[];
}

/** So many steps give the medians; of more, evenly spread ones stand for all. */
const MEDIAN_OF = 2000;

export const LIMITATION_SERIES: Readonly<Record<Limitation, SeriesName>> = {
  cpu: 'qualityLimitationCpu',
  bandwidth: 'qualityLimitationBandwidth',
  other: 'qualityLimitationOther',
  none: 'qualityLimitationNone',
};

/**
 * Decides by the sum of the four reasons: running seconds grow by as much as time goes on (W3C webrtc-stats), seconds of
 * the interval add up to its length each time. The same comparison tells seconds from milliseconds.
 */
export function readLimitations(streams: readonly RawStream[], steps: readonly Steps[]): LimitationReading {
  const growth: number[] = [];
  const size: number[] = [];
  const stride = Math.ceil(streams.reduce((cells, { times }) => cells + times.length, 0) / MEDIAN_OF);
  streams.forEach((stream, index) => {
    const totals = sums(stream);
    const elapsed = steps[index]?.elapsed;
    for (let i = 1; totals && elapsed && i < totals.length; i += stride) {
      const dt = elapsed[i] as number;
      const before = totals[i - 1] as number;
      const now = totals[i] as number;
      if (!(dt > 0) || Number.isNaN(before) || Number.isNaN(now)) continue;
      growth.push((now - before) / dt);
      size.push(now / dt);
    }
  });
  if (size.length === 0) return { running: true, factor: 1000, assumptions: [] };
  const grows = nearest(median(growth));
  const holds = nearest(median(size));
  // Equal fits are a first interval, where both readings give the same figures.
  const running = grows.distance <= holds.distance;
  const { factor } = running ? grows : holds;
  return { running, factor, assumptions: [sentence(running, factor)] };
}

function sentence(running: boolean, factor: 1000 | 1): string {
  if (running) {
    return factor === 1000
      ? l10n.t('The time under each quality limitation is read as running seconds: its sum grows as the call goes on.')
      : l10n.t(
          'The time under each quality limitation is read as running milliseconds: its sum grows as the call goes on.',
        );
  }
  return factor === 1000
    ? l10n.t(
        'The time under each quality limitation is read as seconds of the interval: its sum is as long as the interval.',
      )
    : l10n.t(
        'The time under each quality limitation is read as milliseconds of the interval: its sum is as long as the interval.',
      );
}

/** Share of each interval under each reason, %. */
export function limitationShares(
  { limitations }: RawStream,
  { elapsed, resets }: Steps,
  { running, factor }: LimitationReading,
): Partial<Record<SeriesName, Float64Array>> {
  const series: Partial<Record<SeriesName, Float64Array>> = {};
  for (const name of LIMITATIONS) {
    const column = limitations[name];
    if (!column) continue;
    const shares = new Float64Array(column.length).fill(Number.NaN);
    for (let i = 1; i < column.length; i++) {
      const spent = running ? (column[i] as number) - (column[i - 1] as number) : (column[i] as number);
      if (spent < 0 || (running && resets.has(i))) continue;
      shares[i] = Math.min(100, (100 * spent * factor) / (elapsed[i] as number));
    }
    series[LIMITATION_SERIES[name]] = shares;
  }
  return series;
}

/** Sum of the reasons at each sample; a missing reason counts as none, a sample without any is NaN. */
function sums({ limitations, times }: RawStream): Float64Array | undefined {
  const columns = LIMITATIONS.flatMap((name) => limitations[name] ?? []);
  if (columns.length === 0) return undefined;
  const totals = new Float64Array(times.length).fill(Number.NaN);
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number;
      if (!Number.isNaN(value)) totals[i] = Number.isNaN(totals[i]) ? value : (totals[i] as number) + value;
    }
  }
  return totals;
}

/** How far `ratio`, in units a millisecond, is from 1 as milliseconds and from 0.001 as seconds; the nearer one. */
function nearest(ratio: number): { distance: number; factor: 1000 | 1 } {
  if (!(ratio > 0)) return { distance: Number.POSITIVE_INFINITY, factor: 1000 };
  const seconds = Math.abs(Math.log(ratio * 1000));
  const milliseconds = Math.abs(Math.log(ratio));
  return seconds <= milliseconds ? { distance: seconds, factor: 1000 } : { distance: milliseconds, factor: 1 };
}

function median(values: number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? Number.NaN;
}
