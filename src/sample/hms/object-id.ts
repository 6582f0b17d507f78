import { hash } from '../random';

/** What an id names. Small numbers, packed into the id itself: any id can be resolved without a table. */
export interface ObjectIdParts {
  /** 0..7: the kind of thing. */
  kind: number;
  /** 0..2^24-1: number of a slot of time, or of a thing in the catalog. */
  slot: number;
  /** 0..255. */
  track: number;
  /** 0..15: which of several. */
  part: number;
}

const SALT = 0x0b1ec7;

/**
 * An id of 24 hexadecimal digits that begins with its time in seconds, as MongoDB makes them, so that ids sort by time.
 * The rest holds the parts, masked with a checksum of them and of the time.
 */
export function encodeObjectId(time: number, { kind, slot, track, part }: ObjectIdParts): string {
  const seconds = Math.floor(time / 1000) >>> 0;
  const high = slot & 0xffffff;
  const low = ((kind << 12) | (part << 8) | track) & 0xffff;
  const check = hash(seconds, high, low, SALT) & 0xffffff;
  return (
    hex(seconds, 8) +
    hex((high ^ hash(seconds, check, SALT, 1)) & 0xffffff, 6) +
    hex(check, 6) +
    hex((low ^ hash(seconds, check, SALT, 2)) & 0xffff, 4)
  );
}

/** The parts of an id made by {@link encodeObjectId}; undefined for every other text. */
export function decodeObjectId(id: string): ObjectIdParts | undefined {
  if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
  const word = (from: number, to: number) => Number.parseInt(id.slice(from, to), 16);
  const seconds = word(0, 8);
  const check = word(14, 20);
  const high = (word(8, 14) ^ hash(seconds, check, SALT, 1)) & 0xffffff;
  const low = (word(20, 24) ^ hash(seconds, check, SALT, 2)) & 0xffff;
  if ((hash(seconds, high, low, SALT) & 0xffffff) !== check) return undefined;
  return { kind: low >>> 12, part: (low >>> 8) & 15, slot: high, track: low & 255 };
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0');
}
