import * as l10n from '@vscode/l10n';
import { isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import type { CompareSide } from '../protocol/compare-messages';
import { knownSubject, subjectOf } from './report-subject';
import type { LoadedReport, ReportServices } from './services';

/** A side that was read. */
export interface ComparedSide {
  ref: ParticipantRef;
  /** What the participant is called in sentences. */
  label: string;
  loaded: LoadedReport;
}

/** Reads one of the two reports of a comparison and says how far that is. A report stays until another one replaces it. */
export class CompareSideReader {
  #screen: CompareSide;
  #loaded?: LoadedReport;
  #load?: AbortController;
  #fresh = false;

  constructor(
    readonly ref: ParticipantRef,
    title: string | undefined,
    private readonly services: Pick<ReportServices, 'loadReport' | 'known'>,
    private readonly changed: () => void,
  ) {
    this.#screen = { subject: knownSubject(ref, services.known?.(ref) ?? {}, title), phase: 'loading' };
  }

  get screen(): CompareSide {
    return this.#screen;
  }

  get loaded(): LoadedReport | undefined {
    return this.#loaded;
  }

  get compared(): ComparedSide | undefined {
    return this.#loaded && { ref: this.ref, label: this.#screen.subject.title, loaded: this.#loaded };
  }

  /** Whether there is a report that was not asked for since it came. */
  takeFresh(): boolean {
    const fresh = this.#fresh;
    this.#fresh = false;
    return fresh;
  }

  /** Reads the report, or takes the one that is known already. Never rejects: what fails is said on the screen. */
  async read(known?: LoadedReport): Promise<void> {
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    if (known) {
      this.#accept(known);
      return;
    }
    this.#screen = { ...this.#screen, phase: 'loading', error: undefined };
    this.changed();
    try {
      const loaded = await this.services.loadReport(this.ref, load.signal, (session) => {
        // A report that fails is explained by the session's facts.
        if (this.#load === load) this.#screen = { ...this.#screen, subject: { ...this.#screen.subject, session } };
      });
      if (this.#load === load) this.#accept(loaded);
    } catch (error) {
      if (this.#load !== load) return;
      this.#refuse(isCancelled(error) || load.signal.aborted ? stopped() : toPlainError(error));
    }
  }

  cancel(): void {
    if (this.#screen.phase === 'loading') this.#load?.abort();
  }

  /** Stops reading; nothing is told of it. */
  dispose(): void {
    const load = this.#load;
    this.#load = undefined;
    load?.abort();
    this.#loaded = undefined;
  }

  #accept(loaded: LoadedReport): void {
    this.#loaded = loaded;
    this.#fresh = true;
    this.#screen = { phase: 'report', readAt: Date.now(), subject: subjectOf(loaded, this.#screen.subject) };
    this.changed();
  }

  #refuse(error: PlainError): void {
    const kept = this.#loaded !== undefined;
    const quiet = kept && error.kind === 'Cancelled';
    this.#screen = { ...this.#screen, phase: kept ? 'report' : 'failed', error: quiet ? undefined : error };
    this.changed();
  }
}

function stopped(): PlainError {
  return { kind: 'Cancelled', text: l10n.t('Reading the report was stopped.') };
}
