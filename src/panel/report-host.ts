import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import { displayText } from '../core/text';
import { assertNever, RequestServer } from '../protocol/bridge';
import {
  type FromWebview,
  type PanelAction,
  PROTOCOL_VERSION,
  type ReportSubject,
  type ToWebview,
  type WebviewRequest,
  type WebviewResult,
} from '../protocol/messages';
import { packReport } from '../protocol/pack';
import { readFromWebview } from '../protocol/schema';
import type { LoadedReport, ReportServices } from './services';

/** What a report page does to its surroundings: a VS Code panel, or a test's page. */
export interface ReportSurface {
  /** May be called at any time; what cannot be delivered is dropped. */
  post(message: ToWebview): void;
  /** The title of the tab. */
  setTitle(title: string): void;
  togglePin(): void;
  copyText(text: string): Promise<void>;
  /** Asks where to, and writes. False when the person closed the dialog. */
  saveImage(name: string, png: Uint8Array): Promise<boolean>;
}

type Phase = { kind: 'idle' } | { kind: 'loading' } | { kind: 'report' } | { kind: 'failed'; error: PlainError };

/**
 * One report page, without VS Code: loads a participant's report, keeps it while the page lives and sends it whenever
 * a webview says that it is ready. A hidden webview is gone and gets nothing; on show it says ready again.
 */
export class ReportHost {
  #phase: Phase = { kind: 'idle' };
  #subject: ReportSubject = { title: '' };
  #loaded?: LoadedReport;
  #readAt = 0;
  /** A refresh that failed leaves the former report on screen, with this said above it. */
  #refreshError?: PlainError;
  #load?: AbortController;
  #ready = false;
  #pinned = false;
  #disposed = false;
  readonly #requests: RequestServer;

  constructor(
    private readonly services: ReportServices,
    private readonly surface: ReportSurface,
  ) {
    this.#requests = new RequestServer(
      (request, signal) => this.#answer(request, signal),
      (message) => this.#post(message),
    );
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

  setPinned(pinned: boolean): void {
    if (this.#pinned === pinned) return;
    this.#pinned = pinned;
    this.#post({ v: PROTOCOL_VERSION, type: 'pinned', pinned });
  }

  /** Shows a participant. A load that is still running for another one is aborted. */
  open(ref: ParticipantRef, title?: string): void {
    const plain = plainRef(ref);
    const known = this.services.known?.(plain);
    this.#loaded = undefined;
    this.#refreshError = undefined;
    this.#subject = {
      ref: plain,
      title: displayText(title ?? known?.title ?? '') || 'Participant',
      connectionLabel: known?.connectionLabel,
      providerName: known?.providerName,
      appName: known?.appName,
      session: known?.session,
      media: known?.media,
    };
    this.surface.setTitle(this.#subject.title);
    void this.#start(plain);
  }

  /** Reads the report again; what is on screen stays until the answer is here. */
  refresh(): void {
    if (this.#subject.ref) void this.#start(this.#subject.ref);
  }

  /** Says why nothing can be shown, for a panel that came back without a usable state. */
  showError(error: CallError): void {
    this.#load?.abort();
    this.#subject = { title: 'Participant report' };
    this.surface.setTitle(this.#subject.title);
    this.#phase = { kind: 'failed', error: toPlainError(error) };
    this.#sendPhase();
  }

  /** The webview was hidden: VS Code destroyed its page. */
  hidden(): void {
    this.#ready = false;
    this.#requests.dispose();
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
    this.#load?.abort();
    this.#requests.dispose();
    this.#loaded = undefined;
  }

  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (message.v !== PROTOCOL_VERSION) this.showError(outdated());
        else this.#sendPhase(true);
        break;
      case 'action':
        this.#act(message.action);
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

  #act(action: PanelAction): void {
    const ref = this.#subject.ref;
    switch (action) {
      case 'cancel':
        this.#load?.abort();
        break;
      case 'copyId':
        if (ref) this.#run(this.surface.copyText(ref.participantId));
        break;
      case 'editConnection':
        if (ref) this.#run(this.services.runCommand('peerscope.editConnection', { id: ref.connectionId }));
        break;
      case 'openRaw':
        if (ref) this.#run(this.services.runCommand('peerscope.openRaw', ref));
        break;
      case 'refresh':
        this.refresh();
        break;
      case 'showCalls':
        this.#run(this.services.runCommand('peerscope.calls.focus'));
        break;
      case 'showLog':
        this.#run(this.services.runCommand('peerscope.showLog'));
        break;
      case 'togglePin':
        this.surface.togglePin();
        break;
      default:
        assertNever(action);
        break;
    }
  }

  #run(work: Thenable<unknown>): void {
    work.then(undefined, (error: unknown) => {
      this.services.log('warn', `Report page: an action failed (${toPlainError(error).kind}).`);
    });
  }

  async #start(ref: ParticipantRef): Promise<void> {
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    this.#phase = { kind: 'loading' };
    this.#sendPhase();
    try {
      const loaded = await this.services.loadReport(ref, load.signal);
      if (this.#load !== load || this.#disposed) return;
      this.#accept(loaded);
    } catch (error) {
      if (this.#load !== load || this.#disposed) return;
      this.#refuse(isCancelled(error) || load.signal.aborted ? stopped() : toPlainError(error));
    }
    this.#sendPhase();
  }

  #accept(loaded: LoadedReport): void {
    const { report, saved } = loaded.result;
    const { participant } = report;
    this.#loaded = loaded;
    this.#readAt = Date.now();
    this.#refreshError = undefined;
    this.#phase = { kind: 'report' };
    const names = loaded.participantNames;
    this.#subject = {
      ...this.#subject,
      title: displayText(participant.name ?? '') || this.#subject.title,
      connectionLabel: loaded.connectionLabel,
      providerName: loaded.providerName ?? this.#subject.providerName,
      appName: loaded.appName ?? this.#subject.appName,
      session: loaded.session ?? this.#subject.session,
      media: report.media,
      cannotTell: loaded.cannotTell,
      saved: saved && { at: saved.savedAt, masked: saved.masked, findings: saved.diagnosis !== undefined },
      participantNames:
        names instanceof Map ? Object.fromEntries(names) : (names as Record<string, string> | undefined),
    };
    this.surface.setTitle(this.#subject.title);
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
      return;
    }
    if (loaded && (hydrate || phase.kind === 'report')) this.#sendReport(loaded);
    if (phase.kind === 'loading') this.#post({ ...common, type: 'loading', keep: loaded !== undefined });
    if (phase.kind === 'report' && this.#refreshError) {
      this.#post({ ...common, type: 'failed', error: this.#refreshError, keep: true });
    }
  }

