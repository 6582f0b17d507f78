import type { SampleAnswer } from '../provider';
import { hash, noise, Random } from '../random';
import { opaqueId } from '../uuid';
import { customId, iso, presetName } from './apps';
import { personName } from './catalog';
import { success } from './envelope';
import { peerId, sessionId, userId } from './ids';
import type { Plan, Stay } from './plan';
import { flag, page, searchText, word } from './query';
import { breakoutPlans, keyOf } from './sessions';

/** Who a stay belongs to, in the fields that a list, a detail and a report share. */
export function stayIdentity(plan: Plan, stay: Stay) {
  const { key, meeting } = plan.slot;
  return {
    id: peerId(keyOf(plan), stay.index),
    user_id: userId(key.app, meeting, stay.person),
    custom_participant_id: customId(key.app, meeting, stay.person),
    display_name: personName(plan.meeting, stay.person),
  };
}

/** When a stay was, at `now`. `left_at` is missing while it goes on; `duration` is in minutes with a fraction. */
export function stayTimes(stay: Stay, now: number, duration = Math.min(stay.leave, now) - stay.join) {
  const left = stay.leave <= now;
  return {
    joined_at: iso(stay.join),
    ...(left && { left_at: iso(stay.leave) }),
    duration: Math.round((duration / 60_000) * 10_000) / 10_000,
    created_at: iso(stay.join + 14),
    updated_at: iso(left ? stay.leave + 35 : Math.min(now, stay.join + 14)),
  };
}

/** A participant of a session as lists and the detail give it. */
export function participantRow(plan: Plan, stay: Stay, now: number, withEvents: boolean, duration?: number) {
  const times = stayTimes(stay, now, duration);
  return {
    ...stayIdentity(plan, stay),
    preset_name: presetName(stay.person),
    ...times,
    // Seen in the published example: a quote that does not belong there. Rare here.
    ...(noise(plan.seed, stay.index, 31) < 0.02 && { joined_at: `${times.joined_at}"` }),
    ...(withEvents && { peer_events: peerEvents(plan, stay, now) }),
  };
}

/** The lifecycle of a stay's connection so far. */
export function peerEvents(plan: Plan, stay: Stay, now: number) {
  const random = new Random(hash(plan.seed, stay.index, 41));
  const minutes = Math.round(((stay.leave - stay.join) / 60_000) * 10_000) / 10_000;
  const socket = opaqueId(plan.seed, stay.index, 42);
  const peer = peerId(keyOf(plan), stay.index);
  const events = [
    { name: 'PEER_CREATED', at: stay.join - random.int(180, 900), minutes: 0 },
    { name: 'PEER_JOINING', at: stay.join, minutes: 0 },
    { name: 'PEER_LEAVING', at: stay.leave, minutes },
  ];
  return events
    .filter(({ at }) => at <= now)
    .map(({ name, at, minutes: consumed }, index) => ({
      id: opaqueId(plan.seed, stay.index, 43, index),
      event_name: name,
      peer_id: peer,
      participant_id: null,
      session_id: sessionId(keyOf(plan)),
      socket_session_id: socket,
      preset_view_type: 'GROUP_CALL',
      minutes_consumed: consumed,
      created_at: iso(at),
      updated_at: iso(at + 3),
    }));
}

/** `GET …/sessions/{id}/participants`: paging stands inside `data`, as published. In order of joining unless asked otherwise. */
export function listParticipants(plan: Plan, query: URLSearchParams, now: number): SampleAnswer {
  const search = searchText(query);
  const withEvents = flag(query, 'include_peer_events');
  const sortBy = word(query, 'sort_by', ['joinedAt', 'duration']) ?? 'joinedAt';
  const descending = word(query, 'sort_order', ['ASC', 'DESC']) === 'DESC';
  const consolidated = word(query, 'view', ['raw', 'consolidated']) === 'consolidated';
  const joined = plan.stays.filter((stay) => stay.join <= now);
  const entries = (
    consolidated ? onePerPerson(plan, joined, now) : joined.map((stay) => ({ stay, duration: lasted(stay, now) }))
  ).filter(({ stay }) => {
    if (!search) return true;
    const { id, user_id, custom_participant_id, display_name } = stayIdentity(plan, stay);
    const text = display_name.toLowerCase();
    return id === search || user_id === search || custom_participant_id.includes(search) || text.includes(search);
  });
  if (sortBy === 'duration') entries.sort((a, b) => a.duration - b.duration);
  if (descending) entries.reverse();
  const { rows, paging } = page(entries, query);
  const participants = rows.map(({ stay, duration }) => participantRow(plan, stay, now, withEvents, duration));
  return success({ participants, paging });
}

function lasted(stay: Stay, now: number): number {
  return Math.min(stay.leave, now) - stay.join;
}

/** The last stay of each person, with the time of all their stays here and in the breakout rooms, ms. */
function onePerPerson(plan: Plan, joined: readonly Stay[], now: number): { stay: Stay; duration: number }[] {
  const everywhere = [
    ...joined,
    ...breakoutPlans(plan, now).flatMap(({ stays }) => stays.filter(({ join }) => join <= now)),
  ];
  const last = new Map(joined.map((stay) => [stay.person, stay]));
  return [...last.values()]
    .sort((a, b) => a.join - b.join)
    .map((stay) => {
      const all = everywhere.filter(({ person }) => person === stay.person);
      return { stay, duration: all.reduce((sum, one) => sum + lasted(one, now), 0) };
    });
}
