import type { Finding, NotEvaluated } from './finding';
import type { ParticipantRef } from './ids';
import type { Session } from './model';
import type { OthersAway } from './others-away';

/** Names the format of a saved report in its file. */
export const REPORT_FORMAT = 'peerscope.report';
/** Goes up with each change that an older reader would misread; members that are merely added leave it. */
export const REPORT_FORMAT_VERSION = 1;

/** What a saved report holds beside the report itself. */
export interface SavedFacts {
  /** Epoch ms. */
  savedAt: number;
  /** Personal data were masked when it was saved. */
  masked: boolean;
  /** Whose report it is, as far as that is known; the connection is never saved. */
  place: Partial<Omit<ParticipantRef, 'connectionId'>>;
  /** Names, or placeholders where masked, by the id of the stay. */
  participantNames: Record<string, string>;
  /** Where the file holds the whole session. */
  othersAway?: OthersAway;
  session?: Session;
  /** What was found when it was saved; missing where the file says nothing of it. */
  diagnosis?: { findings: Finding[]; notEvaluated: NotEvaluated[] };
}
