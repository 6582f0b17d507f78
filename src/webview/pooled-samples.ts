import type { Stream } from '../core/model';
import { Distribution, type Weighted } from './distribution';
import { hasValue, type Source } from './report-model';

/** One figure's samples in both ways of counting them. */
export interface Pooled {
  /** Each value weighs as much as the time that it stands for. */
  byTime: Distribution;
  /** Each value weighs the same. */
  bySample: Distribution;
}

/** Of simulcast layers sent at one moment these are told by the largest: it is the picture that was sent. */
const LARGEST_LAYER = /^(?:fps|frameWidth|frameHeight|qualityLimitation)/;

/**
 * All samples of a column over all streams of one kind. A sample stands for the interval that it ends; the first one, and
 * one after a gap, for the stream's median interval. Undefined where nothing was measured.
 */
export function poolSamples(sources: readonly Source[], key: string): Pooled | undefined {
  const measured = sources.filter(({ series }) => hasValue(series[key]));
  const layered = LARGEST_LAYER.test(key) && measured.some(({ stream }) => stream?.layer !== undefined);
  const pool: Weighted = { values: [], weights: [] };
  const skip = layered ? smallerLayers(measured) : undefined;
  for (const source of measured) {
    const column = source.series[key] as Float64Array;
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number;
      if (Number.isNaN(value) || skip?.(source, i)) continue;
      pool.values.push(value);
      pool.weights.push(stoodFor(source, i));
    }
  }
  const byTime = Distribution.of(pool);
  const bySample = Distribution.of({ values: pool.values, weights: pool.values.map(() => 1) });
  return byTime && bySample && { byTime, bySample };
}

/** 100 × the sum of one counter by the sum of another, over all streams; undefined where the latter did not count. */
export function ratioOfSums(sources: readonly Source[], part: string, whole: string): number | undefined {
  const sum = (key: string) => {
    let all = 0;
    for (const { series } of sources) for (const value of series[key] ?? []) all += Number.isNaN(value) ? 0 : value;
    return all;
  };
  const total = sum(whole);
  return total > 0 ? (100 * sum(part)) / total : undefined;
}

/** ms, above zero. */
function stoodFor({ times, spacing, maxGap }: Source, index: number): number {
  const usual = spacing !== undefined && spacing > 0 ? spacing : 1;
  if (index === 0) return usual;
  const passed = (times[index] as number) - (times[index - 1] as number);
  return passed > 0 && passed <= maxGap ? passed : usual;
}

/** Tells the samples of which another layer of the same track is larger at the same moment, or as large and listed before. */
function smallerLayers(sources: readonly Source[]): (source: Source, index: number) => boolean {
  const largest = new Map<string, { source: Source; size: number }>();
  const moment = ({ stream, times }: Source, index: number) => `${trackOf(stream)} ${times[index] as number}`;
  for (const source of sources) {
    for (let i = 0; i < source.times.length; i++) {
      const size = sizeAt(source, i);
      const key = moment(source, i);
      const known = largest.get(key);
      if (!known || size > known.size) largest.set(key, { source, size });
    }
  }
  return (source, index) => largest.get(moment(source, index))?.source !== source;
}

function trackOf(stream: Stream | undefined): string {
  const { trackId, producerId, consumerId } = stream?.identifiers ?? {};
  return trackId ?? consumerId ?? producerId ?? '';
}

/** Width of the picture while there is one. */
function sizeAt({ series }: Source, index: number): number {
  const fps = series.fps?.[index];
  return fps === 0 ? 0 : (series.frameWidth?.[index] ?? 0) || 0;
}
