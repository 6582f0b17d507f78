import type { ErrorKind, PlainError } from '../core/errors';

/** A provider that keeps failing is asked at least this often, ms. */
const LONGEST_WAIT_MS = 300_000;

/** A timer that is set for longer fires at once (Node's and the browser's limit), ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** After these nothing changes until the person does something about it. */
const HOPELESS: ReadonlySet<ErrorKind> = new Set(['Auth', 'Forbidden', 'NotFound', 'BadInput', 'Cancelled']);

/** What a page tells of itself when the next reading is planned. */
export interface LiveState {
  /** What is shown goes on, and nothing is being read right now. */
  live: boolean;
  /** When the provider answered last, epoch ms. */
  readAt: number;
  /** The provider has nothing new oftener than that, seconds. */
  leastSeconds?: number;
}

export interface LiveRefreshOptions {
  /** The setting: how often, seconds; 0 is never. Read at each use. */
  seconds(): number;
  state(): LiveState;
  /** Reads again without a sign of it; {@link LiveRefresh.settled} is to follow. */
  read(): void;
  /** Epoch ms. */
  now(): number;
}

/**
 * Reads what is live again and again, for a page of any kind: only while the page is visible, with longer and longer waits
 * while it fails, and as late as the provider asks for. Hidden, ended or switched off it costs nothing.
 */
export class LiveRefresh {
  #timer?: ReturnType<typeof setTimeout>;
  #visible = true;
  /** Failures in a row, the last of them and when it was. */
  #failures = 0;
  #failed?: PlainError;
  #failedAt = 0;

  constructor(private readonly options: LiveRefreshOptions) {}

  /** How often it reads, seconds; undefined while nothing is followed. */
  get everySeconds(): number | undefined {
    const { live, leastSeconds = 0 } = this.options.state();
    const seconds = this.options.seconds();
    const hopeless = this.#failed && HOPELESS.has(this.#failed.kind);
    return live && seconds > 0 && !hopeless ? Math.max(seconds, leastSeconds) : undefined;
  }

  /** A reading ended; plans the next one. */
  settled(failed?: PlainError): void {
    this.#failures = failed ? this.#failures + 1 : 0;
    this.#failed = failed;
    this.#failedAt = this.options.now();
    this.plan();
  }

  /** The page came to the front or went behind. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.plan();
  }

  /** Plans anew: a setting changed, or what is shown did. */
  plan(): void {
    clearTimeout(this.#timer);
    const seconds = this.everySeconds;
    if (seconds === undefined || !this.#visible) return;
    const wait = Math.max(0, this.#due(seconds) - this.options.now());
    this.#timer = setTimeout(() => this.options.read(), Math.min(wait, LONGEST_TIMER_MS));
  }

  /** Another thing is shown: what failed before is of no account. */
  reset(): void {
    this.stop();
    this.#failures = 0;
    this.#failed = undefined;
  }

  /** Nothing more is read until the next plan. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Epoch ms. */
  #due(seconds: number): number {
    const every = seconds * 1000;
    if (!this.#failed) return this.options.state().readAt + every;
    const patience = Math.max(every, Math.min(every * 2 ** (this.#failures - 1), LONGEST_WAIT_MS));
    return this.#failedAt + Math.max(patience, this.#failed.retryAfterMs ?? 0);
  }
}
