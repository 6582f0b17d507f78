import type { Interval } from './finding';
import type { CallReport, Participant, Session } from './model';
import { staysOf } from './presence';

/** When participants were out of the call, by their id, epoch ms. */
export type OthersAway = Readonly<Record<string, readonly Interval[]>>;

/**
 * When those were out of the call whose media a report received: between two connections of one stay, and from leaving on
 * (until `now`, epoch ms, or the end that the report or the session knows). Who is not among `participants`, or of whom it is
 * not known when they left, is not named.
 */
export function othersAway(
  { streams, endedAt }: Pick<CallReport, 'streams' | 'endedAt'>,
  participants: readonly Participant[],
  session: Pick<Session, 'status' | 'endedAt'> | undefined,
  now: number,
): OthersAway {
  const senders = new Set(streams.flatMap(({ remoteParticipantId }) => remoteParticipantId ?? []));
  const end = Math.max(endedAt ?? 0, session?.endedAt ?? 0) || now;
  const entries = participants.flatMap((participant) => {
    if (!senders.has(participant.id)) return [];
    const stays = staysOf(participant, session ?? { status: 'ended' }, now);
    const away = stays.flatMap((stay, index): Interval[] => {
      const until = stays[index + 1]?.from ?? end;
      return stay.end === 'left' && until > stay.to ? [{ start: stay.to, end: until }] : [];
    });
    return away.length > 0 ? [[participant.id, away] as const] : [];
  });
  return Object.fromEntries(entries);
}
