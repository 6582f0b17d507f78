/** One row of {@link SERIES}. */
export interface SeriesInfo {
  label: string;
  /** As shown after a value; empty for a bare number. */
  unit: string;
  /** Digits after the point when shown. */
  decimals: number;
  /**
   * `gauge` a reading at an instant · `rate` per second · `count` how many in the interval since the last sample.
   * A sum over time makes sense for `count` only.
   */
  nature: 'gauge' | 'rate' | 'count';
  /** Which end of the scale is worse for the call; missing where neither is. */
  worse?: 'high' | 'low';
  /** What it means, in one sentence. */
  meaning: string;
}

/**
 * The one table of series: every column of a report has a row here and exactly one unit.
 * Meanings follow the W3C "Identifiers for WebRTC's Statistics API"; counters are per interval, not running totals.
 */
export const SERIES = {
  packetLoss: row('Packet loss', '%', 2, 'rate', 'high', 'Share of the interval’s packets that were lost.'),
  packetLossUnscaled: row(
    'Packet loss, unit unknown',
    '',
    3,
    'rate',
    'high',
    'Packet loss as the provider sent it: whether it is percent or a fraction cannot be told.',
  ),
  rtt: row('Round-trip time', 'ms', 1, 'gauge', 'high', 'Time to the other end and back, from RTCP reports.'),
  jitter: row('Jitter', 'ms', 1, 'gauge', 'high', 'Smoothed variation of packet arrival (RFC 3550).'),
  jitterBufferDelay: row(
    'Jitter buffer delay',
    'ms',
    1,
    'gauge',
    'high',
    'Mean time media waits in the jitter buffer.',
  ),
  bitrate: row('Bitrate', 'bit/s', 0, 'rate', 'low', 'Payload bits per second over the interval.'),
  targetBitrate: row('Target bitrate', 'bit/s', 0, 'gauge', 'low', 'What the encoder is told to produce.'),
  availableOutgoingBitrate: row(
    'Available outgoing bitrate',
    'bit/s',
    0,
    'gauge',
    'low',
    'What the sender’s bandwidth estimation holds for possible on this transport.',
  ),
  availableIncomingBitrate: row(
    'Available incoming bitrate',
    'bit/s',
    0,
    'gauge',
    'low',
    'What the receiver’s bandwidth estimation holds for possible on this transport.',
  ),
  bitrateSent: row('Bitrate sent', 'bit/s', 0, 'rate', undefined, 'Payload bits per second that a transport sent.'),
  bitrateReceived: row(
    'Bitrate received',
    'bit/s',
    0,
    'rate',
    undefined,
    'Payload bits per second that a transport received.',
  ),
  fps: row('Frame rate', 'fps', 1, 'gauge', 'low', 'Frames in the last second.'),
  frameWidth: row('Frame width', 'px', 0, 'gauge', 'low', 'Width of the last frame.'),
  frameHeight: row('Frame height', 'px', 0, 'gauge', 'low', 'Height of the last frame.'),
  mos: row('MOS', '', 2, 'gauge', 'low', 'Mean opinion score 1..5 as the provider computed it.'),
  packetsSent: row('Packets sent', 'packets', 0, 'count', undefined, 'RTP packets sent in the interval.'),
  packetsReceived: row('Packets received', 'packets', 0, 'count', undefined, 'RTP packets received in the interval.'),
  packetsLost: row('Packets lost', 'packets', 0, 'count', 'high', 'RTP packets lost in the interval.'),
  bytesSent: row('Bytes sent', 'B', 0, 'count', undefined, 'RTP payload bytes sent in the interval.'),
  bytesReceived: row('Bytes received', 'B', 0, 'count', undefined, 'RTP payload bytes received in the interval.'),
  jitterBufferEmittedCount: row(
    'Jitter buffer emitted',
    '',
    0,
    'count',
    undefined,
    'Audio samples or video frames that left the jitter buffer in the interval.',
  ),
  concealmentEvents: row(
    'Concealment events',
    'events',
    0,
    'count',
    'high',
    'Runs of synthesized audio in the interval.',
  ),
  concealedSamples: row(
    'Concealed samples',
    'samples',
    0,
    'count',
    'high',
    'Audio samples that were synthesized in the interval because the real ones were lost or late.',
  ),
  concealment: row(
    'Concealed sound',
    '% of time',
    2,
    'rate',
    'high',
    'Share of the played samples of the interval that were synthesized; those made up as silence are left out.',
  ),
  audioLevel: row('Audio level', '', 3, 'gauge', undefined, 'Level of the sound: 0 is silence, 1 full scale.'),
  framesEncoded: row('Frames encoded', 'frames', 0, 'count', 'low', 'Frames encoded in the interval.'),
  keyFramesEncoded: row('Key frames encoded', 'frames', 0, 'count', undefined, 'Key frames encoded in the interval.'),
  framesDecoded: row('Frames decoded', 'frames', 0, 'count', 'low', 'Frames decoded in the interval.'),
  keyFramesDecoded: row('Key frames decoded', 'frames', 0, 'count', undefined, 'Key frames decoded in the interval.'),
  framesDropped: row('Frames dropped', 'frames', 0, 'count', 'high', 'Frames dropped before display in the interval.'),
  nackCount: row('NACKs', '', 0, 'count', 'high', 'Negative acknowledgements in the interval.'),
  pliCount: row('PLIs', '', 0, 'count', 'high', 'Picture loss indications in the interval.'),
  firCount: row('FIRs', '', 0, 'count', 'high', 'Full intra requests in the interval.'),
  freezeCount: row('Freezes', '', 0, 'count', 'high', 'Times the picture froze in the interval.'),
  freezeTime: row('Frozen', '% of time', 1, 'rate', 'high', 'Share of the interval in which the picture was frozen.'),
  encodeTime: row('Encode time', 'ms', 1, 'gauge', 'high', 'Mean time to encode one frame.'),
  decodeTime: row('Decode time', 'ms', 1, 'gauge', 'high', 'Mean time to decode one frame.'),
  qualityLimitationCpu: row(
    'Limited by CPU',
    '% of time',
    0,
    'rate',
    'high',
    'Share of the interval in which the encoder was short of CPU.',
  ),
  qualityLimitationBandwidth: row(
    'Limited by bandwidth',
    '% of time',
    0,
    'rate',
    'high',
    'Share of the interval in which the encoder was short of bandwidth.',
  ),
  qualityLimitationOther: row(
    'Limited by other',
    '% of time',
    0,
    'rate',
    'high',
    'Share of the interval in which something else limited the encoder.',
  ),
  qualityLimitationNone: row(
    'Not limited',
    '% of time',
    0,
    'rate',
    'low',
    'Share of the interval in which nothing limited the encoder.',
  ),
  qualityLimitationResolutionChanges: row(
    'Resolution changes',
    '',
    0,
    'count',
    'high',
    'Times the encoder changed resolution in the interval.',
  ),
  keyFramesEncodedFraction: row('Key frames of encoded', '%', 2, 'rate', undefined, 'Share of frames that were key.'),
  keyFramesDecodedFraction: row('Key frames of decoded', '%', 2, 'rate', undefined, 'Share of frames that were key.'),
  highNegativeFeedback: row(
    'High negative feedback',
    '%',
    2,
    'rate',
    'high',
    'Share of samples with many NACK, PLI or FIR, as the provider counts them.',
  ),
  startupTime: row('Start-up time', 's', 2, 'gauge', 'high', 'Mean time from the request to play to the first frame.'),
  rebuffering: row('Rebuffering', '%', 2, 'rate', 'high', 'Share of the watch time spent waiting for more media.'),
  playbackScore: row(
    'Playback score',
    '',
    1,
    'gauge',
    'low',
    'Quality of experience 0..100 as the provider scores it.',
  ),
  plays: row('Plays', 'plays', 0, 'count', undefined, 'Playback sessions in the interval that showed a first frame.'),
} as const satisfies Record<string, SeriesInfo>;

