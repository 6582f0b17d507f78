import * as l10n from '@vscode/l10n';
import { companions, firstJoin, type Person, presentAt, timePresent } from '../../core/presence';
import { formatDuration } from '../../core/time';
import type { PeopleOrder } from '../../protocol/session-state';
import { momentLabel, type TimeReading } from '../charts/ticks';
import type { TimeRange } from '../charts/timeline';
import { MISSING } from '../format';
import { rowName, type SessionModel } from './model';

/** Names in a sentence; further ones are counted. */
const MOST_NAMES = 6;

/** People in the order of the person's choice; machines of the service stand last. */
export function sortPeople(people: readonly Person[], order: PeopleOrder): Person[] {
  const compare: Record<PeopleOrder, (a: Person, b: Person) => number> = {
    join: (a, b) => firstJoin(a) - firstJoin(b),
    name: (a, b) => rowName(a).localeCompare(rowName(b), undefined, { numeric: true }),
    time: (a, b) => timePresent(b) - timePresent(a),
  };
  // Without a known join both are infinitely late, and their difference is no number.
  return [...people].sort((a, b) => Number(a.machine) - Number(b.machine) || compare[order](a, b) || 0);
}

/** Who was there at a moment: `10:58:12 · 3 here: Host, Caller A, Caller B + Recorder`. */
export function momentWords({ people }: SessionModel, at: number, reading: TimeReading): string {
  const present = presentAt(people, at);
  const humans = present.filter(({ machine }) => !machine).map(rowName);
  const machines = present.filter(({ machine }) => machine).map((each) => ` + ${rowName(each)}`);
  const who = humans.length === 0 ? l10n.t('nobody here') : l10n.t('{0} here: {1}', humans.length, listed(humans));
  return `${momentLabel(at, reading)} · ${who}${machines.join('')}`;
}

/** When somebody was there and with whom. */
export function personWords({ people }: SessionModel, person: Person, reading: TimeReading): string {
  const { stays } = person;
  if (stays.length === 0) return l10n.t('{0}: when they joined is not known', rowName(person));
  const times = stays.slice(0, 3).map(({ from, to, end }) => {
    const joined = momentLabel(from, reading);
    if (end === 'here') return l10n.t('{0}, still here', joined);
    return end === 'unknown' ? l10n.t('{0}–unknown', joined) : `${joined}–${momentLabel(to, reading)}`;
  });
  if (stays.length > 3) times.push(l10n.t('and {0} more', stays.length - 3));
  const time = timeWords(person);
  const total = stays.length > 1 ? l10n.t('{0} stays, {1}', stays.length, time) : time;
  const others = companions(person, people).map(({ person: other, ms }) => `${rowName(other)} ${formatDuration(ms)}`);
  const company = others.length > 0 ? l10n.t('with {0}', listed(others)) : l10n.t('alone throughout');
  return `${rowName(person)}: ${times.join(', ')} (${total}) · ${company}`;
}

/** Time in the call; where an end is not known, the most that it can be. */
export function timeWords(person: Person): string {
  if (person.stays.length === 0) return MISSING;
  const time = formatDuration(timePresent(person));
  return person.stays.some(({ end }) => end === 'unknown') ? `≤ ${time}` : time;
}

function listed(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  return l10n.t('{0} and {1} more', names.slice(0, MOST_NAMES).join(', '), names.length - MOST_NAMES);
}

/** The area of "people at once" in a box of 1000 by 100, as an SVG path. */
export function countPath({ steps, most }: SessionModel, [from, to]: TimeRange): string {
  const x = (at: number) => Math.round(((at - from) / (to - from)) * 10_000) / 10;
  const y = (count: number) => Math.round((100 - (count / Math.max(1, most)) * 100) * 10) / 10;
  let path = 'M0 100';
  let before = 0;
  for (const { at, count } of steps) {
    const place = Math.min(1000, Math.max(0, x(at)));
    path += `L${place} ${y(before)}L${place} ${y(count)}`;
    before = count;
  }
  return `${path}L1000 ${y(before)}L1000 100Z`;
}

/** Where a stretch lies in a range, as CSS. */
export function between(from: number, to: number, [first, last]: TimeRange): { left: string; width: string } {
  const whole = last - first;
  return { left: `${((from - first) / whole) * 100}%`, width: `${(Math.max(0, to - from) / whole) * 100}%` };
}
