import { RequestClient } from '../../protocol/bridge';
import type {
  CompareAction,
  FromComparePage,
  SideAction,
  SideIndex,
  ToComparePage,
} from '../../protocol/compare-messages';
import type { ComparePanelState } from '../../protocol/compare-state';
import { PROTOCOL_VERSION } from '../../protocol/messages';
import { PageLink } from '../page-link';

/** What the extension sends beside answers. */
export type CompareNews = Exclude<ToComparePage, { type: 'reply' | 'error' }>;

/** The comparison's link to the extension. */
export class CompareLink extends PageLink<ToComparePage, FromComparePage, ComparePanelState> {
  readonly #client = crypto.randomUUID();
  readonly requests = new RequestClient(this.#client, (message) => this.post(message));

  constructor() {
    super(PROTOCOL_VERSION, ['screen', 'sideReport', 'reply', 'error']);
  }

  /** Listens, then says ready: what the extension has is sent only after that. */
  start(onMessage: (message: CompareNews) => void): void {
    this.listen((message) => {
      if (message.type === 'reply' || message.type === 'error') this.requests.settle(message);
      else onMessage(message);
    });
    this.post({ v: PROTOCOL_VERSION, type: 'ready', client: this.#client });
  }

  act(action: CompareAction): void {
    this.post({ v: PROTOCOL_VERSION, type: 'action', action });
  }

  actOn(side: SideIndex, action: SideAction): void {
    this.post({ v: PROTOCOL_VERSION, type: 'side', side, action });
  }
}
