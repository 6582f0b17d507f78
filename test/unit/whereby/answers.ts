import type { CallReport, Stream } from '../../../src/core/model';
import type { SeriesName } from '../../../src/core/series';
import { type ReportContext, readReport } from '../../../src/providers/whereby/report/read';

/** Start of the first connection, epoch ms. */
export const START = Date.UTC(2025, 4, 6, 10);
/** A moment long after every sample. */
export const NOW = START + 30 * 86_400_000;

/** Reads a body as the worker does. Text is taken as it is, anything else written as JSON. */
export function read(body: unknown, context: Partial<ReportContext> = {}): CallReport {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readReport(new TextEncoder().encode(text), { who: 'Whereby', participantId: 'p', now: NOW, ...context });
}

/** One connection with these samples; `more` replaces other members. */
export function segment(samples: unknown, more: object = {}): object {
  return { timeStamp: new Date(START).toISOString(), sampleRateMs: 2000, samples, ...more };
}

/** The stream of a direction. */
export function stream(report: CallReport, direction: Stream['direction']): Stream {
  const found = report.streams.find((one) => one.direction === direction);
  if (!found) throw new Error(`There is no ${direction} stream.`);
  return found;
}

/** A column with null for what was not measured; undefined when there is no such column. */
export function column(
  report: CallReport,
  direction: Stream['direction'],
  name: SeriesName,
): (number | null)[] | undefined {
  const values = stream(report, direction).series[name];
  return values && [...values].map((value) => (Number.isNaN(value) ? null : value));
}

/** Times of a stream, in seconds from START. */
export function seconds(report: CallReport, direction: Stream['direction'] = 'send'): number[] {
  return [...stream(report, direction).times].map((time) => (time - START) / 1000);
}
