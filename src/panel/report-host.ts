import * as l10n from '@vscode/l10n';
import { CallError, toPlainError } from '../core/errors';
import { type ParticipantRef, plainParticipantRef } from '../core/ids';
import { assertNever, RequestServer } from '../protocol/bridge';
import {
  type ChartAction,
  type FromWebview,
  PROTOCOL_VERSION,
  type ReportStatus,
  type ToWebview,
} from '../protocol/messages';
import { readFromWebview } from '../protocol/schema';
import { act, compareDescriptions, compareEnds } from './report-actions';
import { ReportReading } from './report-reading';
import { knownSubject, reportMessage, tabTitle } from './report-subject';
import { answerRequest, type ReportSurface } from './report-surface';
import type { LoadedReport, ReportServices } from './services';

const NOTHING_TOLD = '{}';

/**
 * One report page, without VS Code: keeps a participant's report while the page lives and sends it whenever a webview says
 * that it is ready. A hidden webview is gone and gets nothing; on show it says ready again.
 */
export class ReportHost {
  readonly #reading: ReportReading;
  #title = '';
  #visible = true;
  #ready = false;
  /** What the page knows: the last status as JSON, and the time of reading that came with the report. */
  #told = NOTHING_TOLD;
  #sentReadAt = 0;
  /** Where the page's cursor rests, epoch ms. */
  #cursor?: number;
  /** Where the cursor is to go as soon as there is a page, epoch ms. */
  #wantedCursor?: number;
  #pinned = false;
  #disposed = false;
  readonly #requests: RequestServer;

  constructor(
    private readonly services: ReportServices,
    private readonly surface: ReportSurface,
    now: () => number = () => Date.now(),
  ) {
    this.#requests = new RequestServer(
      (request) => answerRequest(request, surface, this.raw),
      (message) => this.#post(message),
    );
    const listener = { changed: () => this.#showReading(), readAgain: () => this.tellStatus() };
    this.#reading = new ReportReading(services, listener, now);
  }

  /** Undefined while nothing was opened, or when the restored state could not be read. */
  get ref(): ParticipantRef | undefined {
    return this.#reading.subject.ref;
  }

  get title(): string {
    return this.#reading.subject.title;
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  /** The provider's answer as it came, while a report is shown. */
  get raw(): Uint8Array | undefined {
    return this.loaded?.result.raw;
  }

  /** The report that is shown, with what is known around it. */
  get loaded(): LoadedReport | undefined {
    return this.#reading.loaded;
  }

  /** Where the page's cursor rests, epoch ms; undefined while it is away. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** Moves the cursor of the report that is shown, now or once its page is there. */
  showTime(at: number): void {
    this.#wantedCursor = at;
    this.#sendCursor();
  }

  setPinned(pinned: boolean): void {
    if (this.#pinned === pinned) return;
    this.#pinned = pinned;
    this.#post({ v: PROTOCOL_VERSION, type: 'pinned', pinned });
  }

  /** Does to a chart of the page what was chosen in the context menu. */
  chart(chart: string, action: ChartAction): void {
    this.#post({ v: PROTOCOL_VERSION, type: 'chart', chart, action });
  }

  /** Shows a participant. A load that is still running for another one is aborted. */
  open(ref: ParticipantRef, title?: string): void {
    const plain = plainParticipantRef(ref);
    this.#cursor = undefined;
    this.#wantedCursor = undefined;
    const known = knownSubject(plain, this.services.known?.(plain) ?? {}, title);
    this.#reading.open(plain, { ...known, ...(this.surface.ofFile && { ofFile: true }) });
  }

  /** Ends the reading that runs. */
  stop(): void {
    this.#reading.stop();
  }

  /** Reads the report again; what is on screen stays until the answer is here. */
  refresh(): void {
    this.#reading.refresh();
  }

  /** Says why nothing can be shown, for a panel that came back without a usable state. */
  showError(error: CallError): void {
    this.#reading.fail({ title: l10n.t('Participant report') }, toPlainError(error));
  }

  /** The panel came to the front of its group or went behind. Hidden, its page is destroyed by VS Code. */
  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    this.#reading.setVisible(visible);
    if (visible) return;
    this.#ready = false;
    this.#requests.dispose();
  }

  /** Settings changed. */
  applySettings(): void {
    this.#reading.plan();
    this.tellStatus();
  }

  /** Takes anything that the page posted. What is not a message of ours is dropped. */
  receive(message: unknown): void {
    if (this.#disposed) return;
    const read = readFromWebview(message);
    if (!read) {
      this.services.log('warn', 'Report page: a message was not understood and dropped.');
      return;
    }
    this.#handle(read);
  }

  dispose(): void {
    this.#disposed = true;
    this.#reading.dispose();
    this.#requests.dispose();
  }

  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#told = NOTHING_TOLD;
        this.#sentReadAt = this.#reading.readAt;
        if (message.v !== PROTOCOL_VERSION) this.showError(outdated());
        else this.#sendPhase(true);
        break;
      case 'action':
        act(message.action, this, this.services, this.surface);
        break;
      case 'compareEnds':
        compareEnds(message.streamId, this.ref, this.loaded?.result.report, this.services);
        break;
      case 'cursor':
        this.#cursor = message.at ?? undefined;
        break;
      case 'findInLogs':
        this.services
          .runCommand('peerscope.findTimeInLogs', { peerscopeAt: message.at })
          .then(undefined, () => this.services.log('warn', 'Report page: the search of the logs failed.'));
        break;
      case 'compareDescriptions':
        compareDescriptions(message.index, this.loaded?.result.report, this.services);
        break;
      case 'choosePeerConnection':
        this.#choose(message.id);
        break;
      case 'painted':
        this.services.log('debug', `Report page: first chart painted after ${Math.round(message.ms)} ms.`);
        break;
      case 'request':
        void this.#requests.take(message);
        break;
      case 'abandon':
        this.#requests.abandon(message.id);
        break;
      default:
        assertNever(message);
        break;
    }
  }

