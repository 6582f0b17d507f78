/** A clock reading as a text has it; what it leaves out is filled in by {@link readingsOf}. */
export interface WrittenTime {
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** Epoch ms, where the text leaves nothing out: an epoch, or a date with its offset. */
  at?: number;
  /** `[year, month 1..12, day]`; without a year, or missing altogether. */
  date?: readonly [number | undefined, number, number];
  /** Since midnight, ms. */
  ofDay?: number;
}

/** How a time without an offset was read. */
export type AssumedZone = 'stated' | 'local' | 'utc';

/** A moment that a {@link WrittenTime} may stand for. */
export interface Reading {
  /** Epoch ms. */
  at: number;
  zone: AssumedZone;
}

/** Start and end of what is being looked at, epoch ms. */
export type Span = readonly [number, number];

const DAY_MS = 86_400_000;
/** 2001-09-09 and 2286-11-20: epoch seconds have ten digits between them. */
const FIRST_TEN_DIGITS = 1_000_000_000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(?<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const CLOCK = '(?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})(?:[.,:](?<f>\\d{1,9}))?(?:\\s?(?<ap>[AP]M))?';
const OFFSET = '(?:\\s?(?<z>Z|UTC|GMT|[+-]\\d{2}:?\\d{2})(?![\\w:]))?';
const FREE = '(?<![\\w.:-])';

/**
 * The ways in which logs write a time, the fullest first: ISO 8601 with `T`, a space or slashes (Python, Java, Go, nginx);
 * its short form; the Common Log Format of web servers; RFC 1123; syslog (RFC 3164), without a year; Chromium's own logs
 * (`1122/104207.123456`); German and American dates; a bare clock; epoch seconds, milli-, micro- and nanoseconds.
 */
const FORMATS: readonly RegExp[] = [
  `${FREE}(?<y>\\d{4})[-/](?<mo>\\d{2})[-/](?<d>\\d{2})[T ,_]\\s?${CLOCK}${OFFSET}`,
  `${FREE}(?<y>\\d{4})(?<mo>\\d{2})(?<d>\\d{2})[T_-](?<h>\\d{2})(?<m>\\d{2})(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?${OFFSET}`,
  `${FREE}(?<d>\\d{1,2})[/ -]${MONTH}[/ -](?<y>\\d{4})[: ]\\s?${CLOCK}${OFFSET}`,
  `${FREE}${MONTH}\\s+(?<d>\\d{1,2}),?\\s+(?:(?<y>\\d{4}),?\\s+)?${CLOCK}${OFFSET}`,
  `${FREE}(?<d>\\d{1,2})\\.(?<mo>\\d{1,2})\\.(?<y>\\d{4}),?\\s+${CLOCK}${OFFSET}`,
  `${FREE}(?<mo>\\d{1,2})/(?<d>\\d{1,2})/(?<y>\\d{4}),?\\s+(?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?\\s?(?<ap>[AP]M)`,
  `(?<![\\w.-])(?<mo>\\d{2})(?<d>\\d{2})/(?<h>\\d{2})(?<m>\\d{2})(?<s>\\d{2})\\.(?<f>\\d{3,6})(?!\\d)`,
  `${FREE}${CLOCK}${OFFSET}(?![\\d:])`,
  `(?<![\\w.-])(?<e>\\d{10}(?:\\.\\d{1,9})?|\\d{13}|\\d{16}|\\d{19})(?![\\w.-])`,
].map((source) => new RegExp(source, 'gi'));

/**
 * Every time that stands in a line of a log, from left to right. Where one could be read in two ways the fuller one counts: the
 * clock of a date is not a time of its own. What no calendar has (month 13, 25 o'clock) is none.
 */
export function writtenTimes(text: string): WrittenTime[] {
  const found: WrittenTime[] = [];
  for (const format of FORMATS) {
    for (const match of text.matchAll(format)) {
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      if (found.some((one) => start < one.end && end > one.start)) continue;
      const time = match.groups && readGroups(match.groups);
      if (time) found.push({ start, end, ...time });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The moments that a written time may stand for, near `span`: of a clock without a date those of the days around it, and
 * without an offset both by the machine's own zone and by UTC.
 */
export function readingsOf(time: WrittenTime, span: Span): Reading[] {
  const { at, date, ofDay } = time;
  if (at !== undefined) return [{ at, zone: 'stated' }];
  if (ofDay === undefined) return [];
  return (['local', 'utc'] as const).flatMap((zone) =>
    daysOf(date, span, zone).map(([year, month, day]) => ({ at: momentOf(year, month, day, ofDay, zone), zone })),
  );
}

/**
 * The reading that is meant where somebody looks at `span`: one that lies in it, by the machine's own zone before UTC; else
 * the local one that lies nearest to it.
 */
export function likelyReading(time: WrittenTime, span: Span): Reading | undefined {
  const readings = readingsOf(time, span);
  const inside = readings.find(({ at }) => at >= span[0] && at <= span[1]);
  if (inside) return inside;
  const [first] = readings
    .filter(({ zone }) => zone !== 'utc')
    .sort((a, b) => distance(a.at, span) - distance(b.at, span));
  return first;
}

/** How far a moment lies from a span, ms; 0 inside. */
export function distance(at: number, [from, to]: Span): number {
  return at < from ? from - at : at > to ? at - to : 0;
}

function readGroups(groups: Record<string, string | undefined>): Omit<WrittenTime, 'start' | 'end'> | undefined {
  const { y, mo, mon, d, h, m, s, f = '', ap, z, e } = groups;
  if (e !== undefined) return readEpoch(e);
  const hours = readHours(Number(h), ap);
  const [minutes, seconds] = [Number(m), Number(s)];
  // A leap second stands as 60.
  if (hours === undefined || minutes > 59 || seconds > 60) return undefined;
  const ofDay = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(f.padEnd(3, '0').slice(0, 3));
  if (d === undefined) return z ? undefined : { ofDay };
  const month = mon ? MONTHS.indexOf(mon.slice(0, 3).toLowerCase()) + 1 : Number(mo);
  const date = [y === undefined ? undefined : Number(y), month, Number(d)] as const;
  if (!isDate(date)) return undefined;
  if (!z || date[0] === undefined) return { date, ofDay };
  return { at: Date.UTC(date[0], month - 1, date[2]) + ofDay - offsetOf(z) };
}

function readHours(hours: number, half: string | undefined): number | undefined {
  if (!half) return hours <= 23 ? hours : undefined;
  if (hours < 1 || hours > 12) return undefined;
  return (hours % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

/** Ten digits are seconds, thirteen milliseconds, sixteen microseconds, nineteen nanoseconds. */
function readEpoch(digits: string): { at: number } | undefined {
  const [whole = ''] = digits.split('.');
  if (whole.startsWith('0')) return undefined;
  const at = Number(whole.length === 10 ? digits : whole.slice(0, 13)) * (whole.length === 10 ? 1000 : 1);
  return at >= FIRST_TEN_DIGITS * 1000 ? { at: Math.round(at) } : undefined;
}

function isDate([year = 2024, month, day]: readonly [number | undefined, number, number]): boolean {
  const made = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && month >= 1 && month <= 12 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** ms to subtract to get to UTC. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The days that a date without a year, or no date at all, can mean: those of the span and their neighbours. */
function daysOf(
  date: WrittenTime['date'],
  [from, to]: Span,
  zone: 'local' | 'utc',
): (readonly [number, number, number])[] {
  if (date?.[0] !== undefined) return [[date[0], date[1], date[2]]];
  if (date) {
    const year = new Date(from).getUTCFullYear();
    return [year, year + 1, year - 1].map((each) => [each, date[1], date[2]]);
  }
  const last = Math.min(to, from + 3 * DAY_MS);
  const days = new Map<string, readonly [number, number, number]>();
  for (const at of [from, last, from - DAY_MS, last + DAY_MS]) {
    const moment = new Date(at);
    const day =
      zone === 'utc'
        ? ([moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()] as const)
        : ([moment.getFullYear(), moment.getMonth() + 1, moment.getDate()] as const);
    days.set(day.join(), day);
  }
  return [...days.values()];
}

function momentOf(year: number, month: number, day: number, ofDay: number, zone: 'local' | 'utc'): number {
  if (zone === 'utc') return Date.UTC(year, month - 1, day) + ofDay;
  const [hours, rest] = [Math.floor(ofDay / 3_600_000), ofDay % 3_600_000];
  // By the clock: on the days of a change of the clock midnight plus hours is another moment.
  return new Date(year, month - 1, day, hours, Math.floor(rest / 60_000), 0, rest % 60_000).getTime();
}
