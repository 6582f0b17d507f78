import type { SampleAnswer } from '../provider';
import { iso } from './apps';
import { failure, success } from './envelope';
import { appId, meetingId, readMeetingId, readSessionId, type SessionKey, sessionId } from './ids';
import { type Figures, figuresAt, type Plan, planOf } from './plan';
import { countRange, dateTime, flag, page, searchText, word } from './query';
import { findSlot, meetingOf, type Slot, slotsBetween } from './schedule';

/** How long after the last leave the record of a session is closed, ms. */
const CLOSING = 41;
const DAY = 86_400_000;

/** The plan of a session or breakout room that has begun and is still kept. */
export function findPlan(key: SessionKey, now: number): Plan | undefined {
  const slot = findSlot(key, now);
  const plan = slot && planOf(slot, key.room);
  return plan && plan.start <= now ? plan : undefined;
}

/** The key of a plan's session. */
export function keyOf({ slot, room }: Plan): SessionKey {
  return { ...slot.key, room };
}

/** The title that a session shows. */
function titleOf({ meeting, room }: Plan): string {
  return room === 0 ? meeting.title : `${meeting.title}: room ${room}`;
}

/** A session as RealtimeKit gives it, at `now` (epoch ms). `ended_at` is missing while it is live. */
export function sessionRow(plan: Plan, now: number, figures: Figures = figuresAt(plan, now)) {
  const { app } = plan.slot.key;
  const ended = plan.end <= now;
  return {
    id: sessionId(keyOf(plan)),
    associated_id: meetingId({ app, meeting: plan.slot.meeting, room: plan.room }),
    meeting_display_name: titleOf(plan),
    type: 'meeting',
    status: ended ? 'ENDED' : 'LIVE',
    live_participants: figures.live,
    max_concurrent_participants: figures.maxConcurrent,
    minutes_consumed: figures.minutes,
    organization_id: appId(app),
    started_at: iso(plan.start),
    ...(ended && { ended_at: iso(plan.end) }),
    created_at: iso(plan.start + 10),
    updated_at: iso(ended ? plan.end + CLOSING : Math.min(now, figures.lastChange + CLOSING)),
  };
}

/** Figures of ended sessions never change: kept so that lists sorted by them stay quick. */
const endedFigures = new WeakMap<Slot, Figures>();

function figuresOf(slot: Slot, now: number): Figures {
  const known = slot.end <= now ? endedFigures.get(slot) : undefined;
  if (known) return known;
  const figures = figuresAt(planOf(slot) as Plan, now);
  if (slot.end <= now) endedFigures.set(slot, figures);
  return figures;
}

/** `GET …/sessions`: the newest first unless asked otherwise. Breakout rooms are listed in their session only. */
export function listSessions(app: number, query: URLSearchParams, now: number): SampleAnswer {
  const from = dateTime(query, 'start_time') ?? Number.NEGATIVE_INFINITY;
  const to = dateTime(query, 'end_time') ?? Number.POSITIVE_INFINITY;
  const status = word(query, 'status', ['LIVE', 'ENDED']);
  const search = searchText(query);
  const people = countRange(query, 'participants');
  const sortBy = word(query, 'sort_by', ['minutesConsumed', 'createdAt']) ?? 'createdAt';
  const ascending = word(query, 'sort_order', ['ASC', 'DESC']) === 'ASC';
  const meeting = query.get('associated_id');
  const only = meeting === null ? undefined : readMeetingId(meeting);

  let slots = slotsBetween(app, from, to, now).filter(
    (slot) =>
      (!status || slot.end <= now === (status === 'ENDED')) &&
      (meeting === null || (only?.app === app && only.room === 0 && only.meeting === slot.meeting)),
  );
  if (search) slots = slots.filter(matching(app, search));
  if (people) {
    slots = slots.filter((slot) => {
      const { maxConcurrent } = figuresOf(slot, now);
      return maxConcurrent >= people.min && maxConcurrent <= people.max;
    });
  }
  if (sortBy === 'minutesConsumed') {
    const minutes = new Map(slots.map((slot) => [slot, figuresOf(slot, now).minutes]));
    slots.sort((a, b) => (minutes.get(b) ?? 0) - (minutes.get(a) ?? 0));
  }
  if (ascending) slots.reverse();
  const { rows, paging } = page(slots, query);
  return success({ sessions: rows.map((slot) => sessionRow(planOf(slot) as Plan, now)) }, paging);
}

/** Title, meeting id or session id. */
function matching(app: number, search: string): (slot: Slot) => boolean {
  const session = readSessionId(search);
  if (session) return ({ key }) => app === session.app && key.track === session.track && key.slot === session.slot;
  const meeting = readMeetingId(search);
  if (meeting) return (slot) => app === meeting.app && slot.meeting === meeting.meeting;
  return (slot) => meetingOf(slot).title.toLowerCase().includes(search);
}

/** `GET …/sessions/{id}`; `include_breakout_rooms` adds the rooms that have been opened by `now`. */
export function sessionDetail(plan: Plan, query: URLSearchParams, now: number): SampleAnswer {
  const row = sessionRow(plan, now);
  if (!flag(query, 'include_breakout_rooms')) return success(row);
  return success({ ...row, breakout_rooms: breakoutPlans(plan, now).map((room) => sessionRow(room, now)) });
}

/** The breakout rooms of a session that have been opened by `now`. */
export function breakoutPlans(plan: Plan, now: number): Plan[] {
  const plans = Array.from({ length: plan.rooms }, (_, index) => planOf(plan.slot, index + 1));
  return plans.filter((room): room is Plan => room !== undefined && room.start <= now);
}

/** `GET …/meetings/{id}/active-session`: its `ended_at` is the text "null", as in the published example. */
export function activeSession(app: number, meeting: number, id: string, now: number): SampleAnswer {
  // No session is as long as a day.
  const slot = slotsBetween(app, now - DAY, now, now).find(
    (candidate) => candidate.meeting === meeting && candidate.end > now,
  );
  if (!slot) return failure(404, `No active session found for meeting_id ${id}`);
  return success({ ...sessionRow(planOf(slot) as Plan, now), ended_at: 'null' });
}
