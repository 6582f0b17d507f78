import { hash, noise } from '../random';
import { APPS, type CatalogMeeting, type Scenario } from './catalog';
import type { SessionKey } from './ids';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sessions that began longer ago than this are gone, ms. */
export const RETENTION = 180 * 24 * HOUR;

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

/** Every session of an app that began from `from` to `to` (epoch ms, both included), the newest first. */
export function slotsBetween(app: number, from: number, to: number): Slot[] {
  const slots: Slot[] = [];
  for (const track of TRACKS[app] ?? []) {
    // A session may begin late in its slot, never before it.
    const last = Math.floor(to / track.spacing);
    for (let slot = Math.max(0, Math.floor(from / track.spacing) - 1); slot <= last; slot++) {
      const candidate = makeSlot(track, slot);
      if (candidate.start >= from && candidate.start <= to) slots.push(candidate);
    }
  }
  return slots.sort((a, b) => b.start - a.start || b.key.track - a.key.track);
}

/** Every session of an app that is kept at `now`: begun, and not older than {@link RETENTION}. The newest first. */
export function keptSlots(app: number, now: number): Slot[] {
  return slotsBetween(app, now - RETENTION, now);
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
