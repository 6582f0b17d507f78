import { decodeId, encodeId } from '../uuid';

/** Kinds of thing that a RealtimeKit id can name. */
const KIND = { app: 1, meeting: 2, session: 3, peer: 4, user: 5, recording: 6 } as const;

/** Bits of a peer's number within its session. */
const PEER_BITS = 10;

/** Names a meeting by its place in the catalog; `room` 0 is the meeting itself, 1.. its breakout rooms. */
export interface MeetingKey {
  app: number;
  meeting: number;
  room: number;
}

/** Names a session by its place in time: the slot of its track. `room` as in {@link MeetingKey}. */
export interface SessionKey {
  app: number;
  track: number;
  slot: number;
  room: number;
}

export function appId(app: number): string {
  return encodeId({ kind: KIND.app, group: app, slot: 0, major: 0, minor: 0 });
}

export function meetingId({ app, meeting, room }: MeetingKey): string {
  return encodeId({ kind: KIND.meeting, group: app, slot: 0, major: meeting, minor: room });
}

export function sessionId({ app, track, slot, room }: SessionKey): string {
  return encodeId({ kind: KIND.session, group: app, slot, major: track, minor: room });
}

/** A session is recorded once at most. */
export function recordingId({ app, track, slot, room }: SessionKey): string {
  return encodeId({ kind: KIND.recording, group: app, slot, major: track, minor: room });
}

/** `index` counts the stays of a session in order of joining. */
export function peerId({ app, track, slot, room }: SessionKey, index: number): string {
  return encodeId({ kind: KIND.peer, group: app, slot, major: track, minor: (room << PEER_BITS) | index });
}

/** The stable id of a person enrolled in a meeting. */
export function userId(app: number, meeting: number, person: number): string {
  return encodeId({ kind: KIND.user, group: app, slot: 0, major: meeting, minor: person });
}

/** Undefined when the text names no app. Whether that app exists is for the caller to see. */
export function readAppId(id: string): number | undefined {
  const parts = decodeId(id);
  return parts?.kind === KIND.app ? parts.group : undefined;
}

export function readMeetingId(id: string): MeetingKey | undefined {
  const parts = decodeId(id);
  return parts?.kind === KIND.meeting ? { app: parts.group, meeting: parts.major, room: parts.minor } : undefined;
}

export function readSessionId(id: string): SessionKey | undefined {
  return readSlot(id, KIND.session);
}

/** The session of a recording. */
export function readRecordingId(id: string): SessionKey | undefined {
  return readSlot(id, KIND.recording);
}

function readSlot(id: string, kind: number): SessionKey | undefined {
  const parts = decodeId(id);
  if (parts?.kind !== kind) return undefined;
  return { app: parts.group, track: parts.major, slot: parts.slot, room: parts.minor };
}

export function readPeerId(id: string): { session: SessionKey; index: number } | undefined {
  const parts = decodeId(id);
  if (parts?.kind !== KIND.peer) return undefined;
  const session = { app: parts.group, track: parts.major, slot: parts.slot, room: parts.minor >>> PEER_BITS };
  return { session, index: parts.minor & ((1 << PEER_BITS) - 1) };
}
