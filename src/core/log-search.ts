import { readingsOf, type Span, writtenTimes } from './log-time';

/** A line that was written near a moment. */
export interface NearLine {
  /** From 0. */
  line: number;
  /** The line's time, epoch ms. */
  at: number;
  /** It names no zone and was read as UTC, because so it fits better. */
  utc: boolean;
  text: string;
}

/** Times stand at the beginning of a line, or in the first members of a JSON object. */
const LOOKED_AT = 200;
const SHOWN = 300;

/**
 * Looks for the line of a log that was written nearest to a moment, line by line, so that others get their turn in between. Times
 * without a zone are read as local and as UTC; the whole file counts as the one that comes nearer, local when both do.
 */
export class NearestLine {
  #line = 0;
  #local?: NearLine;
  #utc?: NearLine;

  /** `at`: epoch ms; `reach`: lines farther off than this are left out, ms. */
  constructor(
    private readonly at: number,
    private readonly reach: number,
  ) {}

  /** Takes the next line. */
  take(text: string): void {
    const line = this.#line++;
    const around: Span = [this.at, this.at];
    const [time] = writtenTimes(text.slice(0, LOOKED_AT));
    if (!time) return;
    for (const { at, zone } of readingsOf(time, around)) {
      if (Math.abs(at - this.at) > this.reach) continue;
      const found = { line, at, utc: zone === 'utc', text: text.slice(0, SHOWN) };
      if (zone === 'utc') this.#utc = this.#nearer(this.#utc, found);
      else this.#local = this.#nearer(this.#local, found);
    }
  }

  /** The nearest of the lines taken so far; of several at the same time the first. */
  get found(): NearLine | undefined {
    return this.#local ?? this.#utc;
  }

  #nearer(former: NearLine | undefined, latter: NearLine): NearLine {
    return former && Math.abs(former.at - this.at) <= Math.abs(latter.at - this.at) ? former : latter;
  }
}
