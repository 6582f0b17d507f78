import type { Uri } from 'vscode';
import type { Finding, NotEvaluated } from '../core/finding';
import type { SessionRef } from '../core/ids';
import type { CallReport, Participant, Session } from '../core/model';
import type { SeriesLimit } from '../core/series-limit';
import type { KeptThing } from '../core/talk';
import type { ShownDiagnosis } from '../protocol/messages';
import type { SavedWhen } from '../protocol/session-messages';
import type { CallProvider } from '../providers/contract';
import type { LogLevel } from './services';

/** What a session page asks of a connection's provider. */
export type SessionProvider = Pick<CallProvider, 'getSession' | 'listParticipants' | 'getReport'>;

/** What is known of a session without a request: for the head while loading and for error texts. */
export interface KnownSession {
  session?: Session;
  connectionLabel?: string;
  providerName?: string;
  appName?: string;
  media?: 'call' | 'playback';
  /** It comes from a file; when it was saved, once the file was read. */
  saved?: SavedWhen;
  /** What was found in it when it was saved. */
  found?: { findings: Finding[]; notEvaluated: NotEvaluated[] };
  /** What the provider keeps of a session beside its figures. */
  keeps?: readonly KeptThing[];
}

/** What one session page needs of its surroundings; free of `vscode`. */
export interface SessionServices {
  /** Who answers for a session. Rejects with a `CallError`: `NotFound`, or `Auth` when the key is gone. */
  provider(ref: SessionRef): Promise<SessionProvider>;
  known(ref: SessionRef): KnownSession;
  /** The nearest page of the provider's dashboard; undefined when there is none. */
  dashboardUrl(ref: SessionRef): string | undefined;
  /** How often a live session is read again, seconds; 0 is never. Read at each use. */
  liveRefreshSeconds(): number;
  /** What went wrong in the session, as far as its reports were read; `found` instead where it was found before. */
  diagnose(
    session: Session,
    reports: readonly CallReport[],
    participants: readonly Participant[],
    found?: KnownSession['found'],
  ): Promise<ShownDiagnosis>;
  /** From where on the rules in force find a report's values bad. */
  limits?(report: CallReport): Promise<readonly SeriesLimit[]>;
  /** Told each time that a session of a connection was opened and read; missing: nobody wants to know. */
  opened?(ref: SessionRef, session: Session): void;
  /** Starred calls; missing: there are none. */
  favorites?: {
    has(ref: SessionRef): boolean;
    toggle(ref: SessionRef, session: Session): Promise<void>;
    onDidChange(listener: () => void): { dispose(): void };
  };
  /** The text holds no provider data. */
  log(level: LogLevel, line: string): void;
  /** Runs a command of ours. */
  runCommand(id: string, ...args: unknown[]): Thenable<unknown>;
}

/** What the session panels need of the extension. */
export interface SessionPanelServices extends SessionServices {
  extensionUri: Uri;
}
