import { type PlainError, toPlainError } from '../../core/errors';
import { type ParticipantRef, participantKey } from '../../core/ids';

/** First wait, ms; each is twice the one before, up to the longest. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 120_000;
/** After so long nothing is to be expected any more, ms. */
const GIVE_UP_MS = 60 * 60_000;

/** What waiting came to. */
export type WatchEnd = { kind: 'ready' } | { kind: 'gaveUp' } | { kind: 'failed'; error: PlainError };

export interface ReportWatchOptions {
  /** Rejects while there is no report. */
  read(ref: ParticipantRef, signal: AbortSignal): Promise<unknown>;
  /** It is waited for, or not any more. */
  changed(ref: ParticipantRef, waiting: boolean): void;
  /** It ended by itself; not told of what was stopped. */
  ended(ref: ParticipantRef, title: string, end: WatchEnd): void;
}

interface Watch {
  ref: ParticipantRef;
  title: string;
  abort: AbortController;
  timer?: ReturnType<typeof setTimeout>;
  /** Epoch ms. */
  since: number;
  wait: number;
}

/**
 * Waits for reports that providers write after a call: looks again in growing waits, one look at a time for each participant,
 * an hour at most. It is no part of a panel: hidden or closed pages change nothing.
 */
export class ReportWatch {
  readonly #watches = new Map<string, Watch>();

  constructor(private readonly options: ReportWatchOptions) {}

  /** Whom it waits for. */
  get waiting(): { ref: ParticipantRef; title: string }[] {
    return [...this.#watches.values()].map(({ ref, title }) => ({ ref, title }));
  }

  /** Waits for a participant's report; nothing new where it does so already. The first look is at once. */
  start(ref: ParticipantRef, title: string): void {
    const key = participantKey(ref);
    if (this.#watches.has(key)) return;
    const watch = { ref, title, abort: new AbortController(), since: Date.now(), wait: FIRST_WAIT_MS };
    this.#watches.set(key, watch);
    this.options.changed(ref, true);
    void this.#look(watch);
  }

  stop(ref: ParticipantRef): void {
    const watch = this.#watches.get(participantKey(ref));
    if (watch) this.#drop(watch);
  }

  /** A connection was removed: what it was asked for is waited for no longer. */
  dropConnection(connectionId: string): void {
    for (const watch of [...this.#watches.values()]) if (watch.ref.connectionId === connectionId) this.#drop(watch);
  }

  dispose(): void {
    for (const watch of [...this.#watches.values()]) this.#drop(watch);
  }

  async #look(watch: Watch): Promise<void> {
    let error: PlainError | undefined;
    try {
      await this.options.read(watch.ref, watch.abort.signal);
    } catch (failed) {
      error = toPlainError(failed);
    }
    if (watch.abort.signal.aborted) return;
    if (!error) this.#end(watch, { kind: 'ready' });
    else if (!mayPass(error)) this.#end(watch, { kind: 'failed', error });
    else this.#again(watch, error);
  }

  #again(watch: Watch, { retryAfterMs = 0 }: PlainError): void {
    const wait = Math.max(watch.wait, retryAfterMs);
    if (Date.now() + wait - watch.since > GIVE_UP_MS) {
      this.#end(watch, { kind: 'gaveUp' });
      return;
    }
    watch.wait = Math.min(watch.wait * 2, LONGEST_WAIT_MS);
    watch.timer = setTimeout(() => void this.#look(watch), wait);
  }

  #end(watch: Watch, end: WatchEnd): void {
    this.#drop(watch);
    this.options.ended(watch.ref, watch.title, end);
  }

  #drop(watch: Watch): void {
    watch.abort.abort();
    clearTimeout(watch.timer);
    this.#watches.delete(participantKey(watch.ref));
    this.options.changed(watch.ref, false);
  }
}

/** Whether another look can help: what is wrong with key, rights or id stays wrong. */
function mayPass({ kind }: PlainError): boolean {
  return !['Auth', 'Forbidden', 'NotFound', 'BadInput', 'Cancelled'].includes(kind);
}
