const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** A value above this is left out, bytes: what people save is far smaller, and it has to fit into memory at once. */
const MAX_VALUE_BYTES = 64_000_000;

/** Decides which values of a JSON text are handed over, and takes them. */
export interface JsonHandler {
  /**
   * What to do with the value at a path of keys and indexes: `enter` goes through its members (a value that has none is
   * handed over), `take` hands it over whole, `skip` passes it by. The array is the scanner's own: do not keep it.
   */
  want(path: readonly string[]): 'enter' | 'take' | 'skip';
  /** A value as JSON text (UTF-8), from `start` up to `end`. The bytes are valid during the call only. */
  take(path: readonly string[], bytes: Uint8Array, start: number, end: number): void;
  /** All members of a value that was entered have come. */
  leave?(path: readonly string[]): void;
  /** A value was too large to be taken. */
  tooLarge?(path: readonly string[]): void;
}

/** How the text ended. */
export interface JsonEnd {
  /** The one value of the text is complete. */
  complete: boolean;
  /** Where the text is no JSON, byte offset; missing where it is, as far as it goes. */
  brokenAt?: number;
}

/** What the scanner waits for. */
enum Await {
  Value,
  /** A key, or the end of an object that is still empty. */
  FirstKey,
  Key,
  Colon,
  /** A value, or the end of an array that is still empty. */
  FirstItem,
  CommaOrEnd,
  Nothing,
}

/** How the bytes of the value under way are passed by. */
enum Inside {
  None,
  Text,
  Container,
  Scalar,
}

interface Level {
  array: boolean;
  /** Index of the item under way. */
  index: number;
}

/**
 * Goes through a JSON text as it comes in pieces, without building values of what nobody wants. So a large file needs no
 * more memory than its largest wanted value, and of one that was cut off everything complete is read.
 */
