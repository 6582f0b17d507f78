import { textOf } from '../json-scanner';
import { readNumbers } from '../numbers';

const QUOTE = 0x22;
/** How `,"` and `["` look inside a JSON text literal. */
const COMMA_TEXT = Buffer.from(',\\"');

/**
 * The values of one member, as webrtc-internals writes them: a JSON array inside a text. An array that stands by itself is
 * read as well.
 */
export class Values {
  readonly #json: Uint8Array;
  readonly #literal: boolean;
  #array: unknown[] | undefined;

  /** `json` is read at once: it need not outlive the call that made it. */
  constructor(json: Uint8Array) {
    this.#json = json;
    this.#literal = json[0] === QUOTE;
  }

  /** Numbers; what is none is NaN. Undefined when the values cannot be read. */
  numbers(): Float64Array | undefined {
    const edge = this.#literal ? 1 : 0;
    const fast = readNumbers(this.#json, edge, this.#json.length - edge);
    if (fast) return fast;
    const all = this.all();
    return all && Float64Array.from(all, (value) => (typeof value === 'number' ? value : Number.NaN));
  }

  /** All values as they are. */
  all(): unknown[] | undefined {
    if (this.#array) return this.#array;
    const text = this.#literal ? textOf(this.#json) : Buffer.from(this.#json).toString('utf8');
    const parsed = parse(text);
    if (Array.isArray(parsed)) this.#array = parsed;
    return this.#array;
  }

  /** The last value; the rest is not read where that can be helped. */
  last(): unknown {
    return this.#array ? this.#array.at(-1) : (this.#tail() ?? this.all()?.at(-1));
  }

  #tail(): unknown {
    const bytes = Buffer.from(this.#json.buffer, this.#json.byteOffset, this.#json.byteLength);
    const end = bytes.lastIndexOf(0x5d);
    if (end < 2) return undefined;
    if (!this.#literal || bytes[end - 1] !== QUOTE) {
      if (/[}\]"]/.test(String.fromCharCode(bytes[end - 1] as number))) return undefined;
      const start = Math.max(bytes.lastIndexOf(0x2c, end), bytes.indexOf(0x5b));
      return parse(bytes.toString('utf8', start + 1, end));
    }
    const comma = bytes.lastIndexOf(COMMA_TEXT, end);
    const start = comma < 0 ? bytes.indexOf(0x5b) : comma;
    const value = parse(textOf(Buffer.from(`"${bytes.toString('utf8', start + 1, end)}"`)));
    return typeof value === 'string' ? value : undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
