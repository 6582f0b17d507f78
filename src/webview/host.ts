import { RequestClient } from '../protocol/bridge';
import { type FromWebview, type PanelAction, PROTOCOL_VERSION, type ToWebview } from '../protocol/messages';
import type { PanelState } from '../protocol/state';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's link to the extension. */
export class HostLink {
  readonly #api = acquireVsCodeApi();
  readonly #client = crypto.randomUUID();
  readonly requests = new RequestClient(this.#client, (message) => this.#post(message));

  /** Listens, then says ready: what the extension has is sent only after that. */
  start(onMessage: (message: ToWebview) => void): void {
    addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isMessage(data)) return;
      if (data.type === 'reply' || data.type === 'error') this.requests.settle(data);
      else onMessage(data);
    });
    this.#post({ v: PROTOCOL_VERSION, type: 'ready', client: this.#client });
  }

  act(action: PanelAction): void {
    this.#post({ v: PROTOCOL_VERSION, type: 'action', action });
  }

  painted(ms: number): void {
    this.#post({ v: PROTOCOL_VERSION, type: 'painted', ms });
  }

  /** What this page left here before it was hidden. The extension checks it again before it restores a panel. */
  readState(): PanelState | undefined {
    const state = this.#api.getState();
    return isState(state) ? state : undefined;
  }

  writeState(state: PanelState): void {
    this.#api.setState(state);
  }

  #post(message: FromWebview): void {
    this.#api.postMessage(message);
  }
}

const TYPES: ReadonlySet<unknown> = new Set<ToWebview['type']>([
  'loading',
  'report',
  'failed',
  'pinned',
  'reply',
  'error',
]);

/** The extension is trusted; other frames' messages and other versions are not ours. */
function isMessage(data: unknown): data is ToWebview {
  return (
    typeof data === 'object' &&
    data !== null &&
    'v' in data &&
    data.v === PROTOCOL_VERSION &&
    'type' in data &&
    TYPES.has(data.type)
  );
}

function isState(state: unknown): state is PanelState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'version' in state &&
    state.version === 1 &&
    'ref' in state &&
    'view' in state
  );
}
