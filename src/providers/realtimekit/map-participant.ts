import * as l10n from '@vscode/l10n';
import type { CallEvent, ItemIssue, Participant } from '../../core/model';
import { parseTime } from '../../core/time';
import { readRecords } from '../records';
import { type ParticipantRecord, type PeerEventRecord, peerEventSchema } from './schema';

const MINUTE_MS = 60_000;

/** A peer as a participant. `duration` is in minutes (5.8097 for 5 min 48.6 s in the published list). */
export function mapParticipant(record: ParticipantRecord, path: string, issues: ItemIssue[]): Participant {
  const { duration } = record;
  return {
    id: record.id,
    name: record.display_name || undefined,
    userId: record.user_id ?? undefined,
    customId: record.custom_participant_id ?? undefined,
    role: record.role ?? record.preset_name ?? undefined,
    joinedAt: parseTime(record.joined_at),
    leftAt: parseTime(record.left_at),
    createdAt: parseTime(record.created_at),
    updatedAt: parseTime(record.updated_at),
    durationMs: duration === undefined || duration === null ? undefined : duration * MINUTE_MS,
    events: mapPeerEvents(record.peer_events, `${path}.peer_events`, issues),
    facts: record.session_id ? [{ label: l10n.t('Session ID'), value: record.session_id }] : undefined,
  };
}

/**
 * Peer events in the order of time. They are not keyed by `id`: a published list repeats one id under two participants.
 * An event without a time is an issue.
 */
export function mapPeerEvents(value: unknown, path: string, issues: ItemIssue[]): CallEvent[] | undefined {
  if (value === undefined || value === null) return undefined;
  const events: CallEvent[] = [];
  for (const record of readRecords(peerEventSchema, value, path, issues)) {
    const at = parseTime(record.created_at);
    if (at === undefined) {
      issues.push({ path, message: l10n.t('A peer event has no readable created_at; left out.') });
      continue;
    }
    events.push({ at, name: record.event_name ?? 'PEER_EVENT', lane: 'presence', details: details(record) });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Ids of the peers that the events name, each once: where a report may be found when the participant's own id has none. */
export function peerIds(value: unknown): string[] {
  const ids = readRecords(peerEventSchema, value, 'peer_events', []).map((record) => record.peer_id);
  return [...new Set(ids.filter((id): id is string => typeof id === 'string' && id !== ''))];
}

function details(record: PeerEventRecord): CallEvent['details'] {
  const { event_name, created_at, ...rest } = record;
  const known = Object.entries<string | number | null | undefined>(rest).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  );
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
