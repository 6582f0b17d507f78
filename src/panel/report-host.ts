import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import { type ParticipantRef, plainParticipantRef } from '../core/ids';
import type { Session } from '../core/model';
import { assertNever, RequestServer } from '../protocol/bridge';
import {
  type ChartAction,
  type FromWebview,
  PROTOCOL_VERSION,
  type ReportStatus,
  type ReportSubject,
  type ToWebview,
} from '../protocol/messages';
import { readFromWebview } from '../protocol/schema';
import { LiveRefresh } from './live-refresh';
import { act, compareDescriptions, compareEnds } from './report-actions';
import { knownSubject, reportMessage, sameReport, subjectOf, tabTitle } from './report-subject';
import { answerRequest, type ReportSurface } from './report-surface';
import type { LoadedReport, ReportServices } from './services';

/** Whoever has left a live session is followed so long: the last samples may come late, ms. */
const AFTER_LEAVING_MS = 60_000;

const NOTHING_TOLD = '{}';

type Phase = { kind: 'idle' } | { kind: 'loading' } | { kind: 'report' } | { kind: 'failed'; error: PlainError };

/**
 * One report page, without VS Code: loads a participant's report, keeps it while the page lives and sends it whenever
 * a webview says that it is ready. A hidden webview is gone and gets nothing; on show it says ready again. A live session's
 * report is read again while the page is visible; hidden it costs nothing.
 */
