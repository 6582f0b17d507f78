import type { Stream } from '../../../core/model';

/** The arrays of `peer_report.quality`, and what each holds. */
export const QUALITY_ARRAYS = [
  array('audio_producer', 'send', 'audio', 'camera-mic'),
  array('audio_consumer', 'receive', 'audio', 'camera-mic'),
  array('video_producer', 'send', 'video', 'camera-mic'),
  array('video_consumer', 'receive', 'video', 'camera-mic'),
  array('screenshare_audio_producer', 'send', 'audio', 'screen'),
  array('screenshare_audio_consumer', 'receive', 'audio', 'screen'),
  array('screenshare_video_producer', 'send', 'video', 'screen'),
  array('screenshare_video_consumer', 'receive', 'video', 'screen'),
] as const;

/** One array of samples; it mixes all streams of its sort. */
export interface QualityArray {
  name: string;
  direction: 'send' | 'receive';
  kind: 'audio' | 'video';
  source: 'camera-mic' | 'screen';
}

function array(
  name: string,
  direction: QualityArray['direction'],
  kind: QualityArray['kind'],
  source: QualityArray['source'],
): QualityArray {
  return { name, direction, kind, source };
}

/** Fields that hold a reading of the instant. */
const GAUGES = ['mos_quality', 'jitter', 'rtt', 'frame_width', 'frame_height', 'frames_per_second'] as const;

/** Fields that count media; they move in every interval in which media flows. */
export const TRAFFIC = [
  'packets_sent',
  'bytes_sent',
  'packets_received',
  'bytes_received',
  'frames_encoded',
  'frames_decoded',
  'jitter_buffer_delay',
  'jitter_buffer_emitted_count',
] as const;

/** Fields that count events; most intervals have none. */
export const EVENTS = [
  'packets_lost',
  'concealment_events',
  'key_frames_encoded',
  'key_frames_decoded',
  'frames_dropped',
  'fir_count',
  'pli_count',
  'quality_limitation_resolution_changes',
] as const;

/** Members of `quality_limitation_durations`. */
export const LIMITATIONS = ['cpu', 'bandwidth', 'other', 'none'] as const;

export type CounterField = (typeof TRAFFIC)[number] | (typeof EVENTS)[number];
export type CellField = (typeof GAUGES)[number] | CounterField;
export type Limitation = (typeof LIMITATIONS)[number];

/** A sample as it came. */
export type Row = Readonly<Record<string, unknown>>;

/** Every numeric field of a sample. */
export const CELL_FIELDS: readonly CellField[] = [...GAUGES, ...TRAFFIC, ...EVENTS];

/** One stream's samples as they came, sorted by time; NaN is "not measured". */
export interface RawStream {
  array: QualityArray;
  /** `producer_id`, `consumer_id`, `ssrc`, `mid`, `peer_id`: those that were given. */
  ids: Readonly<Partial<Record<'producer_id' | 'consumer_id' | 'ssrc' | 'mid' | 'peer_id', string>>>;
  /** Epoch ms, rising. */
  times: Float64Array;
  /** Only the fields that were measured at least once. */
  cells: Partial<Record<CellField, Float64Array>>;
  limitations: Partial<Record<Limitation, Float64Array>>;
  /** `qualityLimitationReason` where it changed. */
  reasons: NonNullable<Stream['states']>[string];
}
