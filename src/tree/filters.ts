import type { Session } from '../core/model';
import { displayText } from '../core/text';
import type { Capabilities, MetricQuery, ParticipantQuery, RoomQuery, SessionQuery } from '../providers/contract';

/**
 * What the user narrowed a list to. The provider does the filtering where it can, so that it covers rows that were never
 * loaded; {@link localFilter} is the rest.
 */
export type ListFilter = Partial<
  Pick<SessionQuery, 'search' | 'sortBy' | 'sortOrder' | 'participants' | 'from' | 'to' | 'live'>
> &
  Partial<Pick<RoomQuery, 'status' | 'searchMode' | 'templateId'>> &
  Partial<Pick<SessionQuery, 'personId'>> &
  MetricQuery & {
    roomSort?: RoomQuery['sortBy'];
    participantSort?: ParticipantQuery['sortBy'];
    /** Only sessions that lasted at least so many minutes. */
    minMinutes?: number;
    /** Only sessions with at least so many people. */
    minParticipants?: number;
    view?: ParticipantQuery['view'];
  };

/** What of a filter of sessions the provider cannot do: it is done on the rows that are loaded. */
export type LocalFilter = Pick<ListFilter, 'search' | 'minMinutes' | 'minParticipants'>;

const MINUTE_MS = 60_000;

/** The part of a filter of sessions that is done here; undefined where the provider does all of it. */
export function localFilter(filter: ListFilter | undefined, can: Capabilities['sessions']): LocalFilter | undefined {
  const { search, minMinutes, minParticipants } = filter ?? {};
  const local: LocalFilter = {
    ...(search && !can.search && { search }),
    // No provider can be asked for a duration.
    ...(minMinutes !== undefined && { minMinutes }),
    ...(minParticipants !== undefined && !can.participantCount && { minParticipants }),
  };
  return Object.keys(local).length > 0 ? local : undefined;
}

/** Whether a session that was loaded is to be shown. What is not known of it hides it from nobody. */
export function passes(session: Session, { search, minMinutes, minParticipants }: LocalFilter, now: number): boolean {
  const { id, roomId, roomName, status, startedAt, endedAt } = session;
  const text = search?.toLowerCase();
  if (text && ![roomName, roomId, id].some((part) => part?.toLowerCase().includes(text))) return false;
  const end = endedAt ?? (status === 'live' ? now : undefined);
  const lasted = startedAt === undefined || end === undefined ? undefined : end - startedAt;
  if (minMinutes !== undefined && lasted !== undefined && lasted < minMinutes * MINUTE_MS) return false;
  const people = session.maxConcurrentParticipants ?? session.uniqueParticipants ?? session.liveParticipants;
  return minParticipants === undefined || people === undefined || people >= minParticipants;
}

/** Whether the filter hides rows, as opposed to sorting them. */
export function hidesRows(filter: ListFilter | undefined): boolean {
  const { search, participants, from, to, live, status, personId, templateId, minMinutes, minParticipants } =
    filter ?? {};
  const plain = [search, participants, from, to, live, status, personId, templateId, minMinutes, minParticipants];
  return plain.some((value) => value !== undefined) || hidesByQuery(filter);
}

function hidesByQuery({ dimensions, metrics, within, anyStatus }: ListFilter = {}): boolean {
  const conditions = (dimensions?.length ?? 0) + (metrics?.length ?? 0);
  return conditions > 0 || within !== undefined || anyStatus !== undefined;
}

/**
 * The filter in a few words for a row's description; empty when there is none. `local` is the part that only covers the
 * rows that were loaded, and says so.
 */
export function describeFilter(filter: ListFilter | undefined, local?: LocalFilter): string {
  if (!filter) return '';
  const { minMinutes, minParticipants } = filter;
  const only = local ? ' (loaded rows only)' : '';
  const { search, searchMode, participants, from, to, live, status, personId, sortOrder, view } = filter;
  const sort = filter.sortBy ?? filter.roomSort ?? filter.participantSort;
  const words = [
    search && `${SEARCH_WORDS[searchMode ?? 'contains']}"${displayText(search, 30)}"${local?.search ? only : ''}`,
    personId && `person "${displayText(personId, 36)}"`,
    filter.templateId && `template ${displayText(filter.templateId, 30)}`,
    participants && `${participants.min}–${participants.max} people`,
    minParticipants !== undefined && `at least ${minParticipants} people${local?.minParticipants ? only : ''}`,
    minMinutes !== undefined && `at least ${minMinutes} min${only}`,
    from !== undefined && `from ${day(from)}`,
    to !== undefined && `to ${day(to)}`,
    live !== undefined && (live ? 'live' : 'ended'),
    status?.toLowerCase(),
    ...queryWords(filter),
    (sort || sortOrder || filter.orderBy) &&
      `by ${filter.orderBy ?? SORT_WORDS[sort ?? 'createdAt']}${sortOrder === 'ascending' ? ' ↑' : ' ↓'}`,
    view === 'consolidated' && 'breakout rooms added up',
  ];
  return words.filter(Boolean).join(' · ');
}

function queryWords({ dimensions, metrics, within, anyStatus }: ListFilter): (string | false | undefined)[] {
  return [
    ...(dimensions ?? []).map(({ name, values }) => `${name} is ${displayText(values.join(' or '), 40)}`),
    ...(metrics ?? []).map(({ name, comparison, value }) => `${name} ${comparison} ${value}`),
    within && `${within} within`,
    anyStatus !== undefined && (anyStatus ? 'any status' : 'finished'),
  ];
}

const SEARCH_WORDS = { contains: '', startsWith: 'begins with ', exact: 'is ' } as const;

const SORT_WORDS = {
  createdAt: 'time',
  endedAt: 'end',
  lastSessionAt: 'latest session',
  sessions: 'sessions held',
  participants: 'people',
  minutesConsumed: 'participant-minutes',
  joinedAt: 'joining',
  leftAt: 'leaving',
  duration: 'duration',
} as const;

function day(time: number): string {
  return new Date(time).toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
}
