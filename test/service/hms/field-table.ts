import type { CallProvider } from '../../../src/providers/contract';
import type { Scripted } from '../http/server';
import type { Json } from '../json';
import { type Endpoint as CommonEndpoint, type Field, put } from '../realtimekit/field-table';
import { signal } from './connection';
import { fixture, NOTHING } from './fixtures';

/** An endpoint of 100ms’ table; one that is not used says why. */
export interface Endpoint extends CommonEndpoint {
  /** The endpoint as a whole is not used. */
  standing?: string;
  reason?: string;
}

/** The table of every parameter and response field of 100ms’ endpoints. */
export const ENDPOINTS = (fixture('fields') as { endpoints: Endpoint[] }).endpoints;
/** Those that are used. */
export const READ = ENDPOINTS.filter(({ call }) => call);
export const NOW = Date.now();
/** The session that is asked for. */
export const session = { connectionId: 'c1', roomId: 'r1', sessionId: 's1' };
export const ROOM_ID = '0123456789abcdef01234567';
export const iso = (time: number): string => new Date(time).toISOString();
/** A session of this week, so that webhook deliveries are asked for. */
export const SESSION = {
  id: 's1',
  room_id: 'r1',
  active: false,
  created_at: iso(NOW - 7_200_000),
  updated_at: iso(NOW - 3_600_000),
  peers: { p1: { joined_at: iso(NOW - 7_200_000) } },
};
export const STATS = {
  peer_id: 'p1',
  subscriber: { audio: [{ track_id: 'far', time_series: { timestamps: [NOW], bitrate: [1] } }] },
};

/** What each endpoint is asked with, every option set; a second page where there are pages. */
export const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  async listRooms(provider) {
    const query = { search: 'x', templateId: 't', from: 1000, to: 2000, status: 'ENABLED', pageSize: 10 };
    const first = await provider.listRooms(query, signal());
    if (first.next !== undefined) await provider.listRooms({ ...query, cursor: first.next }, signal());
    return first;
  },
  oneRoom: (provider) => provider.listRooms({ search: ROOM_ID }, signal()),
  async listSessions(provider) {
    const query = { roomId: 'r1', from: 1000, to: 2000, live: false, pageSize: 10 };
    const first = await provider.listSessions(query, signal());
    if (first.next !== undefined) await provider.listSessions({ ...query, cursor: first.next }, signal());
    return first;
  },
  getSession: (provider) => provider.getSession(session, signal()),
  listParticipants: (provider) => provider.listParticipants(session, signal()),
  activePeers: (provider) => provider.listParticipants(session, signal()),
  getChat: (provider) => Promise.resolve(provider.getChat?.(session, signal())).catch(() => undefined),
  getReport: async (provider) => (await provider.getReport({ ...session, participantId: 'p1' }, signal())).report,
};

/** A value for a field that no other field of the endpoint has. */
function marker({ path, type }: Field, n: number, flag: boolean): unknown {
  const name = path.split('.').at(-1)?.replace('[]', '') ?? '';
  switch (type) {
    case 'time':
    case 'time text':
      return iso(NOW - 10_000_000 + n * 60_000);
    case 'epoch ms':
      return NOW + n;
    case 'count':
      return 2000 + n;
    case 'number':
      return 20 + n / 1000;
    case 'bit/s':
      return 100_000 + n * 100;
    case 'flag':
      return flag;
    case 'id':
    case 'text':
      return `${name}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. */
export function converted({ type, as, path }: Field, value: unknown): unknown {
  switch (as) {
    case undefined:
    case 'os words':
      return type === 'time' ? Date.parse(value as string) : value;
    case 'text':
    case 'part of the text':
      return String(value);
    case 'text in seconds':
      return `${value as number} s`;
    case 'kilobytes in the text':
      return `${((value as number) / 1000).toFixed(1)} kB`;
    case 'yes or no':
      return value ? 'yes' : 'no';
    case 'ENABLED or DISABLED':
      return value ? 'ENABLED' : 'DISABLED';
    case 'live or ended':
      return value ? 'live' : 'ended';
    default:
      throw new Error(`${path}: no conversion for ${as}`);
  }
}

/** An answer in which each field that is shown has a marker, on top of what the endpoint needs to be asked at all. */
export function answer({ call, path, fields }: Endpoint, flag: boolean): { body: Json; markers: Map<string, unknown> } {
  const body: Json = {};
  const markers = new Map<string, unknown>();
  fields.forEach((field, n) => {
    if (!field.shown) return;
    const value = marker(field, n + 1, flag);
    markers.set(field.path, value);
    put(body, field.path, value);
  });
  if (body.data) body.limit = 100;
  if (path === '/analytics/events') Object.assign(body.events[0].data, { peer_id: 'p1' });
  if (call === 'listParticipants') body.id = 's1';
  return { body, markers };
}

/** What every endpoint answers beside the one that is looked at. */
export function surroundings(endpoint: Endpoint, body: Json): Record<string, Scripted> {
  const live = { ...SESSION, active: true };
  const around: Record<string, Scripted> = {
    ...NOTHING,
    '/sessions/s1': { body: endpoint.call === 'activePeers' ? live : SESSION },
    '/analytics/peer-stats': { body: STATS },
  };
  const path = endpoint.path
    .replace('{room_id}', endpoint.call === 'oneRoom' ? ROOM_ID : 'r1')
    .replace('{session_id}', 's1');
  // A person of the active room is new to the session, and one of it is there too.
  if (endpoint.call === 'activePeers') body.peers = { ...body.peers, p1: { id: 'p1' } };
  return { ...around, [path]: { body } };
}

export function same(actual: unknown, expected: unknown, part: boolean): boolean {
  if (typeof expected === 'number' && typeof actual === 'number')
    return Math.abs(actual - expected) <= 1e-9 * Math.abs(expected);
  return part ? String(actual).includes(String(expected)) : actual === expected;
}
