import * as l10n from '@vscode/l10n';
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
    live: l10n.t('Whereby’s insights come 10 to 15 minutes late, so that there is no list of live calls.'),
    quality: l10n.t(
      'Whereby sums a participant’s streams: there is one line for all that was sent and one for all that was received.',
    ),
    connection: l10n.t('Whereby’s API tells nothing of ICE candidates and connections.'),
    network: l10n.t('Whereby’s API tells neither address nor place of a participant.'),
    deviceChanges: l10n.t('Whereby’s API tells nothing of microphones, cameras and speakers.'),
    events: l10n.t('Whereby documents no events of a participant beside joining and leaving.'),
    aggregates: l10n.t('Whereby computes no averages of its own.'),
  },
};
