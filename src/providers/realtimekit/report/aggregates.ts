import * as z from 'zod';
import type { Aggregate, ItemIssue } from '../../../core/model';
import { SERIES, type SeriesName } from '../../../core/series';
import { member, readRecord } from '../../records';
import { QUALITY_ARRAYS, type QualityArray } from './fields';
import { QUALITY_PATH } from './streams';

const number = z.number().nullish();
const distribution = z.object({ avg: number, p50: number, p75: number, p90: number }).nullish();
const loss = z
  .object({
    avg: number,
    '5_or_greater_event_fraction': number,
    '10_or_greater_event_fraction': number,
    '25_or_greater_event_fraction': number,
    '50_or_greater_event_fraction': number,
  })
  .nullish();
const latency = z
  .object({
    avg: number,
    '100ms_or_greater_event_fraction': number,
    '250ms_or_greater_event_fraction': number,
    '500ms_or_greater_event_fraction': number,
  })
  .nullish();

export const cumulativeSchema = z.object({
  quality_mos: distribution,
  packet_loss: loss,
  rtt: latency,
  jitter_buffer_delay: latency,
  frame_per_second: distribution,
  frame_width: distribution,
  key_frames_encoded_fraction: number,
  key_frames_decoded_fraction: number,
  high_negative_feedback_fraction: number,
  issues: z
    .object({
      no_video_fraction: number,
      lag_fraction: number,
      poor_resolution_fraction: number,
      quality_limitation_fraction: number,
      cpu_quality_limitation_fraction: number,
      bandwidth_quality_limitation_fraction: number,
    })
    .nullish(),
});

export type CumulativeRecord = z.infer<typeof cumulativeSchema>;

/** The provider's own figures for one array of samples. */
export interface Cumulative {
  array: QualityArray;
  record: CumulativeRecord;
}

/** Reads the eight `…_cumulative` objects; the empty ones, which mean "nothing", are left out. */
export function readCumulatives(quality: unknown, issues: ItemIssue[]): Cumulative[] {
  return QUALITY_ARRAYS.flatMap((array) => {
    const name = `${array.name}_cumulative`;
    const value = member(quality, name);
    if (value === undefined || value === null) return [];
    const record = readRecord(cumulativeSchema, value, `${QUALITY_PATH}.${name}`, issues);
    return record && Object.values<unknown>(record).some((part) => part !== undefined && part !== null)
      ? [{ array, record }]
      : [];
  });
}

/** Percent and milliseconds stay as they are, fractions of frames and feedback become percent. */
export function mapAggregates({ array, record }: Cumulative, lossFactor: number): Aggregate[] {
  const { direction, kind, source } = array;
  const row = (metric: SeriesName, values: Partial<Aggregate>): Aggregate => ({
    direction,
    kind,
    source,
    metric,
    unit: SERIES[metric].unit,
    ...values,
  });
  const rows: Aggregate[] = [];
  const { packet_loss: lost, rtt, jitter_buffer_delay: buffer } = record;
  if (record.quality_mos) rows.push(row('mos', spread(record.quality_mos)));
  if (lost) {
    const avg = lost.avg === null || lost.avg === undefined ? undefined : lost.avg * lossFactor;
    rows.push(row('packetLoss', { avg, shares: shares(lost, [5, 10, 25, 50], '') }));
  }
  if (rtt) rows.push(row('rtt', { avg: rtt.avg ?? undefined, shares: shares(rtt, [100, 250, 500], 'ms') }));
  if (buffer) {
    rows.push(
      row('jitterBufferDelay', { avg: buffer.avg ?? undefined, shares: shares(buffer, [100, 250, 500], 'ms') }),
    );
  }
  const problems = known(record.issues ?? {});
  if (record.frame_per_second || problems) {
    rows.push(row('fps', { ...spread(record.frame_per_second ?? {}), ...(problems ? { issues: problems } : {}) }));
  }
  if (record.frame_width) rows.push(row('frameWidth', spread(record.frame_width)));
  const fractions: [SeriesName, number | null | undefined][] = [
    ['keyFramesEncodedFraction', record.key_frames_encoded_fraction],
    ['keyFramesDecodedFraction', record.key_frames_decoded_fraction],
    ['highNegativeFeedback', record.high_negative_feedback_fraction],
  ];
  for (const [metric, value] of fractions) {
    if (value !== null && value !== undefined) rows.push(row(metric, { avg: value * 100 }));
  }
  return rows;
}

function spread(record: NonNullable<z.infer<typeof distribution>>): Partial<Aggregate> {
  return known(record) ?? {};
}

function shares(record: object, limits: readonly number[], unit: string): Aggregate['shares'] {
  return limits.flatMap((atLeast) => {
    const fraction = member(record, `${atLeast}${unit}_or_greater_event_fraction`);
    return typeof fraction === 'number' ? [{ atLeast, fraction }] : [];
  });
}

function known(record: object): Record<string, number> | undefined {
  const entries = Object.entries(record).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
