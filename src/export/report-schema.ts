import * as z from 'zod';
import { CONFIDENCES, type Finding, type NotEvaluated, SEVERITIES } from '../core/finding';
import type {
  Aggregate,
  CallEvent,
  CallReport,
  Candidate,
  CandidatePair,
  Connectivity,
  DescriptionOrigin,
  DeviceChange,
  Fact,
  Figure,
  ItemIssue,
  Participant,
  Session,
  StateChange,
  Stream,
} from '../core/model';
import { SERIES_NAMES } from '../core/series';

/**
 * An object with exactly the members of `T`: one that the model gains fails to compile here until it is read back, since
 * what a schema does not know is left out without a word.
 */
function object<T extends object>(shape: { [K in keyof Required<T>]: z.ZodType<T[K]> }): z.ZodType<T> {
  return z.object(shape) as unknown as z.ZodType<T>;
}

const text = z.string();
const maybeText = z.string().optional();
const number = z.number();
/** The writer has null for a number that is not one. */
const maybeNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);
const maybeFlag = z.boolean().optional();
/** A figure that may be a word; null is one that was no number. */
const figureValue = z.union([text, number, z.null().transform(() => Number.NaN)]);

const fact = object<Fact>({ name: maybeText, label: text, value: text, personal: maybeFlag });

const event = object<CallEvent>({
  at: number,
  name: text,
  lane: z.enum(['presence', 'media', 'page', 'network', 'other']),
  details: z.record(text, z.union([text, number, z.boolean(), z.null()])).optional(),
});

const figure = object<Figure>({
  name: text,
  label: text,
  value: figureValue,
  unit: text,
  decimals: z.int().min(0).max(20).optional(),
  worse: z.enum(['high', 'low']).optional(),
  meaning: maybeText,
  flagged: maybeText,
});

/** As core/model's Participant. */
export const participantSchema = object<Participant>({
  id: text,
  name: maybeText,
  userId: maybeText,
  customId: maybeText,
  role: maybeText,
  joinedAt: maybeNumber,
  leftAt: maybeNumber,
  leftTimeUnknown: maybeFlag,
  createdAt: maybeNumber,
  updatedAt: maybeNumber,
  durationMs: maybeNumber,
  events: z.array(event).optional(),
  facts: z.array(fact).optional(),
});

/** As core/model's Session. */
export const sessionSchema: z.ZodType<Session> = object<Session>({
  id: text,
  roomId: maybeText,
  roomName: maybeText,
  status: z.enum(['live', 'ended']),
  type: maybeText,
  startedAt: maybeNumber,
  endedAt: maybeNumber,
  createdAt: maybeNumber,
  updatedAt: maybeNumber,
  participantMinutes: maybeNumber,
  liveParticipants: maybeNumber,
  maxConcurrentParticipants: maybeNumber,
  uniqueParticipants: maybeNumber,
  breakoutRooms: z.array(z.lazy(() => sessionSchema)).optional(),
  figures: z.array(figure).optional(),
  facts: z.array(fact).optional(),
});

const stateChange = object<StateChange>({ at: number, value: text });
const scale = z.record(text, number) as unknown as z.ZodType<Stream['scaled']>;

/** A stream without its columns. */
export const streamSchema = object<Omit<Stream, 'times' | 'series'>>({
  id: text,
  direction: z.enum(['send', 'receive']),
  kind: z.enum(['audio', 'video', 'all']),
  source: z.enum(['camera-mic', 'screen', 'all']),
  label: maybeText,
  remoteParticipantId: maybeText,
  remoteName: maybeText,
  layer: maybeText,
  identifiers: z.record(text, text).optional(),
  scaled: scale.optional(),
  states: z.record(text, z.array(stateChange)).optional(),
});

const candidate = object<Candidate>({
  id: maybeText,
  type: z.enum(['host', 'srflx', 'prflx', 'relay']).optional(),
  address: maybeText,
  port: maybeNumber,
  protocol: maybeText,
  url: maybeText,
  networkType: maybeText,
  relatedAddress: maybeText,
  relatedPort: maybeNumber,
});

/** A candidate pair without its columns. */
export const pairSchema = object<Omit<CandidatePair, 'times' | 'series'>>({
  direction: z.enum(['send', 'receive']).optional(),
  nominated: maybeFlag,
  local: candidate,
  remote: candidate,
  rttMs: maybeNumber,
  totalRttMs: maybeNumber,
  bytesSent: maybeNumber,
  bytesReceived: maybeNumber,
  packetsSent: maybeNumber,
  packetsReceived: maybeNumber,
  bytesDiscardedOnSend: maybeNumber,
  packetsDiscardedOnSend: maybeNumber,
  availableOutgoingBitrate: maybeNumber,
  availableIncomingBitrate: maybeNumber,
  lastPacketSentAt: maybeNumber,
  lastPacketReceivedAt: maybeNumber,
});

