import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import { plainSessionRef, type SessionRef } from '../core/ids';
import type { CallReport, Session } from '../core/model';
import { displayText } from '../core/text';
import { assertNever } from '../protocol/bridge';
import {
  type FromSessionPage,
  SESSION_PROTOCOL_VERSION,
  type SessionScreen,
  type StayList,
  type ToSessionPage,
} from '../protocol/session-messages';
import { readFromSessionPage } from '../protocol/session-schema';
import { LiveRefresh } from './live-refresh';
import { RunningLoad } from './running-load';
import { SessionActions } from './session-actions';
import { ReportSet } from './session-report-set';
import type { SessionServices } from './session-services';
import { StayReader, stopped } from './session-stays';
import type { SessionSurface } from './session-surface';

/**
 * One session page, without VS Code: reads a session and its participants, keeps them while the page lives and sends them
 * whenever a webview says that it is ready. A live session is read again while the page is visible; a hidden one costs nothing.
 */
export class SessionHost {
  #screen: SessionScreen;
  readonly #reports: ReportSet;
  #stays?: StayReader;
  readonly #load = new RunningLoad();
  readonly #actions: SessionActions;
  readonly #refresh: LiveRefresh;
  #ready = false;
  #visible = true;
  #disposed = false;
  /** That the session was opened has been told. */
  #opened = false;
  readonly #favorites?: { dispose(): void };

