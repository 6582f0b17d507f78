/** A longer line is left out, bytes. */
const MAX_LINE_BYTES = 64_000_000;

/** Cuts a text into lines as it comes in pieces. The bytes of a line are valid during the call only. */
export class LineSplitter {
  readonly #take: (line: Uint8Array | undefined) => void;
  #parts: Uint8Array[] = [];
  #kept = 0;

  /** `take` gets each line without its end; undefined for one that was too long. */
  constructor(take: (line: Uint8Array | undefined) => void) {
    this.#take = take;
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end < 0) break;
      this.#finish(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) return;
    this.#kept += chunk.length - start;
    if (this.#kept > MAX_LINE_BYTES) this.#parts = [];
    // A copy: the piece's memory may be used again, and `slice` of a Buffer is a view.
    else this.#parts.push(Uint8Array.from(chunk.subarray(start)));
  }

  /** What stands behind the last line end; undefined when nothing does. */
  end(): Uint8Array | undefined {
    return this.#kept === 0 || this.#kept > MAX_LINE_BYTES ? undefined : Buffer.concat(this.#parts);
  }

  #finish(last: Uint8Array): void {
    const tooLong = this.#kept > MAX_LINE_BYTES;
    const line = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#kept = 0;
    this.#take(tooLong ? undefined : line);
  }
}
