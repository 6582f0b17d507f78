import { toPlainError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import type { CallReport, Participant, Session } from '../core/model';
import type { ReportsState } from '../protocol/session-messages';
import { readReports } from './session-reports';
import type { SessionServices } from './session-services';

const NO_REPORTS: ReportsState = { outcomes: {}, running: false, done: 0, total: 0 };

/** The reports of one session page: read on demand, kept while the page shows the session, judged together. */
export class ReportSet {
  #state: ReportsState = NO_REPORTS;
  /** By participant id: findings need both ends of a stream. */
  readonly #reports = new Map<string, CallReport>();
  #reading?: AbortController;

  /** `changed` is called whenever {@link state} is another. */
  constructor(
    private readonly services: Pick<SessionServices, 'provider' | 'known' | 'diagnose' | 'limits'>,
    private readonly changed: () => void,
  ) {}

  /** What the page shows of them. */
  get state(): ReportsState {
    return this.#state;
  }

  get reports(): ReadonlyMap<string, CallReport> {
    return this.#reports;
  }

  /** Another session is shown, or none. */
  reset(): void {
    this.stop();
    this.#reading = undefined;
    this.#state = NO_REPORTS;
    this.#reports.clear();
  }

  /** Ends what is being read; what was read stays. */
  stop(): void {
    this.#reading?.abort();
  }

  /** Reads the reports that are lacking, or all of them again when none is. Never rejects: what failed is in the state. */
  async read(ref: SessionRef, session: Session, participants: readonly Participant[]): Promise<void> {
    if (participants.length === 0 || this.#state.running) return;
    const lacking = participants.filter(({ id }) => !this.#hasDigest(id));
    const participantIds = (lacking.length > 0 ? lacking : participants).map(({ id }) => id);
    const reading = new AbortController();
    this.#reading = reading;
    const show = (change: Partial<ReportsState>) => {
      if (this.#reading !== reading) return;
      this.#state = { ...this.#state, ...change };
      this.changed();
    };
    show({ running: true, done: 0, total: participantIds.length, stopped: undefined });
    let stop: string | undefined;
    try {
      const provider = await this.services.provider(ref);
      stop = await readReports({
        participantIds,
        live: session.status === 'live',
        read: async (participantId, signal) => {
          const { report } = await provider.getReport({ ...ref, participantId }, signal);
          if (this.#reading === reading) this.#reports.set(participantId, report);
          return report;
        },
        limits: this.services.limits,
        onBatch: (outcomes, done) => show({ outcomes: { ...this.#state.outcomes, ...outcomes }, done }),
        signal: reading.signal,
      });
    } catch (error) {
      stop = toPlainError(error).text;
    }
    show({ running: false, stopped: stop, diagnosis: await this.#diagnose(ref, session, participants) });
  }

  /** What all reports together tell; nothing when none was read. */
  async #diagnose(ref: SessionRef, session: Session, participants: readonly Participant[]) {
    if (this.#reports.size === 0) return undefined;
    return this.services.diagnose(session, [...this.#reports.values()], participants, this.services.known(ref).found);
  }

  #hasDigest(id: string): boolean {
    const outcome = Object.hasOwn(this.#state.outcomes, id) ? this.#state.outcomes[id] : undefined;
    return outcome !== undefined && 'digest' in outcome;
  }
}
