import * as l10n from '@vscode/l10n';
import { LOCALE, localNumber } from '../core/locale';
import type { App, Fact, Participant, Room, Session } from '../core/model';
import { markdownText } from '../core/text';
import { formatAgo, formatDuration } from '../core/time';
import { people, sessionDuration, stayDuration } from './call-facts';
import type { CallNode } from './nodes';

/** One line of a tooltip. */
type Line = readonly [label: string, value: string | number | undefined];

/** What a stay is called: one watches a playback, and takes part in a call. */
const STAY_WORDS = {
  call: { who: l10n.t('Participant'), from: l10n.t('Joined'), to: l10n.t('Left'), length: l10n.t('Stayed') },
  playback: { who: l10n.t('Viewer'), from: l10n.t('Started'), to: l10n.t('Ended'), length: l10n.t('Watched') },
} as const;

/**
 * The tooltip of a row as Markdown: everything that is known of it. Every value is escaped, so that provider text
 * stays text. Undefined for rows that have nothing to add. `playback`: the connection's sessions are playbacks.
 */
export function tooltipOf(node: CallNode, now: number, playback = false): string | undefined {
  switch (node.kind) {
    case 'connection': {
      const settings = Object.entries(node.record.settings);
      return page(node.record.label, [
        [l10n.t('Provider'), node.record.provider],
        ...settings,
        [l10n.t('Connection'), node.record.id],
      ]);
    }
    case 'app':
      return page(node.app.name, appLines(node.app, now));
    case 'capture':
      return page(node.capture.name, [
        [l10n.t('Format'), node.capture.format],
        [l10n.t('Peer connections'), node.capture.saved ? undefined : node.capture.connections.length],
        [l10n.t('File'), node.capture.uri],
      ]);
    case 'peerConnection':
      return page(node.label, [
        [l10n.t('Peer connection'), node.id],
        [l10n.t('File'), node.uri],
      ]);
    case 'room':
      return page(node.room.name, roomLines(node.room, now));
    case 'session':
      return page(node.session.roomName ?? l10n.t('Session'), sessionLines(node.session, now));
    case 'participant': {
      const live = node.parent?.kind === 'session' && node.parent.session.status === 'live';
      const words = STAY_WORDS[playback ? 'playback' : 'call'];
      return page(node.participant.name ?? words.who, participantLines(node.participant, words, live, now));
    }
    case 'error':
      return markdownText(node.error.text, 1000);
    case 'issues':
      return node.issues
        .slice(0, 20)
        .map((issue) => `- ${markdownText(issue.path)}: ${markdownText(issue.message)}`)
        .join('\n');
    default:
      return undefined;
  }
}

function appLines(app: App, now: number): Line[] {
  return [
    [l10n.t('Created'), moment(app.createdAt, now)],
    [l10n.t('App ID'), app.id],
  ];
}

function roomLines(room: Room, now: number): Line[] {
  return [
    [l10n.t('Status'), room.status],
    [l10n.t('Created'), moment(room.createdAt, now)],
    [l10n.t('Updated'), moment(room.updatedAt, now)],
    ...facts(room.facts),
    [l10n.t('Room ID'), room.id],
  ];
}

function sessionLines(session: Session, now: number): Line[] {
  const { participantMinutes, liveParticipants, maxConcurrentParticipants } = session;
  const duration = sessionDuration(session, now);
  return [
    [l10n.t('Status'), session.status === 'live' ? l10n.t('live') : l10n.t('ended')],
    [l10n.t('Type'), session.type],
    [l10n.t('Started'), moment(session.startedAt, now)],
    [l10n.t('Ended'), moment(session.endedAt, now)],
    [l10n.t('Created'), moment(session.createdAt, now)],
    [l10n.t('Updated'), moment(session.updatedAt, now)],
    [l10n.t('Duration'), duration === undefined ? undefined : formatDuration(duration)],
    [
      l10n.t('Here now'),
      session.status === 'live' && liveParticipants !== undefined ? people(liveParticipants) : undefined,
    ],
    [
      l10n.t('At most at once'),
      maxConcurrentParticipants === undefined ? undefined : people(maxConcurrentParticipants),
    ],
    [
      l10n.t('Participant-minutes'),
      participantMinutes === undefined ? undefined : localNumber(participantMinutes.toFixed(1)),
    ],
    ...facts(session.facts),
    [l10n.t('Room ID'), session.roomId],
    [l10n.t('Session ID'), session.id],
  ];
}

function participantLines(
  participant: Participant,
  words: (typeof STAY_WORDS)[keyof typeof STAY_WORDS],
  live: boolean,
  now: number,
): Line[] {
  const stay = stayDuration(participant, live, now);
  return [
    [l10n.t('Role'), participant.role],
    [words.from, moment(participant.joinedAt, now)],
    [words.to, moment(participant.leftAt, now)],
    [words.length, stay === undefined ? undefined : formatDuration(stay)],
    [
      l10n.t('Duration as stated'),
      participant.durationMs === undefined ? undefined : formatDuration(participant.durationMs),
    ],
    [l10n.t('Created'), moment(participant.createdAt, now)],
    [l10n.t('Updated'), moment(participant.updatedAt, now)],
    ...(participant.events ?? []).map((event): Line => [event.name, moment(event.at, now)]),
    ...facts(participant.facts),
    [l10n.t('Custom ID'), participant.customId],
    [l10n.t('User ID'), participant.userId],
    [l10n.t('Participant ID'), participant.id],
  ];
}

function facts(list: readonly Fact[] | undefined): Line[] {
  return (list ?? []).map(({ label, value }) => [label, value]);
}

/** Absolute and relative: "20 Nov 2026, 10:42:07 CET (2 d ago)". */
function moment(time: number | undefined, now: number): string | undefined {
  if (time === undefined) return undefined;
  const absolute = new Date(time).toLocaleString(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'long',
  });
  return `${absolute} (${formatAgo(time, now)})`;
}

function page(title: string, lines: readonly Line[]): string {
  const rows = lines
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => `- ${markdownText(label)}: ${markdownText(String(value))}`);
  return `**${markdownText(title)}**\n\n${rows.join('\n')}`;
}
