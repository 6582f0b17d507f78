import * as l10n from '@vscode/l10n';
import type { Fact, Room, Session } from '../../core/model';
import { parseTime } from '../../core/time';
import { facts, rating, utc } from './facts';
import type { RoomRecord, RoomSessionRecord } from './schema';

/** A session without an end that began longer ago is not taken for a live one, ms. */
export const LONGEST_LIVE_MS = 24 * 3_600_000;

/** A room; its name is its id. */
export function mapRoom(record: RoomRecord): Room {
  return {
    id: record.roomName,
    name: record.roomName,
    createdAt: parseTime(record.createdAt),
    facts: [
      ...facts([
        [l10n.t('First session'), utc(parseTime(record.firstSessionStartedAt))],
        [l10n.t('Latest session'), utc(parseTime(record.lastSessionStartedAt))],
        [l10n.t('Room expires'), utc(parseTime(record.endAt))],
        [l10n.t('Sessions'), record.totalSessions],
      ]),
      ...totals(record),
      ...facts([[l10n.t('Rating of the latest session'), rating(record.rating, record.totalRatings)]]),
    ],
  };
}

/**
 * A session. Without an end it is live, or not closed yet: Insights come 10 to 15 minutes late. One that began more than
 * a day before `now` (epoch ms) counts as ended, its end unknown.
 */
export function mapSession(record: RoomSessionRecord, now: number): Session {
  const startedAt = parseTime(record.startedAt ?? record.createdAt);
  const endedAt = parseTime(record.endedAt ?? record.endAt);
  const old = startedAt !== undefined && now - startedAt > LONGEST_LIVE_MS;
  const open = endedAt === undefined;
  return {
    id: record.roomSessionId,
    roomId: record.roomName ?? undefined,
    roomName: record.roomName ?? undefined,
    status: open && !old ? 'live' : 'ended',
    startedAt,
    endedAt,
    participantMinutes: record.totalParticipantMinutes ?? undefined,
    uniqueParticipants: record.totalUniqueParticipants ?? undefined,
    facts: [
      ...(open ? facts([[l10n.t('End'), old ? l10n.t('unknown') : l10n.t('live or not yet closed')]]) : []),
      ...totals(record),
      ...facts([[l10n.t('Rating'), rating(record.rating, record.totalRatings)]]),
    ],
  };
}

/** The totals that rooms and sessions share. Minutes are rounded up for each connection: no sum of call lengths. */
function totals(record: RoomRecord | RoomSessionRecord): Fact[] {
  return facts([
    [l10n.t('Unique participants'), record.totalUniqueParticipants],
    [l10n.t('Participant-minutes, rounded up per connection'), record.totalParticipantMinutes],
    [l10n.t('Unique recorders'), record.totalUniqueRecorders],
    [l10n.t('Recorder-minutes'), record.totalRecorderMinutes],
    [l10n.t('Unique streamers'), record.totalUniqueStreamers],
    [l10n.t('Streamer-minutes'), record.totalStreamerMinutes],
  ]);
}
