import { pathKey } from '../../core/ids';
import type { Participant } from '../../core/model';
import { parseTime } from '../../core/time';
import { mapParticipant, participantId } from './map-participant';
import type { ParticipantRecord } from './schema';

/** What is kept of each kind at most; the oldest is forgotten first. */
const MOST = 5000;

interface Stays {
  records: readonly ParticipantRecord[];
  number: number | undefined;
}

/**
 * What lists have told so far, so that a report or a session costs no second request: the room of each session and the
 * connections of each participant. A provider lives as long as its connection's key.
 */
export class Known {
  readonly #rooms = new Map<string, string>();
  readonly #stays = new Map<string, Stays>();

  setRoom(sessionId: string, room: string): void {
    put(this.#rooms, sessionId, room);
  }

  room(sessionId: string): string | undefined {
    return this.#rooms.get(sessionId);
  }

  /**
   * Adds the rows of one participant and gives the participant as all rows tell of them: a connection is told by the moment
   * it began, and a later row of it replaces the earlier one. `number` is their place in the session, where it is known.
   */
  addStays(sessionId: string, records: readonly ParticipantRecord[], number: number | undefined): Participant {
    const id = records[0] && participantId(records[0]);
    const key = pathKey(sessionId, id);
    const known = this.#stays.get(key);
    const began = (record: ParticipantRecord) => parseTime(record.joinedAt) ?? record.joinedAt;
    const fresh = new Set(records.map(began));
    const earlier = known?.records.filter((record) => !fresh.has(began(record))) ?? [];
    const stays = { records: [...earlier, ...records], number: number ?? known?.number };
    put(this.#stays, key, stays);
    return mapParticipant(stays.records, stays.number);
  }

  /** A participant that a list has shown. */
  participant(sessionId: string, id: string): Participant | undefined {
    const stays = this.#stays.get(pathKey(sessionId, id));
    return stays && mapParticipant(stays.records, stays.number);
  }
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
