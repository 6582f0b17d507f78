import type { HmsClient } from './client';
import { readEvents } from './event-pages';

/** Pages of a session's tracks that are read to tell whose they are. */
const MAX_PAGES = 5;
const MAX_KEPT = 20;

/** Whose a track is. */
export interface TrackOwner {
  peerId: string;
  name?: string;
}

/**
 * Whose the tracks of ended sessions are. Statistics name received tracks only by id; the session's own events tell who
 * added each. They are read once for a session and serve every report of it.
 */
export class TrackOwners {
  readonly #kept = new Map<string, ReadonlyMap<string, TrackOwner>>();

  constructor(readonly client: HmsClient) {}

  async of(roomId: string, sessionId: string, signal: AbortSignal): Promise<ReadonlyMap<string, TrackOwner>> {
    const kept = this.#kept.get(sessionId);
    if (kept) return kept;
    const params = { room_id: roomId, session_id: sessionId, type: ['track.add.success'] };
    // Too many tracks to read all is told by the streams that have no name.
    const events = await readEvents(this.client, params, [], signal, MAX_PAGES);
    const owners = new Map<string, TrackOwner>();
    for (const { data } of events) {
      if (data.track_id && data.peer_id) {
        owners.set(data.track_id, { peerId: data.peer_id, ...(data.user_name && { name: data.user_name }) });
      }
    }
    this.#kept.set(sessionId, owners);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    return owners;
  }
}
