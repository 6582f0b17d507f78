import type { StateChange } from '../core/model';

/**
 * One object of a statistics report over time: all that was recorded under one id. `times` are epoch ms, as the object's own
 * `timestamp` says; columns have their length, NaN where a member was missing.
 */
export interface StatObject {
  id: string;
  /** `inbound-rtp`, `candidate-pair`, … (W3C webrtc-stats, RTCStatsType). */
  type: string;
  times: Float64Array;
  numbers: ReadonlyMap<string, Float64Array>;
  /** Members whose value is a word, where it changed. */
  texts: ReadonlyMap<string, readonly StateChange[]>;
  /** The last reading of every member, known or not. */
  last: Readonly<Record<string, unknown>>;
}

/** Members of which every reading counts, by type. Of all others the last one is kept. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  'inbound-rtp': [
    'packetsReceived',
    'retransmittedPacketsReceived',
    'packetsLost',
    'bytesReceived',
    'jitter',
    'jitterBufferDelay',
    'jitterBufferEmittedCount',
    'framesDecoded',
    'keyFramesDecoded',
    'framesDropped',
    'framesPerSecond',
    'frameWidth',
    'frameHeight',
    'totalDecodeTime',
    'freezeCount',
    'totalFreezesDuration',
    'nackCount',
    'pliCount',
    'firCount',
    'concealedSamples',
    'silentConcealedSamples',
    'concealmentEvents',
    'totalSamplesReceived',
    'audioLevel',
  ],
  'outbound-rtp': [
    'packetsSent',
    'retransmittedPacketsSent',
    'bytesSent',
    'framesEncoded',
    'keyFramesEncoded',
    'framesPerSecond',
    'frameWidth',
    'frameHeight',
    'totalEncodeTime',
    'targetBitrate',
    'nackCount',
    'pliCount',
    'firCount',
    'qualityLimitationResolutionChanges',
    'qualityLimitationDurations.cpu',
    'qualityLimitationDurations.bandwidth',
    'qualityLimitationDurations.other',
    'qualityLimitationDurations.none',
  ],
  'remote-inbound-rtp': ['packetsLost', 'jitter', 'roundTripTime', 'fractionLost'],
  'remote-outbound-rtp': ['roundTripTime'],
  'candidate-pair': [
    'currentRoundTripTime',
    'availableOutgoingBitrate',
    'availableIncomingBitrate',
    'bytesSent',
    'bytesReceived',
  ],
  'media-source': ['audioLevel'],
};

/** Words that are followed over time. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'inbound-rtp': ['codecId', 'decoderImplementation', 'trackIdentifier'],
  'outbound-rtp': ['codecId', 'encoderImplementation', 'qualityLimitationReason', 'active', 'mediaSourceId'],
  'candidate-pair': ['state'],
  transport: ['selectedCandidatePairId', 'dtlsState', 'iceState'],
  'data-channel': ['state'],
};

/** Members that hold an object whose numbers are followed. */
export const NESTED: ReadonlySet<string> = new Set(['qualityLimitationDurations']);

const NUMBER_SETS = new Map(Object.entries(NUMBERS).map(([type, names]) => [type, new Set(names)]));
const TEXT_SETS = new Map(Object.entries(TEXTS).map(([type, names]) => [type, new Set(names)]));
const NONE: ReadonlySet<string> = new Set();

/** Whether objects of a type are drawn over time at all. */
export function isFollowed(type: string): boolean {
  return NUMBER_SETS.has(type) || TEXT_SETS.has(type);
}

/** Members of a type whose numbers are followed; those of an object by `member.name`. */
export function followedNumbers(type: string): ReadonlySet<string> {
  return NUMBER_SETS.get(type) ?? NONE;
}

/** Members of a type whose words are followed. */
export function followedTexts(type: string): ReadonlySet<string> {
  return TEXT_SETS.get(type) ?? NONE;
}

/** Members that are words or flags, as one word; undefined for anything else. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 300) : typeof value === 'boolean' ? String(value) : undefined;
}

/** The last reading of a member, where it is a text. */
export function lastText({ last }: Pick<StatObject, 'last'>, name: string): string | undefined {
  const value = last[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The last reading of a member, where it is a number. */
export function lastNumber({ last }: Pick<StatObject, 'last'>, name: string): number | undefined {
  const value = last[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** All objects of a connection by id. */
export type StatObjects = ReadonlyMap<string, StatObject>;

/** Those of one type. */
export function ofType(objects: StatObjects, type: string): StatObject[] {
  return [...objects.values()].filter((object) => object.type === type);
}
