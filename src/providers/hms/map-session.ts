import * as l10n from '@vscode/l10n';
import type { ItemIssue, Session } from '../../core/model';
import { found, member } from '../records';
import { facts } from './facts';
import type { SessionRecord } from './schema';
import { time } from './time';

const MINUTE_MS = 60_000;

/** One entry of a session's peers, unread. */
export interface RawPeer {
  id: string;
  path: string;
  value: unknown;
}

/**
 * The peers that a session holds: a map by peer id, or a list as one page of the documentation has it. Missing and null
 * mean nobody; anything else is an issue.
 */
export function rawPeers(record: SessionRecord, path: string, issues: ItemIssue[]): RawPeer[] {
  const { peers } = record;
  if (peers === undefined || peers === null) return [];
  if (Array.isArray(peers)) {
    return peers.map((value: unknown, index) => {
      const id = member(value, 'id');
      return { id: typeof id === 'string' ? id : '', path: `${path}.peers[${index}]`, value };
    });
  }
  if (typeof peers !== 'object') {
    issues.push({
      path: `${path}.peers`,
      message: l10n.t('Expected an object of peers, found {0}; left out.', found(peers)),
    });
    return [];
  }
  return Object.entries(peers).map(([id, value]: [string, unknown]) => ({ id, path: `${path}.peers.${id}`, value }));
}

/** Whether a session goes on: as 100ms says, else by the list it came in, else by whether everybody left. */
export function isActive(record: SessionRecord, listed?: boolean): boolean {
  if (typeof record.active === 'boolean') return record.active;
  if (listed !== undefined) return listed;
  return rawPeers(record, '', []).some(({ value }) => time(member(value, 'left_at')) === undefined);
}

/**
 * A session. 100ms states no end: for an ended session it is the last change of the record, as its attendance guide
 * reckons. Figures of people are worked out from the stays, because 100ms gives none.
 */
export function mapSession(
  record: SessionRecord,
  path: string,
  issues: ItemIssue[],
  { listed, roomName }: { listed?: boolean; roomName?: string } = {},
): Session {
  const live = isActive(record, listed);
  const startedAt = time(record.created_at);
  const updatedAt = time(record.updated_at);
  const endedAt = live ? undefined : updatedAt;
  const peers = rawPeers(record, path, issues);
  const figures = figuresOf(peers, endedAt);
  return {
    id: record.id,
    roomId: record.room_id ?? undefined,
    roomName,
    status: live ? 'live' : 'ended',
    startedAt,
    endedAt,
    createdAt: startedAt,
    updatedAt,
    participantMinutes: live ? undefined : figures.minutes,
    liveParticipants: live ? figures.present : undefined,
    maxConcurrentParticipants: peers.length > 0 ? figures.mostAtOnce : undefined,
    facts: facts([
      [l10n.t('Stays'), peers.length],
      [l10n.t('People by user ID'), figures.people > 0 ? figures.people : undefined],
      [l10n.t('Left at an unknown time'), !live && figures.present > 0 ? figures.present : undefined],
      [l10n.t('App ID'), record.app_id],
      [l10n.t('User ID'), record.user_id, true],
      [l10n.t('Customer ID'), record.customer_id],
    ]),
  };
}

/** Sums over the stays. A stay without an end in an ended session is taken to its end. */
function figuresOf(peers: readonly RawPeer[], endedAt: number | undefined) {
  const changes: { at: number; step: number }[] = [];
  const people = new Set<unknown>();
  let sum = 0;
  let present = 0;
  for (const { value } of peers) {
    const user = member(value, 'user_id');
    if (typeof user === 'string' && user !== '') people.add(user);
    const joined = time(member(value, 'joined_at'));
    const stated = time(member(value, 'left_at'));
    if (stated === undefined) present++;
    const left = stated ?? endedAt;
    if (joined === undefined) continue;
    changes.push({ at: joined, step: 1 });
    if (left === undefined) continue;
    changes.push({ at: Math.max(joined, left), step: -1 });
    sum += Math.max(0, left - joined);
  }
  changes.sort((a, b) => a.at - b.at || a.step - b.step);
  let now = 0;
  let mostAtOnce = 0;
  for (const { step } of changes) {
    now += step;
    mostAtOnce = Math.max(mostAtOnce, now);
  }
  return { present, people: people.size, mostAtOnce, minutes: sum / MINUTE_MS };
}
