import * as l10n from '@vscode/l10n';
import { localNumber } from '../../../core/locale';
import type { Cumulative } from './aggregates';
import type { QualityArray, RawStream } from './fields';

/** What a sample's value is multiplied with to be in milliseconds. */
export type ToMs = 1000 | 1;

/** A unit that was decided on, and the sentence that says why. */
export interface UnitReading {
  factor: ToMs;
  assumption?: string;
}

/**
 * Upper limits of what is plausible in seconds; above them the values are milliseconds. The maxima follow the usual
 * reading of WebRTC statistics; the medians guard a good network's milliseconds, where no value is above the maximum:
 * no call has half its round trips above 2 s or half its jitter above 0.5 s.
 */
export const SECONDS = {
  rtt: { max: 10, median: 2 },
  jitter: { max: 5, median: 0.5 },
  jitterBufferDelay: { max: 10, median: 2 },
} as const;

/** How much nearer to the report's own average one unit must come to decide, as a ratio. */
const CLEARLY_NEARER = 3;

/** Values of one quantity from one array of samples. */
export interface Values {
  array: QualityArray;
  values: Float64Array;
}

/**
 * Seconds or milliseconds? The report's own averages, which are in milliseconds, decide where they are; else the size of
 * the values does. `words` stand in the sentence.
 */
export function readUnit(
  name: keyof typeof SECONDS,
  words: string,
  columns: readonly Values[],
  averages: ReadonlyMap<QualityArray, number>,
): UnitReading {
  if (columns.length === 0) return { factor: 1000 };
  const { max, median } = extent(columns);
  if (max === 0) {
    return {
      factor: 1000,
      assumption: l10n.t(
        '{0} is read as seconds, as WebRTC has it; every sample is 0, so nothing depends on it.',
        words,
      ),
    };
  }
  const byAverage = againstAverages(columns, averages);
  if (byAverage) {
    const { factor, mean, average } = byAverage;
    const values = { what: words, mean: digits(mean), average: digits(average) };
    const assumption =
      factor === 1000
        ? l10n.t("{what} is read as seconds: their average {mean} fits the report's own {average} ms.", values)
        : l10n.t("{what} is read as milliseconds: their average {mean} fits the report's own {average} ms.", values);
    return { factor, assumption };
  }
  const limits = SECONDS[name];
  if (max < limits.max && median < limits.median) {
    return {
      factor: 1000,
      assumption: l10n.t('{what} is read as seconds: the largest sample is {max}, the middle one {median}.', {
        what: words,
        max: digits(max),
        median: digits(median),
      }),
    };
  }
  return {
    factor: 1,
    assumption: l10n.t('{what} is read as milliseconds: the largest sample is {max}, the middle one {median}.', {
      what: words,
      max: digits(max),
      median: digits(median),
    }),
  };
}

function againstAverages(
  columns: readonly Values[],
  averages: ReadonlyMap<QualityArray, number>,
): { factor: ToMs; mean: number; average: number } | undefined {
  let seconds = 0;
  let milliseconds = 0;
  let shown: { mean: number; average: number } | undefined;
  for (const [array, average] of averages) {
    const mean = meanOf(columns.filter((column) => column.array === array));
    if (!(average > 0) || !(mean > 0)) continue;
    seconds += Math.abs(Math.log((mean * 1000) / average));
    milliseconds += Math.abs(Math.log(mean / average));
    shown ??= { mean, average };
  }
  if (!shown || Math.abs(seconds - milliseconds) < Math.log(CLEARLY_NEARER)) return undefined;
  return { factor: seconds < milliseconds ? 1000 : 1, ...shown };
}

/** So many values give the median; of more, evenly spread ones stand for all. */
const MEDIAN_OF = 4000;

/** The largest value and the median of those above 0; both 0 when none is. */
function extent(columns: readonly Values[]): { max: number; median: number } {
  const cells = columns.reduce((count, { values }) => count + values.length, 0);
  const stride = Math.ceil(cells / MEDIAN_OF);
  const sample: number[] = [];
  let max = 0;
  let seen = 0;
  for (const { values } of columns) {
    for (const value of values) {
      if (!(value > 0)) continue;
      if (value > max) max = value;
      if (seen++ % stride === 0) sample.push(value);
    }
  }
  return { max, median: Float64Array.from(sample).sort()[sample.length >> 1] ?? 0 };
}

/** Mean of the measured cells; NaN when there is none. */
function meanOf(columns: readonly Values[]): number {
  let sum = 0;
  let count = 0;
  for (const { values } of columns) {
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  }
  return sum / count;
}

/** The report's own averages of a latency, by array, ms. */
export function averagesOf(
  cumulatives: readonly Cumulative[],
  name: 'rtt' | 'jitter_buffer_delay',
): Map<QualityArray, number> {
  const averages = new Map<QualityArray, number>();
  for (const { array, record } of cumulatives) {
    const average = record[name]?.avg;
    if (typeof average === 'number') averages.set(array, average);
  }
  return averages;
}

/** Columns of a gauge, by array. */
export function gauge(streams: readonly RawStream[], field: 'rtt' | 'jitter'): Values[] {
  return streams.flatMap(({ array, cells }) => {
    const values = cells[field];
    return values ? [{ array, values }] : [];
  });
}

/** Four significant digits for a sentence, without a needless exponent. */
export function digits(value: number): string {
  return localNumber(Number(value.toPrecision(4)));
}
