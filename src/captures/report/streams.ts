import { bitsPerSecond, countsOf, elapsedOf, meanOf, receivedLoss, resetsOf } from '../../core/counters';
import type { StateChange, Stream } from '../../core/model';
import type { SeriesName } from '../../core/series';
import { streamLabel } from '../../core/stream-label';
import { lastNumber, lastText, ofType, type StatObject } from '../objects';
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

/** Streams of a connection: one for each inbound and each outbound object, in the order in which they came up. */
export function mapStreams(context: StreamContext): Stream[] {
  const { stats } = context;
  const remotes = ofType(stats, 'remote-inbound-rtp');
  const senders = ofType(stats, 'remote-outbound-rtp');
  return [
    ...ofType(stats, 'outbound-rtp').flatMap((object) => toStream(object, 'send', context, remotes)),
    ...ofType(stats, 'inbound-rtp').flatMap((object) => toStream(object, 'receive', context, senders)),
  ];
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
    if (own || !track || track.type !== 'track') return own;
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
    put('packetLoss', packetsLost && packetsReceived && receivedLoss(packetsLost, packetsReceived));
    put(
      'jitter',
      column('jitter')?.map((seconds) => seconds * 1000),
    );
    if (remote) put('rtt', held('rtt', times, remote, 'roundTripTime').rtt);
  } else {
    Object.assign(series, remoteColumns(times, remote, column('packetsSent')));
  }
  return series;
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
