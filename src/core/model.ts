import type { ReportSource } from './ids';
import type { SeriesName } from './series';

/** Something in an answer that could not be read; the rest of the answer lives. */
export interface ItemIssue {
  /** Where, in the provider's own words: `data.sessions[3].id`. */
  path: string;
  message: string;
}

/** RealtimeKit's level between connection and room. */
export interface App {
  id: string;
  name: string;
  /** Epoch ms. */
  createdAt?: number;
}

/** Where calls are held. Times are epoch ms. */
export interface Room {
  id: string;
  name: string;
  createdAt?: number;
  updatedAt?: number;
  /** In the provider's word, for example `ACTIVE`. */
  status?: string;
  /** Further facts that the provider states of a room, ready to show. */
  facts?: Fact[];
}

/** One call in a room. Times are epoch ms. */
export interface Session {
  id: string;
  roomId?: string;
  roomName?: string;
  status: 'live' | 'ended';
  /** The provider's kind of session, for example `meeting` or `livestream`. */
  type?: string;
  startedAt?: number;
  endedAt?: number;
  createdAt?: number;
  updatedAt?: number;
  /** Sum over participants, in minutes. A billing figure, not the duration. */
  participantMinutes?: number;
  liveParticipants?: number;
  maxConcurrentParticipants?: number;
  /** How many different participants there were in all, where that is known instead. */
  uniqueParticipants?: number;
  /** Breakout rooms, where they were asked for: sessions of their own. */
  breakoutRooms?: Session[];
  facts?: Fact[];
  /** Quality figures of the whole session, where the provider's list holds them; the same are among `facts`. */
  figures?: Figure[];
}

/** One stay of one person in a session. Times are epoch ms. */
export interface Participant {
  id: string;
  name?: string;
  /** Stable over rejoins, as the provider assigns it. */
  userId?: string;
  /** The customer's own id for the person. */
  customId?: string;
  /** RealtimeKit: the preset's name. */
  role?: string;
  joinedAt?: number;
  leftAt?: number;
  /** They are gone, and when is not known: `leftAt` is missing, or the latest moment that it can have been. */
  leftTimeUnknown?: boolean;
  createdAt?: number;
  updatedAt?: number;
  /** As the provider states it, ms. May differ from `leftAt - joinedAt`. */
  durationMs?: number;
  /** Connection events of the stay, where the provider lists them. */
  events?: CallEvent[];
  facts?: Fact[];
}

/**
 * A labelled value that has no place of its own in the model. `personal` values are masked in exports; the label is in the
 * reader's language and tells nothing of that.
 */
export interface Fact {
  /** The provider's own name of it, where it is looked for by name. */
  name?: string;
  label: string;
  value: string;
  personal?: boolean;
}

/** Something that happened at a moment of the call. */
export interface CallEvent {
  /** Epoch ms. */
  at: number;
  /** The provider's own name: `audio_off`, `PEER_JOINING`. */
  name: string;
  /** `presence` joins and leaves · `media` mutes, tracks · `page` tab and window · `network` · `other`. */
  lane: 'presence' | 'media' | 'page' | 'network' | 'other';
  /** Flat, ready to show. */
  details?: Record<string, string | number | boolean | null>;
}

/** A device that appeared, went, or was chosen. */
export interface DeviceChange {
  at: number;
  change: 'added' | 'removed' | 'selected';
  /** `audioinput`, `videoinput`, `audiooutput`; missing when the provider does not say. */
  kind?: string;
  label?: string;
  deviceId?: string;
}

/** When a session description was set, epoch ms, by which end, and its type: `offer`, `answer`, `pranswer`. */
export interface DescriptionOrigin {
  at?: number;
  end: 'local' | 'remote';
  type: string;
}

/** What could be reached when a peer connection was set up. */
export interface Connectivity {
  at?: number;
  /** Network Information API: `4g`, `3g`, … */
  effectiveNetworkType?: string;
  /** STUN gave a reflexive address. */
  reflexive?: boolean;
  /** A relay candidate worked. */
  relay?: boolean;
  /** The TURN server answered. */
  turn?: boolean;
  /** Session descriptions as recorded. */
  sdp?: string[];
  /** What each of `sdp` is, by the same index; missing where that was not recorded. */
  sdpOf?: DescriptionOrigin[];
}

export interface Candidate {
  id?: string;
  type?: 'host' | 'srflx' | 'prflx' | 'relay';
  address?: string;
  port?: number;
  /** `udp` or `tcp`. For a relay candidate this is not the leg to TURN: read `url`. */
  protocol?: string;
  /** ICE server that gave the candidate. */
  url?: string;
  /** `wifi`, `cellular`, `ethernet`, … */
  networkType?: string;
  relatedAddress?: string;
  relatedPort?: number;
}

