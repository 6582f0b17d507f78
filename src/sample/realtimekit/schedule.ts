import { hash, noise } from '../random';
import { APPS, type CatalogMeeting, type Scenario } from './catalog';
import type { SessionKey } from './ids';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Sessions that began longer ago than this are gone, ms. */
export const RETENTION = 180 * DAY;

/** Time from one session of a scene to the next, ms: short enough that one has ended within any 24 hours. */
const SCENE_SPACING = 12 * HOUR;
/** The two live lines take turns: each begins when the other is about to end. */
const LIVE_SPACING = 4 * HOUR;

/** A row of sessions on a fixed grid of absolute time: one session in each slot of `spacing` ms. */
export interface Track {
  app: number;
  /** Part of the session ids. */
  index: number;
  spacing: number;
  /** Meetings that take the slots in turn. */
  meetings: readonly number[];
  scenario: Scenario;
}

/** A session before anything is known of its people. */
export interface Slot {
  key: SessionKey;
  track: Track;
  meeting: number;
  /** First join, epoch ms. */
  start: number;
  /** Last leave, epoch ms. In the future while the session is live. */
  end: number;
}

const TRACKS: readonly (readonly Track[])[] = APPS.map((app, appIndex) => {
  const active = app.meetings
    .map((meeting, index) => ({ meeting, index }))
    .filter(({ meeting }) => meeting.status === 'ACTIVE');
  const ordinary = active.filter(({ meeting }) => meeting.scenario === 'ordinary').map(({ index }) => index);
  const scenes = active.filter(({ meeting }) => meeting.scenario !== 'ordinary');
  return [
    { app: appIndex, index: 0, spacing: app.spacing, meetings: ordinary, scenario: 'ordinary' as const },
    ...scenes.map(({ meeting, index }) => ({
      app: appIndex,
      index: index + 1,
      spacing: meeting.scenario === 'live' ? LIVE_SPACING : SCENE_SPACING,
      meetings: [index],
      scenario: meeting.scenario,
    })),
  ];
});

/** The meeting that a slot belongs to, from the catalog. */
export function meetingOf(slot: Slot): CatalogMeeting {
  return APPS[slot.key.app]?.meetings[slot.meeting] as CatalogMeeting;
}

/**
 * The sessions of an app that are kept at `now` and began from `from` to `to` (epoch ms, both included), the newest first.
 * Kept means begun, and not longer ago than {@link RETENTION}.
 */
export function slotsBetween(app: number, from: number, to: number, now: number): Slot[] {
  const slots = historyOf(app, now - RETENTION, now);
  const first = firstFrom(slots, Math.max(from, now - RETENTION));
  const end = firstFrom(slots, Math.min(to, now) + 1);
  return slots.slice(first, end).reverse();
}

/** What was worked out last for each app: slots never change, so that only what is new has to be added. */
const histories = new Map<number, { from: number; to: number; slots: Slot[] }>();

/** Every session that began within at least `from` to `to`, the oldest first. */
function historyOf(app: number, from: number, to: number): readonly Slot[] {
  const known = histories.get(app);
  if (known && known.from <= from && known.to >= to) return known.slots;
  // Only the clock has moved on: add what began since. A day of slots more than needed is worth keeping, not more.
  const grown = known && known.from <= from && from - known.from < DAY && to > known.to;
  const slots = grown ? [...known.slots, ...generate(app, known.to + 1, to)] : generate(app, from, to);
  histories.set(app, { from: grown ? known.from : from, to, slots });
  return slots;
}

function generate(app: number, from: number, to: number): Slot[] {
  const slots: Slot[] = [];
  for (const track of TRACKS[app] ?? []) {
    // A session may begin late in its slot, never before it.
    const last = Math.floor(to / track.spacing);
    for (let slot = Math.max(0, Math.floor(from / track.spacing) - 1); slot <= last; slot++) {
      const candidate = makeSlot(track, slot);
      if (candidate.start >= from && candidate.start <= to) slots.push(candidate);
    }
  }
  return slots.sort((a, b) => a.start - b.start || a.key.track - b.key.track);
}

/** Index of the first slot that began at `time` or later. */
function firstFrom(slots: readonly Slot[], time: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle] as Slot).start < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The slot of a session id, or undefined when it has not begun, is gone, or never was. Breakout rooms give their parent's. */
export function findSlot(key: SessionKey, now: number): Slot | undefined {
  const track = TRACKS[key.app]?.find(({ index }) => index === key.track);
  if (!track) return undefined;
  const slot = makeSlot(track, key.slot);
  return slot.start <= now && slot.start >= now - RETENTION ? slot : undefined;
}

function makeSlot(track: Track, slot: number): Slot {
  const { app, index, spacing, scenario } = track;
  const seed = hash(app, index, slot);
  // A fixed turn keeps a meeting from being in two sessions at once: the longest session is shorter than a full turn.
  const meeting = track.meetings[(slot * 5) % track.meetings.length] as number;
  const longest = (APPS[app]?.meetings[meeting]?.longest ?? 30) * MINUTE;
  const key = { app, track: index, slot, room: 0 };
  if (scenario === 'live') {
    // Two lines, half a turn apart, each longer than half a turn: one of them is always live.
    const start = slot * spacing + (index % 2 === 0 ? 0 : spacing / 2) + Math.floor(noise(seed, 1) * 2 * MINUTE);
    return { key, track, meeting, start, end: start + longest - Math.floor(noise(seed, 2) * 2 * MINUTE) };
  }
  const shortest = scenario === 'ordinary' ? 0.25 : 0.6;
  const length = Math.floor(longest * (shortest + (1 - shortest) * noise(seed, 2)));
  const room = scenario === 'ordinary' ? spacing * 0.8 : spacing - 1.5 * HOUR;
  const start = slot * spacing + Math.floor(noise(seed, 1) * room);
  return { key, track, meeting, start, end: start + length };
}
