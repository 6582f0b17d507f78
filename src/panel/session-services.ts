import type { Uri } from 'vscode';
import type { SessionRef } from '../core/ids';
import type { CallReport, Participant, Session } from '../core/model';
import type { ShownDiagnosis } from '../protocol/messages';
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
}

/** What one session page needs of its surroundings; free of `vscode`. */
export interface SessionServices {
  /** Rejects with a `CallError`: `NotFound`, or `Auth` when the key is gone. */
  provider(connectionId: string): Promise<SessionProvider>;
  known(ref: SessionRef): KnownSession;
  /** The nearest page of the provider's dashboard; undefined when there is none. */
  dashboardUrl(ref: SessionRef): string | undefined;
  /** How often a live session is read again, seconds; 0 is never. Read at each use. */
  liveRefreshSeconds(): number;
  /** What went wrong in the session, as far as its reports were read. */
  diagnose(
    session: Session,
    reports: readonly CallReport[],
    participants: readonly Participant[],
  ): Promise<ShownDiagnosis>;
  /** The text holds no provider data. */
  log(level: LogLevel, line: string): void;
  /** Runs a command of ours. */
  runCommand(id: string, ...args: unknown[]): Thenable<unknown>;
}

/** What the session panels need of the extension. */
export interface SessionPanelServices extends SessionServices {
  extensionUri: Uri;
}
