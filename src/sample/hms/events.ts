import type { SampleAnswer } from '../provider';
import { hash } from '../random';
import type { Plan } from '../realtimekit/plan';
import { flag, number, ok, Refused } from './answers';
import { type Happening, happeningsOf } from './happenings';
import { plansBetween } from './sessions';
import { findRoom, findSession, nanoTime, readPeer } from './workspace';

const DAY = 86_400_000;
const RETENTION = 30 * DAY;
/** A walk over events is a snapshot that is kept this long. */
const SNAPSHOT = DAY;

const TYPES: ReadonlySet<string> = new Set([
  'track.add.success',
  'track.update.success',
  'track.remove.success',
  'beam.recording.success',
  'client.publish.failed',
  'client.subscribe.failed',
  'client.join.failed',
  'client.disconnected',
  'client.connect.failed',
]);

/** `GET /analytics/events`: of one room, the last 30 days, as a snapshot that `next` walks on through. */
export function listEvents(query: URLSearchParams, now: number): SampleAnswer {
  const room = query.get('room_id');
  if (!room) throw new Refused(400, 'room_id is required');
  const limit = number(query, 'limit', 10, 1, 100);
  const { taken, offset } = readToken(query, now);
  const rows = fitting(room, query, taken);
  const events = rows.slice(offset, offset + limit);
  const end = offset + events.length;
  return ok({
    limit: events.length,
    total: rows.length,
    next: end < rows.length ? makeToken(query, taken, end) : '',
    events: events.map(({ id, at, type, data }) => ({
      version: '2.0',
      id,
      timestamp: nanoTime(at, hash(at, type.length)),
      type,
      data,
    })),
  });
}

function fitting(room: string, query: URLSearchParams, now: number): Happening[] {
  const types = query.getAll('type');
  for (const type of types) if (!TYPES.has(type)) throw new Refused(400, `unknown event type ${type}`);
  const failuresOnly = flag(query, 'error') ?? false;
  const has = (data: Happening['data'], name: string) => {
    const wanted = query.get(name);
    return wanted === null || data[name] === wanted;
  };
  return plansOf(room, query, now)
    .flatMap((plan) => happeningsOf(plan, failuresOnly))
    .filter(
      ({ at, type, data }) =>
        at <= now &&
        at >= now - RETENTION &&
        (types.length === 0 || types.includes(type)) &&
        (!failuresOnly || type.startsWith('client.')) &&
        ['session_id', 'peer_id', 'user_id', 'beam_id'].every((name) => has(data, name)),
    )
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function plansOf(room: string, query: URLSearchParams, now: number): Plan[] {
  const index = findRoom(room)?.index;
  if (index === undefined) return [];
  const session = query.get('session_id');
  const peer = query.get('peer_id');
  const all = () => plansBetween(now - RETENTION - DAY, now, now, index);
  if (session !== null) {
    const plan = findSession(session, now);
    return plan?.slot.meeting === index ? [plan] : [];
  }
  if (peer === null) return all();
  const parts = readPeer(peer);
  // The recorder's own peers name no session.
  if (!parts) return all();
  return all().filter(({ slot: { key } }) => key.slot === parts.slot && key.track === parts.track);
}

/** An opaque `next`: when the snapshot was taken, how far it was read, and of which query. */
function makeToken(query: URLSearchParams, taken: number, offset: number): string {
  return Buffer.from(JSON.stringify([taken, offset, fingerprint(query)])).toString('base64url');
}

function readToken(query: URLSearchParams, now: number): { taken: number; offset: number } {
  const start = query.get('start');
  if (!start) return { taken: now, offset: 0 };
  const [taken, offset, print] = decode(start);
  if (typeof taken !== 'number' || typeof offset !== 'number' || print !== fingerprint(query)) {
    throw new Refused(400, 'invalid start');
  }
  if (taken < now - SNAPSHOT) throw new Refused(400, 'start has expired');
  return { taken, offset };
}

function decode(start: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(start, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function fingerprint(query: URLSearchParams): string {
  const kept = [...query].filter(([name]) => name !== 'start' && name !== 'limit');
  return kept
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}
