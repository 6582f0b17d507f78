import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import { type ParticipantRef, plainSessionRef, type SessionRef } from '../core/ids';
import type { CallReport, Session } from '../core/model';
import { displayText } from '../core/text';
import { assertNever } from '../protocol/bridge';
import {
  type FromSessionPage,
  SESSION_PROTOCOL_VERSION,
  type SessionAction,
  type SessionScreen,
  type StayList,
  type ToSessionPage,
} from '../protocol/session-messages';
import { readFromSessionPage } from '../protocol/session-schema';
import { LiveRefresh } from './live-refresh';
import { ReportSet } from './session-report-set';
import type { SessionServices } from './session-services';
import { StayReader, stopped } from './session-stays';

/** What a session page does to its surroundings: a VS Code panel, or a test's page. */
export interface SessionSurface {
  /** May be called at any time; what cannot be delivered is dropped. */
  post(message: ToSessionPage): void;
  /** The title of the tab. */
  setTitle(title: string): void;
  togglePin(): void;
  copyText(text: string): Promise<void>;
  openExternal(url: string): Promise<void>;
}

/**
 * One session page, without VS Code: reads a session and its participants, keeps them while the page lives and sends them
 * whenever a webview says that it is ready. A live session is read again while the page is visible; a hidden one costs nothing.
 */
export class SessionHost {
  #screen: SessionScreen;
  readonly #reports: ReportSet;
  #stays?: StayReader;
  #load?: AbortController;
  /** The load that runs was not asked for by the person. */
  #quiet = false;
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
    private readonly now: () => number = Date.now,
  ) {
    this.#screen = this.#empty();
    this.#favorites = services.favorites?.onDidChange(() => this.#showFavorite());
    this.#reports = new ReportSet(services, () => this.#sendReports());
    this.#refresh = new LiveRefresh({
      seconds: () => services.liveRefreshSeconds(),
      state: () => ({
        live: this.#screen.session?.status === 'live' && !this.#saved && !this.#load && !this.#disposed,
        readAt: this.#screen.readAt ?? 0,
      }),
      read: () => void this.#read(true),
      now,
    });
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
    if (this.#quiet) this.#load?.abort();
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
        this.#act(message.action);
        break;
      case 'openParticipant': {
        const [ref] = this.#shownRefs([message.participantId]);
        if (ref) this.#run(this.services.runCommand('peerscope.openParticipant', ref));
        break;
      }
      case 'compare': {
        const refs = this.#shownRefs(message.participantIds);
        if (refs.length === 2) this.#run(this.services.runCommand('peerscope.compareParticipants', refs));
        break;
      }
      case 'openSession': {
        const { ref } = this;
        const room = this.#screen.session?.breakoutRooms?.find(({ id }) => id === message.sessionId);
        if (!ref || !room) break;
        const { connectionId, appId } = ref;
        const target = { connectionId, appId, roomId: room.roomId, sessionId: room.id };
        this.#run(this.services.runCommand('peerscope.openSession', plainSessionRef(target)));
        break;
      }
      default:
        assertNever(message);
        break;
    }
  }

  /** Only whom the page shows: what it says is not taken on trust. */
  #shownRefs(participantIds: readonly string[]): ParticipantRef[] {
    const { ref } = this;
    const known = participantIds.filter((wanted) => this.#screen.stays?.items.some(({ id }) => id === wanted));
    return ref ? known.map((participantId) => ({ ...ref, participantId })) : [];
  }

  #act(action: SessionAction): void {
    const { ref, services, surface } = this;
    switch (action) {
      case 'cancel':
        this.#load?.abort();
        break;
      case 'copyId':
        // Of a saved session the ref names the file.
        if (ref) this.#run(surface.copyText(this.#saved ? (this.#screen.session?.id ?? '') : ref.sessionId));
        break;
      case 'copyLink':
        if (ref) this.#run(services.runCommand('peerscope.copyLink', ref));
        break;
      case 'editConnection':
        if (ref) this.#run(services.runCommand('peerscope.editConnection', { id: ref.connectionId }));
        break;
      case 'loadMore':
        void this.#loadMore();
        break;
      case 'openInDashboard': {
        const url = ref && services.dashboardUrl(ref);
        if (url) this.#run(surface.openExternal(url));
        break;
      }
      case 'openChat':
      case 'openRecordings':
      case 'openSummary':
      case 'openTranscript':
        // Without an argument it is about the page in front, and what fails is told to the person.
        this.#run(services.runCommand(`peerscope.${action}`));
        break;
      case 'readReports':
        void this.#readReports();
        break;
      case 'refresh':
        this.refresh();
        break;
      case 'saveSession':
        if (ref) this.#run(services.runCommand('peerscope.saveSession', ref));
        break;
      case 'showCalls':
        this.#run(services.runCommand('peerscope.calls.focus'));
        break;
      case 'showLog':
        this.#run(services.runCommand('peerscope.showLog'));
        break;
      case 'stopReports':
        this.#reports.stop();
        break;
      case 'toggleFavorite': {
        const { session } = this.#screen;
        if (ref && session && services.favorites) this.#run(services.favorites.toggle(ref, session));
        break;
      }
      case 'togglePin':
        surface.togglePin();
        break;
      default:
        assertNever(action);
        break;
    }
  }

  #run(work: Thenable<unknown>): void {
    work.then(undefined, (error: unknown) => {
      this.services.log('warn', `Session page: an action failed (${toPlainError(error).kind}).`);
    });
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
      if (this.#load === load) this.#accept(ref, session);
      await list;
    } catch (error) {
      failed = signal.aborted || isCancelled(error) ? stopped() : toPlainError(error);
    }
    if (this.#load !== load || this.#disposed) return;
    this.#load = undefined;
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
    this.#load?.abort();
    this.#load = new AbortController();
    this.#quiet = quiet;
    return this.#load;
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
    if (!stays?.hasMore || this.#load) return;
    const load = this.#begin(false);
    const error = await stays.more(load.signal, (list) => this.#showStays(load, list));
    if (this.#load !== load || this.#disposed) return;
    this.#load = undefined;
    this.#refresh.settled(error);
  }

  async #readReports(): Promise<void> {
    const { ref } = this;
    const { session, stays } = this.#screen;
    if (ref && session) await this.#reports.read(ref, session, stays?.items ?? []);
  }

  #stop(): void {
    this.#refresh.reset();
    this.#load?.abort();
    this.#load = undefined;
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
    if (this.#load !== load || this.#disposed) return;
    // A quiet read that was given up leaves what is on screen as it is.
    if (!(this.#quiet && stays.error?.kind === 'Cancelled')) this.#show({ stays });
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
