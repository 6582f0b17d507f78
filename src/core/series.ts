import * as l10n from '@vscode/l10n';

/** One row of {@link SERIES}. */
export interface SeriesInfo {
  label: string;
  /** As it stands in files; empty for a bare number. {@link unitWord} tells how it is shown. */
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
  packetLoss: row(
    l10n.t('Packet loss'),
    '%',
    2,
    'rate',
    'high',
    l10n.t('Share of the interval’s packets that were lost.'),
  ),
  packetLossUnscaled: row(
    l10n.t('Packet loss, unit unknown'),
    '',
    3,
    'rate',
    'high',
    l10n.t('Packet loss as the provider sent it: whether it is percent or a fraction cannot be told.'),
  ),
  rtt: row(
    l10n.t('Round-trip time'),
    'ms',
    1,
    'gauge',
    'high',
    l10n.t('Time to the other end and back, from RTCP reports.'),
  ),
  jitter: row(l10n.t('Jitter'), 'ms', 1, 'gauge', 'high', l10n.t('Smoothed variation of packet arrival (RFC 3550).')),
  jitterBufferDelay: row(
    l10n.t('Jitter buffer delay'),
    'ms',
    1,
    'gauge',
    'high',
    l10n.t('Mean time media waits in the jitter buffer.'),
  ),
  bitrate: row(l10n.t('Bitrate'), 'bit/s', 0, 'rate', 'low', l10n.t('Payload bits per second over the interval.')),
  targetBitrate: row(
    l10n.t('Target bitrate'),
    'bit/s',
    0,
    'gauge',
    'low',
    l10n.t('What the encoder is told to produce.'),
  ),
  availableOutgoingBitrate: row(
    l10n.t('Available outgoing bitrate'),
    'bit/s',
    0,
    'gauge',
    'low',
    l10n.t('What the sender’s bandwidth estimation holds for possible on this transport.'),
  ),
  availableIncomingBitrate: row(
    l10n.t('Available incoming bitrate'),
    'bit/s',
    0,
    'gauge',
    'low',
    l10n.t('What the receiver’s bandwidth estimation holds for possible on this transport.'),
  ),
  bitrateSent: row(
    l10n.t('Bitrate sent'),
    'bit/s',
    0,
    'rate',
    undefined,
    l10n.t('Payload bits per second that a transport sent.'),
  ),
  bitrateReceived: row(
    l10n.t('Bitrate received'),
    'bit/s',
    0,
    'rate',
    undefined,
    l10n.t('Payload bits per second that a transport received.'),
  ),
  fps: row(l10n.t('Frame rate'), 'fps', 1, 'gauge', 'low', l10n.t('Frames in the last second.')),
  frameWidth: row(l10n.t('Frame width'), 'px', 0, 'gauge', 'low', l10n.t('Width of the last frame.')),
  frameHeight: row(l10n.t('Frame height'), 'px', 0, 'gauge', 'low', l10n.t('Height of the last frame.')),
  mos: row('MOS', '', 2, 'gauge', 'low', l10n.t('Mean opinion score 1..5 as the provider computed it.')),
  packetsSent: row(
    l10n.t('Packets sent'),
    'packets',
    0,
    'count',
    undefined,
    l10n.t('RTP packets sent in the interval.'),
  ),
  packetsReceived: row(
    l10n.t('Packets received'),
    'packets',
    0,
    'count',
    undefined,
    l10n.t('RTP packets received in the interval.'),
  ),
  packetsLost: row(l10n.t('Packets lost'), 'packets', 0, 'count', 'high', l10n.t('RTP packets lost in the interval.')),
  bytesSent: row(l10n.t('Bytes sent'), 'B', 0, 'count', undefined, l10n.t('RTP payload bytes sent in the interval.')),
  bytesReceived: row(
    l10n.t('Bytes received'),
    'B',
    0,
    'count',
    undefined,
    l10n.t('RTP payload bytes received in the interval.'),
  ),
  jitterBufferEmittedCount: row(
    l10n.t('Jitter buffer emitted'),
    '',
    0,
    'count',
    undefined,
    l10n.t('Audio samples or video frames that left the jitter buffer in the interval.'),
  ),
  concealmentEvents: row(
    l10n.t('Concealment events'),
    'events',
    0,
    'count',
    'high',
    l10n.t('Runs of synthesized audio in the interval.'),
  ),
  concealedSamples: row(
    l10n.t('Concealed samples'),
    'samples',
    0,
    'count',
    'high',
    l10n.t('Audio samples that were synthesized in the interval because the real ones were lost or late.'),
  ),
  concealment: row(
    l10n.t('Concealed sound'),
    '% of time',
    2,
    'rate',
    'high',
    l10n.t('Share of the played samples of the interval that were synthesized; those made up as silence are left out.'),
  ),
  audioLevel: row(
    l10n.t('Audio level'),
    '',
    3,
    'gauge',
    undefined,
    l10n.t('Level of the sound: 0 is silence, 1 full scale.'),
  ),
  framesEncoded: row(l10n.t('Frames encoded'), 'frames', 0, 'count', 'low', l10n.t('Frames encoded in the interval.')),
  keyFramesEncoded: row(
    l10n.t('Key frames encoded'),
    'frames',
    0,
    'count',
    undefined,
    l10n.t('Key frames encoded in the interval.'),
  ),
  framesDecoded: row(l10n.t('Frames decoded'), 'frames', 0, 'count', 'low', l10n.t('Frames decoded in the interval.')),
  keyFramesDecoded: row(
    l10n.t('Key frames decoded'),
    'frames',
    0,
    'count',
    undefined,
    l10n.t('Key frames decoded in the interval.'),
  ),
  framesDropped: row(
    l10n.t('Frames dropped'),
    'frames',
    0,
    'count',
    'high',
    l10n.t('Frames dropped before display in the interval.'),
  ),
  nackCount: row('NACKs', '', 0, 'count', 'high', l10n.t('Negative acknowledgements in the interval.')),
  pliCount: row('PLIs', '', 0, 'count', 'high', l10n.t('Picture loss indications in the interval.')),
  firCount: row('FIRs', '', 0, 'count', 'high', l10n.t('Full intra requests in the interval.')),
  freezeCount: row(l10n.t('Freezes'), '', 0, 'count', 'high', l10n.t('Times the picture froze in the interval.')),
  freezeTime: row(
    l10n.t('Frozen'),
    '% of time',
    1,
    'rate',
    'high',
    l10n.t('Share of the interval in which the picture was frozen.'),
  ),
  encodeTime: row(l10n.t('Encode time'), 'ms', 1, 'gauge', 'high', l10n.t('Mean time to encode one frame.')),
  decodeTime: row(l10n.t('Decode time'), 'ms', 1, 'gauge', 'high', l10n.t('Mean time to decode one frame.')),
  qualityLimitationCpu: row(
    l10n.t('Limited by CPU'),
    '% of time',
    0,
    'rate',
    'high',
    l10n.t('Share of the interval in which the encoder was short of CPU.'),
  ),
  qualityLimitationBandwidth: row(
    l10n.t('Limited by bandwidth'),
    '% of time',
    0,
    'rate',
    'high',
    l10n.t('Share of the interval in which the encoder was short of bandwidth.'),
  ),
  qualityLimitationOther: row(
    l10n.t('Limited by other'),
    '% of time',
    0,
    'rate',
    'high',
    l10n.t('Share of the interval in which something else limited the encoder.'),
  ),
  qualityLimitationNone: row(
    l10n.t('Not limited'),
    '% of time',
    0,
    'rate',
    'low',
    l10n.t('Share of the interval in which nothing limited the encoder.'),
  ),
  qualityLimitationResolutionChanges: row(
    l10n.t('Resolution changes'),
    '',
    0,
    'count',
    'high',
    l10n.t('Times the encoder changed resolution in the interval.'),
  ),
  keyFramesEncodedFraction: row(
    l10n.t('Key frames of encoded'),
    '%',
    2,
    'rate',
    undefined,
    l10n.t('Share of frames that were key.'),
  ),
  keyFramesDecodedFraction: row(
    l10n.t('Key frames of decoded'),
    '%',
    2,
    'rate',
    undefined,
    l10n.t('Share of frames that were key.'),
  ),
  highNegativeFeedback: row(
    l10n.t('High negative feedback'),
    '%',
    2,
    'rate',
    'high',
    l10n.t('Share of samples with many NACK, PLI or FIR, as the provider counts them.'),
  ),
  startupTime: row(
    l10n.t('Start-up time'),
    's',
    2,
    'gauge',
    'high',
    l10n.t('Mean time from the request to play to the first frame.'),
  ),
  rebuffering: row(
    l10n.t('Rebuffering'),
    '%',
    2,
    'rate',
    'high',
    l10n.t('Share of the watch time spent waiting for more media.'),
  ),
  playbackScore: row(
    l10n.t('Playback score'),
    '',
    1,
    'gauge',
    'low',
    l10n.t('Quality of experience 0..100 as the provider scores it.'),
  ),
  plays: row(
    l10n.t('Plays'),
    'plays',
    0,
    'count',
    undefined,
    l10n.t('Playback sessions in the interval that showed a first frame.'),
  ),
} as const satisfies Record<string, SeriesInfo>;

/** Name of a column of a report. */
export type SeriesName = keyof typeof SERIES;

/** All names, in the order in which people read them. */
export const SERIES_NAMES = Object.keys(SERIES) as SeriesName[];

/** Units that are words; all others are said the same everywhere. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  '% of time': l10n.t('% of time'),
  packets: l10n.t('packets'),
  events: l10n.t('events'),
  samples: l10n.t({ message: 'samples', comment: ['of sound'] }),
  frames: l10n.t('frames'),
  plays: l10n.t('plays'),
};

/** A unit as it is shown. In files and in comparisons the table's own stands. */
export function unitWord(unit: string): string {
  return Object.hasOwn(UNIT_WORDS, unit) ? (UNIT_WORDS[unit] as string) : unit;
}

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
