import { pathKey } from '../../core/ids';
import { parseTime } from '../../core/time';
import { participantId } from './map-participant';
import type { ParticipantRecord } from './schema';

/** What is kept of each kind at most; the oldest is forgotten first. */
const MOST = 5000;

/**
 * What lists have told so far, so that a report or a session costs no second request: the room of each session and the
 * connections of each participant. A provider lives as long as its connection's key.
 */
export class Known {
  readonly #rooms = new Map<string, string>();
  readonly #stays = new Map<string, ParticipantRecord[]>();

  setRoom(sessionId: string, room: string): void {
    put(this.#rooms, sessionId, room);
  }

  room(sessionId: string): string | undefined {
    return this.#rooms.get(sessionId);
  }

  /**
   * Adds the rows of one participant and gives all that are known of them: a connection is told by the moment it began,
   * and a later row of it replaces the earlier one.
   */
  addStays(sessionId: string, records: readonly ParticipantRecord[]): ParticipantRecord[] {
    const [first] = records;
    const id = first && participantId(first);
    if (id === undefined) return [...records];
    const key = pathKey(sessionId, id);
    const began = (record: ParticipantRecord) => parseTime(record.joinedAt) ?? record.joinedAt;
    const fresh = new Set(records.map(began));
    const earlier = (this.#stays.get(key) ?? []).filter((record) => !fresh.has(began(record)));
    const all = [...earlier, ...records];
    put(this.#stays, key, all);
    return all;
  }

  /** The rows of a participant that lists have shown; empty when there were none. */
  stays(sessionId: string, participant: string): readonly ParticipantRecord[] {
    return this.#stays.get(pathKey(sessionId, participant)) ?? [];
  }
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