export class ReportHost {
  #phase: Phase = { kind: 'idle' };
  #subject: ReportSubject = { title: '' };
  #loaded?: LoadedReport;
  #readAt = 0;
  /** A refresh that failed leaves the former report on screen, with this said above it. */
  #refreshError?: PlainError;
  #load?: AbortController;
  /** The load that runs was not asked for by the person: nothing on the page tells of it. */
  #quiet = false;
  /** Why the last quiet reading failed. */
  #quietError?: PlainError;
  readonly #refresh: LiveRefresh;
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
    private readonly now: () => number = Date.now,
  ) {
    this.#requests = new RequestServer(
      (request) => answerRequest(request, surface, this.raw),
      (message) => this.#post(message),
    );
    this.#refresh = new LiveRefresh({
      seconds: () => services.liveRefreshSeconds(),
      state: () => ({ live: this.#isLive(), readAt: this.#readAt, leastSeconds: this.#loaded?.leastSeconds }),
      read: () => this.#readQuietly(),
      now,
    });
  }

  /** Undefined while nothing was opened, or when the restored state could not be read. */
  get ref(): ParticipantRef | undefined {
    return this.#subject.ref;
  }

  get title(): string {
    return this.#subject.title;
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  /** The provider's answer as it came, while a report is shown. */
  get raw(): Uint8Array | undefined {
    return this.#loaded?.result.raw;
  }

  /** The report that is shown, with what is known around it. */
  get loaded(): LoadedReport | undefined {
    return this.#loaded;
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
    this.#loaded = undefined;
    this.#refreshError = undefined;
    this.#quietError = undefined;
    this.#cursor = undefined;
    this.#wantedCursor = undefined;
    this.#refresh.reset();
    const known = knownSubject(plain, this.services.known?.(plain) ?? {}, title);
    this.#subject = { ...known, ...(this.surface.ofFile && { ofFile: true }) };
    this.surface.setTitle(tabTitle(this.#subject));
    void this.#start(plain);
  }

  /** Ends the reading that runs. */
  stop(): void {
    this.#load?.abort();
  }

  /** Reads the report again; what is on screen stays until the answer is here. */
  refresh(): void {
    if (this.#subject.ref) void this.#start(this.#subject.ref);
  }

  /** Says why nothing can be shown, for a panel that came back without a usable state. */
  showError(error: CallError): void {
    this.#load?.abort();
    this.#refresh.reset();
    this.#subject = { title: l10n.t('Participant report') };
    this.surface.setTitle(tabTitle(this.#subject));
    this.#phase = { kind: 'failed', error: toPlainError(error) };
    this.#sendPhase();
  }

  /** The panel came to the front of its group or went behind. Hidden, its page is destroyed by VS Code. */
  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    this.#refresh.setVisible(visible);
    if (visible) return;
    this.#ready = false;
    this.#requests.dispose();
    if (this.#quiet) this.#load?.abort();
  }

  /** Settings changed. */
  applySettings(): void {
    this.#refresh.plan();
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
    this.#refresh.stop();
    this.#load?.abort();
    this.#requests.dispose();
    this.#loaded = undefined;
  }

  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#told = NOTHING_TOLD;
        this.#sentReadAt = this.#readAt;
        if (message.v !== PROTOCOL_VERSION) this.showError(outdated());
        else this.#sendPhase(true);
        break;
      case 'action':
        act(message.action, this, this.services, this.surface);
        break;
      case 'compareEnds':
        compareEnds(message.streamId, this.#subject.ref, this.#loaded?.result.report, this.services);
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
        compareDescriptions(message.index, this.#loaded?.result.report, this.services);
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
    const { ref, peerConnections } = this.#subject;
    const choice = peerConnections?.find((each) => each.id === id);
    if (!ref || !choice || id === ref.participantId) return;
    this.open({ ...ref, participantId: id }, choice.label);
  }

  async #start(ref: ParticipantRef): Promise<void> {
    const load = this.#begin(false);
    this.#phase = { kind: 'loading' };
    this.#sendPhase();
    const failed = await this.#read(ref, load, (loaded) => this.#accept(loaded));
    if (this.#load !== load || this.#disposed) return;
    this.#load = undefined;
    this.#quietError = undefined;
    if (failed) this.#refuse(failed);
    this.#refresh.settled(failed);
    this.#sendPhase();
  }

  /** Reads a live report again. What is on screen stays, whatever comes of it. */
  async #readAgain(ref: ParticipantRef): Promise<void> {
    const load = this.#begin(true);
    let changed = false;
    const failed = await this.#read(ref, load, (loaded) => {
      changed = !this.#loaded || !sameReport(this.#loaded, loaded);
      if (changed) this.#accept(loaded);
      else this.#readAt = this.now();
    });
    if (this.#load !== load || this.#disposed) return;
    this.#load = undefined;
    // Given up because the page went away, it is nothing to speak of.
    this.#quietError = failed?.kind === 'Cancelled' ? undefined : failed;
    this.#refresh.settled(this.#quietError);
    if (changed) this.#sendPhase();
    else this.tellStatus();
  }

  #readQuietly(): void {
    const { ref } = this.#subject;
    if (ref && !this.#load && !this.#disposed) void this.#readAgain(ref);
  }

  #begin(quiet: boolean): AbortController {
    this.#refresh.stop();
    this.#load?.abort();
    this.#load = new AbortController();
    this.#quiet = quiet;
    return this.#load;
  }

  /** Gives what failed. An answer to a load that another one took the place of is dropped. */
  async #read(
    ref: ParticipantRef,
    load: AbortController,
    accept: (loaded: LoadedReport) => void,
  ): Promise<PlainError | undefined> {
    try {
      const loaded = await this.services.loadReport(ref, load.signal, (session) => this.#learn(load, session));
      if (this.#load === load && !this.#disposed) accept(loaded);
      return undefined;
    } catch (error) {
      return isCancelled(error) || load.signal.aborted ? stopped() : toPlainError(error);
    }
  }

  /** Takes a session's facts as soon as they are there: a report that fails is explained by them. */
  #learn(load: AbortController, session: Session): void {
    if (this.#load === load && !this.#disposed) this.#subject = { ...this.#subject, session };
  }

  /** Whether more of what is shown is to be expected. */
  #isLive(): boolean {
    if (this.#subject.session?.status !== 'live' || this.#disposed) return false;
    if (!this.#loaded) return this.#phase.kind === 'failed' && this.#phase.error.kind === 'NotYetAvailable';
    const { report, saved } = this.#loaded.result;
    const { leftAt } = report.participant;
    return !saved && (leftAt === undefined || this.now() - leftAt < AFTER_LEAVING_MS);
  }

  #accept(loaded: LoadedReport): void {
    this.#loaded = loaded;
    this.#readAt = this.now();
    this.#refreshError = undefined;
    this.#phase = { kind: 'report' };
    this.#subject = subjectOf(loaded, this.#subject);
    this.surface.setTitle(tabTitle(this.#subject));
  }

  #refuse(error: PlainError): void {
    if (!this.#loaded) this.#phase = { kind: 'failed', error };
    else {
      this.#phase = { kind: 'report' };
      this.#refreshError = error.kind === 'Cancelled' ? undefined : error;
    }
  }

  /** Tells the page where things stand. `hydrate`: the page is new and has nothing yet. */
  #sendPhase(hydrate = false): void {
    const common = { v: PROTOCOL_VERSION, subject: this.#subject, pinned: this.#pinned };
    const phase = this.#phase;
    const loaded = this.#loaded;
    if (phase.kind === 'failed') {
      this.#post({ ...common, type: 'failed', error: phase.error, keep: false });
      this.tellStatus();
      return;
    }
    if (loaded && (hydrate || phase.kind === 'report')) this.#sendReport(loaded);
    if (phase.kind === 'loading') this.#post({ ...common, type: 'loading', keep: loaded !== undefined });
    if (phase.kind === 'report' && this.#refreshError) {
      this.#post({ ...common, type: 'failed', error: this.#refreshError, keep: true });
    }
    this.tellStatus();
    this.#sendCursor();
  }

  #sendCursor(): void {
    const at = this.#wantedCursor;
    if (at === undefined || !this.#ready || !this.#loaded) return;
    this.#wantedCursor = undefined;
    this.#cursor = at;
    this.#post({ v: PROTOCOL_VERSION, type: 'cursor', at });
  }

  /** Tells what goes on, unless the page knows it. A report brings the time of its own reading. */
  tellStatus(): void {
    if (!this.#ready) return;
    const { everySeconds } = this.#refresh;
    const { ref } = this.#subject;
    const status: ReportStatus = {
      ...(this.#readAt !== this.#sentReadAt && { readAt: this.#readAt }),
      ...(this.#quietError && { problem: this.#quietError.text }),
      ...(everySeconds !== undefined && { followsEvery: everySeconds }),
      ...(ref && this.services.waiting?.(ref) && { waiting: true }),
    };
    const told = JSON.stringify(status);
    if (told === this.#told) return;
    this.#told = told;
    this.#post({ v: PROTOCOL_VERSION, type: 'status', status });
  }

  #sendReport(loaded: LoadedReport): void {
    this.#sentReadAt = this.#readAt;
    this.#post(reportMessage(loaded, this.#subject, this.#pinned, this.#readAt));
  }

  #post(message: ToWebview): void {
    if (this.#ready && !this.#disposed) this.surface.post(message);
  }
}

function stopped(): PlainError {
  return { kind: 'Cancelled', text: l10n.t('Reading the report was stopped.') };
}

function outdated(): CallError {
  return new CallError(
    'BadInput',
    l10n.t('This page is from another version of Peerscope. Close it and open the report again.'),
  );
}
