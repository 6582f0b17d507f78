import type { StateStore } from '../connections/store';
import { type ParticipantRef, pathKey, type SessionRef } from '../core/ids';
import { readParticipantRef, readSessionRef } from '../core/ref-input';

/** A look-up that led somewhere: ids, and what it was called. Nothing else of it is kept. */
export interface RecentLookUp {
  ref: SessionRef | ParticipantRef;
  label: string;
  /** When it was looked up last, epoch ms. */
  at: number;
}

const KEY = 'peerscope.recentLookUps';
const MOST = 20;
const MAX_LABEL = 100;

/** The look-ups that led somewhere, the latest first. What cannot be read of the kept state is left out. */
export class RecentLookUps {
  constructor(readonly state: StateStore) {}

  /** `connected` tells whether a connection is still there: what belongs to others is not offered. */
  list(connected: (connectionId: string) => boolean): RecentLookUp[] {
    return this.#read().filter(({ ref }) => connected(ref.connectionId));
  }

  async add(ref: SessionRef | ParticipantRef, label: string, at: number): Promise<void> {
    const entry: RecentLookUp = { ref: plain(ref), label: label.slice(0, MAX_LABEL), at };
    const others = this.#read().filter((other) => keyOf(other.ref) !== keyOf(ref));
    await this.state.update(KEY, [entry, ...others].slice(0, MOST));
  }

  #read(): RecentLookUp[] {
    const stored = this.state.get(KEY);
    return Array.isArray(stored) ? stored.flatMap((entry) => readEntry(entry) ?? []) : [];
  }
}

/** Only the ids: a ref may come with more than its type says. */
function plain(ref: SessionRef | ParticipantRef): SessionRef | ParticipantRef {
  return 'participantId' in ref ? readParticipantRef(ref) : readSessionRef(ref);
}

function keyOf(ref: SessionRef | ParticipantRef): string {
  return pathKey(ref.connectionId, ref.appId, ref.sessionId, 'participantId' in ref ? ref.participantId : undefined);
}

function readEntry(entry: unknown): RecentLookUp | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { ref, label, at } = entry as Record<string, unknown>;
  if (typeof label !== 'string' || typeof at !== 'number' || typeof ref !== 'object' || ref === null) return undefined;
  try {
    return { ref: plain(ref as SessionRef), label: label.slice(0, MAX_LABEL), at };
  } catch {
    return undefined;
  }
}