const connectivity = object<Connectivity>({
  at: maybeNumber,
  effectiveNetworkType: maybeText,
  reflexive: maybeFlag,
  relay: maybeFlag,
  turn: maybeFlag,
  sdp: z.array(text).optional(),
  sdpOf: z
    .array(object<DescriptionOrigin>({ at: maybeNumber, end: z.enum(['local', 'remote']), type: text }))
    .optional(),
});

const aggregate = object<Aggregate>({
  direction: z.enum(['send', 'receive']),
  kind: z.enum(['audio', 'video']),
  source: z.enum(['camera-mic', 'screen']),
  metric: z.enum(SERIES_NAMES),
  unit: text,
  avg: maybeNumber,
  p50: maybeNumber,
  p75: maybeNumber,
  p90: maybeNumber,
  shares: z.array(z.object({ atLeast: number, fraction: number })).optional(),
  issues: z.record(text, number).optional(),
});

const deviceChange = object<DeviceChange>({
  at: number,
  change: z.enum(['added', 'removed', 'selected']),
  kind: maybeText,
  label: maybeText,
  deviceId: maybeText,
});

/** A list of issues as core/model has them. */
const issue = object<ItemIssue>({ path: text, message: text });

/** A report without what has columns: these are read by hand, for there may be millions of cells. */
export const reportFactsSchema = object<Omit<CallReport, 'streams' | 'transports'>>({
  provider: z.enum(['realtimekit', '100ms', 'whereby', 'mediamelon']),
  media: z.enum(['call', 'playback']).optional(),
  participant: participantSchema,
  startedAt: maybeNumber,
  endedAt: maybeNumber,
  connectivity: z.array(connectivity),
  device: object<NonNullable<CallReport['device']>>({
    type: maybeText,
    vendor: maybeText,
    model: maybeText,
    os: maybeText,
    osVersion: maybeText,
    cpus: maybeNumber,
    isMobile: maybeFlag,
    audioEncoder: maybeText,
    videoEncoder: maybeText,
  }).optional(),
  browser: object<NonNullable<CallReport['browser']>>({
    name: maybeText,
    version: maybeText,
    engine: maybeText,
    userAgent: maybeText,
    webgl: maybeFlag,
  }).optional(),
  sdk: object<NonNullable<CallReport['sdk']>>({
    name: maybeText,
    type: maybeText,
    version: maybeText,
    viewType: maybeText,
  }).optional(),
  network: object<NonNullable<CallReport['network']>>({
    ip: maybeText,
    city: maybeText,
    region: maybeText,
    country: maybeText,
    timezone: maybeText,
    organization: maybeText,
    asn: maybeText,
    asnName: maybeText,
    asnDomain: maybeText,
    asnRoute: maybeText,
    asnType: maybeText,
  }).optional(),
  deviceChanges: z.array(deviceChange),
  events: z.array(event),
  aggregates: z.array(aggregate),
  figures: z.array(figure).optional(),
  assumptions: z.array(text),
  issues: z.array(issue),
});

const subject = object<Finding['subject']>({
  type: z.enum(['participant', 'stream', 'session']),
  participantId: maybeText,
  streamId: maybeText,
  label: text,
});

/** As core/finding's Finding. */
export const findingSchema = object<Finding>({
  ruleId: text,
  severity: z.enum(SEVERITIES),
  title: text,
  subject,
  start: maybeNumber,
  end: maybeNumber,
  episodes: z.array(z.object({ start: number, end: number })).optional(),
  share: maybeNumber,
  evidence: z.array(
    object<Finding['evidence'][number]>({
      metric: text,
      value: figureValue,
      unit: text,
      threshold: maybeNumber,
      at: maybeNumber,
      streamId: maybeText,
      participantId: maybeText,
      personal: maybeFlag,
    }),
  ),
  explanation: text,
  suggestion: text,
  source: text,
  confidence: z.enum(CONFIDENCES),
  side: z.enum(['local', 'remote', 'network', 'service', 'unclear']),
  relatedParticipantIds: z.array(text).optional(),
});

/** As core/finding's NotEvaluated. */
export const notEvaluatedSchema = object<NotEvaluated>({
  ruleId: text,
  reason: text,
  streamIds: z.array(text).optional(),
  participantId: maybeText,
});
