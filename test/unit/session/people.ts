/** People and sessions for the tests of the session page. */
import type { Participant, Session } from '../../../src/core/model';

/** 6 May 2024, 10:00 UTC. */
export const START = Date.UTC(2024, 4, 6, 10, 0, 0);
export const MINUTE = 60_000;

/** A moment of the call, in minutes. */
export function at(minute: number): number {
  return START + minute * MINUTE;
}

/** A stay from a minute of the call to another; without an end it is open. */
export function stay(id: string, from: number, to?: number, more: Partial<Participant> = {}): Participant {
  return { id, name: id, joinedAt: at(from), leftAt: to === undefined ? undefined : at(to), ...more };
}

export function ended(minutes: number, more: Partial<Session> = {}): Session {
  return { id: 's', status: 'ended', startedAt: START, endedAt: at(minutes), ...more };
}

export const LIVE: Session = { id: 's', status: 'live', startedAt: START };
