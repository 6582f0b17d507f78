import type { Finding, NotEvaluated } from './finding';
import type { ProviderId, SessionRef } from './ids';
import type { CallReport, Participant, Session } from './model';
import type { Chat, Summary, Transcript } from './talk';

/** Names the format of a saved session in its file. */
export const SESSION_FORMAT = 'peerscope.session';
/** Goes up with each change that an older reader would misread; members that are merely added leave it. */
export const SESSION_FORMAT_VERSION = 1;

/** Something of a session that is not in its file, and why, in a sentence. */
export interface Unread {
  /** Whose report; missing where it is something else. */
  participantId?: string;
  reason: string;
}

/** What was written and said in a session, as far as its provider kept it. */
export interface SavedTalk {
  chat?: Chat;
  transcript?: Transcript;
  summary?: Summary;
}

/** A session with everything that was read of it: what a file of it holds. */
export interface SavedSession {
  /** Epoch ms. */
  savedAt: number;
  /** Personal data were masked. */
  masked: boolean;
  provider: ProviderId;
  media?: 'call' | 'playback';
  /** The provider's ids; the connection is never saved. */
  place: Omit<SessionRef, 'connectionId'>;
  appName?: string;
  /** What the provider cannot tell, by what it would be. */
  cannotTell?: Readonly<Record<string, string>>;
  session: Session;
  participants: Participant[];
  reports: CallReport[];
  unread: Unread[];
  talk?: SavedTalk;
  /** Of all reports together. */
  findings: Finding[];
  notEvaluated: NotEvaluated[];
}
