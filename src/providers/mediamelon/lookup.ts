import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { type AnswerContext, readAnswer } from './answer';
import { numberOf, type Row, textOf } from './cells';
import type { MediaMelonClient, Params } from './client';
import { LARGEST_PAGE } from './paging';
import { LIST_METRICS, REPORT_METRICS } from './params';
import { checkValue } from './query';
import { isRefusal } from './refusal';

const HOUR_MS = 3_600_000;
/** A session of which only the id is known is looked for this far back at least, hours. */
export const LOOK_BACK_HOURS = 7 * 24;
/** Beside a known session: clocks differ, and a period's ends are whole seconds. */
const MARGIN_MS = HOUR_MS;
/** Pages looked through where no filter by id works. */
const MAX_PAGES = 5;

/** A session that was found: its row, the answer in which it stood, and the names that were asked for. */
export interface FoundRow {
  row: Row;
  body: Uint8Array;
  metrics: readonly string[];
}

/** What a connection was found not to do. */
interface Known {
  filtersById: boolean;
  knowsReportNames: boolean;
}

/**
 * Finds the row of one session. No endpoint gives one, so the list is filtered by id; that `sessionid` can be filtered by
 * is not documented, and where it cannot, pages are looked through. What the server turns out not to do is remembered.
 */
export class SessionFinder {
  readonly #known: Known = { filtersById: true, knowsReportNames: true };

  constructor(
    readonly client: MediaMelonClient,
    readonly extra: readonly string[],
    readonly periodMs: number,
  ) {}

  /** `hint` is the session's row from a list, which tells the period to look in. Rejects with `NotFound`. */
  async find(id: string, hint: Row | undefined, signal: AbortSignal): Promise<FoundRow> {
    const now = Date.now();
    const near = hint && around(hint, now);
    const wide = near ?? { start: now - Math.max(LOOK_BACK_HOURS * HOUR_MS, this.periodMs), end: now };
    const found = await this.#byFilter(id, wide, signal);
    // An empty answer to a filter says "there is none", unless a list has shown that there is one.
    if (typeof found === 'object') return found;
    if (found === 'none' && !near) throw this.#notFound();
    return this.#byPages(id, near ?? { start: now - this.periodMs, end: now }, signal);
  }

  async #byFilter(id: string, period: Params['period'], signal: AbortSignal): Promise<FoundRow | 'none' | 'unknown'> {
    if (!this.#known.filtersById || checkValue(id) !== undefined) return 'unknown';
    const ask = (metrics: readonly string[]) =>
      this.#ask({ period, metrics, filter: `[sessionid=${id}]`, limit: 100, offset: 0 }, signal);
    try {
      const { answer, ...came } = await this.#withNames(ask);
      const row = answer.rows.find((candidate) => textOf(candidate, 'sessionid') === id);
      if (row) return { row, ...came };
      if (answer.count === 0) return 'none';
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    this.#known.filtersById = false;
    return 'unknown';
  }

  async #byPages(id: string, period: Params['period'], signal: AbortSignal): Promise<FoundRow> {
    let offset = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { answer, ...came } = await this.#withNames((metrics) =>
        this.#ask({ period, metrics, limit: LARGEST_PAGE, offset }, signal),
      );
      const row = answer.rows.find((candidate) => textOf(candidate, 'sessionid') === id);
      if (row) return { row, ...came };
      offset += answer.count;
      if (answer.count === 0 || (answer.count < LARGEST_PAGE && offset >= (answer.totalrecords ?? 0))) break;
    }
    throw this.#notFound(offset);
  }

  /** Asks for all that a report can hold, and for what a list holds where a name of it is refused. */
  async #withNames<T>(ask: (metrics: readonly string[]) => Promise<T>): Promise<T> {
    const few = unique([...LIST_METRICS, ...this.extra]);
    if (!this.#known.knowsReportNames) return ask(few);
    try {
      return await ask(unique([...REPORT_METRICS, ...this.extra]));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const answer = await ask(few);
      this.#known.knowsReportNames = false;
      return answer;
    }
  }

  async #ask(given: Pick<Params, 'period' | 'metrics' | 'filter' | 'limit' | 'offset'>, signal: AbortSignal) {
    const params: Params = {
      ...given,
      aggby: 'sessionid',
      sessiontype: 'started',
      allstatus: 1,
      orderby: 'starttime',
      order: 'desc',
    };
    const what = l10n.t('this session');
    const body = await this.client.ask('listsessions', params, what, signal);
    const context: AnswerContext = { who: this.client.who, what, metrics: given.metrics };
    return { body, metrics: given.metrics, answer: readAnswer(body, context) };
  }

  /** `looked`: so many were looked through, because nothing else was possible. */
  #notFound(looked?: number): CallError {
    const text =
      looked === undefined
        ? l10n.t(
            "{0} has no playback session with this id. It may be older than the connection's period in hours, or belong to another customer ID.",
            this.client.who,
          )
        : l10n.t(
            "{0} has no playback session with this id among the {1} newest sessions of the period, which had to be looked through one by one. It may be older than the connection's period in hours, or belong to another customer ID.",
            this.client.who,
            looked,
          );
    return new CallError('NotFound', text);
  }
}

function around(row: Row, now: number): Params['period'] | undefined {
  const start = numberOf(row, 'starttime');
  if (start === undefined) return undefined;
  const end = Math.max(numberOf(row, 'endtime') ?? now, start);
  return { start: Math.max(0, start - MARGIN_MS), end: Math.min(end + MARGIN_MS, Math.max(now, start + MARGIN_MS)) };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