export class JsonScanner {
  readonly #handler: JsonHandler;
  readonly #levels: Level[] = [];
  readonly #path: string[] = [];
  #await: Await = Await.Value;
  #inside: Inside = Inside.None;
  /** Depth within a container that is passed by; in its texts too. */
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** The value under way is kept: a key, or one that is taken. */
  #keep: 'key' | 'value' | undefined;
  #parts: Uint8Array[] = [];
  #kept = 0;
  #offset = 0;
  #brokenAt: number | undefined;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** Takes the next piece. */
  write(chunk: Uint8Array): void {
    let i = 0;
    if (this.#offset === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) i = 3;
    while (i < chunk.length && this.#brokenAt === undefined) {
      i = this.#inside === Inside.None ? this.#structure(chunk, i) : this.#value(chunk, i);
    }
    this.#offset += chunk.length;
  }

  /** No more pieces. */
  end(): JsonEnd {
    if (this.#inside === Inside.Scalar && this.#levels.length === 0) this.#finish(new Uint8Array(), 0, 0);
    const complete = this.#await === Await.Nothing && this.#inside === Inside.None && this.#brokenAt === undefined;
    return { complete, ...(this.#brokenAt !== undefined && { brokenAt: this.#brokenAt }) };
  }

  #structure(chunk: Uint8Array, start: number): number {
    let at = start;
    let byte = chunk[at] as number;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1;
      if (at === chunk.length) return at;
      byte = chunk[at] as number;
    }
    switch (this.#await) {
      case Await.Colon:
        if (byte !== COLON) break;
        this.#await = Await.Value;
        return at + 1;
      case Await.CommaOrEnd:
        if (byte === COMMA) return this.#next(at);
        if (byte === (this.#levels.at(-1)?.array ? CLOSE_ARRAY : CLOSE_OBJECT)) return this.#close(at);
        break;
      case Await.FirstKey:
      case Await.Key:
        if (byte === CLOSE_OBJECT && this.#await === Await.FirstKey) return this.#close(at);
        if (byte !== QUOTE) break;
        return this.#begin(chunk, at, 'key');
      case Await.FirstItem:
      case Await.Value:
        if (byte === CLOSE_ARRAY && this.#await === Await.FirstItem) return this.#close(at);
        if (byte === COMMA || byte === COLON || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) break;
        return this.#open(chunk, at, byte);
      case Await.Nothing:
        break;
    }
    this.#brokenAt = this.#offset + at;
    return chunk.length;
  }

  /** The comma between members. */
  #next(at: number): number {
    const level = this.#levels.at(-1);
    if (level?.array) {
      level.index += 1;
      this.#path[this.#path.length - 1] = String(level.index);
      this.#await = Await.Value;
    } else {
      this.#await = Await.Key;
    }
    return at + 1;
  }

  #open(chunk: Uint8Array, at: number, byte: number): number {
    const container = byte === OPEN_OBJECT || byte === OPEN_ARRAY;
    const want = this.#handler.want(this.#path);
    if (want === 'enter' && container) {
      const array = byte === OPEN_ARRAY;
      this.#levels.push({ array, index: 0 });
      this.#path.push(array ? '0' : '');
      this.#await = array ? Await.FirstItem : Await.FirstKey;
      return at + 1;
    }
    return this.#begin(chunk, at, want === 'skip' ? undefined : 'value');
  }

  #close(at: number): number {
    this.#levels.pop();
    this.#path.pop();
    this.#handler.leave?.(this.#path);
    this.#await = this.#levels.length === 0 ? Await.Nothing : Await.CommaOrEnd;
    return at + 1;
  }

  /** Starts with the first byte of a value or key. */
  #begin(chunk: Uint8Array, at: number, keep: 'key' | 'value' | undefined): number {
    const byte = chunk[at] as number;
    this.#keep = keep;
    this.#inText = byte === QUOTE;
    this.#escaped = false;
    this.#depth = 0;
    this.#inside =
      byte === QUOTE ? Inside.Text : byte === OPEN_OBJECT || byte === OPEN_ARRAY ? Inside.Container : Inside.Scalar;
    return this.#value(chunk, at, at + (byte === QUOTE ? 1 : 0));
  }

  /** Passes by the value under way; `from` is where it, or the piece, begins. */
  #value(chunk: Uint8Array, from: number, start = from): number {
    const end =
      this.#inside === Inside.Text
        ? this.#endOfText(chunk, start)
        : this.#inside === Inside.Container
          ? this.#endOfContainer(chunk, start)
          : endOfScalar(chunk, start);
    if (end >= 0) {
      this.#finish(chunk, from, end);
      return end;
    }
    // A copy: the piece's memory may be used again, and `slice` of a Buffer is a view.
    if (this.#keep) this.#hold(Uint8Array.from(chunk.subarray(from)));
    return chunk.length;
  }

  /** Behind the closing quote; -1 when it is not in this piece. */
  #endOfText(chunk: Uint8Array, start: number): number {
    let i = start;
    if (this.#escaped) {
      this.#escaped = false;
      i += 1;
    }
    // Most texts are long and hold no escapes: the engine's own search is fastest then.
    const quote = chunk.indexOf(QUOTE, i);
    if (quote >= 0 && (quote === i || chunk[quote - 1] !== BACKSLASH)) return quote + 1;
    while (i < chunk.length) {
      const byte = chunk[i] as number;
      if (byte === QUOTE) return i + 1;
      i += byte === BACKSLASH ? 2 : 1;
    }
    this.#escaped = i > chunk.length;
    return -1;
  }

  /** Behind the closing bracket; -1 when it is not in this piece. */
  #endOfContainer(chunk: Uint8Array, start: number): number {
    let i = start;
    while (i < chunk.length) {
      if (this.#inText) {
        i = this.#endOfText(chunk, i);
        if (i < 0) return -1;
        this.#inText = false;
        continue;
      }
      const byte = chunk[i] as number;
      i += 1;
      if (byte === QUOTE) this.#inText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        this.#depth -= 1;
        if (this.#depth === 0) return i;
      }
    }
    return -1;
  }

  #hold(part: Uint8Array): void {
    this.#kept += part.length;
    if (this.#kept <= MAX_VALUE_BYTES) {
      this.#parts.push(part);
      return;
    }
    this.#parts = [];
    if (this.#keep === 'value') this.#handler.tooLarge?.(this.#path);
    this.#keep = undefined;
  }

  #finish(chunk: Uint8Array, from: number, end: number): void {
    if (this.#keep && this.#parts.length > 0) {
      const whole = Buffer.concat([...this.#parts, chunk.subarray(from, end)]);
      this.#parts = [];
      this.#done(whole, 0, whole.length);
    } else {
      this.#done(chunk, from, end);
    }
  }

  #done(bytes: Uint8Array, start: number, end: number): void {
    const keep = this.#keep;
    this.#kept = 0;
    this.#keep = undefined;
    this.#inside = Inside.None;
    if (keep === 'key') {
      this.#path[this.#path.length - 1] = textOf(bytes, start, end);
      this.#await = Await.Colon;
      return;
    }
    this.#await = this.#levels.length === 0 ? Await.Nothing : Await.CommaOrEnd;
    if (keep === 'value') this.#handler.take(this.#path, bytes, start, end);
  }
}

/** Where a number or a word ends; -1 when it is not in this piece. */
function endOfScalar(chunk: Uint8Array, start: number): number {
  for (let i = start; i < chunk.length; i++) {
    const byte = chunk[i] as number;
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || byte <= 0x20) return i;
  }
  return -1;
}

/** The text of a JSON text literal; a damaged escape is left as it stands. */
export function textOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const literal = decode(bytes, start + 1, end - 1);
  if (!literal.includes('\\')) return literal;
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return literal;
  }
}

/** UTF-8 as text. */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8', start, end);
}
