import * as l10n from '@vscode/l10n';
import { LOCALE, localNumber } from '../core/locale';
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
  const { search, searchMode, participants, from, to, live, status, personId, sortOrder, view } = filter;
  const sort = filter.sortBy ?? filter.roomSort ?? filter.participantSort;
  const words = [
    search && ofLoaded(local?.search, searchWords(searchMode, displayText(search, 30))),
    personId && l10n.t('person "{0}"', displayText(personId, 36)),
    filter.templateId && l10n.t('template {0}', displayText(filter.templateId, 30)),
    participants && l10n.t('{0}–{1} people', participants.min, participants.max),
    minParticipants !== undefined && ofLoaded(local?.minParticipants, l10n.t('at least {0} people', minParticipants)),
    minMinutes !== undefined && ofLoaded(local, l10n.t('at least {0} min', minMinutes)),
    from !== undefined && l10n.t('from {0}', day(from)),
    to !== undefined && l10n.t('to {0}', day(to)),
    live !== undefined && (live ? l10n.t('live') : l10n.t('ended')),
    status?.toLowerCase(),
    ...queryWords(filter),
    (sort || sortOrder || filter.orderBy) &&
      `${filter.orderBy ? l10n.t('by {0}', filter.orderBy) : SORT_WORDS[sort ?? 'createdAt']} ${sortOrder === 'ascending' ? '↑' : '↓'}`,
    view === 'consolidated' && l10n.t('breakout rooms added up'),
  ];
  return words.filter(Boolean).join(' · ');
}

function queryWords({ dimensions, metrics, within, anyStatus }: ListFilter): (string | false | undefined)[] {
  return [
    ...(dimensions ?? []).map(({ name, values }) =>
      l10n.t('{0} is {1}', name, displayText(values.join(l10n.t(' or ')), 40)),
    ),
    ...(metrics ?? []).map(({ name, comparison, value }) => `${name} ${comparison} ${localNumber(value)}`),
    within && (within === 'started' ? l10n.t('started within') : l10n.t('ended within')),
    anyStatus !== undefined && (anyStatus ? l10n.t('any status') : l10n.t('finished')),
  ];
}

function searchWords(mode: ListFilter['searchMode'], text: string): string {
  if (mode === 'startsWith') return l10n.t('begins with "{0}"', text);
  return mode === 'exact' ? l10n.t('is "{0}"', text) : `"${text}"`;
}

/** `local`: the condition only holds among the rows that were loaded. */
function ofLoaded(local: unknown, condition: string): string {
  return local ? l10n.t('{0} (loaded rows only)', condition) : condition;
}

const SORT_WORDS = {
  createdAt: l10n.t('by time'),
  endedAt: l10n.t('by end'),
  lastSessionAt: l10n.t('by latest session'),
  sessions: l10n.t('by sessions held'),
  participants: l10n.t('by people'),
  minutesConsumed: l10n.t('by participant-minutes'),
  joinedAt: l10n.t('by joining'),
  leftAt: l10n.t('by leaving'),
  duration: l10n.t('by duration'),
} as const;

function day(time: number): string {
  return new Date(time).toLocaleDateString(LOCALE, { month: 'short', day: 'numeric' });
}
