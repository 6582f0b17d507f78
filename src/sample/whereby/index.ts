import { createHash, timingSafeEqual } from 'node:crypto';
import type { SampleAnswer, SampleProvider, SampleRequest } from '../provider';
import { Router } from '../router';
import { appointmentRoom, ROOMS } from './catalog';
import { APPOINTMENTS, callOf, callsOf, externalId, type Person, type Plan, personOf, type Stay } from './plan';
import { BadParameter, dateTime, page, type Sorting } from './query';
import { participantRow, roomRow, sessionRow } from './rows';
import { segment } from './samples';

/** Insights show the world as it was this long ago, ms: Whereby says 10 to 15 minutes. */
export const LAG = 12 * 60_000;

const MACHINES = new Set(['recorder', 'streamer']);

type Handler = (query: URLSearchParams, now: number) => SampleAnswer;
type RoomRow = ReturnType<typeof roomRow>;
type SessionRow = ReturnType<typeof sessionRow>;
type ParticipantRow = ReturnType<typeof participantRow>;

const ROUTES = new Router<Handler>({
  'insights/rooms': listRooms,
  'insights/room-sessions': listRoomSessions,
  'insights/participants': listParticipants,
  'insights/participant': readParticipant,
});

const TOTALS = [
  'totalParticipantMinutes',
  'totalRecorderMinutes',
  'totalStreamerMinutes',
  'totalUniqueParticipants',
  'totalUniqueRecorders',
  'totalUniqueStreamers',
] as const;

const ROOM_SORTING: Sorting<RoomRow> = {
  fields: [...TOTALS, 'totalSessions', 'createdAt', 'lastSessionStartedAt'],
  standard: 'lastSessionStartedAt:desc',
  id: ({ roomName }) => roomName,
};
const SESSION_SORTING: Sorting<SessionRow> = {
  fields: [...TOTALS, 'startedAt', 'endedAt'],
  standard: 'startedAt:desc',
  id: ({ roomSessionId }) => roomSessionId,
};
const PARTICIPANT_SORTING: Sorting<ParticipantRow> = {
  fields: ['joinedAt', 'leftAt'],
  standard: 'joinedAt:asc',
  id: ({ participantId, joinedAt }) => `${joinedAt} ${participantId}`,
};

/** Whereby as the sample service plays it: the Insights endpoints. */
export const wherebySample: SampleProvider = {
  provider: 'whereby',
  mount: '/whereby/v1',
  secrets: (key) => ({ apiKey: key }),
  answer(request, key) {
    if (!isAllowed(request, key)) return failure(401, 'Access token is missing or invalid');
    const match = ROUTES.match(request.segments);
    if (!match || request.method !== 'GET') return failure(404, 'Not found');
    try {
      return match.handler(request.query, request.now - LAG);
    } catch (error) {
      if (error instanceof BadParameter) return failure(400, error.message);
      throw error;
    }
  },
};

/** `error` is a text, as in the one error body that is published. */
function failure(status: number, error: string): SampleAnswer {
  return { status, body: { error } };
}

function isAllowed({ authorization }: SampleRequest, key: string): boolean {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(token), digest(key));
}

/** Every room that exists by now, with its calls. Appointments have a room each, made before the call. */
function* rooms(now: number) {
  for (const [index, room] of ROOMS.entries()) {
    if (room.createdAt <= now) yield { room, calls: () => callsOf(index, now) };
  }
  for (const plan of callsOf(APPOINTMENTS, now)) yield { room: plan.room, calls: () => [plan] };
  // The next appointments are made already and have no call yet.
  const latest = callsOf(APPOINTMENTS, now).at(-1)?.slot ?? 0;
  for (const slot of [latest + 1, latest + 2]) {
    const room = appointmentRoom(slot);
    if (room.createdAt <= now) yield { room, calls: () => [] };
  }
}

function listRooms(query: URLSearchParams, now: number): SampleAnswer {
  const exact = query.get('roomName[exact]');
  const start = query.get('roomName[startsWith]');
  const part = query.get('roomName[contains]');
  const from = dateTime(query, 'createdAt[from]') ?? Number.NEGATIVE_INFINITY;
  const to = dateTime(query, 'createdAt[to]') ?? Number.POSITIVE_INFINITY;
  const rows = [...rooms(now)]
    .filter(
      ({ room: { name, createdAt } }) =>
        (exact === null || name === exact) &&
        (start === null || name.startsWith(start)) &&
        (part === null || name.includes(part)) &&
        createdAt >= from &&
        createdAt <= to,
    )
    .map(({ room, calls }) => roomRow(room, calls(), now));
  return page(rows, query, ROOM_SORTING);
}

function listRoomSessions(query: URLSearchParams, now: number): SampleAnswer {
  const name = query.get('roomName');
  if (!name) return failure(400, '"roomName" is required');
  const found = [...rooms(now)].find(({ room }) => room.name === name);
  const only = query.get('roomSessionId');
  const rows = (found?.calls() ?? []).map((plan) => sessionRow(plan, now));
  return page(
    rows.filter(({ roomSessionId }) => only === null || roomSessionId === only),
    query,
    SESSION_SORTING,
  );
}

function listParticipants(query: URLSearchParams, now: number): SampleAnswer {
  const session = query.get('roomSessionId');
  const person = query.get('externalId');
  if (!session && !person) return failure(400, 'either "roomSessionId" or "externalId" is required');
  const plans = session ? [callOf(session, now) ?? []].flat() : callsOfPerson(person as string, now);
  const stays = plans.flatMap((plan) => plan.people.flatMap((one) => one.stays.map((stay) => ({ plan, one, stay }))));
  const rows = stays
    .filter(({ plan, one, stay }) => stay.joined <= now && (session || isPerson(plan, one, person)))
    .map(({ plan, one, stay }) => participantRow(plan, one, stay, now));
  return page(rows, query, PARTICIPANT_SORTING);
}

/** Calls in which a person with this id can have been. */
function callsOfPerson(id: string, now: number): Plan[] {
  const number = Number(/^user-(\d{1,5})$/.exec(id)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return [];
  const index = number >= APPOINTMENTS * 100 ? APPOINTMENTS : Math.floor(number / 100);
  return ROOMS[index] || index === APPOINTMENTS ? callsOf(index, now) : [];
}

function isPerson(plan: Plan, { person, role }: Person, id: string | null): boolean {
  return !MACHINES.has(role) && externalId(plan, person) === id;
}

/** One element for each connection. What is not known gives an empty list. */
function readParticipant(query: URLSearchParams, now: number): SampleAnswer {
  const session = query.get('roomSessionId');
  const id = query.get('participantId');
  if (!session || !id) return failure(400, '"roomSessionId" and "participantId" are required');
  const plan = callOf(session, now);
  const person = plan && personOf(plan, id);
  const stays: Stay[] = (person?.stays ?? []).filter(({ joined }) => joined <= now);
  const body =
    plan && person && plan.room.scenario !== 'no-samples' ? stays.map((stay) => segment(plan, person, stay, now)) : [];
  return { status: 200, body };
}
