import { hash, noise, Random } from '../random';
import { decodeId, encodeId } from '../uuid';
import { APPOINTMENT_SPACING, appointmentRoom, type CatalogRoom, ROOMS } from './catalog';

const MINUTE = 60_000;
const SECOND = 1000;

/** Calls that began longer ago than this are gone, ms. */
export const RETENTION = 90 * 24 * 60 * MINUTE;

/** Number that stands for all appointments among the rooms. */
export const APPOINTMENTS = 100;

const KIND = { session: 8, participant: 9 } as const;

/** One connection of a participant. Times are epoch ms. */
export interface Stay {
  joined: number;
  left: number;
}

/** A participant of a call: one person, however often they connected. */
export interface Person {
  /** 0 is the host. */
  person: number;
  role: string;
  stays: readonly Stay[];
}

/** One call to its end, whatever the time is now. */
export interface Plan {
  /** Place in the catalog, or {@link APPOINTMENTS}. */
  roomIndex: number;
  room: CatalogRoom;
  slot: number;
  seed: number;
  /** When there were two people for the first time, epoch ms. */
  start: number;
  /** When the last one left, epoch ms. */
  end: number;
  people: readonly Person[];
}

/** The call of a slot; undefined for rooms in which none is held. */
export function planOf(roomIndex: number, slot: number): Plan | undefined {
  const room = roomIndex === APPOINTMENTS ? appointmentRoom(slot) : ROOMS[roomIndex];
  if (!room || room.scenario === 'unused') return undefined;
  const seed = hash(roomIndex, slot, 919);
  const random = new Random(seed);
  const shortest = room.scenario === 'ordinary' ? 0.3 : 0.75;
  const length = Math.floor(room.longest * MINUTE * random.range(shortest, 1));
  const open = slot * room.spacing + Math.floor(noise(seed, 1) * (room.spacing - room.longest * MINUTE));
  const count = room.scenario === 'ordinary' || room.scenario === 'desk' ? random.int(2, room.people) : room.people;
  const people = Array.from({ length: count }, (_, person): Person => {
    const late = person === 0 ? 0 : random.int(3, person === 1 ? 40 : 240) * SECOND + random.int(0, 999);
    const joined = open + Math.min(late, Math.floor(length / 3));
    const left = person === 0 ? open + length : open + length - random.int(1, 60) * SECOND;
    return {
      person,
      role: person === 0 ? 'host' : random.pick(['visitor', 'visitor', 'granted_visitor']),
      stays: [{ joined, left }],
    };
  });
  if (room.scenario === 'reconnects') reconnect(people[1] as Person, random);
  if (room.scenario === 'recorded') people.push(...machines(people.length, open, length));
  return {
    roomIndex,
    room,
    slot,
    seed,
    start: (people[1] as Person).stays[0]?.joined as number,
    end: open + length,
    people,
  };
}

/** Cuts the stay of one person into several with pauses between. */
function reconnect(person: Person, random: Random): void {
  const [{ joined, left }] = person.stays as [Stay];
  const parts = random.int(3, 4);
  const part = (left - joined) / parts;
  const stays = Array.from({ length: parts }, (_, index) => ({
    joined: Math.floor(joined + part * index + (index === 0 ? 0 : random.int(8, 50) * SECOND)),
    left: Math.floor(joined + part * (index + 1)),
  }));
  Object.assign(person, { stays });
}

/** A recorder and a streamer, which Whereby lists among the participants. */
function machines(first: number, open: number, length: number): Person[] {
  return ['recorder', 'streamer'].map((role, index) => ({
    person: first + index,
    role,
    stays: [{ joined: open + (90 + 20 * index) * SECOND, left: open + length - 5 * SECOND }],
  }));
}

const plans = new Map<string, Plan | undefined>();

function known(roomIndex: number, slot: number): Plan | undefined {
  const key = `${roomIndex}/${slot}`;
  if (!plans.has(key)) {
    // Plans never change; two windows' worth of them is all that is ever looked at.
    if (plans.size > 30_000) plans.clear();
    plans.set(key, planOf(roomIndex, slot));
  }
  return plans.get(key);
}

/** Calls of a room that have begun by `now` and are kept, the oldest first. For appointments: of all their rooms. */
export function callsOf(roomIndex: number, now: number): Plan[] {
  const spacing = roomIndex === APPOINTMENTS ? APPOINTMENT_SPACING : (ROOMS[roomIndex]?.spacing ?? Number.NaN);
  const found: Plan[] = [];
  for (let slot = Math.floor((now - RETENTION) / spacing); slot <= Math.floor(now / spacing); slot++) {
    const plan = slot < 0 ? undefined : known(roomIndex, slot);
    if (plan && plan.start <= now && plan.start >= now - RETENTION) found.push(plan);
  }
  return found;
}

/** The call of a session id that has begun by `now` and is kept. */
export function callOf(sessionId: string, now: number): Plan | undefined {
  const parts = decodeId(sessionId);
  if (parts?.kind !== KIND.session) return undefined;
  const plan = known(parts.major, parts.slot);
  return plan && plan.start <= now && plan.start >= now - RETENTION ? plan : undefined;
}

export function sessionId({ roomIndex, slot }: Plan): string {
  return encodeId({ kind: KIND.session, group: 0, slot, major: roomIndex, minor: 0 });
}

/** In one room ids carry a slash in the list of participants, as in the published example. */
export function participantId({ roomIndex, slot, room }: Plan, person: number): string {
  const id = encodeId({ kind: KIND.participant, group: 0, slot, major: roomIndex, minor: person });
  return room.scenario === 'healthy' ? `/${id}` : id;
}

/** The person of a participant id of this call, with or without the slash. */
export function personOf(plan: Plan, id: string): Person | undefined {
  const parts = decodeId(id.replace(/^\//, ''));
  if (parts?.kind !== KIND.participant || parts.slot !== plan.slot || parts.major !== plan.roomIndex) return undefined;
  return plan.people.find(({ person }) => person === parts.minor);
}

/** The id that the app gave a person: hosts and every other guest have one. Hosts of appointments are the same five. */
export function externalId({ roomIndex, slot }: Plan, person: number): string | null {
  if (person % 2 === 1) return null;
  return `user-${roomIndex === APPOINTMENTS && person === 0 ? 90_000 + (slot % 5) : roomIndex * 100 + person}`;
}