/** Name of a column of a report. */
export type SeriesName = keyof typeof SERIES;

/** All names, in the order in which people read them. */
export const SERIES_NAMES = Object.keys(SERIES) as SeriesName[];

/** The row of a name, with the optional members visible to the type checker. */
export function seriesInfo(name: SeriesName): SeriesInfo {
  return SERIES[name];
}

function row(
  label: string,
  unit: string,
  decimals: number,
  nature: SeriesInfo['nature'],
  worse: SeriesInfo['worse'],
  meaning: string,
): SeriesInfo {
  return { label, unit, decimals, nature, worse, meaning };
}

/** Summary of the measured cells of a column; NaN cells are left out. */
export interface ColumnSummary {
  /** How many cells were measured. */
  count: number;
  min: number;
  max: number;
  mean: number;
  median: number;
  sum: number;
}

/** Summarises a column. Undefined when nothing was measured: missing is not zero. */
export function summarize(column: Float64Array): ColumnSummary | undefined {
  const measured = column.filter((value) => !Number.isNaN(value)).sort();
  const count = measured.length;
  if (count === 0) return undefined;
  let sum = 0;
  for (const value of measured) sum += value;
  const middle = count >> 1;
  const upper = measured[middle] as number;
  const median = count % 2 === 1 ? upper : ((measured[middle - 1] as number) + upper) / 2;
  return { count, min: measured[0] as number, max: measured[count - 1] as number, mean: sum / count, median, sum };
}
