import { hash } from './random';

/** What an id names. Small numbers, packed into the id itself: any id can be resolved without a table. */
export interface IdParts {
  /** 0..15: the kind of thing. */
  kind: number;
  /** 0..15. */
  group: number;
  /** 0..2^24-1: number of a slot of time. */
  slot: number;
  /** 0..4095. */
  major: number;
  /** 0..2^20-1. */
  minor: number;
}

const SALT = 0x9c0de;

/**
 * An id that looks like a random UUID (version 4, 122 free bits): 64 bits hold the parts, masked with the other 58,
 * which are a checksum of them.
 */
export function encodeId({ kind, group, slot, major, minor }: IdParts): string {
  const high = ((kind << 28) | (group << 24) | slot) >>> 0;
  const low = ((major << 20) | minor) >>> 0;
  const checkA = hash(high, low, SALT, 1) >>> 4;
  const checkB = hash(high, low, SALT, 2) >>> 2;
  return format(
    (high ^ hash(checkA, checkB, SALT, 3)) >>> 0,
    checkA,
    checkB,
    (low ^ hash(checkA, checkB, SALT, 4)) >>> 0,
  );
}

/** The parts of an id made by {@link encodeId}; undefined for every other text. */
export function decodeId(id: string): IdParts | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-4([0-9a-f]{3})-([89ab][0-9a-f]{3})-([0-9a-f]{4})([0-9a-f]{8})$/.exec(id);
  if (!match) return undefined;
  const word = (...groups: number[]) => Number.parseInt(groups.map((group) => match[group] ?? '').join(''), 16);
  const checkA = word(2, 3);
  const checkB = word(4, 5) & 0x3fffffff;
  const high = (word(1) ^ hash(checkA, checkB, SALT, 3)) >>> 0;
  const low = (word(6) ^ hash(checkA, checkB, SALT, 4)) >>> 0;
  if (hash(high, low, SALT, 1) >>> 4 !== checkA || hash(high, low, SALT, 2) >>> 2 !== checkB) return undefined;
  return {
    kind: high >>> 28,
    group: (high >>> 24) & 15,
    slot: high & 0xffffff,
    major: low >>> 20,
    minor: low & 0xfffff,
  };
}

/** A UUID that only names and cannot be resolved: producers, consumers, events. */
export function opaqueId(a: number, b: number, c = 0, d = 0): string {
  const seed = hash(a, b, c, d);
  return format(hash(seed, 11, a), hash(seed, 12, b) >>> 4, hash(seed, 13, c) >>> 2, hash(seed, 14, d));
}

function format(first: number, twentyEight: number, thirty: number, last: number): string {
  const a = twentyEight.toString(16).padStart(7, '0');
  const b = ((thirty | 0x80000000) >>> 0).toString(16);
  const c = last.toString(16).padStart(8, '0');
  return `${first.toString(16).padStart(8, '0')}-${a.slice(0, 4)}-4${a.slice(4)}-${b.slice(0, 4)}-${b.slice(4)}${c}`;
}
