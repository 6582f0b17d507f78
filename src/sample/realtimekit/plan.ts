import { hash, Random } from '../random';
import type { CatalogMeeting } from './catalog';
import { meetingOf, type Slot } from './schedule';
import { breakoutStays, churnStays, liveStays, massLeaveStays, ordinaryStays, type Visit } from './visits';

/** One stay of one person in a session. */
export interface Stay extends Visit {
  /** Place among the session's stays in order of joining: part of the peer's id. */
  index: number;
}

/** Who was in a session and when, to its end, whatever the time is now. */
export interface Plan {
  slot: Slot;
  meeting: CatalogMeeting;
  /** 0 for the session itself, 1.. for its breakout rooms. */
  room: number;
  /** Seed of everything in this session. */
  seed: number;
  /** First join, epoch ms. */
  start: number;
  /** Last leave, epoch ms. */
  end: number;
  /** In order of joining. */
  stays: readonly Stay[];
  /** How many breakout rooms there were. */
  rooms: number;
}

/** The plan of a slot's session, or of one of its breakout rooms; undefined when it has no such room. */
export function planOf(slot: Slot, room = 0): Plan | undefined {
  const meeting = meetingOf(slot);
  const seed = hash(slot.key.app, slot.key.track, slot.key.slot, 77);
  const all = visits(slot, meeting, new Random(seed));
  const rooms = Math.max(...all.map((visit) => visit.room));
  const stays = all
    .filter((visit) => visit.room === room)
    .sort((a, b) => a.join - b.join || a.person - b.person)
    .map((visit, index) => ({ ...visit, index }));
  if (stays.length === 0) return undefined;
  const start = (stays[0] as Stay).join;
  const end = Math.max(...stays.map(({ leave }) => leave));
  return { slot, meeting, room, seed: hash(seed, room), start, end, stays, rooms: room === 0 ? rooms : 0 };
}

function visits(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  switch (meeting.scenario) {
    case 'rejoin-churn':
      return churnStays(slot, meeting, random);
    case 'mass-leave':
      return massLeaveStays(slot, meeting, random);
    case 'breakout':
      return breakoutStays(slot, meeting, random);
    case 'live':
      return liveStays(slot, meeting, random);
    default:
      return ordinaryStays(slot, meeting, random);
  }
}

/** Figures of a session as they stand at `now`. */
export interface Figures {
  live: number;
  maxConcurrent: number;
  /** Participant-minutes so far. */
  minutes: number;
  /** Last join or leave so far, epoch ms. */
  lastChange: number;
}

/** Counts the stays of a plan as they stand at `now` (epoch ms). */
export function figuresAt(plan: Plan, now: number): Figures {
  const changes: { at: number; step: number }[] = [];
  let milliseconds = 0;
  for (const { join, leave } of plan.stays) {
    if (join > now) continue;
    changes.push({ at: join, step: 1 });
    if (leave <= now) changes.push({ at: leave, step: -1 });
    milliseconds += Math.min(leave, now) - join;
  }
  changes.sort((a, b) => a.at - b.at || a.step - b.step);
  let live = 0;
  let maxConcurrent = 0;
  for (const { step } of changes) {
    live += step;
    maxConcurrent = Math.max(maxConcurrent, live);
  }
  const minutes = Math.round((milliseconds / 60_000) * 10_000) / 10_000;
  return { live, maxConcurrent, minutes, lastChange: changes.at(-1)?.at ?? plan.start };
}
