import * as l10n from '@vscode/l10n';
import type { ItemIssue, StateChange } from '../../core/model';
import { followedNumbers, followedTexts, isFollowed, NESTED, type StatObject, wordOf } from '../objects';
import type { Values } from './values';

/** When the first and the last of a member's values were taken, epoch ms; NaN where that is not said. */
interface Span {
  start: number;
  end: number;
}

interface NumberColumn extends Span {
  values: Float64Array;
}

interface TextColumn extends Span {
  count: number;
  /** Where the value changed. */
  changes: { index: number; value: string }[];
}

/** Two moments of the page's clock that are as near as this are one reading, ms: it reads once a second. */
const SAME_READING_MS = 500;

/** What the file tells of one object while it is read: columns without times, because those may come last. */
export class ObjectDraft {
  type = '';
  /** Without a prototype: a file may name a member as it likes. */
  readonly last: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  #times: NumberColumn | undefined;
  readonly #numbers = new Map<string, NumberColumn>();
  readonly #texts = new Map<string, TextColumn>();
  /** Bytes that are held. */
  held = 0;

  /** Takes the values of one member. False when they cannot be read. */
  add(name: string, type: string, span: Span, values: Values): boolean {
    this.type ||= type;
    const followed = isFollowed(type);
    if (followed && (name === 'timestamp' || followedNumbers(type).has(name))) {
      const numbers = values.numbers();
      if (!numbers) return false;
      this.last[name] = numbers.at(-1);
      if (name === 'timestamp') this.#times = { ...span, values: numbers };
      else this.#number(name, span, numbers);
      return true;
    }
    this.last[name] = values.last();
    if (!followed) return this.last[name] !== undefined;
    if (followedTexts(type).has(name)) {
      const same = values.uniform();
      const all = same ? [same.value] : values.all();
      if (all) this.#texts.set(name, { ...span, count: same?.count ?? all.length, changes: changesOf(all) });
      return all !== undefined;
    }
    if (NESTED.has(name)) {
      const all = values.all();
      if (all) this.#nested(name, type, span, all);
      return all !== undefined;
    }
    return this.last[name] !== undefined;
  }

  #number(name: string, span: Span, values: Float64Array): void {
    this.#numbers.set(name, { ...span, values });
    this.held += values.byteLength;
  }

  #nested(name: string, type: string, span: Span, all: readonly unknown[]): void {
    for (const followed of followedNumbers(type)) {
      if (!followed.startsWith(`${name}.`)) continue;
      const key = followed.slice(name.length + 1);
      const values = Float64Array.from(all, (value) => {
        const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
        return typeof inner === 'number' ? inner : Number.NaN;
      });
      this.#number(followed, span, values);
    }
  }

  /** The object with one time for each reading. `path` names it in issues. */
  finish(id: string, path: string, issues: ItemIssue[]): { object: StatObject; guessedTimes: boolean } {
    const guessedTimes = this.#times === undefined && this.#numbers.size > 0;
    const base = this.#times ?? this.#guessTimes();
    const kept = risingPlaces(base.values);
    const times = kept ? Float64Array.from(kept, (place) => base.values[place] as number) : base.values;
    const numbers = new Map<string, Float64Array>();
    for (const [name, column] of this.#numbers) {
      if (column.values.length === 0) continue;
      const placed = this.#place(column, base, path, name, issues);
      numbers.set(name, kept ? Float64Array.from(kept, (place) => placed[place] as number) : placed);
    }
    const texts = new Map<string, StateChange[]>();
    for (const [name, { changes, count, ...span }] of this.#texts) {
      const offset = offsetOf({ ...span, count }, base);
      texts.set(
        name,
        changes.flatMap(({ index, value }) => {
          const at = base.values[Math.min(index + offset, base.values.length - 1)];
          return at === undefined || Number.isNaN(at) ? [] : [{ at, value }];
        }),
      );
    }
    return { object: { id, type: this.type, times, numbers, texts, last: this.last }, guessedTimes };
  }

  #place(column: NumberColumn, base: NumberColumn, path: string, name: string, issues: ItemIssue[]): Float64Array {
    const { values } = column;
    const length = base.values.length;
    if (values.length === length) return values;
    const offset = offsetOf({ ...column, count: values.length }, base);
    // The far end's round trips come now and then: that one is late by a second says nothing.
    if (values.length < length && sameSpan(column, base) && this.type !== 'remote-outbound-rtp') {
      const message = l10n.t(
        'There are {readings} readings for {moments} moments; which ones are missing is not recorded, so that some may stand too late.',
        { readings: values.length, moments: length },
      );
      issues.push({ path: `${path}-${name}`, message });
    }
    const placed = new Float64Array(length).fill(Number.NaN);
    for (let i = Math.max(0, -offset); i < values.length && i + offset < length; i++) {
      placed[i + offset] = values[i] as number;
    }
    return placed;
  }

  /** Dumps of old Chromes have no times of their own: readings at equal distances from the first to the last. */
  #guessTimes(): NumberColumn {
    let longest: NumberColumn | undefined;
    for (const column of this.#numbers.values()) {
      if (!longest || column.values.length > longest.values.length) longest = column;
    }
    if (!longest) return { values: new Float64Array(), start: Number.NaN, end: Number.NaN };
    const { start, end, values } = longest;
    const step = values.length > 1 ? (end - start) / (values.length - 1) : 0;
    return { start, end, values: values.map((_, index) => start + index * step) };
  }
}

/** Both began and ended with the same readings. */
function sameSpan(a: Span, b: Span): boolean {
  return Math.abs(a.start - b.start) < SAME_READING_MS && Math.abs(a.end - b.end) < SAME_READING_MS;
}

/**
 * At which moment a member's first value belongs. A member that came later than its object ends with it; one that ended
 * sooner began with it; else it stands where its own first moment says.
 */
function offsetOf({ count, start, end }: Span & { count: number }, base: NumberColumn): number {
  const length = base.values.length;
  const spare = length - count;
  if (spare === 0) return 0;
  const endsWith = Math.abs(end - base.end) < SAME_READING_MS;
  const startsWith = Math.abs(start - base.start) < SAME_READING_MS;
  if (startsWith && !endsWith) return 0;
  if (endsWith || Number.isNaN(start) || Number.isNaN(base.start)) return spare;
  const step = length > 1 ? (base.end - base.start) / (length - 1) : 0;
  return step > 0 ? Math.round((start - base.start) / step) : spare;
}

/**
 * Places whose time is later than all before, the last of each run of equal times; undefined when that is all of them. A far
 * end's report keeps its time until the next one comes.
 */
function risingPlaces(times: Float64Array): number[] | undefined {
  let rising = true;
  for (let i = 0; i < times.length && rising; i++) {
    rising = i === 0 ? !Number.isNaN(times[0]) : (times[i] as number) > (times[i - 1] as number);
  }
  if (rising) return undefined;
  const places: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (time > latest) places.push(i);
    else if (time === latest) places[places.length - 1] = i;
    else continue;
    latest = time;
  }
  return places;
}

function changesOf(all: readonly unknown[]): TextColumn['changes'] {
  const changes: TextColumn['changes'] = [];
  for (const [index, value] of all.entries()) {
    const word = wordOf(value);
    if (word !== undefined && word !== changes.at(-1)?.value) changes.push({ index, value: word });
  }
  return changes;
}
