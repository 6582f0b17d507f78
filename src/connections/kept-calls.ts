import { Emitter } from '../core/emitter';
import { type SessionRef, sessionKey } from '../core/ids';
import { readSessionRef } from '../core/ref-input';
import type { StateStore } from './store';

/** A call that is kept in the tree: its ids, and what it is called. Nothing else of it is kept. */
export interface KeptCall {
  ref: SessionRef;
  label: string;
}

const FAVORITES_KEY = 'peerscope.favorites';
const RECENT_KEY = 'peerscope.recentCalls';
const MOST_FAVORITES = 100;
const MOST_RECENT = 15;
const MAX_LABEL = 120;

/** Favourite calls and those that were opened last, across connections, in global state. What cannot be read of it is left out. */
export class KeptCalls {
  readonly #changed = new Emitter<void>();
  #writes: Promise<void> = Promise.resolve();

  /** Fires when either list is another. */
  readonly onDidChange = this.#changed.event;

  /** `connected` tells whether a connection is still there: what belongs to others is not shown. */
  constructor(
    readonly state: StateStore,
    readonly connected: (connectionId: string) => boolean,
  ) {}

  /** In the order in which they were added. */
  favorites(): KeptCall[] {
    return this.#shown(FAVORITES_KEY);
  }

  /** The latest first. */
  recent(): KeptCall[] {
    return this.#shown(RECENT_KEY);
  }

  isFavorite(ref: SessionRef): boolean {
    return this.favorites().some((call) => isSame(call.ref, ref));
  }

  /** Adds a call to the favourites; one that is among them gets the label. Beyond the most there can be the oldest go. */
  addFavorite(ref: SessionRef, label: string): Promise<void> {
    return this.#change(FAVORITES_KEY, (calls) => {
      const at = calls.findIndex((call) => isSame(call.ref, ref));
      const call = made(ref, label);
      return (at < 0 ? [...calls, call] : calls.with(at, call)).slice(-MOST_FAVORITES);
    });
  }

  removeFavorite(ref: SessionRef): Promise<void> {
    return this.#change(FAVORITES_KEY, (calls) => calls.filter((call) => !isSame(call.ref, ref)));
  }

  /** A call was opened. */
  opened(ref: SessionRef, label: string): Promise<void> {
    return this.#change(RECENT_KEY, (calls) =>
      [made(ref, label), ...calls.filter((call) => !isSame(call.ref, ref))].slice(0, MOST_RECENT),
    );
  }

  removeRecent(ref: SessionRef): Promise<void> {
    return this.#change(RECENT_KEY, (calls) => calls.filter((call) => !isSame(call.ref, ref)));
  }

  /** Forgets the calls of connections that are gone. */
  async clean(): Promise<void> {
    for (const key of [FAVORITES_KEY, RECENT_KEY]) {
      await this.#change(key, (calls) => calls.filter(({ ref }) => this.connected(ref.connectionId)));
    }
  }

  #shown(key: string): KeptCall[] {
    return this.#read(key).filter(({ ref }) => this.connected(ref.connectionId));
  }

  #read(key: string): KeptCall[] {
    const stored = this.state.get(key);
    return Array.isArray(stored) ? stored.flatMap((entry) => readCall(entry) ?? []) : [];
  }

  /** Changes one after the other, each on what the one before left; nothing is written where nothing changes. */
  #change(key: string, change: (calls: KeptCall[]) => KeptCall[]): Promise<void> {
    this.#writes = this.#writes.then(async () => {
      const before = this.#read(key);
      const after = change(before);
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      await this.state.update(key, after);
      this.#changed.fire();
    });
    return this.#writes;
  }
}

function isSame(a: SessionRef, b: SessionRef): boolean {
  return sessionKey(a) === sessionKey(b);
}

/** Only the ids: a ref may come with more than its type says. */
function made(ref: SessionRef, label: string): KeptCall {
  return { ref: readSessionRef(ref), label: label.slice(0, MAX_LABEL) };
}

function readCall(entry: unknown): KeptCall | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { ref, label } = entry as Record<string, unknown>;
  if (typeof label !== 'string' || typeof ref !== 'object' || ref === null) return undefined;
  try {
    return made(ref as SessionRef, label);
  } catch {
    return undefined;
  }
}
