import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import { type ParticipantRef, plainParticipantRef } from '../core/ids';
import { displayText } from '../core/text';
import { assertNever, RequestServer } from '../protocol/bridge';
import type {
  CompareAction,
  CompareScreen,
  FromComparePage,
  ShownComparison,
  SideAction,
  SideIndex,
  ToComparePage,
} from '../protocol/compare-messages';
import { readFromComparePage } from '../protocol/compare-schema';
import type { WantedStream } from '../protocol/compare-state';
import { PROTOCOL_VERSION } from '../protocol/messages';
import { packReport } from '../protocol/pack';
import { type ComparedSide, CompareSideReader } from './compare-side';
import { answerRequest, type ReportSurface } from './report-surface';
import type { LoadedReport, ReportServices } from './services';

/** What a comparison does to its surroundings: a VS Code panel, or a test's page. */
export interface CompareSurface extends Pick<ReportSurface, 'copyText' | 'saveImage' | 'setTitle'> {
  /** May be called at any time; what cannot be delivered is dropped. */
  post(message: ToComparePage): void;
}

/** What a comparison needs of its surroundings; free of `vscode`. */
export interface CompareServices extends Omit<ReportServices, 'liveRefreshSeconds'> {
  /** A report that is on screen already; costs no request. */
  shown?(ref: ParticipantRef): LoadedReport | undefined;
  /** The differences in words, and which streams stand for the same thing. */
  compare(first: ComparedSide, second: ComparedSide): Promise<ShownComparison>;
}

/** How a comparison begins. */
export interface CompareOptions {
  /** Shown until the reports name the participants. */
  titles?: readonly [string | undefined, string | undefined];
  /** The stream whose two ends the person wants to see. */
  stream?: WantedStream;
}

type Sides = readonly [CompareSideReader, CompareSideReader];

/**
 * One comparison, without VS Code: reads two reports side by side, keeps them while the page lives and sends them whenever
 * a webview says that it is ready. A side that fails leaves the other on screen.
 */
export class CompareHost {
  #sides?: Sides;
  #stream?: WantedStream;
  #comparison?: ShownComparison;
  #error?: PlainError;
  /** What the comparison is of, or will be. */
  #compared?: readonly [LoadedReport, LoadedReport];
  /** Counts the pairs of reports, so that a comparison of former ones is dropped. */
  #version = 0;
  #ready = false;
  #disposed = false;
  readonly #requests: RequestServer;

