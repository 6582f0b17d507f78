import { hash, noise } from '../random';
import { opaqueId } from '../uuid';
import { type CatalogRoom, personName } from './catalog';
import { externalId, type Person, type Plan, participantId, type Stay, sessionId } from './plan';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MACHINES = new Set(['recorder', 'streamer']);

/** Sums over a call or a room. */
export interface Totals {
  totalParticipantMinutes: number;
  totalRecorderMinutes: number;
  totalStreamerMinutes: number;
  totalUniqueParticipants: number;
  totalUniqueRecorders: number;
  totalUniqueStreamers: number;
}

/** The sums of a call as they stand at `now` (epoch ms). Minutes are rounded up for each connection. */
export function totalsOf(plan: Plan, now: number): Totals {
  const count = (fits: (person: Person) => boolean) => {
    const there = plan.people.filter((person) => fits(person) && person.stays.some(({ joined }) => joined <= now));
    const minutes = there.flatMap(({ stays }) => stays.map((stay) => Math.ceil(lasted(stay, now) / MINUTE)));
    return { unique: there.length, minutes: minutes.reduce((sum, value) => sum + value, 0) };
  };
  const people = count(({ role }) => !MACHINES.has(role));
  const recorders = count(({ role }) => role === 'recorder');
  const streamers = count(({ role }) => role === 'streamer');
  return {
    totalParticipantMinutes: people.minutes,
    totalRecorderMinutes: recorders.minutes,
    totalStreamerMinutes: streamers.minutes,
    totalUniqueParticipants: people.unique,
    totalUniqueRecorders: recorders.unique,
    totalUniqueStreamers: streamers.unique,
  };
}

/** A call as `/insights/room-sessions` gives it. `endedAt` is null while it is live. */
export function sessionRow(plan: Plan, now: number) {
  return {
    roomSessionId: sessionId(plan),
    roomName: plan.room.name,
    startedAt: iso(plan.start),
    endedAt: plan.end <= now ? iso(plan.end) : null,
    ...totalsOf(plan, now),
    ...(plan.room.scenario === 'rated' && { rating: 1 + (plan.seed % 9) / 2, totalRatings: plan.people.length }),
  };
}

/** A room as `/insights/rooms` gives it; `calls` are its calls so far, the oldest first. */
export function roomRow(room: CatalogRoom, calls: readonly Plan[], now: number) {
  const sums = sumOf(calls, now);
  const latest = calls.at(-1);
  const row = {
    roomName: room.name,
    createdAt: iso(room.createdAt),
    endAt: iso(room.name.startsWith('/appointment-') ? room.createdAt + 48 * HOUR : Date.UTC(2035, 0, 1)),
    firstSessionStartedAt: calls[0] ? iso(calls[0].start) : null,
    lastSessionStartedAt: latest ? iso(latest.start) : null,
    ...sums,
    totalSessions: calls.length,
  };
  if (room.scenario !== 'rated' || !latest) return row;
  return { ...row, rating: sessionRow(latest, now).rating, totalRatings: latest.people.length };
}

/** Sums of ended calls never change. */
const ended = new WeakMap<Plan, Totals>();

function sumOf(calls: readonly Plan[], now: number): Totals {
  const sum: Totals = {
    totalParticipantMinutes: 0,
    totalRecorderMinutes: 0,
    totalStreamerMinutes: 0,
    totalUniqueParticipants: 0,
    totalUniqueRecorders: 0,
    totalUniqueStreamers: 0,
  };
  for (const plan of calls) {
    const own = ended.get(plan) ?? totalsOf(plan, now);
    if (plan.end <= now) ended.set(plan, own);
    for (const name of Object.keys(sum) as (keyof Totals)[]) {
      // The same people come again: unique ones are counted once for the room.
      sum[name] = name.includes('Unique') ? Math.max(sum[name], own[name]) : sum[name] + own[name];
    }
  }
  return sum;
}

/** One connection as `/insights/participants` gives it. `leftAt` is null while it lasts. */
export function participantRow(plan: Plan, person: Person, stay: Stay, now: number) {
  const machine = MACHINES.has(person.role);
  const rated = plan.room.scenario === 'rated' && stay.left <= now;
  return {
    roomSessionId: sessionId(plan),
    participantId: participantId(plan, person.person),
    deviceId: opaqueId(plan.roomIndex, person.person, 3, plan.roomIndex < 100 ? 0 : plan.slot),
    userId: person.role === 'host' ? opaqueId(plan.roomIndex, 0, 4) : null,
    roleName: person.role,
    displayName: machine ? '' : personName(plan.room, person.person),
    joinedAt: iso(stay.joined),
    leftAt: stay.left <= now ? iso(stay.left) : null,
    externalId: machine ? null : externalId(plan, person.person),
    ...(rated && {
      rating: 1 + (hash(plan.seed, person.person, 6) % 5),
      tags: noise(plan.seed, person.person, 7) < 0.5 ? ['audio-quality', 'video-quality'] : [],
      comment: noise(plan.seed, person.person, 8) < 0.3 ? 'The picture stood still twice.' : null,
    }),
  };
}

/** ISO 8601 in UTC with milliseconds. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}

function lasted({ joined, left }: Stay, now: number): number {
  return Math.max(0, Math.min(left, now) - joined);
}
