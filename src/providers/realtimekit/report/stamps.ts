import { parseTime } from '../../../core/time';

const DASH = 45;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;

/**
 * Reads the timestamps of samples as epoch ms, NaN for what is none. The usual form, `2023-12-14T13:35:36.554Z`, is read
 * digit by digit with the day kept from the row before: a large report holds tens of thousands of them. Every other form
 * goes the careful way.
 */
export class StampReader {
  #date = -1;
  #midnight = Number.NaN;

  read(value: unknown): number {
    if (typeof value !== 'string') return Number.NaN;
    if (value.length !== 24 || !usualForm(value)) return careful(value);
    const date = (two(value, 0) * 100 + two(value, 2)) * 10_000 + two(value, 5) * 100 + two(value, 8);
    const hour = two(value, 11);
    const minute = two(value, 14);
    const second = two(value, 17);
    const milli = two(value, 20) * 10 + one(value, 22);
    // A sign that is no digit makes NaN, which fails every comparison.
    if (!(hour < 24 && minute < 60 && second < 60 && milli < 1000 && date >= 0)) return careful(value);
    if (date !== this.#date) {
      this.#midnight = careful(`${value.slice(0, 10)}T00:00:00.000Z`);
      this.#date = date;
    }
    return this.#midnight + hour * 3_600_000 + minute * 60_000 + second * 1000 + milli;
  }
}

function careful(value: string): number {
  return parseTime(value) ?? Number.NaN;
}

function usualForm(value: string): boolean {
  return (
    value.charCodeAt(4) === DASH &&
    value.charCodeAt(7) === DASH &&
    value.charCodeAt(10) === LETTER_T &&
    value.charCodeAt(13) === COLON &&
    value.charCodeAt(16) === COLON &&
    value.charCodeAt(19) === DOT &&
    value.charCodeAt(23) === LETTER_Z
  );
}

function two(value: string, at: number): number {
  return one(value, at) * 10 + one(value, at + 1);
}

function one(value: string, at: number): number {
  const digit = value.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}
