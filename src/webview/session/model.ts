import * as l10n from '@vscode/l10n';
import type { Participant, Session } from '../../core/model';
import { type CountStep, countPeople, groupPeople, type Person, sessionSpan, stayLength } from '../../core/presence';
import { displayText, shortId } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { StayList } from '../../protocol/session-messages';
import type { TimeRange } from '../charts/timeline';

/** One row of the table: one stay of one person, as the provider lists it. */
export interface StayRow {
  participant: Participant;
  /** With a number from the second stay on: `Caller A (2)`. */
  name: string;
  person: Person;
  /** ms. */
  stayed?: number;
  here: boolean;
}

/** What the page shows, worked out once for each answer. */
export interface SessionModel {
  session: Session;
  people: Person[];
  rows: StayRow[];
  steps: CountStep[];
  most: number;
  /** All there is to see on the time axis; undefined when no moment is known. */
  span?: TimeRange;
  /** Where time into the call begins, epoch ms. */
  origin: number;
  /** Sum over all stays, minutes; undefined while not all of them are known from end to end. */
  minutes?: number;
}

/** `readAt` (epoch ms): up to when stays that go on are known. */
export function buildSessionModel(session: Session, stays: StayList | undefined, readAt: number): SessionModel {
  const items = stays?.items ?? [];
  const live = session.status === 'live';
  const people = groupPeople(items, session, readAt);
  const span = sessionSpan(people, session, readAt);
  const steps = countPeople(people);
  const rows = people.flatMap((person) =>
    person.participants.map((participant, index): StayRow => {
      const name = personName(person, participant);
      return {
        participant,
        name: index > 0 ? `${name} (${index + 1})` : name,
        person,
        stayed: stayLength(participant, live, readAt),
        here: live && participant.leftAt === undefined && !participant.leftTimeUnknown,
      };
    }),
  );
  const lengths = rows.flatMap(({ stayed }) => stayed ?? []);
  const whole = stays !== undefined && !stays.more && !live && lengths.length === rows.length;
  return {
    session,
    people,
    rows,
    steps,
    most: Math.max(0, ...steps.map(({ count }) => count)),
    span: span && [span.from, span.to],
    origin: session.startedAt ?? span?.from ?? 0,
    minutes: whole && rows.length > 0 ? lengths.reduce((sum, each) => sum + each, 0) / 60_000 : undefined,
  };
}

/** A name that can be shown; without one, the customer's id or the beginning of the provider's. */
export function personName({ name }: Pick<Person, 'name'>, participant: Participant | undefined): string {
  return (
    displayText(participant?.name ?? name ?? '', 80) ||
    displayText(participant?.customId ?? '', 80) ||
    l10n.t('Participant {0}', shortId(participant?.id ?? ''))
  );
}

/** The name that stands for all stays of a person. */
export function rowName(person: Person): string {
  return personName(person, person.participants.findLast(({ name }) => name) ?? person.participants[0]);
}

/** `3 people, 4 stays, 1 recorder`; what was not read yet is not counted as if it were not there. */
export function peopleWords({ people, rows }: SessionModel, stays: StayList): string {
  const machines = people.filter(({ machine }) => machine);
  const humans = people.length - machines.length;
  const total = stays.more ? stays.total : undefined;
  const words = [
    humans === 1 ? l10n.t('1 person') : l10n.t('{0} people', humans),
    staysWords(rows.length, total),
    ...countRoles(machines),
  ];
  if (stays.more && total === undefined) words.push(l10n.t('and more'));
  return words.join(', ');
}

function staysWords(read: number, total: number | undefined): string {
  if (total !== undefined) return l10n.t('{0} of {1} stays', read, total);
  return read === 1 ? l10n.t('1 stay') : l10n.t('{0} stays', read);
}

function countRoles(machines: readonly Person[]): string[] {
  const counts = new Map<string, number>();
  for (const each of machines) {
    const role = displayText(each.role ?? '', 40);
    counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  return [...counts].map(([role, count]) => (count === 1 ? l10n.t('1 {0}', role) : l10n.t('{0} {1}s', count, role)));
}

/** How long the session lasted, named so that nobody takes it for participant-minutes. Undefined when not known. */
export function lengthWords({ status, startedAt, endedAt }: Session, readAt: number): string | undefined {
  if (startedAt === undefined) return undefined;
  if (endedAt !== undefined) return l10n.t('lasted {0}', formatDuration(Math.max(0, endedAt - startedAt)));
  if (status !== 'live') return undefined;
  return l10n.t('going on for {0}', formatDuration(Math.max(0, readAt - startedAt)));
}
