import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallProvider } from '../../../src/providers/contract';
import { FIXTURES } from '../../paths';
import { type Endpoint, type Field, put } from '../realtimekit/field-table';

/** An endpoint of Whereby’s table; one that is not used says why. */
export interface WherebyEndpoint extends Endpoint {
  standing?: string;
  reason?: string;
}

const TABLE = JSON.parse(readFileSync(join(FIXTURES, 'whereby', 'fields.json'), 'utf8')) as {
  endpoints: WherebyEndpoint[];
};
/** The table of every parameter and response field of Whereby’s endpoints. */
export const ENDPOINTS = TABLE.endpoints;
/** Those that are used. */
export const READ = ENDPOINTS.filter(({ call }) => call);

/** A signal that is never aborted. */
const never = () => new AbortController().signal;
const START = Date.UTC(2024, 4, 6, 10, 0, 0);
const session = { connectionId: 'c1', sessionId: 's1' };

/** What each endpoint is asked with, every option set; a second page where there are pages. */
export const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  async listRooms(provider) {
    const range = { from: START, to: START + 1000, sortBy: 'sessions' as const, pageSize: 7 };
    for (const searchMode of ['exact', 'startsWith'] as const) {
      await provider.listRooms({ ...range, search: '/x', searchMode }, never());
    }
    const first = await provider.listRooms({ ...range, search: 'x' }, never());
    await provider.listRooms({ ...range, search: 'x', cursor: first.next }, never());
    return first;
  },
  async listSessions(provider) {
    const query = { roomId: '/r', sortBy: 'participants' as const, pageSize: 7 };
    const first = await provider.listSessions(query, never());
    await provider.listSessions({ ...query, cursor: first.next }, never());
    await provider.getSession({ ...session, roomId: '/r' }, never()).catch(() => undefined);
    return first;
  },
  async listParticipants(provider) {
    const query = { ...session, sortBy: 'leftAt' as const, pageSize: 7 };
    const first = await provider.listParticipants(query, never());
    await provider.listParticipants({ ...query, cursor: first.next }, never());
    return first;
  },
  async sessionsOfPerson(provider) {
    const first = await provider.listSessions({ personId: 'user-1', pageSize: 7 }, never());
    await provider.listSessions({ personId: 'user-1', cursor: first.next }, never());
    return first;
  },
  getReport: async (provider) => (await provider.getReport({ ...session, participantId: 'p1' }, never())).report,
};

/** A value for a field that no other field of the endpoint has. */
function marker({ path, type }: Field, n: number): unknown {
  switch (type) {
    case 'time':
      return new Date(START + n * 60_000).toISOString();
    case 'count':
      return 2000 + n;
    case 'number':
      return 4 + n / 1000;
    case 'fraction':
      return n / 1000 + 0.0001;
    case 'bit/s':
      return 100_000 + n * 100;
    case 'ms':
      return 1500 + n;
    case 'user agent':
      return `Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.${n}`;
    case 'id':
    case 'text':
      return `${path.split('.').at(-1)?.replace('[]', '')}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. */
export function converted({ type, as, path }: Field, value: unknown, timeStamp: number): unknown {
  switch (as) {
    case undefined:
      return type === 'time' ? Date.parse(value as string) : value;
    case 'text':
    case 'part of the text':
      return String(value);
    case 'text in UTC':
      return `${(value as string).slice(0, 10)} ${(value as string).slice(11, 19)} UTC`;
    case 'fraction to percent':
      return (value as number) * 100;
    case 'added to timeStamp':
      return timeStamp + (value as number);
    default:
      throw new Error(`${path}: no conversion for ${as}`);
  }
}

/** An answer in which each field that is shown has a marker. */
export function answer({ fields }: WherebyEndpoint): { body: unknown; markers: Map<string, unknown> } {
  const root: Record<string, unknown> = {};
  const markers = new Map<string, unknown>();
  fields.forEach((field, n) => {
    if (!field.shown) return;
    const value = marker(field, n + 1);
    markers.set(field.path, value);
    put(root, field.path.startsWith('[]') ? `root${field.path}` : field.path, value);
  });
  if (!root.root) return { body: { cursor: null, ...root }, markers };
  // Two samples, so that the second one tells the rate.
  const samples = (root.root as { samples: Record<string, unknown[]> }[])[0]?.samples ?? {};
  for (const [name, [value]] of Object.entries(samples)) samples[name] = [null, value];
  return { body: root.root, markers };
}

/** Whether a value of the model is the one that is expected; `part`: holds it. */
export function same(actual: unknown, expected: unknown, part: boolean): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') return Math.abs(actual - expected) <= 1e-9 * expected;
  return part ? String(actual).includes(String(expected)) : actual === expected;
}
