import type { StateChange } from '../../core/model';
import { followedNumbers, followedTexts, type StatObject, wordOf } from '../objects';

/** The readings of one statistics object while they come in. */
export class ObjectTrack {
  readonly #id: string;
  readonly #type: string;
  readonly #followed: readonly (readonly [name: string, member: string, inner: string | undefined])[];
  readonly #words: readonly string[];
  #capacity = 64;
  #length = 0;
  #times = new Float64Array(this.#capacity);
  readonly #columns = new Map<string, Float64Array>();
  readonly #texts = new Map<string, StateChange[]>();
  #last: Readonly<Record<string, unknown>> = {};

  constructor(id: string, type: string) {
    this.#id = id;
    this.#type = type;
    this.#words = [...followedTexts(type)];
    this.#followed = [...followedNumbers(type)].map((name) => {
      const [member = name, inner] = name.split('.');
      return [name, member, inner];
    });
  }

  /** Bytes that are held. */
  get held(): number {
    return (this.#columns.size + 1) * this.#capacity * Float64Array.BYTES_PER_ELEMENT;
  }

  /** Takes a reading; one that is not later than the one before is none. */
  add(state: Readonly<Record<string, unknown>>, at: number): void {
    this.#last = state;
    if (this.#length > 0 && !(at > (this.#times[this.#length - 1] as number))) return;
    if (this.#length === this.#capacity) this.#grow();
    const place = this.#length++;
    this.#times[place] = at;
    for (const [name, member, inner] of this.#followed) {
      const outer = state[member];
      const value = inner === undefined ? outer : (outer as Record<string, unknown> | undefined | null)?.[inner];
      if (typeof value === 'number') this.#column(name)[place] = value;
    }
    for (const name of this.#words) {
      const word = wordOf(state[name]);
      if (word === undefined) continue;
      const changes = this.#texts.get(name) ?? [];
      this.#texts.set(name, changes);
      if (changes.at(-1)?.value !== word) changes.push({ at, value: word });
    }
  }

  finish(): StatObject {
    return {
      id: this.#id,
      type: this.#type,
      times: this.#times.slice(0, this.#length),
      numbers: new Map([...this.#columns].map(([name, column]) => [name, column.slice(0, this.#length)])),
      texts: this.#texts,
      last: this.#last,
    };
  }

  #column(name: string): Float64Array {
    const known = this.#columns.get(name);
    if (known) return known;
    const fresh = new Float64Array(this.#capacity).fill(Number.NaN);
    this.#columns.set(name, fresh);
    return fresh;
  }

  #grow(): void {
    const length = this.#capacity;
    this.#capacity *= 2;
    const larger = (column: Float64Array) => {
      const grown = new Float64Array(this.#capacity).fill(Number.NaN, length);
      grown.set(column);
      return grown;
    };
    this.#times = larger(this.#times);
    for (const [name, column] of this.#columns) this.#columns.set(name, larger(column));
  }
}