  constructor(
    private readonly services: CompareServices,
    private readonly surface: CompareSurface,
  ) {
    this.#requests = new RequestServer(
      (request) => answerRequest(request, this.surface, undefined),
      (message) => this.#post(message),
    );
  }

  /** Undefined while nothing was opened, or when the restored state could not be read. */
  get refs(): readonly [ParticipantRef, ParticipantRef] | undefined {
    return this.#sides && [this.#sides[0].ref, this.#sides[1].ref];
  }

  /** Compares two participants. What still runs for others is aborted. */
  open(refs: readonly [ParticipantRef, ParticipantRef], { titles, stream }: CompareOptions = {}): void {
    this.#stop();
    this.#error = undefined;
    this.#stream = stream;
    const side = (index: SideIndex) =>
      new CompareSideReader(plainParticipantRef(refs[index]), titles?.[index], this.services, () => this.#changed());
    this.#sides = [side(0), side(1)];
    this.#setTitle();
    this.#show();
    for (const each of this.#sides) void each.read(this.services.shown?.(each.ref));
  }

  /** Shows the ends of one stream of the two that are compared already. */
  want(stream: WantedStream): void {
    this.#stream = stream;
    this.#show();
  }

  /** Reads both reports again; what is on screen stays until the answers are here. */
  refresh(): void {
    for (const each of this.#sides ?? []) void each.read();
  }

  /** Says why nothing can be shown, for a panel that came back without a usable state. */
  showError(error: CallError): void {
    this.#stop();
    this.#sides = undefined;
    this.#error = toPlainError(error);
    this.surface.setTitle(l10n.t('Comparison'));
    this.#show();
  }

  /** The webview was hidden: VS Code destroyed its page. */
  hidden(): void {
    this.#ready = false;
    this.#requests.dispose();
  }

  /** Takes anything that the page posted. What is not a message of ours is dropped. */
  receive(message: unknown): void {
    if (this.#disposed) return;
    const read = readFromComparePage(message);
    if (!read) this.services.log('warn', 'Comparison: a message was not understood and dropped.');
    else this.#handle(read);
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
    this.#requests.dispose();
    this.#sides = undefined;
  }

  #handle(message: FromComparePage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (message.v !== PROTOCOL_VERSION) this.showError(outdated());
        this.#sendReports();
        this.#show();
        break;
      case 'action':
        this.#act(message.action);
        break;
      case 'side':
        this.#actOn(message.side, message.action);
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

  #act(action: CompareAction): void {
    switch (action) {
      case 'cancel':
        for (const side of this.#sides ?? []) side.cancel();
        break;
      case 'refresh':
        this.refresh();
        break;
      case 'showCalls':
        this.#run('peerscope.calls.focus');
        break;
      case 'showLog':
        this.#run('peerscope.showLog');
        break;
      case 'swap':
        if (!this.#sides) break;
        this.#sides = [this.#sides[1], this.#sides[0]];
        // Its words and pairs are the other way round.
        this.#comparison = undefined;
        this.#setTitle();
        this.#sendReports();
        this.#compare();
        break;
      default:
        assertNever(action);
        break;
    }
  }

  #actOn(index: SideIndex, action: SideAction): void {
    const side = this.#sides?.[index];
    if (!side) return;
    switch (action) {
      case 'editConnection':
        this.#run('peerscope.editConnection', { id: side.ref.connectionId });
        break;
      case 'open':
        this.#run('peerscope.openParticipant', side.ref);
        break;
      case 'retry':
        void side.read();
        break;
      default:
        assertNever(action);
        break;
    }
  }

  #run(id: string, ...args: unknown[]): void {
    this.services.runCommand(id, ...args).then(undefined, (error: unknown) => {
      this.services.log('warn', `Comparison: an action failed (${toPlainError(error).kind}).`);
    });
  }

  /** A side was read, or could not be. */
  #changed(): void {
    if (this.#disposed) return;
    this.#setTitle();
    this.#sides?.forEach((side, index) => {
      if (side.takeFresh()) this.#sendReport(side, index as SideIndex);
    });
    this.#compare();
  }

  /** Compares once both are here, and says where things stand. */
  #compare(): void {
    const [first, second] = this.#sides?.map((side) => side.compared) ?? [];
    const told = first?.loaded === this.#compared?.[0] && second?.loaded === this.#compared?.[1];
    if (told || !first || !second) {
      this.#show();
      return;
    }
    this.#compared = [first.loaded, second.loaded];
    const version = ++this.#version;
    const [one, other] = labels(first.label, second.label);
    this.services.compare({ ...first, label: one }, { ...second, label: other }).then(
      (comparison) => {
        if (version !== this.#version || this.#disposed) return;
        this.#comparison = comparison;
        this.#error = undefined;
        this.#show();
      },
      (error: unknown) => {
        if (version !== this.#version || isCancelled(error)) return;
        this.services.log('warn', `Comparison: it could not be made (${toPlainError(error).kind}).`);
        this.#error = toPlainError(error);
        this.#show();
      },
    );
  }

  #setTitle(): void {
    if (!this.#sides) return;
    const [one, other] = this.#sides.map(({ screen }) => screen.subject.title);
    this.surface.setTitle(`${displayText(one ?? '', 14)} ↔ ${displayText(other ?? '', 14)}`);
  }

  #sendReports(): void {
    this.#sides?.forEach((side, index) => {
      side.takeFresh();
      this.#sendReport(side, index as SideIndex);
    });
  }

  #sendReport({ loaded }: CompareSideReader, side: SideIndex): void {
    if (loaded) this.#post({ v: PROTOCOL_VERSION, type: 'sideReport', side, ...packReport(loaded.result.report) });
  }

  #show(): void {
    const [first, second] = this.#sides ?? [];
    const nobody = { subject: { title: l10n.t('Comparison') }, phase: 'failed' as const };
    const screen: CompareScreen = {
      sides: [first?.screen ?? nobody, second?.screen ?? nobody],
      comparison: this.#comparison,
      stream: this.#stream,
      wanted: this.#wanted(),
      error: this.#error,
    };
    this.#post({ v: PROTOCOL_VERSION, type: 'screen', screen });
  }

  /** The pairs in which one received what the wanted stream's sender sent. */
  #wanted(): string[] | undefined {
    const wanted = this.#stream;
    if (!wanted) return undefined;
    const streams = this.#sides?.map(({ loaded }) => loaded?.result.report.streams ?? []);
    const isIt = (ids: readonly string[], side: number) =>
      streams?.[side]?.some(
        ({ id, kind, source, remoteParticipantId }) =>
          ids.includes(id) &&
          kind === wanted.kind &&
          source === wanted.source &&
          remoteParticipantId === wanted.senderId,
      );
    const found = this.#comparison?.pairs.filter(({ ends, streams: ids }) => ends && ids.some(isIt));
    return found && found.length > 0 ? found.map(({ key }) => key) : undefined;
  }

  #stop(): void {
    this.#version++;
    this.#compared = undefined;
    this.#comparison = undefined;
    for (const side of this.#sides ?? []) side.dispose();
  }

  #post(message: ToComparePage): void {
    if (this.#ready && !this.#disposed) this.surface.post(message);
  }
}

/** Two stays of one person get a number. */
function labels(one: string, other: string): [string, string] {
  return one === other ? [`${one} (1)`, `${other} (2)`] : [one, other];
}

function outdated(): CallError {
  return new CallError(
    'BadInput',
    l10n.t('This page is from another version of Peerscope. Close it and compare again.'),
  );
}
