import type { ItemIssue } from './model';

/** What a provider can keep of a session beside its figures. `newSummary`: it makes a summary when asked. */
export type KeptThing = 'chat' | 'transcript' | 'summary' | 'newSummary' | 'recordings';

/** One sentence of a transcript. */
export interface TranscriptLine {
  /** Ms since {@link Transcript.origin}; missing where the file gives no times. */
  from?: number;
  /** Ms since the origin. */
  to?: number;
  speaker?: string;
  /** The stay, as `Participant.id` has it. */
  participantId?: string;
  userId?: string;
  customId?: string;
  text: string;
}

/** What was said in a session. */
export interface Transcript {
  /** In order of time, as far as there are times. */
  lines: TranscriptLine[];
  /** Epoch ms from which times count; missing where that is not known. */
  origin?: number;
  /** Sentences: what was taken for granted. */
  assumptions: string[];
  issues: ItemIssue[];
}

/** One message of a chat. */
export interface ChatMessage {
  id?: string;
  /** Epoch ms. */
  at?: number;
  sender?: string;
  /** The stay, as `Participant.id` has it. */
  participantId?: string;
  userId?: string;
  /** Roles that it was for; missing: everybody. */
  roles?: string[];
  kind: 'text' | 'image' | 'file' | 'other';
  /** May hold line breaks. Of a file or an image: its name. */
  text: string;
  pinned?: boolean;
  edited?: boolean;
}

/** What was written in a session. */
export interface Chat {
  /** In order of time, as far as there are times. */
  messages: ChatMessage[];
  assumptions: string[];
  issues: ItemIssue[];
}

/** A summary of a session, as its provider made it. */
export interface Summary {
  /** Markdown; plain text counts as such. It is the provider's: nothing in it is to be run or loaded. */
  markdown: string;
  issues: ItemIssue[];
}

/** A recording of a session. The link to its file is a secret: it is asked for when it is opened. */
export interface Recording {
  id: string;
  /** What it holds: `room-composite`, `audio`; the provider's word. */
  type?: string;
  /** The provider's word. */
  status?: string;
  /** Epoch ms. */
  startedAt?: number;
  /** Epoch ms. */
  stoppedAt?: number;
  /** How long it is, ms. */
  durationMs?: number;
  /** Bytes. */
  size?: number;
  fileName?: string;
  /** The files that it can be opened as. */
  files: RecordingFile[];
}

/** A file of a recording, by a name that its provider knows; see `CallProvider.recordingLink`. */
export interface RecordingFile {
  id: string;
  /** `Video`, `Audio`, `Layer 2`. */
  label: string;
}