  /** Shows another peer connection of the capture file; an id that the file does not have is dropped. */
  #choose(id: string): void {
    const { ref, peerConnections } = this.#reading.subject;
    const choice = peerConnections?.find((each) => each.id === id);
    if (!ref || !choice || id === ref.participantId) return;
    this.open({ ...ref, participantId: id }, choice.label);
  }

  /** Shows what the reading brought, in the tab and on the page. */
  #showReading(): void {
    const title = tabTitle(this.#reading.subject);
    if (title !== this.#title) this.surface.setTitle(title);
    this.#title = title;
    this.#sendPhase();
  }

  /** Tells the page where things stand. `hydrate`: the page is new and has nothing yet. */
  #sendPhase(hydrate = false): void {
    const { phase, loaded, subject, refreshError } = this.#reading;
    const common = { v: PROTOCOL_VERSION, subject, pinned: this.#pinned };
    if (phase.kind === 'failed') {
      this.#post({ ...common, type: 'failed', error: phase.error, keep: false });
      this.tellStatus();
      return;
    }
    if (loaded && (hydrate || phase.kind === 'report')) this.#sendReport(loaded);
    if (phase.kind === 'loading') this.#post({ ...common, type: 'loading', keep: loaded !== undefined });
    if (phase.kind === 'report' && refreshError) {
      this.#post({ ...common, type: 'failed', error: refreshError, keep: true });
    }
    this.tellStatus();
    this.#sendCursor();
  }

  #sendCursor(): void {
    const at = this.#wantedCursor;
    if (at === undefined || !this.#ready || !this.loaded) return;
    this.#wantedCursor = undefined;
    this.#cursor = at;
    this.#post({ v: PROTOCOL_VERSION, type: 'cursor', at });
  }

  /** Tells what goes on, unless the page knows it. A report brings the time of its own reading. */
  tellStatus(): void {
    if (!this.#ready) return;
    const { everySeconds, readAt, quietError } = this.#reading;
    const { ref } = this;
    const status: ReportStatus = {
      ...(readAt !== this.#sentReadAt && { readAt }),
      ...(quietError && { problem: quietError.text }),
      ...(everySeconds !== undefined && { followsEvery: everySeconds }),
      ...(ref && this.services.waiting?.(ref) && { waiting: true }),
    };
    const told = JSON.stringify(status);
    if (told === this.#told) return;
    this.#told = told;
    this.#post({ v: PROTOCOL_VERSION, type: 'status', status });
  }

  #sendReport(loaded: LoadedReport): void {
    const { subject, readAt } = this.#reading;
    this.#sentReadAt = readAt;
    this.#post(reportMessage(loaded, subject, this.#pinned, readAt));
  }

  #post(message: ToWebview): void {
    if (this.#ready && !this.#disposed) this.surface.post(message);
  }
}

function outdated(): CallError {
  return new CallError(
    'BadInput',
    l10n.t('This page is from another version of Peerscope. Close it and open the report again.'),
  );
}
