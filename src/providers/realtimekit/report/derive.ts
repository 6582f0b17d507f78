import { bitsPerSecond, meanOf } from '../../../core/counters';
import { pathKey } from '../../../core/ids';
import type { Stream } from '../../../core/model';
import type { SeriesName } from '../../../core/series';
import { streamLabel } from '../../../core/stream-label';
import type { CounterField, QualityArray, RawStream } from './fields';
import { perInterval, type Steps } from './intervals';
import { type LimitationReading, limitationShares } from './limitations';
import type { ToMs } from './units';

/** How the raw cells of a report are to be read. */
export interface Reading {
  running: ReadonlySet<CounterField>;
  rtt: ToMs;
  jitter: ToMs;
  jitterBufferDelay: ToMs;
  limitations: LimitationReading;
}

/** Raw fields that become a column as they are, or as counts per interval. */
const COUNTS: readonly (readonly [CounterField, SeriesName])[] = [
  ['packets_sent', 'packetsSent'],
  ['packets_received', 'packetsReceived'],
  ['packets_lost', 'packetsLost'],
  ['bytes_sent', 'bytesSent'],
  ['bytes_received', 'bytesReceived'],
  ['jitter_buffer_emitted_count', 'jitterBufferEmittedCount'],
  ['concealment_events', 'concealmentEvents'],
  ['frames_encoded', 'framesEncoded'],
  ['key_frames_encoded', 'keyFramesEncoded'],
  ['frames_decoded', 'framesDecoded'],
  ['key_frames_decoded', 'keyFramesDecoded'],
  ['frames_dropped', 'framesDropped'],
  ['pli_count', 'pliCount'],
  ['fir_count', 'firCount'],
  ['quality_limitation_resolution_changes', 'qualityLimitationResolutionChanges'],
];

/** A stream of the neutral model: units of core/series, counters per interval, rates derived. */
export function toStream(raw: RawStream, steps: Steps, reading: Reading, layer: string | undefined): Stream {
  const { array, ids, times, cells, reasons } = raw;
  const series: Stream['series'] = {};
  const put = (name: SeriesName, column: Float64Array | undefined) => {
    if (column) series[name] = column;
  };
  for (const [field, name] of COUNTS) {
    const column = cells[field];
    if (column) put(name, perInterval(column, reading.running.has(field), steps, field === 'packets_lost'));
  }
  put('packetLoss', packetLoss(series, array));
  put('rtt', scaled(cells.rtt, reading.rtt));
  put('jitter', scaled(cells.jitter, reading.jitter));
  put('jitterBufferDelay', scaled(bufferDelay(raw, steps, reading.running), reading.jitterBufferDelay));
  const bytes = series.bytesSent ?? series.bytesReceived;
  put('bitrate', bytes && bitsPerSecond(bytes, steps.elapsed));
  put('fps', cells.frames_per_second);
  put('frameWidth', cells.frame_width);
  put('frameHeight', cells.frame_height);
  put('mos', cells.mos_quality);
  Object.assign(series, limitationShares(raw, steps, reading.limitations));
  const identifiers = Object.entries({
    producerId: ids.producer_id,
    consumerId: ids.consumer_id,
    ssrc: ids.ssrc,
    mid: ids.mid,
  });
  return {
    id: pathKey(array.name, ids.consumer_id ?? ids.producer_id, ids.ssrc, ids.mid),
    direction: array.direction,
    kind: array.kind,
    source: array.source,
    label: streamLabel({ direction: array.direction, kind: array.kind, source: array.source }),
    remoteParticipantId: array.direction === 'receive' ? ids.peer_id : undefined,
    layer,
    identifiers: Object.fromEntries(identifiers.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    times,
    series,
    ...(reasons.length > 0 ? { states: { qualityLimitationReason: reasons } } : {}),
  };
}

/**
 * Loss of the interval, %. Sent: lost by the far end's report over sent, which counts the lost ones already. Received:
 * lost over lost and received. An interval without packets has no loss figure.
 */
function packetLoss(
  { packetsLost, packetsSent, packetsReceived }: Stream['series'],
  array: QualityArray,
): Float64Array | undefined {
  const carried = array.direction === 'send' ? packetsSent : packetsReceived;
  if (!packetsLost || !carried) return undefined;
  const received = array.direction === 'receive';
  const loss = new Float64Array(packetsLost.length).fill(Number.NaN);
  for (let i = 0; i < loss.length; i++) {
    const lost = packetsLost[i] as number;
    const whole = (carried[i] as number) + (received ? lost : 0);
    if (whole > 0) loss[i] = Math.min(100, (100 * lost) / whole);
  }
  return loss;
}

/** Mean stay in the jitter buffer over each interval, in the unit of `jitter_buffer_delay`: d(delay) / d(emitted). */
export function bufferDelay(
  { cells }: RawStream,
  steps: Steps,
  running: ReadonlySet<CounterField>,
): Float64Array | undefined {
  const { jitter_buffer_delay: delay, jitter_buffer_emitted_count: emitted } = cells;
  if (!delay || !emitted) return undefined;
  const spent = perInterval(delay, running.has('jitter_buffer_delay'), steps, false);
  const count = perInterval(emitted, running.has('jitter_buffer_emitted_count'), steps, false);
  return meanOf(spent, count);
}

function scaled(column: Float64Array | undefined, factor: ToMs): Float64Array | undefined {
  if (!column || factor === 1) return column;
  const ms = new Float64Array(column.length);
  for (let i = 0; i < ms.length; i++) ms[i] = (column[i] as number) * factor;
  return ms;
}
