import type { Random } from '../random';
import type { CatalogMeeting } from './catalog';
import type { Slot } from './schedule';

/** One person's stay. Times are epoch ms. */
export interface Visit {
  /** Number within the meeting's enrolled people; 0 is the host. */
  person: number;
  join: number;
  leave: number;
  /** 0, or the number of the breakout room. */
  room: number;
}

const SECOND = 1000;

/** People come in the first minutes and go at the end; a few leave early or come back once. */
export function ordinaryStays(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  const ordinary = meeting.scenario === 'ordinary';
  const count = ordinary ? random.int(2, meeting.people) : meeting.people;
  const visits = fullStays(slot, count, random);
  if (!ordinary) return visits;
  const length = slot.end - slot.start;
  for (const visit of visits.slice(1)) {
    // Whoever is last out stays: the session ends with that leave.
    if (visit.leave === slot.end) continue;
    if (random.chance(0.12))
      visit.leave = Math.floor(visit.join + (visit.leave - visit.join) * random.range(0.4, 0.85));
    else if (random.chance(0.06) && length > 300 * SECOND)
      visits.push(...split(visit, random.range(0.2, 0.8), random.int(8, 70)));
  }
  return visits;
}

/** The first guest drops out and comes back again and again. */
export function churnStays(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  const visits = fullStays(slot, meeting.people, random);
  const rejoins = random.int(3, 6);
  let current = visits[1] as Visit;
  for (let rejoin = 0; rejoin < rejoins; rejoin++) {
    const [next] = split(current, random.range(0.12, 0.3), random.int(5, 40));
    if (!next) break;
    visits.push(next);
    current = next;
  }
  return visits;
}

/** Most people go within seconds, as when a server goes down; some of them return within a minute. */
export function massLeaveStays(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  const visits = fullStays(slot, meeting.people, random);
  const moment = slot.start + Math.floor((slot.end - slot.start) * random.range(0.35, 0.65));
  const returned: Visit[] = [];
  if (visits[0]) visits[0].leave = slot.end;
  for (const visit of visits.slice(random.int(1, 2))) {
    const leave = moment + random.int(0, 6 * SECOND);
    // The first to be hit always returns, so that some do.
    if (returned.length === 0 || random.chance(0.6)) {
      returned.push({ ...visit, join: leave + random.int(9 * SECOND, 50 * SECOND) });
    }
    visit.leave = leave;
  }
  return [...visits, ...returned];
}

/** After a common start the guests go to two or three rooms and come back; the host stays. */
export function breakoutStays(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  const visits = fullStays(slot, meeting.people, random);
  const length = slot.end - slot.start;
  const rooms = random.int(2, 3);
  const opened = slot.start + Math.floor(length * random.range(0.2, 0.3));
  const closed = slot.start + Math.floor(length * random.range(0.65, 0.75));
  const more: Visit[] = [];
  for (const visit of visits.slice(1)) {
    const join = opened + random.int(SECOND, 9 * SECOND);
    const leave = closed + random.int(0, 6 * SECOND);
    more.push({ person: visit.person, join, leave, room: 1 + (visit.person % rooms) });
    more.push({ ...visit, join: leave + random.int(SECOND, 4 * SECOND) });
    visit.leave = join - random.int(300, 900);
  }
  return [...visits, ...more];
}

/** The host stays; callers come and go for as long as it lasts. */
export function liveStays(slot: Slot, meeting: CatalogMeeting, random: Random): Visit[] {
  const visits: Visit[] = [{ person: 0, join: slot.start, leave: slot.end, room: 0 }];
  for (let person = 1; person < meeting.people; person++) {
    // Two callers are there from the beginning, so that a new session is worth looking at.
    let join = slot.start + (person <= 2 ? random.int(4, 40) : random.int(60, 2400)) * SECOND;
    for (;;) {
      const leave = join + random.int(12 * 60, 40 * 60) * SECOND;
      if (leave > slot.end - 60 * SECOND) {
        if (slot.end - join > 120 * SECOND)
          visits.push({ person, join, leave: slot.end - random.int(1, 30) * SECOND, room: 0 });
        break;
      }
      visits.push({ person, join, leave, room: 0 });
      join = leave + random.int(4 * 60, 20 * 60) * SECOND;
    }
  }
  return visits;
}

/** One stay for each of `count` people; the first joins at the start and one of them leaves at the very end. */
function fullStays(slot: Slot, count: number, random: Random): Visit[] {
  const length = slot.end - slot.start;
  const lastOut = random.int(0, count - 1);
  const visits: Visit[] = [];
  for (let person = 0; person < count; person++) {
    const late = Math.min(length * 0.15, 150 * SECOND) * random.next() ** 2;
    const early = Math.min(length * 0.05, 40 * SECOND) * random.next();
    visits.push({
      person,
      join: slot.start + (person === 0 ? 0 : Math.floor(late) + 400 * person),
      leave: person === lastOut ? slot.end : slot.end - Math.floor(early) - 1,
      room: 0,
    });
  }
  return visits;
}

/** Cuts a stay at a share of its length and gives the rest as a new one after a pause; none when too little is left. */
function split(visit: Visit, share: number, pauseSeconds: number): Visit[] {
  const cut = visit.join + Math.floor((visit.leave - visit.join) * share);
  const rest = { ...visit, join: cut + pauseSeconds * SECOND };
  if (rest.leave - rest.join < 20 * SECOND) return [];
  visit.leave = cut;
  return [rest];
}
