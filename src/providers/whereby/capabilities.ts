import type { Capabilities, ParticipantSort, RoomSort, SessionSort } from '../contract';
import type { RoomRecord, RoomSessionRecord } from './schema';

/** Fields to sort rooms by. `totalSessions` is documented, the others are tried. */
export const ROOM_SORTS: Readonly<Record<RoomSort, keyof RoomRecord>> = {
  lastSessionAt: 'lastSessionStartedAt',
  createdAt: 'createdAt',
  sessions: 'totalSessions',
  participants: 'totalUniqueParticipants',
  minutesConsumed: 'totalParticipantMinutes',
};

/** Fields to sort a room's sessions by. `totalUniqueParticipants` is documented, the others are tried. */
export const SESSION_SORTS: Readonly<Record<SessionSort, keyof RoomSessionRecord>> = {
  createdAt: 'startedAt',
  endedAt: 'endedAt',
  participants: 'totalUniqueParticipants',
  minutesConsumed: 'totalParticipantMinutes',
};

/** Fields to sort participants by; there are no others. */
export const PARTICIPANT_SORTS: Readonly<Partial<Record<ParticipantSort, 'joinedAt' | 'leftAt'>>> = {
  joinedAt: 'joinedAt',
  leftAt: 'leftAt',
};

/** What Whereby's Insights can do. */
export const CAPABILITIES: Capabilities = {
  apps: false,
  rooms: {
    search: true,
    searchModes: ['contains', 'startsWith', 'exact'],
    sort: Object.keys(ROOM_SORTS) as RoomSort[],
    createdRange: true,
  },
  sessions: {
    live: false,
    byRoom: true,
    timeRange: false,
    search: false,
    sort: Object.keys(SESSION_SORTS) as SessionSort[],
    participantCount: false,
    breakoutRooms: false,
    person: true,
  },
  participants: { search: false, sort: Object.keys(PARTICIPANT_SORTS) as ParticipantSort[], views: false },
  // Insights lag by minutes, and a small plan pays for ten heavy readings a minute.
  reportEverySeconds: 60,
  cannotTell: {
    live: 'Whereby’s insights come 10 to 15 minutes late, so that there is no list of live calls.',
    quality:
      'Whereby sums a participant’s streams: there is one line for all that was sent and one for all that was received.',
    connection: 'Whereby’s API tells nothing of ICE candidates and connections.',
    network: 'Whereby’s API tells neither address nor place of a participant.',
    deviceChanges: 'Whereby’s API tells nothing of microphones, cameras and speakers.',
    events: 'Whereby documents no events of a participant beside joining and leaving.',
    aggregates: 'Whereby computes no averages of its own.',
  },
};
