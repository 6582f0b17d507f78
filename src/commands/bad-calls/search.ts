import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../../core/errors';
import { type Diagnosis, type Finding, isProblem, type Severity, severityRank } from '../../core/finding';
import type { SessionRef } from '../../core/ids';
import type { CallReport, Participant, Session } from '../../core/model';
import { Pager } from '../../core/page';
import { isMachine } from '../../core/presence';
import { formatDuration } from '../../core/time';
import type { CallProvider, SessionQuery } from '../../providers/contract';
import type { BadCallsQuery } from './query';

/** A problem of a call, for a line. */
export interface CallProblem {
  severity: Severity;
  title: string;
  participantId?: string;
  /** How the participant is called. */
  name?: string;
}

/** A call whose reports were read. */
export interface JudgedCall {
  ref: SessionRef;
  /** The room's name; empty when it has none. */
  title: string;
  startedAt?: number;
  endedAt?: number;
  /** `bad` a problem was found · `fine` none was · `unjudged` too little is known to tell. */
  state: 'bad' | 'fine' | 'unjudged';
  severity?: Severity;
  /** The verdict, or why there is none. */
  sentence: string;
  /** Worst first, of each title and person the worst only. */
  problems: CallProblem[];
  /** How heavy all problems are together: the order among calls of one severity. */
  weight: number;
  /** Stays; missing where only the list was read. */
  people?: number;
  /** Reports that were read. */
  reports: number;
  /** Stays whose report could not be read or was not tried. */
  unread: number;
}

/** How far a search is. */
export interface BadCallsState {
  query: BadCallsQuery;
  /** Worst first. */
  calls: readonly JudgedCall[];
  /** Sessions that are looked through in all, once the list is read. */
  total?: number;
  running: boolean;
  /** Why it ended before it was through, in a sentence. */
  stopped?: string;
}

/** What a search asks its surroundings. */
export interface BadCallsServices {
  provider(connectionId: string): Promise<CallProvider>;
  /** What went wrong in a call. `list`: the reports of all calls, where each is one of a list. */
  diagnose(
    session: Session,
    reports: readonly CallReport[],
    participants: readonly Participant[],
    list?: readonly CallReport[],
  ): Promise<Diagnosis & { sentence?: string; severity?: Severity; thin: boolean }>;
}

/** Reports read of one call: a webinar's audience would use up any provider's budget. */
export const MOST_REPORTS = 12;
/** Calls read at a time; the connection's own queue keeps the requests in flight to what the provider bears. */
const CALLS_AT_ONCE = 2;
const LIST_PAGE = 100;
/** Pages of the list at most: a provider that lists room by room has many nearly empty ones. */
const MOST_PAGES = 10;
const PEOPLE_PAGE = 50;
const MOST_PROBLEMS = 12;
/** How heavy a problem is among those of one call. */
const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 8, high: 4, medium: 2, low: 1, info: 0 };

/**
 * Looks through the newest calls of a connection, an app or a room, one or two at a time, and tells which were bad. What was
 * read stays when the search is stopped or the provider asks for patience, and {@link run} goes on from there.
 */
export class BadCallsSearch {
  #calls: JudgedCall[] = [];
  #waiting: Session[] | undefined;
  #total: number | undefined;
  #stopped: string | undefined;
  #running: AbortController | undefined;

  /** `changed` is called whenever {@link state} is another. */
  constructor(
    readonly query: BadCallsQuery,
    readonly services: BadCallsServices,
    readonly changed: () => void,
  ) {}

