import type { SeriesLimit } from '../../core/series-limit';

/** Top of the axis when values are smaller, in the series' own unit: a flat line near zero should look flat. */
const LEAST_TOP: Readonly<Record<string, number>> = {
  packetLoss: 2,
  rtt: 50,
  jitter: 10,
  jitterBufferDelay: 50,
  bitrate: 10_000,
  fps: 10,
  frameHeight: 90,
  frameWidth: 160,
};

/** A round number at or above `value`: 1, 2, 2.5 or 5 times a power of ten. */
export function niceCeil(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** A limit is kept in view from where the values come this near to it. */
const NEAR_LIMIT = 0.5;

/**
 * Lower and upper end of a chart's value axis. It starts at zero, so that heights compare, save for MOS, whose scale
 * is 1 to 5 (ITU-T P.800), and for values below zero. Limits
 * that the values come near to are in view.
 */
export function valueRange(
  metric: string,
  extent: readonly [number, number] | undefined,
  limits: readonly Pick<SeriesLimit, 'beyond' | 'warn'>[] = [],
): [number, number] {
  if (metric === 'mos') return [1, Math.max(5, niceCeil(extent?.[1] ?? 5))];
  const low = Math.min(0, extent?.[0] ?? 0);
  const largest = extent?.[1] ?? 0;
  const near = limits
    .filter(({ beyond, warn }) => extent && (beyond === 'below' || largest >= warn * NEAR_LIMIT))
    .map(({ warn }) => warn);
  const high = niceCeil(Math.max(LEAST_TOP[metric] ?? 1, largest, ...near));
  return [low < 0 ? -niceCeil(-low) : 0, high];
}

/** The bottom, middle and top of an axis: three labels are enough for a chart of this height. */
export function valueTicks([low, high]: readonly [number, number]): number[] {
  return [low, (low + high) / 2, high];
}
