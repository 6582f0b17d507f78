import { decode } from './json-scanner';

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);

let scratch = new Float64Array(4096);

/**
 * Reads a flat JSON array of numbers, such as `[1,2.5,null]`, straight from its bytes: what is no number becomes NaN. The
 * array may stand in a JSON text literal, as webrtc-internals writes it. Undefined when it holds anything that needs a real
 * JSON reader: texts, objects, lists.
 *
 * A number is the integer of its digits over a power of ten. Where a double holds that integer exactly the division rounds
 * once, as reading the decimal does; beyond that the last digits differ, by less than 1e-15 of the value.
 */
export function readNumbers(bytes: Uint8Array, start: number, end: number): Float64Array | undefined {
  let i = start;
  while (i < end && (bytes[i] as number) <= 0x20) i++;
  if (bytes[i++] !== 0x5b) return undefined;
  let count = 0;
  while (i < end) {
    const byte = bytes[i] as number;
    if (byte === 0x2c || byte <= 0x20) {
      i++;
      continue;
    }
    if (byte === 0x5d) return scratch.slice(0, count);
    if (count === scratch.length) grow();
    const first = i;
    const negative = byte === 0x2d;
    if (negative) i++;
    let digits = 0;
    let scale = -1;
    for (; i < end; i++) {
      const digit = (bytes[i] as number) - 0x30;
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        if (scale >= 0) scale++;
      } else if (digit === -2 && scale < 0) scale = 0;
      else break;
    }
    const next = bytes[i] as number;
    if (next === 0x2c || next === 0x5d || next <= 0x20) {
      if (i === first + (negative ? 1 : 0)) return undefined;
      if (scale > 22 || digits > 1e22) {
        scratch[count++] = slow(bytes, first, i);
        continue;
      }
      const value = scale > 0 ? digits / (POWERS[scale] as number) : digits;
      scratch[count++] = negative ? -value : value;
      continue;
    }
    while (i < end && bytes[i] !== 0x2c && bytes[i] !== 0x5d) {
      const other = bytes[i] as number;
      // A text, an escape, an object or a list.
      if (other === 0x22 || other === 0x5c || other === 0x7b || other === 0x5b) return undefined;
      i++;
    }
    scratch[count++] = slow(bytes, first, i);
  }
  return undefined;
}

/** With an exponent, with more digits than a double holds, or a word: `null`, `true`. */
function slow(bytes: Uint8Array, start: number, end: number): number {
  const text = decode(bytes, start, Math.min(end, start + 400)).trim();
  return /^-?\d/.test(text) ? finite(Number(text)) : text === 'true' ? 1 : text === 'false' ? 0 : Number.NaN;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

function grow(): void {
  const larger = new Float64Array(scratch.length * 4);
  larger.set(scratch);
  scratch = larger;
}