  #sendReport({ result, diagnosis }: LoadedReport): void {
    const { facts, columns } = packReport(result.report);
    this.#post({
      v: PROTOCOL_VERSION,
      type: 'report',
      subject: this.#subject,
      pinned: this.#pinned,
      readAt: this.#readAt,
      facts,
      columns,
      rawBytes: result.raw.byteLength,
      diagnosis,
    });
  }

  async #answer(request: WebviewRequest, _signal: AbortSignal): Promise<WebviewResult> {
    switch (request.kind) {
      case 'raw': {
        const raw = this.#loaded?.result.raw;
        if (!raw) throw new CallError('NotYetAvailable', 'The answer is not here any more. Refresh the report.');
        // A view into a larger buffer would take the whole buffer across.
        return { bytes: raw.byteLength === raw.buffer.byteLength ? raw : raw.slice() };
      }
      case 'copyText':
        await this.surface.copyText(request.text);
        return { done: true };
      case 'saveImage':
        return { saved: await this.surface.saveImage(imageName(request.name), new Uint8Array(request.png)) };
    }
  }

  #post(message: ToWebview): void {
    if (this.#ready && !this.#disposed) this.surface.post(message);
  }
}

/** Only what names a participant: a caller's object may hold more, which has no place in messages and state. */
function plainRef({ connectionId, appId, roomId, sessionId, participantId }: ParticipantRef): ParticipantRef {
  return {
    connectionId,
    ...(appId !== undefined && { appId }),
    ...(roomId !== undefined && { roomId }),
    sessionId,
    participantId,
  };
}

/** A file name without anything that a file system reads. */
function imageName(name: string): string {
  const safe = displayText(name, 80).replace(/[^\p{L}\p{N} _.-]+/gu, '_');
  return `${safe.replace(/^\.+/, '') || 'chart'}.png`;
}

function stopped(): PlainError {
  return { kind: 'Cancelled', text: 'Reading the report was stopped.' };
}

function outdated(): CallError {
  return new CallError(
    'BadInput',
    'This page is from another version of Peerscope. Close it and open the report again.',
  );
}
