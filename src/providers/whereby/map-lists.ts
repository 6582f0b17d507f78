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
        ['First session', utc(parseTime(record.firstSessionStartedAt))],
        ['Latest session', utc(parseTime(record.lastSessionStartedAt))],
        ['Room expires', utc(parseTime(record.endAt))],
        ['Sessions', record.totalSessions],
      ]),
      ...totals(record),
      ...facts([['Rating of the latest session', rating(record.rating, record.totalRatings)]]),
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
      ...(open ? facts([['End', old ? 'unknown' : 'live or not yet closed']]) : []),
      ...totals(record),
      ...facts([['Rating', rating(record.rating, record.totalRatings)]]),
    ],
  };
}

/** The totals that rooms and sessions share. Minutes are rounded up for each connection: no sum of call lengths. */
function totals(record: RoomRecord | RoomSessionRecord): Fact[] {
  return facts([
    ['Unique participants', record.totalUniqueParticipants],
    ['Participant-minutes, rounded up per connection', record.totalParticipantMinutes],
    ['Unique recorders', record.totalUniqueRecorders],
    ['Recorder-minutes', record.totalRecorderMinutes],
    ['Unique streamers', record.totalUniqueStreamers],
    ['Streamer-minutes', record.totalStreamerMinutes],
  ]);
}
