import { parseTime } from '../../../core/time';

/** 2001-09-09 in seconds and 1973-03-03 in milliseconds: between the two orders of size lies no time of a call. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e11;
/** The year 2286 in milliseconds. */
const LATEST_MS = 1e13;

/** A moment as epoch ms, from ISO 8601, or from epoch s or ms as a number or as digits. Undefined for anything else. */
export function readMoment(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*\d+(\.\d+)?\s*$/.test(value)) return parseTime(value);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= EPOCH_SECONDS) || number >= LATEST_MS) return undefined;
  return number >= EPOCH_MS ? number : number * 1000;
}
