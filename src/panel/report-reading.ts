import * as l10n from '@vscode/l10n';
import { isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import type { Session } from '../core/model';
import type { ReportSubject } from '../protocol/messages';
import { LiveRefresh } from './live-refresh';
import { sameReport, subjectOf } from './report-subject';
import { RunningLoad } from './running-load';
import type { LoadedReport, ReportServices } from './services';

/** Whoever has left a live session is followed so long: the last samples may come late, ms. */
const AFTER_LEAVING_MS = 60_000;

type Phase = { kind: 'idle' } | { kind: 'loading' } | { kind: 'report' } | { kind: 'failed'; error: PlainError };

/** Who shows what is read. */
export interface ReadingListener {
  /** Something else is to be shown. */
  changed(): void;
  /** It was read again, which brought nothing new or failed: what is shown stays. */
  readAgain(): void;
}

/**
 * The reading of one participant's report: begun, given up, begun again for another participant. What was read stays until
 * another answer is here. A live session's report is read again while its page is visible.
 */
export class ReportReading {
  #phase: Phase = { kind: 'idle' };
  #subject: ReportSubject = { title: '' };
  #loaded?: LoadedReport;
  #readAt = 0;
  #refreshError?: PlainError;
  #quietError?: PlainError;
  #disposed = false;
  readonly #load = new RunningLoad();
  readonly #refresh: LiveRefresh;

  constructor(
    private readonly services: Pick<ReportServices, 'loadReport' | 'liveRefreshSeconds'>,
    private readonly listener: ReadingListener,
    private readonly now: () => number,
  ) {
    this.#refresh = new LiveRefresh({
      seconds: () => services.liveRefreshSeconds(),
      state: () => ({ live: this.#isLive(), readAt: this.#readAt, leastSeconds: this.#loaded?.leastSeconds }),
      read: () => this.#readQuietly(),
      now,
    });
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Whose report it is, and what the page's head says of it. */
  get subject(): ReportSubject {
    return this.#subject;
  }

  /** The report that is shown, with what is known around it. */
  get loaded(): LoadedReport | undefined {
    return this.#loaded;
  }

  /** When the provider answered last, epoch ms. */
  get readAt(): number {
    return this.#readAt;
  }

  /** A refresh that failed leaves the former report on screen, with this said above it. */
  get refreshError(): PlainError | undefined {
    return this.#refreshError;
  }

  /** Why the last reading failed that nobody had asked for. */
  get quietError(): PlainError | undefined {
    return this.#quietError;
  }

  /** How often a live report is read again, seconds; undefined while nothing is followed. */
  get everySeconds(): number | undefined {
    return this.#refresh.everySeconds;
  }

  /** Reads the report of a participant. A load that is still running for another one is aborted. */
  open(ref: ParticipantRef, subject: ReportSubject): void {
    this.#loaded = undefined;
    this.#refreshError = undefined;
    this.#quietError = undefined;
    this.#refresh.reset();
    this.#subject = subject;
    void this.#start(ref);
  }

  /** Reads the report again; what is on screen stays until the answer is here. */
  refresh(): void {
    if (this.#subject.ref) void this.#start(this.#subject.ref);
  }

  /** Ends the reading that runs. */
  stop(): void {
    this.#load.abort();
  }

  /** Nothing is read: this is why. */
  fail(subject: ReportSubject, error: PlainError): void {
    this.#load.drop();
    this.#refresh.reset();
    this.#subject = subject;
    this.#phase = { kind: 'failed', error };
    this.listener.changed();
  }

  /** Its page came to the front or went behind: hidden, a report costs nothing. */
  setVisible(visible: boolean): void {
    this.#refresh.setVisible(visible);
    if (!visible && this.#load.quiet) this.#load.abort();
  }

  /** Settings changed. */
  plan(): void {
    this.#refresh.plan();
  }

  dispose(): void {
    this.#disposed = true;
    this.#refresh.stop();
    this.#load.abort();
    this.#loaded = undefined;
  }

  async #start(ref: ParticipantRef): Promise<void> {
    const load = this.#begin(false);
    this.#phase = { kind: 'loading' };
    this.listener.changed();
    const failed = await this.#read(ref, load, (loaded) => this.#accept(loaded));
    if (this.#disposed || !this.#load.end(load)) return;
    this.#quietError = undefined;
    if (failed) this.#refuse(failed);
    this.#refresh.settled(failed);
    this.listener.changed();
  }

  /** Reads a live report again. What is on screen stays, whatever comes of it. */
  async #readAgain(ref: ParticipantRef): Promise<void> {
    const load = this.#begin(true);
    const seen = { changed: false };
    const failed = await this.#read(ref, load, (loaded) => {
      seen.changed = !this.#loaded || !sameReport(this.#loaded, loaded);
      if (seen.changed) this.#accept(loaded);
      else this.#readAt = this.now();
    });
    if (this.#disposed || !this.#load.end(load)) return;
    // Given up because the page went away, it is nothing to speak of.
    this.#quietError = failed?.kind === 'Cancelled' ? undefined : failed;
    this.#refresh.settled(this.#quietError);
    if (seen.changed) this.listener.changed();
    else this.listener.readAgain();
  }

  #readQuietly(): void {
    const { ref } = this.#subject;
    if (ref && !this.#load.running && !this.#disposed) void this.#readAgain(ref);
  }

  #begin(quiet: boolean): AbortController {
    this.#refresh.stop();
    return this.#load.begin(quiet);
  }

  /** Gives what failed. An answer to a load that another one took the place of is dropped. */
  async #read(
    ref: ParticipantRef,
    load: AbortController,
    accept: (loaded: LoadedReport) => void,
  ): Promise<PlainError | undefined> {
    try {
      const loaded = await this.services.loadReport(ref, load.signal, (session) => this.#learn(load, session));
      if (this.#load.is(load) && !this.#disposed) accept(loaded);
      return undefined;
    } catch (error) {
      return isCancelled(error) || load.signal.aborted ? stopped() : toPlainError(error);
    }
  }

  /** Takes a session's facts as soon as they are there: a report that fails is explained by them. */
  #learn(load: AbortController, session: Session): void {
    if (this.#load.is(load) && !this.#disposed) this.#subject = { ...this.#subject, session };
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
  }

  #refuse(error: PlainError): void {
    if (!this.#loaded) this.#phase = { kind: 'failed', error };
    else {
      this.#phase = { kind: 'report' };
      this.#refreshError = error.kind === 'Cancelled' ? undefined : error;
    }
  }
}

function stopped(): PlainError {
  return { kind: 'Cancelled', text: l10n.t('Reading the report was stopped.') };
}
