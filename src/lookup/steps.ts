import { isCallError } from '../core/errors';
import type { ParticipantRef, SessionRef } from '../core/ids';
import type { Participant, Room, Session } from '../core/model';
import type { CallProvider } from '../providers/contract';
import type { Candidate } from './recognise';
import type { Role } from './urls';

/** A session that was found, and as what. */
export interface Match {
  /** `room`: a session held in the room that was looked for; `person`: one that the person was in. */
  as: Role;
  ref: SessionRef | ParticipantRef;
  /** Facts of the session, where the answer held them. */
  session?: Session;
  /** Who it is, for a participant. */
  participant?: Pick<Participant, 'name'>;
  roomName?: string;
}

/** One connection that is asked. */
export interface Target {
  connectionId: string;
  provider: CallProvider;
}

/** Sessions shown of a room, a person or a search. */
const MOST_SESSIONS = 10;
/** Rooms of a search whose sessions are read: each costs a request. */
const MOST_ROOMS = 3;
/** Rows of a session's list in which a participant is looked for where the provider cannot search it. */
const PEOPLE = 100;
const HOUR_MS = 3_600_000;

type Step = (target: Target, candidate: Candidate, found: (match: Match) => void, signal: AbortSignal) => Promise<void>;

const STEPS: Readonly<Record<Role, Step>> = {
  session: asSession,
  participant: asParticipant,
  person: asPerson,
  room: asRoom,
};

/** Asks one connection for an id as one thing. What is not there is no error; `found` is called as matches come. */
export async function ask(
  role: Role,
  target: Target,
  candidate: Candidate,
  found: (match: Match) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await STEPS[role](target, candidate, found, signal);
  } catch (error) {
    if (!isCallError(error) || error.kind !== 'NotFound') throw error;
  }
}

/** The participant of that id in a session that was found: for a text that names both. */
export async function participantIn(
  { provider }: Target,
  ref: SessionRef,
  id: string,
  signal: AbortSignal,
): Promise<Match | undefined> {
  const search = provider.capabilities.participants.search ? id : undefined;
  const { items } = await provider.listParticipants({ ...ref, search, pageSize: PEOPLE }, signal);
  const participant = items.find((one) => one.id.toLowerCase() === id.toLowerCase());
  return participant && { as: 'participant', ref: { ...ref, participantId: participant.id }, participant };
}

async function asSession(
  { provider }: Target,
  { id, appId }: Candidate,
  found: (match: Match) => void,
  signal: AbortSignal,
) {
  const told = new Set<string>();
  const tell = (ref: SessionRef, session?: Session) => {
    const key = `${ref.appId ?? ''}/${ref.sessionId}`;
    if (told.has(key)) return;
    told.add(key);
    found({ as: 'session', ref, session });
  };
  const refs = await provider.findSession(id, signal, { direct: true, appId, onFound: tell });
  for (const ref of refs) tell(ref);
}

async function asParticipant(
  { provider }: Target,
  { id, appId }: Candidate,
  found: (match: Match) => void,
  signal: AbortSignal,
) {
  await provider.findParticipant?.(id, signal, {
    appId,
    onFound: (ref, participant) => found({ as: 'participant', ref, participant }),
  });
}

async function asPerson(target: Target, { id }: Candidate, found: (match: Match) => void, signal: AbortSignal) {
  const { connectionId, provider } = target;
  const { person, query } = provider.capabilities.sessions;
  const page = { pageSize: MOST_SESSIONS, from: lookBack(provider) };
  if (person && isExternalId(id)) {
    const { items } = await provider.listSessions({ ...page, personId: id }, signal);
    for (const session of items) found({ as: 'person', ref: refOf(connectionId, session), session });
  } else if (query && query.checkValue(id) === undefined) {
    const dimensions = [{ name: 'subscriberid', values: [id] }];
    const { items } = await provider.listSessions({ ...page, dimensions, within: 'started', anyStatus: true }, signal);
    for (const session of items) found({ as: 'person', ref: refOf(connectionId, session), session });
  }
}

/** Rooms by id or name, and the newest sessions of each; or at once the sessions, where their list is searched by room. */
async function asRoom(target: Target, candidate: Candidate, found: (match: Match) => void, signal: AbortSignal) {
  const { connectionId, provider } = target;
  const { capabilities } = provider;
  const { id, appId } = candidate;
  const tell = (session: Session, app?: string, room?: Room) =>
    found({ as: 'room', ref: refOf(connectionId, session, app), session, roomName: room?.name ?? session.roomName });
  if (capabilities.apps) {
    const apps = appId === undefined ? await provider.knownApps?.(signal) : [appId];
    await all(apps ?? [], async (app) => {
      const query = { appId: app, search: id, pageSize: MOST_SESSIONS, sortBy: 'createdAt' as const };
      const { items } = await provider.listSessions({ ...query, sortOrder: 'descending' }, signal);
      for (const session of items) tell(session, app);
    });
    return;
  }
  const named = await provider.findRoom?.(id, signal);
  const rooms = named ? [named] : await roomsCalled(candidate, provider, signal);
  await all(rooms.slice(0, MOST_ROOMS), async (room) => {
    const query = { roomId: room.id, pageSize: MOST_SESSIONS, from: lookBack(provider) };
    const { items } = await provider.listSessions(query, signal);
    for (const session of items) tell(session, undefined, room);
  });
}

/** Rooms by their name or a part of it; or the id as it is, where rooms cannot be searched. */
async function roomsCalled(candidate: Candidate, provider: CallProvider, signal: AbortSignal): Promise<Room[]> {
  const { id } = candidate;
  if (!provider.capabilities.rooms.search) return [{ id, name: id }];
  const query = { search: id, searchMode: roomMode(candidate, provider), pageSize: MOST_ROOMS };
  return (await provider.listRooms(query, signal)).items;
}

/** A whole address or path is one room's name; anything else is a part of one. */
function roomMode({ shape }: Candidate, { capabilities }: CallProvider) {
  if (!capabilities.rooms.searchModes) return undefined;
  return shape === 'roomPath' ? ('exact' as const) : ('contains' as const);
}

/** What may have been passed to Whereby as a person's id: letters, digits, `-` and `_`, at most 36 of them. */
function isExternalId(id: string): boolean {
  return /^[\w-]{1,36}$/.test(id);
}

/** From when on a provider looks that has to be told, epoch ms. */
function lookBack({ findsBackHours }: CallProvider): number | undefined {
  return findsBackHours === undefined ? undefined : Date.now() - findsBackHours * HOUR_MS;
}

function refOf(connectionId: string, { id, roomId }: Session, appId?: string): SessionRef {
  return {
    connectionId,
    ...(appId !== undefined && { appId }),
    ...(roomId !== undefined && { roomId }),
    sessionId: id,
  };
}

/** All at once; rejects with the first failure only after the others have had their say, and only when all failed. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(items.map(work));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed && outcomes.every(({ status }) => status === 'rejected')) throw failed.reason;
}
