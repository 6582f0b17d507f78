import type { SessionView, Stay } from './view';

/** A stay with both ends, or up to the end of the session. */
export interface Span extends Stay {
  joinedAt: number;
  end: number;
}

/** Stays of people with a known join, machines left out; a missing leave is the end of the session. */
export function spans({ stays, end }: SessionView): Span[] {
  return stays.flatMap((stay) => {
    if (stay.machine || stay.joinedAt === undefined) return [];
    return [{ ...stay, joinedAt: stay.joinedAt, end: Math.max(stay.joinedAt, stay.leftAt ?? end ?? stay.joinedAt) }];
  });
}

/** The stays of each person, in the order of joining. */
export function byPerson(all: readonly Span[]): Map<string, Span[]> {
  const people = new Map<string, Span[]>();
  for (const span of all) people.set(span.person, [...(people.get(span.person) ?? []), span]);
  return people;
}
