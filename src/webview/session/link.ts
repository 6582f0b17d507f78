import {
  type FromSessionPage,
  SESSION_PROTOCOL_VERSION,
  type SessionAction,
  type ToSessionPage,
} from '../../protocol/session-messages';
import type { SessionPanelState } from '../../protocol/session-state';
import { PageLink } from '../page-link';

/** The session page's link to the extension. */
export class SessionLink extends PageLink<ToSessionPage, FromSessionPage, SessionPanelState> {
  constructor() {
    super(SESSION_PROTOCOL_VERSION, ['screen', 'reports']);
  }

  /** Listens, then says ready: what the extension has is sent only after that. */
  start(onMessage: (message: ToSessionPage) => void): void {
    this.listen(onMessage);
    this.post({ v: SESSION_PROTOCOL_VERSION, type: 'ready' });
  }

  act(action: SessionAction): void {
    this.post({ v: SESSION_PROTOCOL_VERSION, type: 'action', action });
  }

  openParticipant(participantId: string): void {
    this.post({ v: SESSION_PROTOCOL_VERSION, type: 'openParticipant', participantId });
  }

  compare(participantIds: [string, string]): void {
    this.post({ v: SESSION_PROTOCOL_VERSION, type: 'compare', participantIds });
  }

  openSession(sessionId: string): void {
    this.post({ v: SESSION_PROTOCOL_VERSION, type: 'openSession', sessionId });
  }
}