/** One ICE candidate pair at its last reading. Byte and packet counts are running totals of the transport. */
export interface CandidatePair {
  /** Which transport of the SFU connection it carries. */
  direction?: 'send' | 'receive';
  nominated?: boolean;
  local: Candidate;
  remote: Candidate;
  /** Current round-trip time, ms. */
  rttMs?: number;
  /** Sum over all checks, ms. */
  totalRttMs?: number;
  bytesSent?: number;
  bytesReceived?: number;
  packetsSent?: number;
  packetsReceived?: number;
  bytesDiscardedOnSend?: number;
  packetsDiscardedOnSend?: number;
  /** bit/s. */
  availableOutgoingBitrate?: number;
  /** bit/s. */
  availableIncomingBitrate?: number;
  /** Epoch ms. */
  lastPacketSentAt?: number;
  /** Epoch ms. */
  lastPacketReceivedAt?: number;
  times?: Float64Array;
  series?: Record<string, Float64Array>;
}

/** A value that changes now and then, with the moment (epoch ms) from which it held. */
export interface StateChange {
  at: number;
  value: string;
}

/** Which medium of a participant: what both ends of a stream have in common. */
export interface StreamSource {
  kind: Stream['kind'];
  source: Stream['source'];
}

/** One direction of one track. All columns have the length of `times`; NaN is "not measured". */
export interface Stream {
  /** Unique within the report. */
  id: string;
  direction: 'send' | 'receive';
  kind: 'audio' | 'video' | 'all';
  source: 'camera-mic' | 'screen' | 'all';
  label?: string;
  /** Receive: whose media this is. */
  remoteParticipantId?: string;
  /** Receive: their name, where the provider's answer tells it; the label holds it too. */
  remoteName?: string;
  /** Simulcast layer, named by what tells it apart. */
  layer?: string;
  /** Identifiers that the provider gives: `producerId`, `consumerId`, `ssrc`, `mid`. */
  identifiers?: Record<string, string>;
  /** Epoch ms, rising. */
  times: Float64Array;
  /** Units in the table of core/series. */
  series: Partial<Record<SeriesName, Float64Array>>;
  /** By what a column was multiplied to have its unit, where the provider states none and that is an assumption. */
  scaled?: Partial<Record<SeriesName, number>>;
  states?: Record<string, StateChange[]>;
}

/** A figure that the provider computed over the whole stay. */
export interface Aggregate {
  direction: 'send' | 'receive';
  kind: 'audio' | 'video';
  source: 'camera-mic' | 'screen';
  metric: SeriesName;
  unit: string;
  avg?: number;
  p50?: number;
  p75?: number;
  p90?: number;
  /** Share (0..1) of samples at or above a value; nested, not disjoint. */
  shares?: { atLeast: number; fraction: number }[];
  /** Share (0..1) of the time with an issue, by the provider's name. */
  issues?: Record<string, number>;
}

/**
 * A single figure that the provider gives for the whole of a playback or stay, such as the start-up time. For what has no
 * direction, kind or series: everything else is a stream or an {@link Aggregate}.
 */
export interface Figure {
  /** The provider's own name: `cirrbufferingratio`. */
  name: string;
  label: string;
  value: number | string;
  /** As shown after the value; empty for a bare number, for text, and where the provider states no unit. */
  unit: string;
  /** Digits after the point when shown; the value itself is not rounded. */
  decimals?: number;
  /** Which end of the scale is worse; missing where neither is, or where it is not known. */
  worse?: 'high' | 'low';
  /** What it means, in one sentence. */
  meaning?: string;
  /** Why the value is to be doubted, in one sentence; it is shown as it came. */
  flagged?: string;
}

export interface DeviceInfo {
  /** `desktop`, `mobile`, `tablet`, …, as the user agent tells. */
  type?: string;
  vendor?: string;
  model?: string;
  os?: string;
  osVersion?: string;
  cpus?: number;
  isMobile?: boolean;
  audioEncoder?: string;
  videoEncoder?: string;
}

export interface BrowserInfo {
  name?: string;
  version?: string;
  engine?: string;
  userAgent?: string;
  webgl?: boolean;
}

export interface SdkInfo {
  name?: string;
  type?: string;
  version?: string;
  /** RealtimeKit: `room_view_type`. */
  viewType?: string;
}

/** Where the participant came from, as the provider resolved it. All of it is personal data. */
export interface NetworkInfo {
  ip?: string;
  city?: string;
  region?: string;
  country?: string;
  timezone?: string;
  organization?: string;
  asn?: string;
  asnName?: string;
  asnDomain?: string;
  asnRoute?: string;
  asnType?: string;
}

/** All that is known of one participant. Times are epoch ms; see core/series for the unit of each column. */
export interface CallReport {
  provider: ReportSource;
  /** `playback` of a recording or a stream by one viewer: there are no peers, and nothing of WebRTC. Missing: a call. */
  media?: 'call' | 'playback';
  participant: Participant;
  startedAt?: number;
  endedAt?: number;
  streams: Stream[];
  transports: CandidatePair[];
  connectivity: Connectivity[];
  device?: DeviceInfo;
  browser?: BrowserInfo;
  sdk?: SdkInfo;
  network?: NetworkInfo;
  deviceChanges: DeviceChange[];
  events: CallEvent[];
  aggregates: Aggregate[];
  /** Figures of the whole, where the provider gives any; in the order in which they are best read. */
  figures?: Figure[];
  /** Sentences: what was taken for granted to read these figures, and on what evidence. */
  assumptions: string[];
  /** Cells and records that could not be read. */
  issues: ItemIssue[];
}
