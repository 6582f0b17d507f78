import {
  type FromSessionPage,
  SESSION_PROTOCOL_VERSION,
  type SessionAction,
  type ToSessionPage,
} from '../../protocol/session-messages';
import type { SessionPanelState } from '../../protocol/session-state';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The session page's link to the extension. */
export class SessionLink {
  readonly #api = acquireVsCodeApi();

  /** Listens, then says ready: what the extension has is sent only after that. */
  start(onMessage: (message: ToSessionPage) => void): void {
    addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) onMessage(data);
    });
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'ready' });
  }

  act(action: SessionAction): void {
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'action', action });
  }

  openParticipant(participantId: string): void {
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'openParticipant', participantId });
  }

  openSession(sessionId: string): void {
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'openSession', sessionId });
  }

  /** What this page left here before it was hidden. The extension checks it again before it restores a panel. */
  readState(): SessionPanelState | undefined {
    const state = this.#api.getState();
    return isState(state) ? state : undefined;
  }

  writeState(state: SessionPanelState): void {
    this.#api.setState(state);
  }

  #post(message: FromSessionPage): void {
    this.#api.postMessage(message);
  }
}

/** The extension is trusted; other frames' messages and other versions are not ours. */
function isMessage(data: unknown): data is ToSessionPage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'v' in data &&
    data.v === SESSION_PROTOCOL_VERSION &&
    'type' in data &&
    (data.type === 'screen' || data.type === 'reports')
  );
}

function isState(state: unknown): state is SessionPanelState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'version' in state &&
    state.version === 1 &&
    'ref' in state &&
    'view' in state
  );
}
