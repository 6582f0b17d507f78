import type { SampleAnswer } from '../provider';
import { noise } from '../random';
import { customId, presetName } from '../realtimekit/apps';
import { personName } from '../realtimekit/catalog';
import { type Plan, planOf, type Stay } from '../realtimekit/plan';
import { slotsBetween } from '../realtimekit/schedule';
import { flag, moment, ok, page } from './answers';
import { APP, CUSTOMER_ID, findRoom, goTime, nanoTime, peerId, ROOMS, roomOf, sessionId } from './workspace';

const DAY = 86_400_000;
/** How long after the last leave the record of a session is closed, ms. */
const CLOSING = 41;
/** For so long somebody whose connection died may stand in a live session as if they were there, ms. */
const GHOST = 15 * 60_000;

/** `GET /sessions`: the newest first. Without `active` both live and ended ones come, as in the published example. */
export function listSessions(query: URLSearchParams, now: number): SampleAnswer {
  const active = flag(query, 'active');
  const room = query.get('room_id');
  const from = moment(query, 'after') ?? Number.NEGATIVE_INFINITY;
  const to = moment(query, 'before') ?? Number.POSITIVE_INFINITY;
  const only = room === null ? undefined : findRoom(room);
  const rows = slotsBetween(APP, from, to, now)
    .filter(
      (slot) => (active === undefined || slot.end > now === active) && (room === null || slot.meeting === only?.index),
    )
    .map((slot) => ({ slot, id: sessionId({ slot }) }));
  return page(rows, query, ({ slot }) => sessionRow(planOf(slot) as Plan, now));
}

/** `GET /sessions/{id}`. */
export function sessionDetail(plan: Plan, now: number): SampleAnswer {
  return ok(sessionRow(plan, now));
}

/** Whether a session goes on at `now`. */
export function isLive(plan: Plan, now: number): boolean {
  return plan.slot.end > now;
}

function sessionRow(plan: Plan, now: number) {
  const stays = plan.stays.filter(({ join }) => join <= now);
  const last = Math.max(...stays.map((stay) => (stay.leave <= now ? stay.leave : stay.join)));
  return {
    id: sessionId(plan),
    room_id: roomOf(plan).id,
    customer_id: CUSTOMER_ID,
    active: isLive(plan, now),
    peers: Object.fromEntries(stays.map((stay) => [peerId(plan, stay.index), peerRow(plan, stay, now)])),
    created_at: goTime(plan.start + 1),
    updated_at: goTime(isLive(plan, now) ? last + 2 : plan.slot.end + CLOSING),
  };
}

function peerRow(plan: Plan, stay: Stay, now: number) {
  return {
    id: peerId(plan, stay.index),
    session_id: sessionId(plan),
    ...identity(plan, stay),
    joined_at: goTime(stay.join),
    ...(stay.leave <= now && !isGhost(plan, stay, now) && { left_at: goTime(stay.leave) }),
  };
}

/** Who a stay belongs to, in the fields that sessions and rooms share. */
export function identity(plan: Plan, stay: Stay) {
  const { meeting } = plan.slot;
  return {
    name: personName(plan.meeting, stay.person),
    role: presetName(stay.person) === 'group_call_host' ? 'host' : 'guest',
    user_id: customId(APP, meeting, stay.person),
  };
}

/** Somebody whose leaving was not seen: for a while in a live session, now and then for good. */
function isGhost(plan: Plan, stay: Stay, now: number): boolean {
  const chance = noise(plan.seed, stay.index, 62);
  return chance < 0.02 || (isLive(plan, now) && stay.leave > now - GHOST && chance < 0.5);
}

/** The live session of a room. */
export function liveSession(roomIndex: number, now: number): Plan | undefined {
  // No session is as long as a day.
  const slot = slotsBetween(APP, now - DAY, now, now).find((one) => one.meeting === roomIndex && one.end > now);
  return slot && planOf(slot);
}

/** The stays of those who are in a room now. */
export function presentStays(plan: Plan, now: number): Stay[] {
  return plan.stays.filter(({ join, leave }) => join <= now && leave > now);
}

/** `GET /active-rooms/{id}`. */
export function activeRoom(plan: Plan, now: number): SampleAnswer {
  const room = roomOf(plan);
  return ok({
    id: room.id,
    name: room.meeting.title,
    customer_id: CUSTOMER_ID,
    session: {
      id: sessionId(plan),
      created_at: nanoTime(plan.start + 1, plan.seed),
      peers: presentStays(plan, now).map(({ index }) => peerId(plan, index)),
    },
  });
}

/** Rooms whose sessions are told, for lists that need no room. */
export function plansBetween(from: number, to: number, now: number, roomIndex?: number): Plan[] {
  return slotsBetween(APP, from, to, now)
    .filter((slot) => roomIndex === undefined || slot.meeting === roomIndex)
    .map((slot) => planOf(slot) as Plan);
}

/** The index of a room's id; -1 for none, so that nothing fits. */
export function roomIndex(id: string | null): number | undefined {
  return id === null ? undefined : (ROOMS.find((room) => room.id === id)?.index ?? -1);
}
