import type { Participant, Session } from './model';
import { compareNumbers } from './order';

/** A stretch of time, epoch ms. */
export interface Interval {
  from: number;
  to: number;
}

/** One stay, or one connection of a stay where the provider joins several into one row. Times are epoch ms. */
export interface Stay {
  participantId: string;
  from: number;
  /** Where it ends on the axis: when they left, or as far as is known. */
  to: number;
  /** `left` at a known moment · `here` still in the call · `unknown` gone, at the latest at `to`. */
  end: 'left' | 'here' | 'unknown';
}

/** Everything that one person (or machine of the service) did in a session. */
export interface Person {
  key: string;
  name?: string;
  role?: string;
  /** A recorder or another machine of the service. */
  machine: boolean;
  /** How their stays were found to be one person's: by an id, or only by name and role. */
  knownBy: 'id' | 'name';
  participants: Participant[];
  /** In the order of joining. Those without a known join are in `participants` only. */
  stays: Stay[];
}

/** Roles that providers give to their own machinery. */
const MACHINE = /^(recorder|streamer|captioner|assistant|__internal_recorder|beam)$/i;

/** Whether a participant is no person but a machine of the service. */
export function isMachine({ role }: Pick<Participant, 'role'>): boolean {
  return role !== undefined && MACHINE.test(role);
}

/**
 * The people of a session, each with all their stays, in the order of first joining. A person is told by the provider's id
 * for them, else by the customer's. Without either, stays of the same name and role are one person's as long as they do
 * not overlap. `until` (epoch ms) is where stays that go on end: the moment when the list was read.
 */
export function groupPeople(
  participants: readonly Participant[],
  session: Pick<Session, 'status' | 'endedAt'>,
  until: number,
): Person[] {
  const people = new Map<string, Person>();
  const ordered = [...participants].sort((a, b) => compareNumbers(a.joinedAt, b.joinedAt));
  for (const participant of ordered) {
    const stays = staysOf(participant, session, until);
    const person = findPerson(people, participant, stays);
    person.participants.push(participant);
    person.stays.push(...stays);
    // The latest name stands: people correct theirs between two stays.
    person.name = participant.name || person.name;
    person.role ??= participant.role;
  }
  for (const person of people.values()) person.stays.sort((a, b) => a.from - b.from);
  return [...people.values()].sort((a, b) => firstJoin(a) - firstJoin(b));
}

/** When somebody first joined; infinity when that is not known. */
export function firstJoin({ stays }: Person): number {
  return stays[0]?.from ?? Number.POSITIVE_INFINITY;
}

/** When somebody was there, with stays that overlap (two tabs) taken together. */
export function presence({ stays }: Person): Interval[] {
  return union(stays);
}

