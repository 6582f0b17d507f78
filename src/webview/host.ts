import { RequestClient } from '../protocol/bridge';
import { type FromWebview, type PanelAction, PROTOCOL_VERSION, type ToWebview } from '../protocol/messages';
import type { PanelState } from '../protocol/state';
import { PageLink } from './page-link';

/** The report page's link to the extension. */
export class HostLink extends PageLink<ToWebview, FromWebview, PanelState> {
  readonly #client = crypto.randomUUID();
  readonly requests = new RequestClient(this.#client, (message) => this.post(message));

  constructor() {
    super(PROTOCOL_VERSION, ['loading', 'report', 'failed', 'pinned', 'status', 'cursor', 'chart', 'reply', 'error']);
  }

  /** Listens, then says ready: what the extension has is sent only after that. */
  start(onMessage: (message: ToWebview) => void): void {
    this.listen((message) => {
      if (message.type === 'reply' || message.type === 'error') this.requests.settle(message);
      else onMessage(message);
    });
    this.post({ v: PROTOCOL_VERSION, type: 'ready', client: this.#client });
  }

  act(action: PanelAction): void {
    this.post({ v: PROTOCOL_VERSION, type: 'action', action });
  }

  compareEnds(streamId: string): void {
    this.post({ v: PROTOCOL_VERSION, type: 'compareEnds', streamId });
  }

  /** Where the cursor rests, epoch ms; undefined while it is away. */
  cursorRests(at: number | undefined): void {
    this.post({ v: PROTOCOL_VERSION, type: 'cursor', at: at ?? null });
  }

  findInLogs(at: number): void {
    this.post({ v: PROTOCOL_VERSION, type: 'findInLogs', at });
  }

  /** `index` is that among the report's session descriptions. */
  compareDescriptions(index: number): void {
    this.post({ v: PROTOCOL_VERSION, type: 'compareDescriptions', index });
  }

  choosePeerConnection(id: string): void {
    this.post({ v: PROTOCOL_VERSION, type: 'choosePeerConnection', id });
  }

  painted(ms: number): void {
    this.post({ v: PROTOCOL_VERSION, type: 'painted', ms });
  }
}
