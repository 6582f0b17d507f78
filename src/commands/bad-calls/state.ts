import type { StateStore } from '../../connections/store';
import { SEVERITIES } from '../../core/finding';
import { readSessionRef } from '../../core/ref-input';
import { BAD_CALLS_KEY, readBadCallsQuery } from './query';
import type { BadCallsState, CallProblem, JudgedCall } from './search';

/** Keeps what a search found, without names of people; nothing takes it away. */
export async function keepBadCalls(state: StateStore, found: BadCallsState | undefined): Promise<void> {
  const calls = found?.calls.map((call) => ({
    ...call,
    problems: call.problems.map(({ name: _name, ...problem }) => problem),
  }));
  await state.update(BAD_CALLS_KEY, found && { ...found, calls, running: false });
}

/** What the last search in this workspace found; what cannot be read of it is left out. */
export function readKeptBadCalls(state: StateStore): BadCallsState | undefined {
  const kept = state.get(BAD_CALLS_KEY);
  if (!isObject(kept) || !isObject(kept.query) || !Array.isArray(kept.calls)) return undefined;
  try {
    const { total, stopped } = kept;
    return {
      query: readBadCallsQuery(kept.query),
      calls: kept.calls.flatMap((call: unknown) => readCall(call) ?? []),
      ...(typeof total === 'number' && { total }),
      ...(typeof stopped === 'string' && { stopped }),
      running: false,
    };
  } catch {
    return undefined;
  }
}

function readCall(kept: unknown): JudgedCall | undefined {
  if (!isObject(kept) || !isObject(kept.ref)) return undefined;
  const { title, startedAt, endedAt, state, severity, sentence, problems, weight, people, reports, unread } = kept;
  if (typeof title !== 'string' || typeof sentence !== 'string' || !Array.isArray(problems)) return undefined;
  if (state !== 'bad' && state !== 'fine' && state !== 'unjudged') return undefined;
  try {
    return {
      ref: readSessionRef(kept.ref),
      title,
      ...(typeof startedAt === 'number' && { startedAt }),
      ...(typeof endedAt === 'number' && { endedAt }),
      state,
      ...(isSeverity(severity) && { severity }),
      sentence,
      problems: problems.flatMap((problem: unknown) => readProblem(problem) ?? []),
      weight: numberOr(weight, 0),
      ...(typeof people === 'number' && { people }),
      reports: numberOr(reports, 0),
      unread: numberOr(unread, 0),
    };
  } catch {
    return undefined;
  }
}

function readProblem(kept: unknown): CallProblem | undefined {
  if (!isObject(kept)) return undefined;
  const { severity, title, participantId } = kept;
  if (!isSeverity(severity) || typeof title !== 'string') return undefined;
  return { severity, title, ...(typeof participantId === 'string' && { participantId }) };
}

function isSeverity(value: unknown): value is (typeof SEVERITIES)[number] {
  return SEVERITIES.some((one) => one === value);
}

function numberOr(value: unknown, standard: number): number {
  return typeof value === 'number' ? value : standard;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
