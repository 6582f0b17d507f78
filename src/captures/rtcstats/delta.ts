import { isRecord } from '../log';
import type { StatObject } from '../objects';
import { memberName, typeName } from './names';
import { ObjectTrack } from './track';

type State = Record<string, unknown>;

/** A statistics time that lies farther than this from its line's is no epoch time, ms. */
const MAX_SKEW_MS = 86_400_000;

/**
 * Puts the statistics of one connection together again from what each line says has changed. Three ways of writing are read:
 *
 * - whole reports, as Chromium saves them;
 * - names, with `timestamp` once for all and 0 in each object that has that time (rtcstats of old, Jitsi);
 * - numbers for names, with `t` once for all; what is not named is as it was, what is `null` is gone (rtcstats.com).
 */
export class DeltaReader {
  readonly #states = new Map<string, State>();
  readonly #tracks = new Map<string, ObjectTrack>();

  /** Bytes that are held. */
  get held(): number {
    let held = 0;
    for (const track of this.#tracks.values()) held += track.held;
    return held;
  }

  /** Takes one line's statistics; `at` is the line's own time, epoch ms. */
  add(delta: Readonly<Record<string, unknown>>, at: number): void {
    const numbered = Object.hasOwn(delta, 't');
    const common = timeOf(numbered ? delta.t : delta.timestamp);
    for (const key of Object.keys(delta)) {
      const change = delta[key];
      if (change === null) this.#states.delete(key);
      if (!isRecord(change) || (key === 't' && numbered)) continue;
      const state = this.#merge(key, change);
      const own = timeOf(state.timestamp);
      const told = Object.hasOwn(change, 'timestamp') || Object.hasOwn(change, 't');
      const time = told && own ? own : numbered || own === 0 ? common : (own ?? common);
      if (time) state.timestamp = time;
      this.#read(key, state, time, at);
    }
    if (!numbered) return;
    for (const [key, state] of this.#states) {
      // The far end's reports come less often than readings: without a word there was none.
      if (Object.hasOwn(delta, key) || String(state.type).startsWith('remote-')) continue;
      state.timestamp = common;
      this.#read(key, state, common, at);
    }
  }

  /** All objects that ever were, with their readings. */
  finish(): Map<string, StatObject> {
    return new Map([...this.#tracks].map(([id, track]) => [id, track.finish()]));
  }

  #merge(id: string, change: Readonly<Record<string, unknown>>): State {
    const known = this.#states.get(id);
    // Only an object that is new, or written whole, states its type.
    const state: State = known && !Object.hasOwn(change, 'type') ? known : {};
    for (const key of Object.keys(change)) {
      const name = memberName(key);
      if (name === '__proto__') continue;
      const value = change[key];
      const before = state[name];
      state[name] = isRecord(value) && isRecord(before) ? { ...before, ...value } : value;
    }
    if ('type' in state) state.type = typeName(state.type);
    this.#states.set(id, state);
    return state;
  }

  #read(id: string, state: State, time: number | undefined, at: number): void {
    const type = typeof state.type === 'string' ? state.type : '';
    const track = this.#tracks.get(id) ?? new ObjectTrack(id, type);
    this.#tracks.set(id, track);
    const usable = time !== undefined && Math.abs(time - at) < MAX_SKEW_MS;
    track.add(state, usable ? time : at);
  }
}

/** Epoch ms, or ISO 8601 as JSON makes it of a date. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