  get state(): BadCallsState {
    return {
      query: this.query,
      calls: this.#calls,
      total: this.#total,
      running: this.#running !== undefined,
      ...(this.#stopped !== undefined && { stopped: this.#stopped }),
    };
  }

  /** Begins, or goes on where it was stopped. Rejects when not even the list could be read. */
  async run(signal?: AbortSignal): Promise<BadCallsState> {
    if (this.#running) return this.state;
    const controller = new AbortController();
    const stop = () => controller.abort();
    signal?.addEventListener('abort', stop, { once: true });
    this.#running = controller;
    this.#stopped = undefined;
    this.changed();
    try {
      const provider = await this.services.provider(this.query.connectionId);
      this.#waiting ??= await this.#list(provider, controller.signal);
      this.#total ??= this.#waiting.length;
      this.changed();
      if (provider.capabilities.sessions.figures) await this.#judgeList(this.#waiting.splice(0));
      else await this.#readAll(provider, this.#waiting, controller.signal);
    } catch (error) {
      if (this.#total === undefined && !isCancelled(error)) throw error;
      this.#stopped ??= this.#sentence(toPlainError(error));
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#running = undefined;
      this.changed();
    }
    return this.state;
  }

  stop(): void {
    this.#running?.abort();
  }

  async #list(provider: CallProvider, signal: AbortSignal): Promise<Session[]> {
    const { appId, roomId, from, to, sessions } = this.query;
    const query: SessionQuery = { appId, roomId, from, to, live: false, sortOrder: 'descending' };
    if (provider.capabilities.sessions.sort.includes('createdAt')) query.sortBy = 'createdAt';
    const pageSize = Math.min(LIST_PAGE, sessions);
    const pager = new Pager<Session>((cursor, stop) => provider.listSessions({ ...query, cursor, pageSize }, stop));
    const ended = () => pager.items.filter(({ status }) => status === 'ended');
    for (let page = 0; page < MOST_PAGES && pager.hasMore && ended().length < sessions; page++) {
      await pager.loadMore(signal);
    }
    return ended()
      .filter(({ startedAt }) => startedAt === undefined || isWithin(startedAt, from, to))
      .slice(0, sessions);
  }

  /** The list tells the quality of each: nothing more is asked. */
  async #judgeList(sessions: readonly Session[]): Promise<void> {
    const rows = sessions.map((session) => ({ session, report: reportOfRow(session) }));
    const list = rows.map(({ report }) => report);
    for (const { session, report } of rows) {
      await this.#judge(session, [report], [], 0, list);
    }
  }

  async #readAll(provider: CallProvider, waiting: Session[], signal: AbortSignal): Promise<void> {
    let failed: { error: unknown } | undefined;
    const worker = async (): Promise<void> => {
      while (!signal.aborted && failed === undefined) {
        const session = waiting.shift();
        if (!session) return;
        try {
          await this.#read(provider, session, signal);
        } catch (error) {
          // It was not read to its end: the search goes on with it.
          waiting.unshift(session);
          failed ??= { error };
        }
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, worker));
    if (signal.aborted) throw new CallError('Cancelled', l10n.t('Cancelled.'));
    if (failed) throw failed.error;
  }

  /** Reads one call. Rejects with what would befall all others as well. */
  async #read(provider: CallProvider, session: Session, signal: AbortSignal): Promise<void> {
    const ref = this.#refOf(session);
    let participants: readonly Participant[];
    try {
      participants = (await provider.listParticipants({ ...ref, pageSize: PEOPLE_PAGE }, signal)).items;
    } catch (error) {
      if (endsAll(error)) throw error;
      this.#add(session, {
        state: 'unjudged',
        sentence: l10n.t('The participants could not be read. {0}', toPlainError(error).text),
        problems: [],
        weight: 0,
        reports: 0,
        unread: 0,
      });
      return;
    }
    const stays = longestFirst(participants.filter((one) => !isMachine(one))).slice(0, MOST_REPORTS);
    const answers = await Promise.allSettled(
      stays.map(({ id }) => provider.getReport({ ...ref, participantId: id }, signal)),
    );
    const fatal = answers.find((answer) => answer.status === 'rejected' && endsAll(answer.reason));
    if (fatal?.status === 'rejected') throw fatal.reason;
    const reports = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.report] : []));
    await this.#judge(session, reports, participants, participants.length - reports.length);
  }

  async #judge(
    session: Session,
    reports: readonly CallReport[],
    participants: readonly Participant[],
    unread: number,
    list?: readonly CallReport[],
  ): Promise<void> {
    const { findings, sentence, severity, thin } = await this.services.diagnose(session, reports, participants, list);
    const bad = sentence !== undefined && severity !== undefined;
    const problems = problemsOf(findings, participants);
    this.#add(session, {
      state: bad ? 'bad' : thin || reports.length === 0 ? 'unjudged' : 'fine',
      ...(bad && { severity }),
      sentence:
        sentence ?? (reports.length === 0 ? noReport(unread) : thin ? TOO_LITTLE : l10n.t('No problem was found.')),
      problems: bad ? problems : [],
      weight: findings.reduce((sum, one) => sum + WEIGHTS[one.severity], 0),
      ...(!list && { people: participants.length }),
      reports: reports.length,
      unread,
    });
  }

  #add(session: Session, judged: Omit<JudgedCall, 'ref' | 'title' | 'startedAt' | 'endedAt'>): void {
    const { roomName = '', startedAt, endedAt } = session;
    const call: JudgedCall = { ref: this.#refOf(session), title: roomName, startedAt, endedAt, ...judged };
    this.#calls = [...this.#calls, call].sort(worstFirst);
    this.changed();
  }

  #refOf({ id, roomId }: Session): SessionRef {
    const { connectionId, appId } = this.query;
    return {
      connectionId,
      ...(appId !== undefined && { appId }),
      ...(roomId !== undefined && { roomId }),
      sessionId: id,
    };
  }

  #sentence({ kind, text, retryAfterMs }: PlainError): string {
    const { length } = this.#calls;
    const far =
      this.#total === undefined
        ? l10n.t('Stopped before the list was read.')
        : l10n.t('Stopped after {0} of {1}.', length, this.#total);
    if (kind === 'Cancelled') return far;
    if (kind !== 'RateLimited' || retryAfterMs === undefined) return `${far} ${text}`;
    return `${far} ${text} ${l10n.t('Wait {0}.', formatDuration(retryAfterMs))}`;
  }
}

