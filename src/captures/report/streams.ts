import { bitsPerSecond, countsOf, elapsedOf, meanOf, receivedLoss, resetsOf } from '../../core/counters';
import type { StateChange, Stream } from '../../core/model';
import type { SeriesName } from '../../core/series';
import { streamLabel } from '../../core/stream-label';
import { lastNumber, lastText, ofType, type StatObject, type StatObjects } from '../objects';
import type { StreamContext } from './context';
import { held, remoteColumns } from './remote';

/** Running totals that become counts per interval. */
const COUNTS: readonly SeriesName[] = [
  'packetsSent',
  'packetsReceived',
  'packetsLost',
  'bytesSent',
  'bytesReceived',
  'jitterBufferEmittedCount',
  'concealmentEvents',
  'concealedSamples',
  'framesEncoded',
  'keyFramesEncoded',
  'framesDecoded',
  'keyFramesDecoded',
  'framesDropped',
  'nackCount',
  'pliCount',
  'firCount',
  'freezeCount',
  'qualityLimitationResolutionChanges',
];

/** Readings that are in the unit of their series already. */
const GAUGES: Readonly<Record<string, SeriesName>> = {
  framesPerSecond: 'fps',
  frameWidth: 'frameWidth',
  frameHeight: 'frameHeight',
  audioLevel: 'audioLevel',
  targetBitrate: 'targetBitrate',
};

const LIMITATIONS: Readonly<Record<string, SeriesName>> = {
  cpu: 'qualityLimitationCpu',
  bandwidth: 'qualityLimitationBandwidth',
  other: 'qualityLimitationOther',
  none: 'qualityLimitationNone',
};

/** Totals whose fall means that the object behind them was replaced; `packetsLost` may fall by itself. */
const RESETTING = [
  'packetsSent',
  'bytesSent',
  'packetsReceived',
  'bytesReceived',
  'framesEncoded',
  'framesDecoded',
  'totalSamplesReceived',
] as const;

/** Streams of a connection, with how many received ones were left out because nothing was ever sent to them. */
export interface MappedStreams {
  streams: Stream[];
  leftOut: number;
}

/**
 * Streams of a connection: one for each inbound and each outbound object, in the order in which they came up. Servers offer
 * streams that nobody fills; such a one is left out where others of its kind came, as it tells nothing of the call.
 */
export function mapStreams(context: StreamContext): MappedStreams {
  const { stats } = context;
  const remotes = ofType(stats, 'remote-inbound-rtp');
  const senders = ofType(stats, 'remote-outbound-rtp');
  const sent = ofType(stats, 'outbound-rtp').flatMap((object) => toStream(object, 'send', context, remotes));
  const received = ofType(stats, 'inbound-rtp').flatMap((object) => toStream(object, 'receive', context, senders));
  const filled = new Set(received.flatMap(({ id, kind }) => (isFilled(id, stats) ? [kind] : [])));
  const kept = received.filter(({ id, kind }) => !filled.has(kind) || isFilled(id, stats));
  return { streams: [...sent, ...kept], leftOut: received.length - kept.length };
}

function isFilled(id: string, stats: StatObjects): boolean {
  const object = stats.get(id);
  return object !== undefined && lastNumber(object, 'bytesReceived') !== 0;
}

