import { setMaxListeners } from 'node:events';
import type { ConnectionRecord } from '../connections/record';
import { isCancelled, type PlainError, toPlainError } from '../core/errors';
import { type ProviderId, pathKey } from '../core/ids';
import type { CallProvider } from '../providers/contract';
import { type Plan, planFor } from './plan';
import { Queue } from './queue';
import type { Candidate } from './recognise';
import { ask, type Match, participantIn, type Target } from './steps';

/** What a look-up needs of its surroundings. It never looks at rows that were loaded. */
export interface LookUpSource {
  records(): readonly ConnectionRecord[];
  provider(connectionId: string): Promise<CallProvider>;
}

/**
 * How far a look-up goes: `auto` by the direct ways, and wider where those found nothing at all; `wider` only what `auto`
 * may have left out.
 */
export type Reach = 'auto' | 'wider';

/** A connection that is asked, for lines about it. */
export interface Asked {
  connectionId: string;
  provider: ProviderId;
  label: string;
}

/** What a look-up tells, as it comes. */
export type LookUpEvent =
  | { kind: 'found'; connection: Asked; match: Match }
  | { kind: 'failed'; connection: Asked; error: PlainError }
  /** It has been asked for everything; it may have failed or found something before. */
  | { kind: 'answered'; connection: Asked; backHours?: number };

/** How long a connection whose direct way found nothing waits for the others before it goes on to wider searches, ms. */
const PATIENCE_MS = 400;
/** Other ids of the text that are looked for among the people of a session that was found. */
const MOST_COMPANIONS = 3;

/** The connections that can hold one of the candidates, in the order of the list. */
export function fitting(
  candidates: readonly Candidate[],
  records: readonly ConnectionRecord[],
  reach: Reach = 'auto',
): ConnectionRecord[] {
  return records.filter((record) => candidates.some((candidate) => tasksFor(candidate, record, reach) > 0));
}

function tasksFor(candidate: Candidate, record: ConnectionRecord, reach: Reach): number {
  const { direct, wider } = planAt(candidate, record);
  return wider.length + (reach === 'auto' ? direct.length : 0);
}

/** An address names its account: connections of another one are not asked. */
function planAt(candidate: Candidate, { provider, settings }: ConnectionRecord): Plan {
  const account = settings.accountId ?? settings.customerId;
  const elsewhere = candidate.account !== undefined && account !== undefined && candidate.account !== account;
  return elsewhere ? { direct: [], wider: [] } : planFor(candidate, provider);
}

/**
 * Asks all fitting connections at once and tells what they answer as it comes. Each connection is on its own: one that is
 * slow or fails holds up no other. Ends when all have answered, or soon after the signal; leaving the loop stops the rest.
 */
export async function* lookUp(
  source: LookUpSource,
  candidates: readonly Candidate[],
  signal: AbortSignal,
  reach: Reach = 'auto',
): AsyncGenerator<LookUpEvent, void, void> {
  const stop = new AbortController();
  const together = AbortSignal.any([signal, stop.signal]);
  // Every request under way listens to it.
  setMaxListeners(0, together);
  const queue = new Queue<LookUpEvent>();
  const records = fitting(candidates, source.records(), reach);
  const race = new Race(records.length);
  const work = records.map((record) => new OneConnection(source, record, candidates, queue, race).run(reach, together));
  void Promise.all(work).then(() => queue.end());
  const end = () => queue.end();
  together.addEventListener('abort', end, { once: true });
  try {
    for await (const event of queue) {
      if (signal.aborted) return;
      yield event;
    }
  } finally {
    together.removeEventListener('abort', end);
    stop.abort();
  }
}

/** Whether anybody has found something, and who is still at the direct ways. */
class Race {
  #found = false;
  #wake: (() => void)[] = [];

  constructor(private directs: number) {}

  get found(): boolean {
    return this.#found;
  }

  find(): void {
    this.#found = true;
    this.#settle();
  }

  /** A connection is through with its direct ways. */
  passed(): void {
    this.directs -= 1;
    if (this.directs <= 0) this.#settle();
  }

