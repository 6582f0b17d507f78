import * as l10n from '@vscode/l10n';
import { CallError, isCancelled } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import { readRecord } from '../records';
import type { HmsClient } from './client';
import { isActive, rawPeers } from './map-session';
import { type SessionRecord, sessionSchema } from './schema';

/** A live session's object is taken for current this long, ms: a list and what is opened from it come within it. */
const LIVE_MS = 30_000;
/** An ended session does not change; this long it is kept, ms. */
const ENDED_MS = 3_600_000;
/** At most so many sessions, and so many peers in them, are kept. */
const MAX_SESSIONS = 500;
const MAX_PEERS = 60_000;

/** A session's object as it was read last. */
export interface SessionObject {
  record: SessionRecord;
  live: boolean;
  /** When it was read, epoch ms. */
  at: number;
  /** Its list of people was shown from this object: to show it again, it is read anew. */
  shown: boolean;
  /** What could not be read of the object itself. */
  issues: readonly ItemIssue[];
  peers: number;
}

/**
 * The session objects that were read, by list or one by one. Each holds all of its peers, so that what was just read is
 * not asked for again: not for its people, not for their pages, not for a report.
 */
export class SessionObjects {
  readonly #client: HmsClient;
  readonly #now: () => number;
  /** In the order in which they were read. */
  readonly #kept = new Map<string, SessionObject>();
  readonly #inFlight = new Map<string, Promise<SessionObject>>();
  #peers = 0;

  constructor(client: HmsClient, now: () => number = () => Date.now()) {
    this.#client = client;
    this.#now = now;
  }

  /** Keeps an object that came in a list. `listed`: it was among the active sessions. */
  add(record: SessionRecord, listed?: boolean, issues: readonly ItemIssue[] = []): SessionObject {
    const object: SessionObject = {
      record,
      live: isActive(record, listed),
      at: this.#now(),
      shown: false,
      issues,
      peers: countOf(record.peers),
    };
    this.#forget(record.id);
    this.#kept.set(record.id, object);
    this.#peers += object.peers;
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= 1 || (this.#kept.size <= MAX_SESSIONS && this.#peers <= MAX_PEERS)) break;
      this.#forget(id);
    }
    return object;
  }

  /** The object as it is kept and still current; undefined when it has to be read. */
  kept(id: string): SessionObject | undefined {
    const object = this.#kept.get(id);
    return object && this.#now() - object.at < (object.live ? LIVE_MS : ENDED_MS) ? object : undefined;
  }

  /** The kept object that holds a peer of this id (in lower case); of several, the one that was read last. */
  ofPeer(id: string): SessionObject | undefined {
    return [...this.#kept.values()].findLast(({ record }) =>
      rawPeers(record, '', []).some((peer) => peer.id.toLowerCase() === id),
    );
  }

  /** The object: as it is kept, else read. */
  async get(id: string, signal: AbortSignal): Promise<SessionObject> {
    return this.kept(id) ?? this.read(id, signal);
  }

  /** The object to show its people from: one that came with a list is used once, after that it is read anew. */
  async toShow(id: string, signal: AbortSignal): Promise<SessionObject> {
    const kept = this.kept(id);
    const object = kept && !kept.shown ? kept : await this.read(id, signal);
    object.shown = true;
    return object;
  }

  /** Reads the object. Who asks for it at the same time shares the request. */
  async read(id: string, signal: AbortSignal): Promise<SessionObject> {
    const others = this.#inFlight.get(id);
    if (others) {
      try {
        return await others;
      } catch (error) {
        // Somebody else's stopping is not ours.
        if (!isCancelled(error) || signal.aborted) throw error;
      }
    }
    const reading = this.#read(id, signal);
    this.#inFlight.set(id, reading);
    try {
      return await reading;
    } finally {
      if (this.#inFlight.get(id) === reading) this.#inFlight.delete(id);
    }
  }

  async #read(id: string, signal: AbortSignal): Promise<SessionObject> {
    const issues: ItemIssue[] = [];
    const record = readRecord(sessionSchema, await this.#client.session(id, signal), 'session', issues);
    if (record) return this.add(record, undefined, issues);
    const reason = issues.map((issue) => `${issue.path}: ${issue.message}`).join(' ');
    throw new CallError('BadResponse', l10n.t('{0} sent a session that cannot be read. {1}', this.#client.who, reason));
  }

  #forget(id: string): void {
    this.#peers -= this.#kept.get(id)?.peers ?? 0;
    this.#kept.delete(id);
  }
}

function countOf(peers: unknown): number {
  return typeof peers === 'object' && peers !== null ? Object.keys(peers).length : 0;
}