const TOO_LITTLE = l10n.t('Too little was measured to tell.');

function noReport(unread: number): string {
  return unread === 0
    ? l10n.t('Nobody was there, as far as the provider knows.')
    : l10n.t('No report of it could be read.');
}

/** Worst severity first, then the heavier, then the newer; what cannot be judged before what is fine. */
export function worstFirst(a: JudgedCall, b: JudgedCall): number {
  const order = (call: JudgedCall) => (call.severity === undefined ? 10 : severityRank(call.severity));
  const states = { bad: 0, unjudged: 1, fine: 2 } as const;
  return (
    states[a.state] - states[b.state] ||
    order(a) - order(b) ||
    b.weight - a.weight ||
    (b.startedAt ?? 0) - (a.startedAt ?? 0)
  );
}

/** Each problem of each person once, at its worst. */
function problemsOf(findings: readonly Finding[], participants: readonly Participant[]): CallProblem[] {
  const told = new Map<string, CallProblem>();
  for (const finding of findings.filter(isProblem)) {
    const { title, severity, subject } = finding;
    const key = `${subject.participantId ?? ''}\n${title}`;
    if (told.has(key)) continue;
    const who = participants.find(({ id }) => id === subject.participantId);
    const name = who?.name || who?.customId;
    told.set(key, {
      severity,
      title,
      ...(subject.participantId !== undefined && { participantId: subject.participantId }),
      ...(name && { name }),
    });
  }
  return [...told.values()].slice(0, MOST_PROBLEMS);
}

/** The row of a list as a report of its figures, so that the same rules judge it. */
function reportOfRow({ id, startedAt, endedAt, figures = [] }: Session): CallReport {
  return {
    provider: 'mediamelon',
    media: 'playback',
    participant: { id, joinedAt: startedAt, leftAt: endedAt },
    startedAt,
    endedAt,
    streams: [],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    figures,
    assumptions: [],
    issues: [],
  };
}

function longestFirst(participants: readonly Participant[]): Participant[] {
  const length = ({ joinedAt, leftAt, durationMs }: Participant) =>
    joinedAt !== undefined && leftAt !== undefined ? leftAt - joinedAt : (durationMs ?? 0);
  return [...participants].sort((a, b) => length(b) - length(a));
}

function isWithin(at: number, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): boolean {
  return at >= from && at <= to;
}

/** What the next request would meet as well. */
function endsAll(error: unknown): boolean {
  return ['RateLimited', 'Auth', 'Forbidden', 'Network', 'Cancelled'].includes(toPlainError(error).kind);
}
