/** The kinds of call service that Peerscope knows. */
export type ProviderId = 'realtimekit' | '100ms' | 'whereby' | 'mediamelon';

/** The kinds of local capture files that hold WebRTC statistics. */
export type CaptureFormat = 'webrtc-internals' | 'rtcstats';

/** Where a report comes from. */
export type ReportSource = ProviderId | CaptureFormat;

/** Names one session: the connection that can read it and the provider's own ids. */
export interface SessionRef {
  connectionId: string;
  /** RealtimeKit only. */
  appId?: string;
  roomId?: string;
  sessionId: string;
}

/** Names one participant's stay in one session. */
export interface ParticipantRef extends SessionRef {
  participantId: string;
}

/** Stands for the connection of what comes from a file; the session id is the file's address. */
export const FILE_CONNECTION = 'file';

/** Only what names a session: a caller's object may hold more, which has no place in messages and state. */
export function plainSessionRef({ connectionId, appId, roomId, sessionId }: SessionRef): SessionRef {
  return {
    connectionId,
    ...(appId !== undefined && { appId }),
    ...(roomId !== undefined && { roomId }),
    sessionId,
  };
}

/** Only what names a participant, see {@link plainSessionRef}. */
export function plainParticipantRef(ref: ParticipantRef): ParticipantRef {
  return { ...plainSessionRef(ref), participantId: ref.participantId };
}

/**
 * One string for a path of ids, unique because each part is percent-encoded: `a/b` and `a`, `b` never collide.
 * Used for tree ids and map keys; never shown.
 */
export function pathKey(...parts: readonly (string | undefined)[]): string {
  return parts.map((part) => encodeURIComponent((part ?? '-').toWellFormed())).join('/');
}

/** Key of a participant, for maps of panels and of reports. The room is left out: a session id already names its room. */
export function participantKey(ref: ParticipantRef): string {
  return pathKey(ref.connectionId, ref.appId, ref.sessionId, ref.participantId);
}

/** Key of a session, for maps. */
export function sessionKey(ref: SessionRef): string {
  return pathKey(ref.connectionId, ref.appId, ref.sessionId);
}