  constructor(
    private readonly services: SessionServices,
    private readonly surface: SessionSurface,
    private readonly now: () => number = () => Date.now(),
  ) {
    this.#screen = this.#empty();
    this.#favorites = services.favorites?.onDidChange(() => this.#showFavorite());
    this.#reports = new ReportSet(services, () => this.#sendReports());
    this.#refresh = new LiveRefresh({
      seconds: () => services.liveRefreshSeconds(),
      state: () => ({
        live: this.#screen.session?.status === 'live' && !this.#saved && !this.#load.running && !this.#disposed,
        readAt: this.#screen.readAt ?? 0,
      }),
      read: () => void this.#read(true),
      now,
    });
    this.#actions = new SessionActions(this, services, surface);
  }

  /** What the page shows, but for the reports. */
  get screen(): SessionScreen {
    return this.#screen;
  }

  /** Undefined while nothing was opened, or when the restored state could not be read. */
  get ref(): SessionRef | undefined {
    return this.#screen.subject.ref;
  }

  get pinned(): boolean {
    return this.#screen.pinned;
  }

  setPinned(pinned: boolean): void {
    if (this.pinned !== pinned) this.#show({ pinned });
  }

  /** The reports that were read so far, by participant id. */
  get reports(): ReadonlyMap<string, CallReport> {
    return this.#reports.reports;
  }

  /** Shows a session. What still runs for another one is aborted. */
  open(ref: SessionRef, title?: string): void {
    const plain = plainSessionRef(ref);
    const { session, found: _found, ...place } = this.services.known(plain);
    this.#stop();
    this.#stays = new StayReader(plain);
    this.#reports.reset();
    this.#screen = {
      ...this.#empty(),
      pinned: this.pinned,
      session,
      subject: {
        ...place,
        ref: plain,
        title: displayText(title || session?.roomName || '') || l10n.t('Session'),
        dashboard: this.services.dashboardUrl(plain) !== undefined,
        ...(!place.saved && this.services.favorites && { favorite: this.services.favorites.has(plain) }),
      },
    };
    this.#opened = false;
    this.surface.setTitle(this.#screen.subject.title);
    this.#sendReports();
    void this.#read();
  }

  /** Reads the session again; what is on screen stays until the answer is here. */
  refresh(): void {
    if (this.ref) void this.#read();
  }

  /** Ends the reading that runs. */
  stop(): void {
    this.#load.abort();
  }

  /** Reads more of the participants. */
  loadMore(): void {
    void this.#loadMore();
  }

  /** Reads the participants' reports. */
  readReports(): void {
    void this.#readReports();
  }

  /** Ends the reading of reports; what was read stays. */
  stopReports(): void {
    this.#reports.stop();
  }

  /** Says why nothing can be shown, for a panel that came back without a usable state. */
  showError(error: CallError): void {
    this.#stop();
    const subject = { title: l10n.t('Session'), dashboard: false };
    this.#screen = { ...this.#empty(), pinned: this.pinned, subject, error: toPlainError(error) };
    this.surface.setTitle(l10n.t('Session'));
    this.#show({});
  }

  /** The panel came to the front of its group or went behind. Hidden, its page is destroyed by VS Code. */
  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    this.#refresh.setVisible(visible);
    if (visible) return;
    this.#ready = false;
    if (this.#load.quiet) this.#load.abort();
  }

  /** Settings changed. */
  applySettings(): void {
    this.#show({ refreshSeconds: this.services.liveRefreshSeconds() });
    this.#refresh.plan();
  }

  /** Takes anything that the page posted. What is not a message of ours is dropped. */
  receive(message: unknown): void {
    if (this.#disposed) return;
    const read = readFromSessionPage(message);
    if (!read) this.services.log('warn', 'Session page: a message was not understood and dropped.');
    else this.#handle(read);
  }

  dispose(): void {
    this.#disposed = true;
    this.#favorites?.dispose();
    this.#stop();
    this.#stays = undefined;
    this.#reports.reset();
  }

  #handle(message: FromSessionPage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (message.v !== SESSION_PROTOCOL_VERSION) this.showError(outdated());
        this.#show({});
        this.#sendReports();
        break;
      case 'action':
        this.#actions.act(message.action);
        break;
      case 'openParticipant':
        this.#actions.openParticipant(message.participantId);
        break;
      case 'compare':
        this.#actions.compare(message.participantIds);
        break;
      case 'openSession':
        this.#actions.openBreakoutRoom(message.sessionId);
        break;
      default:
        assertNever(message);
        break;
    }
  }

  /** Reads session and participants at the same time, as many of them as were there before. */
  async #read(quiet = false): Promise<void> {
    const ref = this.ref;
    const stays = this.#stays;
    if (!ref || !stays) return;
    const load = this.#begin(quiet);
    const { signal } = load;
    if (!quiet) this.#show({ busy: true, error: undefined });
    let failed: PlainError | undefined;
    try {
      const provider = await this.services.provider(ref);
      signal.throwIfAborted();
      // Participants that cannot be read leave the session's facts on screen, so this never rejects.
      const list = stays.read(provider, signal, (change) => this.#showStays(load, change));
      const session = await provider.getSession(ref, signal);
      if (this.#load.is(load)) this.#accept(ref, session);
      await list;
    } catch (error) {
      failed = signal.aborted || isCancelled(error) ? stopped() : toPlainError(error);
    }
    if (this.#disposed || !this.#load.end(load)) return;
    // Participants without their session are of no use.
    if (failed) load.abort();
    // A quiet read that was given up because the page went away is nothing to speak of.
    const silent = quiet && failed?.kind === 'Cancelled';
    this.#show({ busy: false, ...(silent ? {} : { error: failed }) });
    this.#refresh.settled(silent ? undefined : failed);
    // What is in the file costs nobody anything.
    if (this.#saved && !failed) void this.#readReports();
  }

  #begin(quiet: boolean): AbortController {
    this.#refresh.stop();
    return this.#load.begin(quiet);
  }

  #accept(ref: SessionRef, session: Session): void {
    const { subject } = this.#screen;
    // Of a file, only reading it tells what it is of.
    const { session: _known, found: _found, ...place } = this.services.known(ref);
    const title = displayText(session.roomName ?? '') || subject.title;
    this.#show({ session, subject: { ...subject, ...place, title }, readAt: place.saved?.at ?? this.now() });
    this.surface.setTitle(title);
    if (this.#opened || this.#saved) return;
    this.#opened = true;
    this.services.opened?.(ref, session);
  }

  /** Calls were starred, or are not any more. */
  #showFavorite(): void {
    const { subject } = this.#screen;
    const { ref } = subject;
    if (ref && !this.#saved) this.#show({ subject: { ...subject, favorite: this.services.favorites?.has(ref) } });
  }

  /** It comes from a file. */
  get #saved(): boolean {
    return this.#screen.subject.saved !== undefined;
  }

  async #loadMore(): Promise<void> {
    const stays = this.#stays;
    if (!stays?.hasMore || this.#load.running) return;
    const load = this.#begin(false);
    const error = await stays.more(load.signal, (list) => this.#showStays(load, list));
    if (this.#disposed || !this.#load.end(load)) return;
    this.#refresh.settled(error);
  }

  async #readReports(): Promise<void> {
    const { ref } = this;
    const { session, stays } = this.#screen;
    if (ref && session) await this.#reports.read(ref, session, stays?.items ?? []);
  }

  #stop(): void {
    this.#refresh.reset();
    this.#load.drop();
    this.#reports.stop();
  }

  #empty(): SessionScreen {
    return {
      subject: { title: '', dashboard: false },
      pinned: false,
      busy: false,
      refreshSeconds: this.services.liveRefreshSeconds(),
    };
  }

  #showStays(load: AbortController, stays: StayList): void {
    if (!this.#load.is(load) || this.#disposed) return;
    // A quiet read that was given up leaves what is on screen as it is.
    if (!(this.#load.quiet && stays.error?.kind === 'Cancelled')) this.#show({ stays });
  }

  #show(change: Partial<SessionScreen>): void {
    this.#screen = { ...this.#screen, ...change };
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'screen', screen: this.#screen });
  }

  #sendReports(): void {
    this.#post({ v: SESSION_PROTOCOL_VERSION, type: 'reports', reports: this.#reports.state });
  }

  #post(message: ToSessionPage): void {
    if (this.#ready && !this.#disposed) this.surface.post(message);
  }
}

function outdated(): CallError {
  return new CallError(
    'BadInput',
    l10n.t('This page is from another version of Peerscope. Close it and open the session again.'),
  );
}
