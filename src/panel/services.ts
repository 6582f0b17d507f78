import type { Uri } from 'vscode';
import type { ParticipantRef } from '../core/ids';
import type { Session } from '../core/model';
import type { OthersAway } from '../core/others-away';
import type { PeerConnectionChoice, ShownDiagnosis } from '../protocol/messages';
import type { Capabilities, ReportResult } from '../providers/contract';

/** A report with what the page's head says about it. */
export interface LoadedReport {
  result: ReportResult;
  diagnosis?: ShownDiagnosis;
  connectionLabel: string;
  providerName?: string;
  appName?: string;
  session?: Session;
  /** What the provider cannot tell; missing for a report that comes from a file. */
  cannotTell?: Capabilities['cannotTell'];
  /** The provider has nothing new of a live session oftener than that, seconds. */
  leastSeconds?: number;
  /** Names of the session's other participants by id, where they are known already. */
  participantNames?: Readonly<Record<string, string>>;
  /** When those were out of the call whose media was received, as far as it is known. */
  othersAway?: OthersAway;
  /** Of a capture file: all of its peer connections. */
  peerConnections?: readonly PeerConnectionChoice[];
}

/** What is known of a participant before its report is read: for the head while loading and for error texts. */
export interface KnownParticipant {
  title?: string;
  media?: Capabilities['media'];
  connectionLabel?: string;
  providerName?: string;
  appName?: string;
  session?: Session;
}

/** A text and what it is called. */
export interface NamedText {
  name: string;
  text: string;
}

export type LogLevel = 'debug' | 'info' | 'warn';

/** What one report page needs of its surroundings; free of `vscode`. */
export interface ReportServices {
  /**
   * Rejects with a `CallError`; `signal` aborts when another participant is opened or the panel is closed. `onSession` is
   * told of the session as soon as it is known, also where the report then fails.
   */
  loadReport(ref: ParticipantRef, signal: AbortSignal, onSession?: (session: Session) => void): Promise<LoadedReport>;
  /** How often a live session's report is read again, seconds; 0 is never. Read at each use. */
  liveRefreshSeconds(): number;
  /** The report is waited for: the person is told when it is ready. */
  waiting?(ref: ParticipantRef): boolean;
  /** Costs no request. */
  known?(ref: ParticipantRef): KnownParticipant | undefined;
  /** The text holds no provider data. */
  log(level: LogLevel, line: string): void;
  /** Shows what changed from one text to the next, as VS Code compares files. */
  showDifference?(former: NamedText, latter: NamedText): PromiseLike<void>;
  /** Runs a command of ours: `peerscope.editConnection`, `peerscope.showLog`, `peerscope.openRaw`, `peerscope.calls.focus`. */
  runCommand(id: string, ...args: unknown[]): Thenable<unknown>;
}

/** What the panels need of the extension. */
export interface PanelServices extends ReportServices {
  extensionUri: Uri;
  /** Sets a `when` key, for example `peerscope.reportPinned`. */
  setContext(key: string, value: unknown): void;
  /** Another participant is in front, or none any more. */
  activeChanged(ref: ParticipantRef | undefined): void;
}