  /** Resolves when something was found, when all are through with their direct ways, or when patience is over. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.#found || this.directs <= 0) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, PATIENCE_MS);
      this.#wake.push(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #settle(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

/** One connection's part of a look-up. */
class OneConnection {
  readonly #asked: Asked;
  readonly #told = new Set<string>();

  constructor(
    readonly source: LookUpSource,
    readonly record: ConnectionRecord,
    readonly candidates: readonly Candidate[],
    readonly queue: Queue<LookUpEvent>,
    readonly race: Race,
  ) {
    this.#asked = { connectionId: record.id, provider: record.provider, label: record.label };
  }

  /** Never rejects. */
  async run(reach: Reach, signal: AbortSignal): Promise<void> {
    const pass = once(() => this.race.passed());
    let backHours: number | undefined;
    try {
      const provider = await this.source.provider(this.record.id);
      backHours = provider.findsBackHours;
      const target: Target = { connectionId: this.record.id, provider };
      if (reach === 'auto') {
        await this.#each((plan, candidate) => this.#direct(plan, target, candidate, signal));
        pass();
        if (!this.#hasDirectOnly()) await this.race.wait(signal);
      }
      if (reach === 'wider' || !this.race.found) {
        await this.#each((plan, candidate) =>
          allOf(plan.wider.map((role) => this.#ask(role, target, candidate, signal))),
        );
      }
    } catch (error) {
      if (!isCancelled(error) || !signal.aborted) {
        this.queue.push({ kind: 'failed', connection: this.#asked, error: toPlainError(error) });
      }
    } finally {
      pass();
      this.queue.push({ kind: 'answered', connection: this.#asked, ...(backHours !== undefined && { backHours }) });
    }
  }

  /** One way after the other until one has found it. */
  async #direct({ direct }: Plan, target: Target, candidate: Candidate, signal: AbortSignal): Promise<void> {
    // Beside a session's id it is looked for among the session's people, which costs less.
    if (candidate.role === 'participant' && this.candidates.some(({ role }) => role === 'session')) return;
    for (const role of direct) {
      if ((await this.#ask(role, target, candidate, signal)) > 0) return;
    }
  }

  /** All candidates at once. */
  async #each(work: (plan: Plan, candidate: Candidate) => Promise<unknown>): Promise<void> {
    await allOf(this.candidates.map((candidate) => work(planAt(candidate, this.record), candidate)));
  }

  /** Gives how many matches there were. */
  async #ask(role: Match['as'], target: Target, candidate: Candidate, signal: AbortSignal): Promise<number> {
    let count = 0;
    const companions: Promise<void>[] = [];
    const found = (match: Match) => {
      if (signal.aborted) return;
      count += 1;
      this.#tell(match);
      if (match.as === 'session') companions.push(this.#people(target, match, candidate, signal));
    };
    await ask(role, target, candidate, found, signal);
    await Promise.all(companions);
    return count;
  }

  /** Looks for the text's other ids among the people of a session that was found. Failing costs nothing but them. */
  async #people(target: Target, match: Match, own: Candidate, signal: AbortSignal): Promise<void> {
    const others = this.candidates.filter(
      ({ id, role, provider }) =>
        id !== own.id &&
        (role === undefined || role === 'participant') &&
        (provider === undefined || provider === this.record.provider),
    );
    await Promise.all(
      others.slice(0, MOST_COMPANIONS).map(async ({ id }) => {
        const person = await participantIn(target, match.ref, id, signal).catch(() => undefined);
        if (person) this.#tell({ ...person, session: match.session });
      }),
    );
  }

  #tell(match: Match): void {
    const { ref } = match;
    const key = pathKey(ref.appId, ref.sessionId, 'participantId' in ref ? ref.participantId : undefined);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.race.find();
    this.queue.push({ kind: 'found', connection: this.#asked, match });
  }

  /** Nothing wider is left to be asked, so there is nothing to wait for. */
  #hasDirectOnly(): boolean {
    return this.candidates.every((candidate) => planAt(candidate, this.record).wider.length === 0);
  }
}

/** Rejects with the first failure, but only once all are done. */
async function allOf(works: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
