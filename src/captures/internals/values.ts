import { decode } from '../json-scanner';
import { readNumbers } from '../numbers';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** One value over and over. */
export interface Uniform {
  value: unknown;
  count: number;
}

/**
 * The values of one member, as webrtc-internals writes them: a JSON array inside a text. An array that stands by itself is
 * read as well. The bytes are read at once: they need not outlive the call that made it.
 */
export class Values {
  readonly #bytes: Uint8Array;
  readonly #literal: boolean;
  /** Of the array, brackets included. */
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#literal = bytes[start] === QUOTE;
    this.#start = this.#literal ? start + 1 : start;
    this.#end = this.#literal ? end - 1 : end;
  }

  /** Numbers; what is none is NaN. Undefined when the values cannot be read. */
  numbers(): Float64Array | undefined {
    const fast = readNumbers(this.#bytes, this.#start, this.#end);
    if (fast) return fast;
    const all = this.all();
    return all && Float64Array.from(all, (value) => (typeof value === 'number' ? value : Number.NaN));
  }

  /** All values as they are; undefined when they cannot be read. */
  all(): unknown[] | undefined {
    const parsed = this.#parse(this.#start, this.#end);
    return Array.isArray(parsed) ? parsed : undefined;
  }

  /** The value, where all of them are written alike; undefined where they are not, or where there is but one. */
  uniform(): Uniform | undefined {
    const bytes = this.#bytes;
    const from = this.#start + 1;
    const to = this.#end - 1;
    let comma = from;
    while (comma < to && bytes[comma] !== COMMA) comma++;
    const width = comma - from + 1;
    if (comma === to || (to + 1 - from) % width !== 0) return undefined;
    for (let i = from + width; i < to; i++) if (bytes[i] !== bytes[i - width]) return undefined;
    return { value: this.#parse(from, comma), count: (to + 1 - from) / width };
  }

  /** The last value; the rest is not read where that can be helped. */
  last(): unknown {
    const found = this.#parse(this.#lastStart(), this.#end - 1);
    return found === undefined ? this.all()?.at(-1) : found;
  }

  /** Where the last value begins, if it is a number, a word, or a text without `,"`. */
  #lastStart(): number {
    const bytes = this.#bytes;
    const text = bytes[this.#end - 2] === QUOTE;
    let i = this.#end - 2;
    for (; i > this.#start; i--) {
      if (bytes[i] !== COMMA) continue;
      if (!text || bytes[i + 1] === QUOTE || (bytes[i + 1] === BACKSLASH && bytes[i + 2] === QUOTE)) break;
    }
    return i + 1;
  }

  /** JSON between two places; undefined when it is none. */
  #parse(start: number, end: number): unknown {
    try {
      const text = decode(this.#bytes, start, end);
      return JSON.parse(this.#literal && text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text) as unknown;
    } catch {
      return undefined;
    }
  }
}
