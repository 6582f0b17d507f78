import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { Session } from '../../core/model';
import { largest } from '../../core/order';
import { parseTime } from '../../core/time';
import { facts } from './facts';
import { LONGEST_LIVE_MS } from './map-lists';
import type { ParticipantRecord, RoomRecord } from './schema';

/** Rooms asked for a session whose room is not known: each costs a request. */
export const ROOMS_ASKED = 5;

/**
 * A session as far as its participants' rows tell: whether it goes on, but neither its room nor its own start and end.
 * `records` holds at least one row.
 */
export function sessionOf(
  sessionId: string,
  records: readonly ParticipantRecord[],
  room: string | undefined,
  now: number,
): Session {
  const lastJoin = largest(records.map((record) => parseTime(record.joinedAt)));
  const open = records.some((record) => parseTime(record.leftAt) === undefined);
  const recent = lastJoin !== undefined && now - lastJoin < LONGEST_LIVE_MS;
  return {
    id: sessionId,
    roomId: room,
    roomName: room,
    status: open && recent ? 'live' : 'ended',
    facts:
      room === undefined
        ? facts([[l10n.t('Room'), l10n.t('not told: Whereby names it in the list of its sessions only')]])
        : undefined,
  };
}

/** Sessions by the rows of one person, each once, in the order of the rows; with when the person was there. */
export function sessionsOf(
  records: readonly ParticipantRecord[],
  roomOf: (id: string) => string | undefined,
  now: number,
): Session[] {
  const bySession = new Map<string, ParticipantRecord[]>();
  for (const record of records) {
    const id = record.roomSessionId;
    if (id) bySession.set(id, [...(bySession.get(id) ?? []), record]);
  }
  return [...bySession].map(([id, own]) => {
    const session = sessionOf(id, own, roomOf(id), now);
    const stays = facts(
      own.flatMap((record) => [
        [l10n.t('The person joined'), record.joinedAt] as const,
        [l10n.t('The person left'), record.leftAt ?? l10n.t('not yet, or not known yet')] as const,
      ]),
    );
    return { ...session, facts: [...(session.facts ?? []), ...stays] };
  });
}

/** The rooms that can have held a session that somebody joined at `joined` (epoch ms), the likeliest first. */
export function candidateRooms(rooms: readonly RoomRecord[], joined: number | undefined): string[] {
  if (joined === undefined) return rooms.slice(0, ROOMS_ASKED).map(({ roomName }) => roomName);
  return rooms
    .flatMap((record) => {
      const first = parseTime(record.firstSessionStartedAt) ?? parseTime(record.createdAt) ?? Number.NEGATIVE_INFINITY;
      const last = parseTime(record.lastSessionStartedAt);
      return last === undefined ? [] : [{ name: record.roomName, first, last }];
    })
    .filter(({ first, last }) => first <= joined && last >= joined - LONGEST_LIVE_MS)
    .sort((a, b) => Math.abs(a.last - joined) - Math.abs(b.last - joined))
    .slice(0, ROOMS_ASKED)
    .map(({ name }) => name);
}

/** The error of a session that is in no list. */
export function noSession(who: string): CallError {
  const text = l10n.t(
    '{0} does not know this session. Insights come 10 to 15 minutes late: try again if the call was just now.',
    who,
  );
  return new CallError('NotFound', text);
}

/** The error of a participant without samples. `leftAt` in epoch ms, where it is known. */
export function noSamples(leftAt: number | undefined, now: number): CallError {
  const old = leftAt !== undefined && now - leftAt > 3_600_000;
  return new CallError(
    'NotYetAvailable',
    old
      ? l10n.t(
          'Whereby holds no samples of this participant. Their client may never have sent any, or the data is no longer kept.',
        )
      : l10n.t(
          'There are no samples of this participant yet: Whereby’s insights come 10 to 15 minutes late. Try again later; if the call was long ago, its data may be gone.',
        ),
  );
}