function toStream(
  object: StatObject,
  direction: Stream['direction'],
  context: StreamContext,
  remotes: readonly StatObject[],
): Stream[] {
  const { times } = object;
  const kind = kindOf(object, context);
  // Old Firefoxes list the far end's reports under the same type.
  if (!kind || times.length === 0 || object.last.isRemote === true) return [];
  const remote = remoteOf(object, remotes);
  const trackId = trackOf(object, context);
  const source = isScreen(object, trackId, context) ? 'screen' : 'camera-mic';
  const ssrc = lastNumber(object, 'ssrc');
  const sender = context.senders.get(String(ssrc)) ?? context.senders.get(trackId ?? '');
  const rid = lastText(object, 'rid');
  const states = statesOf(object);
  const identifiers = Object.entries({
    ssrc: ssrc === undefined ? undefined : String(ssrc),
    mid: lastText(object, 'mid') ?? lastNumber(object, 'mid')?.toString(),
    rid,
    trackId,
    codec: codecOf(object, context),
    encoder: lastText(object, 'encoderImplementation'),
    decoder: lastText(object, 'decoderImplementation'),
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [
    {
      id: object.id,
      direction,
      kind,
      source,
      label: streamLabel({ direction, kind, source }),
      ...(direction === 'receive' && sender !== undefined && { remoteParticipantId: sender }),
      ...(rid !== undefined && { layer: rid }),
      identifiers: Object.fromEntries(identifiers),
      times,
      series: seriesOf(object, direction, context, remote),
      ...(states && { states }),
    },
  ];
}

function seriesOf(
  object: StatObject,
  direction: Stream['direction'],
  { stats }: StreamContext,
  remote: StatObject | undefined,
): Stream['series'] {
  const { times } = object;
  // Chromes before 113 had frames and the jitter buffer in an object of their own.
  const track = stats.get(lastText(object, 'trackId') ?? '');
  const column = (name: string): Float64Array | undefined => {
    const own = object.numbers.get(name);
    if (own || track?.type !== 'track') return own;
    const beside = track.numbers.get(name);
    return beside?.length === times.length ? beside : undefined;
  };
  const elapsed = elapsedOf(times);
  const resets = resetsOf(RESETTING.map(column));
  const counts = (name: string): Float64Array | undefined => {
    const total = column(name);
    return total && countsOf(total, resets, name === 'packetsLost');
  };
  const series: Stream['series'] = {};
  const put = (name: SeriesName, values: Float64Array | undefined) => {
    if (values) series[name] = values;
  };
  for (const name of COUNTS) put(name, counts(name));
  for (const [name, as] of Object.entries(GAUGES)) put(as, column(name));
  // 0..1 by the standard; older recorders wrote 0..32767.
  put(
    'audioLevel',
    series.audioLevel?.map((level) => (level <= 1 ? level : Number.NaN)),
  );
  const bytes = series.bytesSent ?? series.bytesReceived;
  put('bitrate', bytes && bitsPerSecond(bytes, elapsed));
  for (const [reason, as] of Object.entries(LIMITATIONS)) {
    put(as, shareOfTime(counts(`qualityLimitationDurations.${reason}`), elapsed));
  }
  put('freezeTime', shareOfTime(counts('totalFreezesDuration'), elapsed));
  put('encodeTime', mean(counts('totalEncodeTime'), series.framesEncoded, 1000));
  put('decodeTime', mean(counts('totalDecodeTime'), series.framesDecoded, 1000));
  put('jitterBufferDelay', mean(counts('jitterBufferDelay'), series.jitterBufferEmittedCount, 1000));
  put('concealment', concealment(counts));
  if (direction === 'receive') {
    const { packetsLost, packetsReceived } = series;
    const own = packetsReceived && without(packetsReceived, counts('retransmittedPacketsReceived'), object);
    put('packetLoss', packetsLost && own && receivedLoss(packetsLost, own));
    put(
      'jitter',
      column('jitter')?.map((seconds) => seconds * 1000),
    );
    if (remote) put('rtt', held('rtt', times, remote, 'roundTripTime').rtt);
  } else {
    const sent = column('packetsSent');
    Object.assign(
      series,
      remoteColumns(times, remote, sent && without(sent, column('retransmittedPacketsSent'), object)),
    );
  }
  return series;
}

/**
 * Packets without those that were sent again. With an SSRC of their own (RFC 4588) they are in the count of packets, but not in
 * the sequence whose gaps are the loss.
 */
function without(packets: Float64Array, again: Float64Array | undefined, object: StatObject): Float64Array {
  if (!again || lastNumber(object, 'rtxSsrc') === undefined) return packets;
  return packets.map((value, i) => Math.max(0, value - (again[i] as number)));
}

/** Seconds of each interval as a share of it, %. */
function shareOfTime(seconds: Float64Array | undefined, elapsed: Float64Array): Float64Array | undefined {
  return seconds?.map((value, i) => Math.min(100, (value * 100_000) / (elapsed[i] as number)));
}

function mean(
  sum: Float64Array | undefined,
  count: Float64Array | undefined,
  factor: number,
): Float64Array | undefined {
  return sum && count && meanOf(sum, count, factor);
}

/** Samples made up in place of sound over all that were played, %. Silence that was made up cannot be heard. */
function concealment(counts: (name: string) => Float64Array | undefined): Float64Array | undefined {
  const concealed = counts('concealedSamples');
  const all = counts('totalSamplesReceived');
  if (!concealed || !all) return undefined;
  const silent = counts('silentConcealedSamples');
  const heard = concealed.map((value, i) => Math.max(0, value - (silent?.[i] ?? 0)));
  return meanOf(heard, all, 100);
}

function kindOf(object: StatObject, { stats }: StreamContext): 'audio' | 'video' | undefined {
  const codec = stats.get(lastText(object, 'codecId') ?? '');
  const words = [
    lastText(object, 'kind'),
    lastText(object, 'mediaType'),
    codec && lastText(codec, 'mimeType')?.split('/')[0],
  ];
  return words.find((word): word is 'audio' | 'video' => word === 'audio' || word === 'video');
}

/** `remoteId` of the object, or `localId` of the far end's, or the same SSRC. */
function remoteOf(object: StatObject, remotes: readonly StatObject[]): StatObject | undefined {
  const id = lastText(object, 'remoteId');
  const ssrc = lastNumber(object, 'ssrc');
  return (
    remotes.find((remote) => remote.id === id || lastText(remote, 'localId') === object.id) ??
    remotes.find((remote) => ssrc !== undefined && lastNumber(remote, 'ssrc') === ssrc)
  );
}

function trackOf(object: StatObject, { stats }: StreamContext): string | undefined {
  const source = stats.get(lastText(object, 'mediaSourceId') ?? '') ?? stats.get(lastText(object, 'trackId') ?? '');
  return lastText(object, 'trackIdentifier') ?? (source && lastText(source, 'trackIdentifier'));
}

function isScreen(object: StatObject, trackId: string | undefined, { screens }: StreamContext): boolean {
  return lastText(object, 'contentType') === 'screenshare' || (trackId !== undefined && screens.has(trackId));
}

/** `video/VP8`. */
function codecOf(object: StatObject, { stats }: StreamContext): string | undefined {
  const codec = stats.get(lastText(object, 'codecId') ?? '');
  return codec && lastText(codec, 'mimeType');
}

/** What limited the encoder, and when an encoding was turned off. */
function statesOf({ texts }: StatObject): Stream['states'] {
  const states: Record<string, StateChange[]> = {};
  const reasons = texts.get('qualityLimitationReason');
  if (reasons && reasons.length > 0) states.qualityLimitationReason = [...reasons];
  const active = texts.get('active');
  if (active?.some(({ value }) => value === 'false')) {
    states.paused = active.map(({ at, value }) => ({ at, value: value === 'false' ? 'paused' : 'none' }));
  }
  return Object.keys(states).length > 0 ? states : undefined;
}
