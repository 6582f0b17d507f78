import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { ProviderId } from '../../../src/core/ids';
import type { App, Participant, Room, Session } from '../../../src/core/model';
import type { Page } from '../../../src/core/page';
import type { CallProvider } from '../../../src/providers/contract';
import type { CallNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { itemNodes } from '../../../src/tree/rows';
import { tooltipOf } from '../../../src/tree/tooltip';
import { fakeTransport, freshProvider, type Recorded, record, restoreTransport } from '../../fuzz/fake-transport';
import { Dice, millionKeys, mutate } from '../../fuzz/mutate';
import { fuzz, reportCount } from '../../fuzz/run';

const signal = new AbortController().signal;
const SESSION = { connectionId: 'c1', appId: 'app', roomId: 'room', sessionId: '0123456789abcdef01234567' };

type Item = App | Room | Session | Participant;

/** One kind of answer of a provider. */
interface Endpoint {
  name: string;
  provider: ProviderId;
  /** Of the recorded answers, those that are meant. */
  path: RegExp;
  /** The rows in an answer, to put bad ones between good ones; missing where there are none. */
  rows?: (body: never) => unknown[];
  ask(provider: CallProvider): Promise<Page<Item> | Item>;
  /** What the items of the good rows are called. */
  id?: (row: never) => string;
  above: CallNode;
  /** It is tried with a million keys as well: one for each way of reading rows. */
  huge?: true;
}

const base = { key: 'k', parent: undefined } as const;
const record1 = { id: 'c1', provider: 'realtimekit', label: 'x', settings: {} } as const;
const CONNECTION: CallNode = { ...base, kind: 'connection', record: record1 };
const GROUP: CallNode = { ...base, kind: 'group', group: 'recent', connectionId: 'c1' };
const ROOMS: CallNode = { ...base, kind: 'group', group: 'rooms', connectionId: 'c1' };
const ABOVE_PEOPLE: CallNode = {
  ...base,
  kind: 'session',
  ref: SESSION,
  session: { id: SESSION.sessionId, status: 'ended' },
};
const idOf = (row: { id: string }) => row.id;

const ENDPOINTS: Endpoint[] = [
  {
    name: 'realtimekit apps',
    provider: 'realtimekit',
    path: /\/apps$/,
    rows: ({ data }: { data: unknown[] }) => data,
    id: idOf,
    ask: (provider) => provider.listApps?.({}, signal) ?? assert.fail('no apps'),
    above: CONNECTION,
  },
  {
    name: 'realtimekit meetings',
    provider: 'realtimekit',
    path: /\/meetings$/,
    rows: ({ data }: { data: unknown[] }) => data,
    id: idOf,
    ask: (provider) => provider.listRooms({}, signal),
    above: ROOMS,
  },
  {
    name: 'realtimekit sessions',
    huge: true,
    provider: 'realtimekit',
    path: /\/sessions$/,
    rows: ({ data }: { data: { sessions: unknown[] } }) => data.sessions,
    id: idOf,
    ask: (provider) => provider.listSessions({}, signal),
    above: GROUP,
  },
  {
    name: 'realtimekit session',
    provider: 'realtimekit',
    path: /\/sessions\/[\w-]+$/,
    ask: (provider) => provider.getSession(SESSION, signal),
    above: GROUP,
  },
  {
    name: 'realtimekit participants',
    provider: 'realtimekit',
    path: /\/participants$/,
    rows: ({ data }: { data: { participants: unknown[] } }) => data.participants,
    id: idOf,
    ask: (provider) => provider.listParticipants(SESSION, signal),
    above: ABOVE_PEOPLE,
  },
  {
    name: '100ms rooms',
    provider: '100ms',
    path: /^\/rooms$/,
    rows: ({ data }: { data: unknown[] }) => data,
    id: idOf,
    ask: (provider) => provider.listRooms({ status: 'ENABLED' }, signal),
    above: ROOMS,
  },
  {
    name: '100ms room',
    provider: '100ms',
    path: /^\/rooms\/\w+$/,
    ask: (provider) => provider.listRooms({ search: SESSION.sessionId }, signal),
    above: ROOMS,
  },
  {
    name: '100ms sessions',
    provider: '100ms',
    path: /^\/sessions$/,
    rows: ({ data }: { data: unknown[] }) => data,
    id: idOf,
    ask: (provider) => provider.listSessions({ live: false }, signal),
    above: GROUP,
  },
  {
    name: '100ms session and its people',
    provider: '100ms',
    path: /^\/sessions\/\w+$/,
    ask: async (provider) => {
      await provider.getSession(SESSION, signal);
      return provider.listParticipants(SESSION, signal);
    },
    above: ABOVE_PEOPLE,
  },
  {
    name: '100ms recordings',
    provider: '100ms',
    path: /^\/recordings$/,
    ask: (provider) => provider.getSession(SESSION, signal),
    above: GROUP,
  },
  {
    name: '100ms recording assets',
    provider: '100ms',
    path: /^\/recording-assets$/,
    ask: (provider) => provider.getSession(SESSION, signal),
    above: GROUP,
  },
  {
    name: '100ms webhooks',
    provider: '100ms',
    path: /^\/analytics\/webhooks$/,
    ask: (provider) => provider.getSession(SESSION, signal),
    above: GROUP,
  },
  {
    name: '100ms events',
    provider: '100ms',
    path: /^\/analytics\/events$/,
    ask: (provider) => provider.getSession(SESSION, signal),
    above: GROUP,
  },
  {
    name: 'whereby rooms',
    provider: 'whereby',
    path: /^\/insights\/rooms$/,
    rows: ({ results }: { results: unknown[] }) => results,
    id: ({ roomName }: { roomName: string }) => roomName,
    ask: (provider) => provider.listRooms({}, signal),
    above: ROOMS,
  },
  {
    name: 'whereby sessions of a room',
    provider: 'whereby',
    path: /^\/insights\/room-sessions$/,
    rows: ({ results }: { results: unknown[] }) => results,
    id: ({ roomSessionId }: { roomSessionId: string }) => roomSessionId,
    ask: (provider) => provider.listSessions({ roomId: '/room' }, signal),
    above: GROUP,
  },
  {
    name: 'whereby recent sessions',
    provider: 'whereby',
    path: /^\/insights\/room-sessions$/,
    ask: (provider) => provider.listSessions({ pageSize: 3 }, signal),
    above: GROUP,
  },
  {
    name: 'whereby participants',
    provider: 'whereby',
    path: /^\/insights\/participants$/,
    rows: ({ results }: { results: unknown[] }) => results,
    id: ({ participantId }: { participantId: string }) => participantId,
    ask: (provider) => provider.listParticipants({ ...SESSION, sessionId: 's' }, signal),
    above: ABOVE_PEOPLE,
  },
  {
    name: 'mediamelon sessions',
    huge: true,
    provider: 'mediamelon',
    path: /^\/listsessions\//,
    rows: ({ response }: { response: unknown[] }) => response,
    id: ({ sessionid }: { sessionid?: string }) => String(sessionid),
    ask: (provider) => provider.listSessions({}, signal),
    above: GROUP,
  },
  {
    name: 'mediamelon assets',
    provider: 'mediamelon',
    path: /^\/(metricquery|listsessions)\//,
    ask: (provider) => provider.listRooms({}, signal),
    above: ROOMS,
  },
];

describe('fuzz: lists of the providers', () => {
  const recorded = new Map<ProviderId, Recorded[]>();

  before(async function () {
    this.timeout(60_000);
    for (const id of ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const)
      recorded.set(id, await record(id, walk));
  });
  after(restoreTransport);
  reportCount();

  const answersTo = ({ provider, path, rows, id }: Endpoint) =>
    (recorded.get(provider) ?? []).flatMap((one) => {
      if (!path.test(one.path)) return [];
      if (!rows || !id) return [one.body];
      // A few rows tell as much as many. Assets come from the path of sessions too.
      const body = structuredClone(one.body) as never;
      const list = rows(body);
      list.splice(3);
      return list.length > 0 && id(list[0] as never) !== 'undefined' ? [body] : [];
    });

  /** Asks an endpoint that answers so; the others answer as they did when they were recorded. */
  async function ask(endpoint: Endpoint, body: unknown): Promise<(Page<Item> & { path?: string }) | undefined> {
    const all = recorded.get(endpoint.provider) ?? [];
    let asked = 0;
    fakeTransport(({ path }) => {
      assert.ok(asked++ < 500, 'a walk without end');
      if (endpoint.path.test(path)) return body;
      const kind = ENDPOINTS.find((one) => one.provider === endpoint.provider && one.path.test(path));
      return all.find((one) => (kind ? kind.path.test(one.path) : one.path === path))?.body ?? {};
    });
    const answer = await endpoint.ask(freshProvider(endpoint.provider));
    const page = 'items' in answer ? answer : { items: [answer], issues: [] };
    show(endpoint, page);
    return page;
  }

  for (const endpoint of ENDPOINTS) {
    fuzz({
      name: endpoint.name,
      tryCase: async (seed) => {
        const dice = new Dice(seed);
        const answers = answersTo(endpoint);
        assert.ok(answers.length > 0, `${endpoint.name} was never recorded`);
        const body = dice.pick(answers);
        const { rows, id } = endpoint;
        if (!rows || dice.next() < 0.4) return ask(endpoint, mutate(body, seed));
        const copy = structuredClone(body);
        const list = rows(copy as never);
        const good = answers.flatMap((one) => rows(one as never)).slice(0, 4);
        assert.ok(good.length >= 2, 'rows to mutate');
        const bad = good.slice(1).map((row, index) => mutate(row, seed + index));
        list.splice(0, list.length, good[0], ...bad);
        const page = await ask(endpoint, copy);
        const kept = page?.items.some((item) => item.id === id?.(good[0] as never));
        assert.ok(kept, `the good row is lost: ${JSON.stringify(page?.issues.slice(0, 3))}`);
        return page;
      },
    });

    if (endpoint.huge)
      it(`${endpoint.name}: a million keys`, async () => {
        const [body] = answersTo(endpoint);
        const { rows } = endpoint;
        const copy = structuredClone(body) as Record<string, unknown>;
        if (rows) Object.assign(rows(copy as never)[0] as object, millionKeys());
        else Object.assign(copy, millionKeys());
        await ask(endpoint, copy).catch((error: unknown) => assert.ok(isCallError(error), String(error)));
      }).timeout(60_000);
  }
});

/** Everything that the tree makes of rows. */
function show({ above }: Endpoint, { items, issues }: Page<Item>): void {
  const now = Date.now();
  const nodes = [...itemNodes(above as never, items)];
  if (issues.length > 0) nodes.push({ kind: 'issues', key: 'i', parent: above, issues });
  for (const node of nodes) {
    const look = lookOf(node, { now, sessionWindowDays: 7 });
    assert.ok(look.label !== '' && look.label.length < 400, 'a label');
    assert.doesNotMatch(
      `${look.label} ${look.description}`,
      /undefined|NaN (min|s|h|ms|people)|\[object|[\u202a-\u202e\u2066-\u2069\0]/,
    );
    tooltipOf(node, now);
  }
}

/** Asks for one of everything. */
async function walk(provider: CallProvider): Promise<void> {
  const apps = provider.capabilities.apps ? await provider.listApps?.({}, signal) : undefined;
  const place = { ...(apps?.items[0] && { appId: apps.items[0].id }), pageSize: 5 };
  const rooms = await provider.listRooms(place, signal);
  await provider.listSessions({ ...place, from: Date.now() - 7 * 86_400_000 }, signal);
  const roomId = rooms.items[0]?.id ?? '';
  if (provider.id === '100ms') await provider.listRooms({ search: roomId }, signal);
  const sessions = await provider.listSessions({ ...place, roomId, live: false }, signal);
  for (const session of sessions.items.slice(0, 3)) {
    const ref = { connectionId: 'c1', ...place, roomId: session.roomId, sessionId: session.id };
    await provider.getSession(ref, signal);
    await provider.listParticipants({ ...ref, pageSize: 5 }, signal);
    await provider.listParticipants({ ...ref, pageSize: 5 }, signal);
  }
}
