import { parseTime } from '../../../core/time';

/** `2023-12-14T13:35:36.554Z` */
const LENGTH = 24;
const SEPARATORS = [
  [4, '-'],
  [7, '-'],
  [10, 'T'],
  [13, ':'],
  [16, ':'],
  [19, '.'],
  [23, 'Z'],
] as const;
const SEPARATOR_CODES = SEPARATORS.map(([at, sign]) => [at, sign.charCodeAt(0)] as const);

/**
 * Reads the timestamps of samples as epoch ms, NaN for what is none. The usual form is read digit by digit with the
 * minute kept from the row before: a large report holds tens of thousands of them, most within a minute of the last.
 */
export class StampReader {
  #minute = '';
  #minuteMs = Number.NaN;

  read(value: unknown): number {
    if (typeof value !== 'string') return Number.NaN;
    if (value.length !== LENGTH || !usualForm(value)) return parseTime(value) ?? Number.NaN;
    const second = digit(value, 17) * 10 + digit(value, 18);
    const milli = digit(value, 20) * 100 + digit(value, 21) * 10 + digit(value, 22);
    if (!(second < 60)) return parseTime(value) ?? Number.NaN;
    if (!value.startsWith(this.#minute) || this.#minute === '') {
      this.#minute = value.slice(0, 16);
      this.#minuteMs = parseTime(`${this.#minute}:00.000Z`) ?? Number.NaN;
    }
    return this.#minuteMs + second * 1000 + milli;
  }
}

function usualForm(value: string): boolean {
  for (const [at, code] of SEPARATOR_CODES) if (value.charCodeAt(at) !== code) return false;
  return true;
}

/** NaN for a sign that is no digit, which every sum and comparison passes on. */
function digit(value: string, at: number): number {
  const number = value.charCodeAt(at) - 48;
  return number >= 0 && number <= 9 ? number : Number.NaN;
}