/** Time in the call, ms; time in two tabs counts once. */
export function timePresent(person: Person): number {
  return presence(person).reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Time that two were there together, ms. */
export function overlap(a: readonly Interval[], b: readonly Interval[]): number {
  let sum = 0;
  for (const one of a) {
    for (const other of b) sum += Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
  }
  return sum;
}

/** With whom a person was there at the same time and how long (ms), longest first. */
export function companions(person: Person, people: readonly Person[]): { person: Person; ms: number }[] {
  const own = presence(person);
  return people
    .filter((other) => other.key !== person.key)
    .map((other) => ({ person: other, ms: overlap(own, presence(other)) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}

/** Who was there at a moment (epoch ms). The moment of leaving is no longer part of a stay, unless it goes on. */
export function presentAt(people: readonly Person[], at: number): Person[] {
  return people.filter(({ stays }) =>
    stays.some(({ from, to, end }) => from <= at && (at < to || (at === to && end === 'here'))),
  );
}

/** From `at` (epoch ms) on, so many people were there. */
export interface CountStep {
  at: number;
  count: number;
}

/** How many people were there at a time, as steps in the order of time. Machines do not count; two tabs count once. */
export function countPeople(people: readonly Person[]): CountStep[] {
  const changes = people
    .filter(({ machine }) => !machine)
    .flatMap((person) =>
      presence(person).flatMap(({ from, to }) => [
        { at: from, step: 1 },
        { at: to, step: -1 },
      ]),
    )
    // Who leaves at the moment when another joins was not there together with them.
    .sort((a, b) => a.at - b.at || a.step - b.step);
  const steps: CountStep[] = [];
  let count = 0;
  for (const { at, step } of changes) {
    count += step;
    const last = steps.at(-1);
    if (last?.at === at) last.count = count;
    else steps.push({ at, count });
  }
  return steps;
}

/** All there is to see of a session on a time axis; undefined when no moment is known. */
export function sessionSpan(
  people: readonly Person[],
  { startedAt, endedAt, status }: Pick<Session, 'startedAt' | 'endedAt' | 'status'>,
  until: number,
): Interval | undefined {
  const stays = people.flatMap((person) => person.stays);
  const from = Math.min(startedAt ?? Number.POSITIVE_INFINITY, ...stays.map((stay) => stay.from));
  const ends = [endedAt ?? Number.NEGATIVE_INFINITY, ...stays.map((stay) => stay.to)];
  if (status === 'live') ends.push(until);
  const to = Math.max(...ends);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return undefined;
  return { from, to: Math.max(to, from + 1000) };
}

/** How long somebody stayed, ms: by their times, else as the provider states it. `until`: where a stay that goes on ends. */
export function stayLength(
  { joinedAt, leftAt, leftTimeUnknown, durationMs, events }: Participant,
  live: boolean,
  until: number,
): number | undefined {
  if (durationMs !== undefined && events?.some(({ name }) => name === 'rejoined')) return durationMs;
  if (joinedAt !== undefined && leftAt !== undefined && !leftTimeUnknown) return Math.max(0, leftAt - joinedAt);
  if (joinedAt !== undefined && live && !leftTimeUnknown) return Math.max(0, until - joinedAt);
  return durationMs;
}

function findPerson(people: Map<string, Person>, participant: Participant, stays: readonly Stay[]): Person {
  const { id, name, role } = participant;
  const known = participant.userId || participant.customId;
  const make = (key: string): Person => {
    const made: Person = {
      key,
      role,
      machine: isMachine(participant),
      knownBy: known ? 'id' : 'name',
      participants: [],
      stays: [],
    };
    people.set(key, made);
    return made;
  };
  if (known) {
    const key = `id ${known}`;
    return people.get(key) ?? make(key);
  }
  if (!name) return make(`stay ${id}`);
  // People of one name who were there together are different people.
  for (let number = 1; ; number++) {
    const key = `name ${JSON.stringify([name, role, number])}`;
    const person = people.get(key);
    if (!person) return make(key);
    if (overlap(person.stays, stays) === 0) return person;
  }
}

/** When a participant was there, connection by connection; `until` as in {@link groupPeople}. */
export function staysOf(participant: Participant, session: Pick<Session, 'status' | 'endedAt'>, until: number): Stay[] {
  const { id, joinedAt, leftAt, leftTimeUnknown } = participant;
  const close = (from: number, left: number | undefined): Stay => {
    const live = session.status === 'live' && !leftTimeUnknown;
    if (left !== undefined && !leftTimeUnknown) {
      return { participantId: id, from, to: Math.max(from, left), end: 'left' };
    }
    const latest = left ?? (live ? until : (session.endedAt ?? until));
    return { participantId: id, from, to: Math.max(from, latest), end: live ? 'here' : 'unknown' };
  };
  const connections = connectionsOf(participant);
  if (connections.length > 1) return connections.map(({ from, left }) => close(from, left));
  return joinedAt === undefined ? [] : [close(joinedAt, leftAt)];
}

/**
 * Connections of one participant where the provider joins them into one row and tells of them by events (Whereby), epoch ms.
 * Without `left`: still open, or its end is not known.
 */
export function connectionsOf({ events = [] }: Pick<Participant, 'events'>): { from: number; left?: number }[] {
  const list: { from: number; left?: number }[] = [];
  for (const { name, at } of [...events].sort((a, b) => a.at - b.at)) {
    if (name === 'joined' || name === 'rejoined') list.push({ from: at });
    const open = list.find(({ left }) => left === undefined);
    if (name === 'left' && open) open.left = at;
  }
  return list;
}

function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}
