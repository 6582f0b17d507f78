import * as l10n from '@vscode/l10n';
import type { Fact, ItemIssue, Participant } from '../../core/model';
import { member, readRecord, readRecords } from '../records';
import { facts } from './facts';
import type { RawPeer } from './map-session';
import { type PeerRecord, peerSchema, trackSchema } from './schema';
import { time } from './time';

const LEFT = l10n.t({ message: 'Left', comment: ['a person went away'] });

/** When a session ended, epoch ms; undefined while it goes on. */
export type SessionEnd = number | undefined;

/** Reads one entry of a session's peers. The key stands in for an id that old payloads lack. */
export function readPeer(peer: RawPeer, sessionId: string, live: boolean, end: SessionEnd, issues: ItemIssue[]) {
  const record = peerRecord(peer, issues);
  return record && mapPeer(record, peer.path, sessionId, live, end, issues);
}

function peerRecord({ id, path, value }: RawPeer, issues: ItemIssue[]): PeerRecord | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const own = member(value, 'id');
  const named = isObject && (own === undefined || own === null || own === '') ? { ...value, id } : value;
  return readRecord(peerSchema, named, path, issues);
}

/**
 * A peer as a participant; each rejoin is one of its own. Somebody without `left_at` in an ended session has left by its
 * end at the latest, and is marked so.
 */
function mapPeer(
  record: PeerRecord,
  path: string,
  sessionId: string,
  live: boolean,
  end: SessionEnd,
  issues: ItemIssue[],
): Participant {
  const joinedAt = time(record.joined_at);
  const left = time(record.left_at);
  const clamped = left === undefined && !live;
  const leftAt = clamped ? end : left;
  if (joinedAt !== undefined && left !== undefined && left < joinedAt) {
    issues.push({ path: `${path}.left_at`, message: l10n.t('They left before they joined; shown as it came.') });
  }
  return {
    id: record.id,
    name: record.name || undefined,
    userId: record.user_id ?? record.user ?? undefined,
    role: record.role ?? undefined,
    joinedAt,
    leftAt,
    ...(clamped && { leftTimeUnknown: true }),
    durationMs: joinedAt !== undefined && left !== undefined ? Math.max(0, left - joinedAt) : undefined,
    facts: [
      ...facts([
        [
          LEFT,
          clamped
            ? end === undefined
              ? l10n.t('at an unknown time')
              : l10n.t('at an unknown time; the end of the session stands in for it')
            : undefined,
        ],
        [l10n.t('Session ID'), record.session_id ?? sessionId],
      ]),
      ...liveFacts(record, path, issues),
    ],
  };
}

/** What only an active room tells: the tracks that are sent now, and the app's own metadata. */
function liveFacts({ metadata, tracks }: PeerRecord, path: string, issues: ItemIssue[]): Fact[] {
  const list = typeof tracks === 'object' && tracks !== null && !Array.isArray(tracks) ? Object.values(tracks) : tracks;
  const sent = readRecords(trackSchema, list, `${path}.tracks`, issues).map(({ type, source, mute, description }) => {
    const what = source === 'screen' ? l10n.t('screen {0}', type ?? '').trim() : (type ?? l10n.t('track'));
    return `${mute === true ? l10n.t('{0} (muted)', what) : what}${description ? ` "${description}"` : ''}`;
  });
  const own =
    typeof metadata === 'string'
      ? metadata
      : metadata === undefined || metadata === null
        ? ''
        : JSON.stringify(metadata);
  return facts([
    [l10n.t('Sends now'), sent.join(', ')],
    [l10n.t('Metadata'), own.slice(0, 500), true],
  ]);
}

/** Somebody of a live session whom its room does not hold any more: the connection died, and nothing says when. */
export function asGone(participant: Participant): Participant {
  return {
    ...participant,
    leftTimeUnknown: true,
    facts: [
      ...facts([[LEFT, l10n.t('at an unknown time: the room does not hold this peer any more')]]),
      ...(participant.facts ?? []),
    ],
  };
}
