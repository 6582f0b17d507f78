import { toPlainError } from '../core/errors';
import { type ParticipantRef, plainSessionRef } from '../core/ids';
import { assertNever } from '../protocol/bridge';
import type { SessionAction, SessionScreen } from '../protocol/session-messages';
import type { SessionServices } from './session-services';
import type { SessionSurface } from './session-surface';

/** What a button of the page can do to the page itself. */
export interface SessionActionTarget {
  readonly screen: SessionScreen;
  refresh(): void;
  /** Ends the reading that runs. */
  stop(): void;
  loadMore(): void;
  readReports(): void;
  stopReports(): void;
}

/** Does what the page of a session asks of its surroundings. Never throws: what fails is logged. */
export class SessionActions {
  constructor(
    private readonly target: SessionActionTarget,
    private readonly services: SessionServices,
    private readonly surface: SessionSurface,
  ) {}

  /** Does what a button stands for. */
  act(action: SessionAction): void {
    const { target, services, surface } = this;
    const { session, subject } = target.screen;
    const { ref } = subject;
    switch (action) {
      case 'cancel':
        target.stop();
        break;
      case 'copyId':
        // Of a saved session the ref names the file.
        if (ref) this.#logged(surface.copyText(subject.saved ? (session?.id ?? '') : ref.sessionId));
        break;
      case 'copyLink':
        if (ref) this.#run('peerscope.copyLink', ref);
        break;
      case 'editConnection':
        if (ref) this.#run('peerscope.editConnection', { id: ref.connectionId });
        break;
      case 'loadMore':
        target.loadMore();
        break;
      case 'openInDashboard': {
        const url = ref && services.dashboardUrl(ref);
        if (url) this.#logged(surface.openExternal(url));
        break;
      }
      case 'openChat':
      case 'openRecordings':
      case 'openSummary':
      case 'openTranscript':
        // Without an argument it is about the page in front, and what fails is told to the person.
        this.#run(`peerscope.${action}`);
        break;
      case 'readReports':
        target.readReports();
        break;
      case 'refresh':
        target.refresh();
        break;
      case 'saveSession':
        if (ref) this.#run('peerscope.saveSession', ref);
        break;
      case 'showCalls':
        this.#run('peerscope.calls.focus');
        break;
      case 'showLog':
        this.#run('peerscope.showLog');
        break;
      case 'stopReports':
        target.stopReports();
        break;
      case 'toggleFavorite':
        if (ref && session && services.favorites) this.#logged(services.favorites.toggle(ref, session));
        break;
      case 'togglePin':
        surface.togglePin();
        break;
      default:
        assertNever(action);
        break;
    }
  }

  openParticipant(participantId: string): void {
    const [ref] = this.#shownRefs([participantId]);
    if (ref) this.#run('peerscope.openParticipant', ref);
  }

  compare(participantIds: readonly string[]): void {
    const refs = this.#shownRefs(participantIds);
    if (refs.length === 2) this.#run('peerscope.compareParticipants', refs);
  }

  /** Opens a breakout room of the session that is shown. */
  openBreakoutRoom(sessionId: string): void {
    const { session, subject } = this.target.screen;
    const room = session?.breakoutRooms?.find(({ id }) => id === sessionId);
    if (!subject.ref || !room) return;
    const { connectionId, appId } = subject.ref;
    const target = { connectionId, appId, roomId: room.roomId, sessionId: room.id };
    this.#run('peerscope.openSession', plainSessionRef(target));
  }

  /** Only whom the page shows: what it says is not taken on trust. */
  #shownRefs(participantIds: readonly string[]): ParticipantRef[] {
    const { stays, subject } = this.target.screen;
    const { ref } = subject;
    const known = participantIds.filter((wanted) => stays?.items.some(({ id }) => id === wanted));
    return ref ? known.map((participantId) => ({ ...ref, participantId })) : [];
  }

  #run(command: string, ...args: unknown[]): void {
    this.#logged(this.services.runCommand(command, ...args));
  }

  #logged(work: Thenable<unknown>): void {
    work.then(undefined, (error: unknown) => {
      this.services.log('warn', `Session page: an action failed (${toPlainError(error).kind}).`);
    });
  }
}
