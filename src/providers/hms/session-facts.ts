import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { Fact, ItemIssue } from '../../core/model';
import type { HmsClient } from './client';
import { failedDeliveries } from './deliveries';
import { type HmsEvent, readEvents } from './event-pages';
import { facts } from './facts';
import { rawPeers } from './map-session';
import { type Recordings, recordingFacts } from './recordings';
import type { SessionObject } from './session-objects';
import { time } from './time';

const MINUTE_MS = 60_000;
/** Pages of a room's failures that are looked through. */
const MAX_PAGES = 5;

/** What 100ms tells of one session at other places: recordings, failures of clients, webhook deliveries that failed. */
export async function sessionFacts(
  client: HmsClient,
  recordings: Recordings,
  object: SessionObject,
  signal: AbortSignal,
): Promise<Fact[]> {
  const { record, live } = object;
  const roomId = record.room_id;
  const from = time(record.created_at);
  const to = live ? Date.now() : (time(record.updated_at) ?? Date.now());
  const place = roomId && from !== undefined ? { sessionId: record.id, roomId, from, to } : undefined;
  const [recorded, failures, deliveries] = await Promise.all([
    recordings.of(record.id, signal),
    soft(l10n.t('Client failures'), () => (place ? clientFailures(client, object, place, signal) : [])),
    soft(l10n.t('Webhook deliveries'), () => (place ? failedDeliveries(client, place, Date.now(), signal) : [])),
  ]);
  return [...recordingFacts(recorded), ...failures, ...deliveries];
}

/**
 * Failures of clients in a session. Some come without the session's id, so that the room's are read and those kept that
 * name the session or one of its peers, or that name no session and fell within it, give or take a minute.
 */
async function clientFailures(
  client: HmsClient,
  { record }: SessionObject,
  { roomId, from, to }: { roomId: string; from: number; to: number },
  signal: AbortSignal,
): Promise<Fact[]> {
  const issues: ItemIssue[] = [];
  const events = await readEvents(client, { room_id: roomId, error: true }, issues, signal, MAX_PAGES);
  const peers = new Set(rawPeers(record, '', []).map(({ id }) => id));
  const own = events.filter(({ at, data }) => {
    if (data.session_id) return data.session_id === record.id;
    return peers.has(data.peer_id ?? '') || (at >= from - MINUTE_MS && at <= to + MINUTE_MS);
  });
  const kinds = new Map<string, number>();
  for (const event of own) kinds.set(kindOf(event), (kinds.get(kindOf(event)) ?? 0) + 1);
  const told = [...kinds]
    .slice(0, 10)
    .map(([kind, times]) => (times > 1 ? l10n.t('{0} ({1} times)', kind, times) : kind));
  return facts([[l10n.t('Client failures'), own.length > 0 ? `${own.length}: ${told.join('; ')}` : undefined]]);
}

function kindOf({ type, data }: HmsEvent): string {
  const { error_code: code, error_name: name, error_message: message, is_terminal: final } = data;
  const what = [name ?? message, code].filter((one) => one !== undefined && one !== null && one !== '').join(' ');
  const whole = `${type}${what ? ` ${what}` : ''}`;
  return final === true ? l10n.t('{0}, final', whole) : whole;
}

/** The facts, or one that says why there are none. */
async function soft(label: string, work: () => Promise<Fact[]> | Fact[]): Promise<Fact[]> {
  try {
    return await work();
  } catch (error) {
    if (!isCallError(error) || error.kind === 'Cancelled') throw error;
    return facts([[label, l10n.t('could not be read. {0}', error.text)]]);
  }
}
