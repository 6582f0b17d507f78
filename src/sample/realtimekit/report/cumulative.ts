import type { Sample, SampleArrays } from './samples';

type Kind = keyof SampleArrays;

/** Frames per second and width under which a picture counts as poor; the provider does not tell its own. */
const POOR_WIDTH = 480;
const LAG_FPS = 10;
/** Key frame requests in one interval that count as much negative feedback. */
const MUCH_FEEDBACK = 3;

/**
 * The provider's own aggregates, worked out from the samples: latencies in ms, loss in percent, fractions 0..1 that are nested
 * (5 % or more includes 10 % or more). Empty when there are no samples, as published.
 */
export function cumulativeOf(kind: Kind, rows: readonly Sample[]): Record<string, unknown> {
  if (rows.length === 0) return {};
  const producer = kind.endsWith('producer');
  const common = {
    quality_mos: distribution(column(rows, 'mos_quality')),
    packet_loss: thresholds(losses(rows, producer), [50, 25, 10, 5], (value) => `${value}_or_greater_event_fraction`),
    ...(producer
      ? { rtt: latency(column(rows, 'rtt').map((seconds) => seconds * 1000)) }
      : { jitter_buffer_delay: latency(bufferDelays(rows)) }),
  };
  if (!kind.includes('video')) return common;
  // A camera sends several sizes at once: each moment is judged by the largest one sent.
  const moments = producer ? largestPerMoment(rows) : rows;
  const keys = producer ? 'key_frames_encoded' : 'key_frames_decoded';
  const frames = producer ? 'frames_encoded' : 'frames_decoded';
  const framesTotal = sum(rows, frames);
  return {
    ...common,
    frame_per_second: distribution(column(moments, 'frames_per_second')),
    frame_width: distribution(column(moments, 'frame_width')),
    [`${keys}_fraction`]: framesTotal > 0 ? round(sum(rows, keys) / framesTotal) : 0,
    ...(producer && {
      high_negative_feedback_fraction: share(
        rows,
        (row) => number(row, 'pli_count') + number(row, 'fir_count') >= MUCH_FEEDBACK,
      ),
    }),
    issues: producer ? producerIssues(moments) : consumerIssues(moments),
  };
}

function producerIssues(rows: readonly Sample[]) {
  const limitedBy = (reason: string) => share(rows, (row) => row.quality_limitation_reason === reason);
  return {
    no_video_fraction: share(rows, (row) => number(row, 'frames_per_second') === 0),
    poor_resolution_fraction: share(rows, (row) => number(row, 'frame_width') < POOR_WIDTH),
    quality_limitation_fraction: share(rows, (row) => row.quality_limitation_reason !== 'none'),
    cpu_quality_limitation_fraction: limitedBy('cpu'),
    bandwidth_quality_limitation_fraction: limitedBy('bandwidth'),
  };
}

function consumerIssues(rows: readonly Sample[]) {
  const fps = (row: Sample) => number(row, 'frames_per_second');
  return {
    no_video_fraction: share(rows, (row) => fps(row) === 0),
    lag_fraction: share(rows, (row) => fps(row) > 0 && fps(row) < LAG_FPS),
    poor_resolution_fraction: share(rows, (row) => number(row, 'frame_width') < POOR_WIDTH),
  };
}

function losses(rows: readonly Sample[], producer: boolean): number[] {
  const values: number[] = [];
  for (const row of rows) {
    const lost = number(row, 'packets_lost');
    const all = producer ? number(row, 'packets_sent') : lost + number(row, 'packets_received');
    if (all > 0) values.push((100 * lost) / all);
  }
  return values;
}

/** Mean wait in the jitter buffer per interval, ms. */
function bufferDelays(rows: readonly Sample[]): number[] {
  const values: number[] = [];
  for (const row of rows) {
    const emitted = number(row, 'jitter_buffer_emitted_count');
    if (emitted > 0) values.push((1000 * number(row, 'jitter_buffer_delay')) / emitted);
  }
  return values;
}

function largestPerMoment(rows: readonly Sample[]): Sample[] {
  const largest = new Map<string, Sample>();
  for (const row of rows) {
    const known = largest.get(row.timestamp);
    if (!known || size(row) > size(known)) largest.set(row.timestamp, row);
  }
  return [...largest.values()];
}

function size(row: Sample): number {
  return number(row, 'frames_per_second') > 0 ? number(row, 'frame_width') : 0;
}

function latency(values: readonly number[]) {
  return thresholds(values, [500, 250, 100], (value) => `${value}ms_or_greater_event_fraction`);
}

function thresholds(values: readonly number[], limits: readonly number[], name: (limit: number) => string) {
  if (values.length === 0) return undefined;
  const fractions = limits.map((limit): [string, number] => [
    name(limit),
    round(values.filter((value) => value >= limit).length / values.length),
  ]);
  return { avg: mean(values), ...Object.fromEntries(fractions) };
}

/** Mean and percentiles (nearest rank); left out where nothing was measured. */
function distribution(values: readonly number[]) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const percentile = (p: number) => sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? 0;
  return { avg: mean(values), p50: percentile(50), p75: percentile(75), p90: percentile(90) };
}

function column(rows: readonly Sample[], field: string): number[] {
  return rows.map((row) => row[field]).filter((value): value is number => typeof value === 'number');
}

function number(row: Sample, field: string): number {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
}

function sum(rows: readonly Sample[], field: string): number {
  let total = 0;
  for (const row of rows) total += number(row, field);
  return total;
}

function share(rows: readonly Sample[], test: (row: Sample) => boolean): number {
  return rows.length > 0 ? round(rows.filter(test).length / rows.length) : 0;
}

function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  let total = 0;
  for (const value of values) total += value;
  return round(total / values.length);
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
