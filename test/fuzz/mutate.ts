/**
 * Mutations of JSON payloads, made from a seed: the same seed gives the same mutation everywhere. What is made is what a
 * broken or hostile sender can put into JSON, and with `inMemory` also what only a program can hand over.
 */

/** A small fast generator of random numbers (mulberry32), the same on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to 1, 1 left out. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `end`, `end` left out. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** What a mutation may use. */
export interface MutateOptions {
  /** The value never goes through JSON: NaN, Infinity, undefined, symbols, functions and sparse lists as well. */
  inMemory?: boolean;
}

type Container = Record<PropertyKey, unknown>;

const DEPTH = 2000;

/** Values of every type, each in its odd forms. */
const VALUES: readonly ((dice: Dice) => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1,
  () => -0,
  () => 1e308,
  () => -1e308,
  () => 5e-324,
  () => Number.MAX_SAFE_INTEGER,
  () => 2 ** 64,
  (dice) => (dice.next() - 0.5) * 10 ** dice.below(20),
  () => '',
  () => 'NaN',
  () => 'null',
  () => '-Infinity',
  () => '1e999',
  () => '0x10',
  () => '12,5',
  () => '2026-02-30T25:61:61Z',
  () => '+275760-09-13T00:00:00.001Z',
  () => '0001-01-01T00:00:00Z',
  () => '\ud800 lone \udfff surrogates \udc00',
  () => '\u202egnp.exe\u2066 $(zap) <img src=x onerror=alert(1)> [a](command:x) `b` \u0000\u001b[31m',
  () => '=HYPERLINK("https://collector.example","x")',
  () => '__proto__',
  () => 'constructor',
  () => 'x'.repeat(100_000),
  () => '\u{1f3a5}'.repeat(5000),
  () => [],
  () => ({}),
  () => [[]],
  () => [null, null],
  () => ({ length: 5 }),
  () => ({ toString: 'x', valueOf: null, length: -1 }),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => nested((inner) => [inner]),
  () => nested((inner) => ({ a: inner })),
  (dice) => Array.from({ length: 1 + dice.below(300) }, (_, index) => (dice.next() < 0.5 ? index : null)),
  (dice) => Object.fromEntries(Array.from({ length: 1 + dice.below(300) }, (_, index) => [`k${index}`, index])),
];

const MEMORY_VALUES: readonly (() => unknown)[] = [
  () => undefined,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 10n ** 30n,
  () => Symbol('odd'),
  () => () => 'called',
  () => new Date(Number.NaN),
  () => new Map([['a', 1]]),
  () => new Uint8Array(4),
  () => new ArrayBuffer(8),
  () => Object.create(null) as unknown,
  // biome-ignore lint/suspicious/noSparseArray: that is what is tried.
  () => [, 1, ,],
  () => {
    const circle: Container = {};
    circle.self = circle;
    return circle;
  },
];

/** A copy of the payload with one to four mutations. */
export function mutate(payload: unknown, seed: number, options: MutateOptions = {}): unknown {
  const dice = new Dice(seed);
  const root: Container = { root: structuredClone(payload) };
  for (let count = 1 + dice.below(4); count > 0; count--) {
    const places = [...placesOf(root, [])];
    if (places.length > 0) change(dice.pick(places), dice, options);
  }
  return root.root;
}

/** An object with a million keys. */
export function millionKeys(): Record<string, unknown> {
  millions ??= Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`k${index}`, index]));
  return millions;
}
let millions: Record<string, unknown> | undefined;

/** Lists and objects; what has a class of its own, such as a typed array, cannot be changed member by member. */
function isPlain(value: unknown): value is Container {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

interface Place {
  holder: Container;
  key: PropertyKey;
}

/** Places to change, those within large lists only at their ends. */
function* placesOf(holder: Container, seen: unknown[]): Generator<Place> {
  if (seen.length > 12 || seen.includes(holder)) return;
  const keys = Object.keys(holder);
  const some = keys.length > 60 ? [...keys.slice(0, 40), ...keys.slice(-20)] : keys;
  for (const key of some) {
    yield { holder, key };
    const inner = holder[key];
    if (isPlain(inner)) yield* placesOf(inner, [...seen, holder]);
  }
}

function change({ holder, key }: Place, dice: Dice, { inMemory }: MutateOptions): void {
  const value = holder[key];
  const kind = dice.below(10);
  if (kind === 0) {
    Reflect.deleteProperty(holder, key);
  } else if (kind === 1 && Array.isArray(value)) {
    value.push(...(structuredCloneOr(value) as unknown[]).slice(0, 50));
  } else if (kind === 2 && Array.isArray(value)) {
    holder[key] = Object.assign({}, value);
  } else if (kind === 3 && typeof value === 'object' && value !== null) {
    holder[key] = Object.values(value);
  } else if (kind === 4 && typeof value === 'number') {
    holder[key] = String(value);
  } else if (kind === 4 && typeof value === 'string') {
    holder[key] = Number(value) || value.length;
  } else if (kind === 5) {
    const own = Object.keys(holder);
    set(holder, key, holder[dice.pick(own)]);
  } else if (kind === 6 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    set(value as Container, dice.pick(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '']), {
      polluted: true,
    });
  } else {
    holder[key] = inMemory && dice.next() < 0.3 ? dice.pick(MEMORY_VALUES)() : dice.pick(VALUES)(dice);
  }
}

function structuredCloneOr(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}

function set(holder: Container, key: PropertyKey, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function nested(wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'deep';
  for (let depth = 0; depth < DEPTH; depth++) value = wrap(value);
  return value;
}
