import { displayText } from '../core/text';
import type { MetricQuery, ParticipantQuery, RoomQuery, SessionQuery } from '../providers/contract';

/** What the user narrowed a list to. The provider does the filtering, so it covers rows that were never loaded. */
export type ListFilter = Partial<
  Pick<SessionQuery, 'search' | 'sortBy' | 'sortOrder' | 'participants' | 'from' | 'to' | 'live'>
> &
  Partial<Pick<RoomQuery, 'status' | 'searchMode' | 'templateId'>> &
  Partial<Pick<SessionQuery, 'personId'>> &
  MetricQuery & {
    roomSort?: RoomQuery['sortBy'];
    participantSort?: ParticipantQuery['sortBy'];
    view?: ParticipantQuery['view'];
  };

/** Whether the filter hides rows, as opposed to sorting them. */
export function hidesRows(filter: ListFilter | undefined): boolean {
  const { search, participants, from, to, live, status, personId, templateId } = filter ?? {};
  const plain = [search, participants, from, to, live, status, personId, templateId];
  return plain.some((value) => value !== undefined) || hidesByQuery(filter);
}

function hidesByQuery({ dimensions, metrics, within, anyStatus }: ListFilter = {}): boolean {
  const conditions = (dimensions?.length ?? 0) + (metrics?.length ?? 0);
  return conditions > 0 || within !== undefined || anyStatus !== undefined;
}

/** The filter in a few words for a row's description; empty when there is none. */
export function describeFilter(filter: ListFilter | undefined): string {
  if (!filter) return '';
  const { search, searchMode, participants, from, to, live, status, personId, sortOrder, view } = filter;
  const sort = filter.sortBy ?? filter.roomSort ?? filter.participantSort;
  const words = [
    search && `${SEARCH_WORDS[searchMode ?? 'contains']}"${displayText(search, 30)}"`,
    personId && `person "${displayText(personId, 36)}"`,
    filter.templateId && `template ${displayText(filter.templateId, 30)}`,
    participants && `${participants.min}–${participants.max} people`,
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
