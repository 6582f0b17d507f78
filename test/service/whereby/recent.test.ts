import assert from 'node:assert/strict';
import { Pager } from '../../../src/core/page';
import type { CallProvider, SessionQuery } from '../../../src/providers/contract';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import { connect } from './connection';

const never = () => new AbortController().signal;
const HOUR = 3_600_000;
const NOW = Date.UTC(2025, 4, 6, 10);
const iso = (time: number) => new Date(time).toISOString();

/** Starts of the sessions of each room, hours before NOW. */
type World = Record<string, number[]>;

/** Answers as Whereby does: lists sorted as asked, in pages, the cursor an offset. */
function world(rooms: () => World, sorts = true) {
  return ({ path, query }: Recorded): Scripted => {
    if (query.has('sortBy') && !sorts) return { status: 400, body: { error: 'sortBy' } };
    const all = Object.entries(rooms());
    const rows = path.endsWith('/rooms')
      ? all
          .map(([roomName, ages]) => ({
            roomName,
            totalSessions: ages.length,
            lastSessionStartedAt: ages.length > 0 ? iso(NOW - Math.min(...ages) * HOUR) : null,
          }))
          .sort((a, b) => (sorts ? order(b.lastSessionStartedAt, a.lastSessionStartedAt) : 0))
      : (rooms()[query.get('roomName') ?? ''] ?? [])
          .toSorted((a, b) => (sorts ? a - b : 0))
          .map((age) => session(query.get('roomName') ?? '', age));
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    return { body: { results: rows.slice(from, to), cursor: to < rows.length ? String(to) : null } };
  };
}

function order(a: string | null, b: string | null): number {
  return (a ?? '').localeCompare(b ?? '');
}

function session(roomName: string, age: number) {
  const startedAt = NOW - age * HOUR;
  return {
    roomSessionId: `${roomName}@${age}`,
    roomName,
    startedAt: iso(startedAt),
    endedAt: iso(startedAt + HOUR / 2),
  };
}

describe('Whereby’s sessions of all rooms', () => {
  const server = new ScriptedServer();
  let provider: CallProvider;
  before(() => server.start());
  after(() => server.stop());
  beforeEach(async () => {
    server.reset();
    provider = (await connect(server)).provider;
  });

  const walk = async (query: SessionQuery = {}) => {
    const pager = new Pager((cursor, signal) => provider.listSessions({ ...query, cursor }, signal));
    for (let pages = 0; pager.hasMore; pages++) {
      assert.ok(pages < 500, 'the walk does not end');
      await pager.loadMore(never());
    }
    return pager;
  };
  const ages = (items: readonly { startedAt?: number }[]) =>
    items.map(({ startedAt }) => (NOW - (startedAt ?? 0)) / HOUR);

  const WORLD: World = {
    '/a': [1, 5, 6, 30],
    '/b': [2, 3, 40],
    '/unused': [],
    '/c': [4],
    '/d': [7, 8, 9, 10, 11, 12, 13],
  };
  const ALL = Object.values(WORLD)
    .flat()
    .toSorted((a, b) => a - b);

  for (const pageSize of [1, 2, 3, 25]) {
    it(`come newest first, each once, in pages of ${pageSize}`, async () => {
      server.always(world(() => WORLD));
      const pager = await walk({ pageSize });
      assert.deepEqual(ages(pager.items), ALL);
      assert.deepEqual(pager.issues, []);
    });
  }

  it('a page costs six requests at most', async () => {
    const rooms = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`/r${index}`, [index + 1, 100 + index]]),
    );
    server.always(world(() => rooms));
    const first = await provider.listSessions({ pageSize: 25 }, never());
    assert.equal(server.requests.length, 6);
    assert.deepEqual(ages(first.items), [1, 2, 3, 4, 5]);
    await provider.listSessions({ pageSize: 25, cursor: first.next }, never());
    assert.equal(server.requests.length, 12);
    assert.equal((await walk({ pageSize: 25 })).items.length, 60);
  });

  it('the same cursor gives the same page again', async () => {
    server.always(world(() => WORLD));
    const first = await provider.listSessions({ pageSize: 2 }, never());
    const pages = [1, 2].map(() => provider.listSessions({ pageSize: 2, cursor: first.next }, never()));
    const [one, two] = await Promise.all(pages);
    assert.deepEqual(one?.items, two?.items);
  });

  it('rooms and pages before the window are not read', async () => {
    server.always(world(() => WORLD));
    const pager = await walk({ from: NOW - 4.5 * HOUR, pageSize: 2 });
    assert.deepEqual(ages(pager.items), [1, 2, 3, 4]);
    assert.ok(!server.requests.some(({ query }) => query.get('roomName') === '/d'));
    assert.deepEqual(ages((await walk({ to: NOW - 11 * HOUR })).items), [11, 12, 13, 30, 40]);
  });

  it('a server that does not sort: all are there, and it says so', async () => {
    server.always(world(() => WORLD, false));
    const pager = await walk({ pageSize: 2 });
    assert.deepEqual(
      ages(pager.items).toSorted((a, b) => a - b),
      ALL,
    );
    assert.match(pager.issues.map(({ message }) => message).join(), /refused to sort by lastSessionStartedAt/);
  });

  it('a server that ignores the order: all are there', async () => {
    const answer = world(() => WORLD, true);
    server.always((request) => {
      const { body } = answer(request) as { body: { results: unknown[]; cursor: string | null } };
      return { body: { ...body, results: body.results.toReversed() } };
    });
    assert.deepEqual(
      ages((await walk({ pageSize: 100 })).items).toSorted((a, b) => a - b),
      ALL,
    );
  });

  it('other orders are told not to be had', async () => {
    server.always(world(() => WORLD));
    const page = await provider.listSessions({ sortBy: 'participants' }, never());
    assert.match(page.issues[0]?.message ?? '', /sorts the sessions of one room only/);
  });

  it('sessions that begin during the walk neither double nor hide one', async () => {
    const rooms = structuredClone(WORLD);
    let count = 0;
    server.always((request) => {
      // One more at the top of a room for every request; the server's cursors are offsets and shift.
      rooms['/a']?.unshift(0.9 - count++ / 100);
      return world(() => rooms)(request);
    });
    const pager = await walk({ pageSize: 2 });
    const seen = ages(pager.items).filter((age) => age >= 1);
    assert.deepEqual(
      seen.toSorted((a, b) => a - b),
      ALL,
    );
  });
});
