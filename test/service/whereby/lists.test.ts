import assert from 'node:assert/strict';
import type { CallError } from '../../../src/core/errors';
import { Pager } from '../../../src/core/page';
import type { SessionQuery } from '../../../src/providers/contract';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import { CANARY, connect } from './connection';

const never = () => new AbortController().signal;
const HOUR = 3_600_000;
const START = Date.UTC(2025, 4, 6, 10);
const iso = (time: number) => new Date(time).toISOString();

const room = (name: unknown, more: object = {}) => ({ roomName: name, ...more });
const list = (results: unknown, cursor: unknown = null): Scripted => ({ body: { cursor, results } });
const ended = (id: unknown, startedAt = START) => ({
  roomSessionId: id,
  roomName: '/r',
  startedAt: iso(startedAt),
  endedAt: iso(startedAt + HOUR),
});
const sent = ({ query }: Recorded) => Object.fromEntries(query);

describe('Whereby lists over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const rooms = async (cursor?: string, pageSize?: number) =>
    (await connect(server)).provider.listRooms({ cursor, pageSize }, never());
  const sessions = async (query: SessionQuery) =>
    (await connect(server)).provider.listSessions({ roomId: '/r', ...query }, never());
  const ids = (page: { items: readonly { id: string }[] }) => page.items.map(({ id }) => id);

  it('asks with the key, the brackets encoded, and nothing that was not asked for', async () => {
    server.always(list([]));
    const { provider } = await connect(server);
    const from = START;
    await provider.listRooms({ search: '/a b', searchMode: 'exact', from, to: from + 1, pageSize: 3 }, never());
    await provider.check(never());
    const [first, check] = server.requests;
    assert.equal(first?.path, '/v1/insights/rooms');
    assert.equal(first.headers.authorization, `Bearer ${CANARY}`);
    assert.deepEqual(sent(first), {
      'roomName[exact]': '/a b',
      'createdAt[from]': '2025-05-06T10:00:00.000Z',
      'createdAt[to]': '2025-05-06T10:00:00.001Z',
      limit: '3',
    });
    assert.deepEqual(sent(check as Recorded), { limit: '1' });
  });

  it('finds a room by its name without a slash, or by its address without the key in it', async () => {
    server.always(list([]));
    const { provider } = await connect(server);
    const address = `https://sub.whereby.com/room-1?roomKey=${CANARY}`;
    await provider.listRooms({ search: address, searchMode: 'exact' }, never());
    await provider.listRooms({ search: 'room', searchMode: 'exact' }, never());
    await provider.listRooms({ search: 'room' }, never());
    await provider.listSessions({ roomId: 'room-1' }, never());
    assert.deepEqual(
      server.requests.map(
        ({ query }) => query.get('roomName[exact]') ?? query.get('roomName[contains]') ?? query.get('roomName'),
      ),
      ['/room-1', '/room', 'room', '/room-1'],
    );
  });

  describe('pages', () => {
    it('goes on with the cursor and the same parameters until there is none', async () => {
      server.next(list([room('/a'), room('/b')], 'n 1/+='), list([room('/c')], null));
      const { provider } = await connect(server);
      const query = { search: 'x', sortBy: 'sessions' as const, pageSize: 2 };
      const first = await provider.listRooms(query, never());
      const second = await provider.listRooms({ ...query, cursor: first.next }, never());
      assert.deepEqual([ids(first), ids(second), second.next], [['/a', '/b'], ['/c'], undefined]);
      const [one, two] = server.requests.map(sent);
      assert.deepEqual(one, { 'roomName[contains]': 'x', sortBy: 'totalSessions:desc', limit: '2' });
      assert.deepEqual(two, { ...one, cursor: 'n 1/+=' });
    });

    it('a short page and an empty one are not the end while there is a cursor', async () => {
      server.next(list([room('/a')], 'c1'), list([], 'c2'), list([room('/b')], undefined));
      const { provider } = await connect(server);
      const pager = new Pager((cursor, signal) => provider.listRooms({ cursor, pageSize: 2 }, signal));
      for (let page = 0; page < 3; page++) await pager.loadMore(never());
      assert.deepEqual(
        pager.items.map(({ id }) => id),
        ['/a', '/b'],
      );
      assert.equal(pager.hasMore, false);
      assert.deepEqual(pager.issues, []);
    });

    for (const cursor of [null, undefined, '']) {
      it(`ends at the cursor ${JSON.stringify(cursor)}`, async () => {
        server.always({ body: { results: [room('/a')], ...(cursor === undefined ? {} : { cursor }) } });
        assert.deepEqual((await rooms()).next, undefined);
      });
    }

    it('ends at a cursor that was just sent, and says so', async () => {
      server.always(list([room('/a')], 'same'));
      const first = await rooms();
      const second = await rooms(first.next);
      assert.equal(second.next, undefined);
      assert.match(second.issues[0]?.message ?? '', /Page 2 names itself as the next one; the list ends here/);
    });

    it('ends after pages that repeat under ever new cursors', async () => {
      let count = 0;
      server.always(() => list([room('/a'), room('/b')], `c${++count}`));
      const { provider } = await connect(server);
      const pager = new Pager((cursor, signal) => provider.listRooms({ cursor }, signal));
      while (pager.hasMore) await pager.loadMore(never());
      assert.deepEqual(
        pager.items.map(({ id }) => id),
        ['/a', '/b'],
      );
      assert.ok(count < 6, `${count} requests`);
      assert.match(pager.issues.map(({ message }) => message).join(), /repeats the 3 pages before; the list ends here/);
    });

    it('a cursor that is no text ends the list; a number is taken as one', async () => {
      server.next(list([room('/a')], { next: 1 }), list([room('/a')], 17), list([room('/b')]));
      assert.match((await rooms()).issues[0]?.message ?? '', /is no text; the list ends here/);
      await rooms((await rooms()).next);
      assert.equal(server.requests[2]?.query.get('cursor'), '17');
    });

    it('clamps the page size to 1..100', async () => {
      server.always(list([]));
      for (const size of [0, -4, 1000, 3.4, Number.NaN]) await rooms(undefined, size);
      assert.deepEqual(
        server.requests.map(({ query }) => query.get('limit')),
        ['25', '1', '100', '3', '25'],
      );
    });

    it('refuses a cursor that it did not give out', async () => {
      const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const good = { cursor: 'c', limit: 25, page: 2, seen: 25, sorted: true, repeats: 0 };
      const bad: unknown[] = [null, 3, { ...good, cursor: 3 }, { ...good, cursor: '' }, { ...good, page: 0 }];
      bad.push({ ...good, limit: 1e9 }, { ...good, sorted: 'yes' }, { ...good, first: 1 }, { ...good, repeats: 9 });
      for (const cursor of ['', 'x', '!!', ...bad.map(forged)]) {
        await assert.rejects(rooms(cursor), { kind: 'BadInput', field: 'cursor' });
      }
      for (const cursor of ['all-rooms:1', 'x']) {
        await assert.rejects(sessions({ roomId: undefined, cursor }), { kind: 'BadInput', field: 'cursor' });
      }
      assert.equal(server.requests.length, 0);
    });
  });

  describe('sorting', () => {
    it('asks for each order in Whereby’s words', async () => {
      server.always(list([]));
      const { provider } = await connect(server);
      for (const sortBy of ['createdAt', 'lastSessionAt', 'sessions', 'participants', 'minutesConsumed'] as const) {
        await provider.listRooms({ sortBy, sortOrder: 'ascending' }, never());
      }
      for (const sortBy of ['createdAt', 'endedAt', 'participants', 'minutesConsumed'] as const) {
        await provider.listSessions({ roomId: '/r', sortBy }, never());
      }
      for (const sortBy of ['joinedAt', 'leftAt', 'duration'] as const) {
        await provider.listParticipants(
          { connectionId: 'c1', sessionId: 's', sortBy, sortOrder: 'descending' },
          never(),
        );
      }
      assert.deepEqual(
        server.requests.map(({ query }) => query.get('sortBy')),
        [
          'createdAt:asc',
          'lastSessionStartedAt:asc',
          'totalSessions:asc',
          'totalUniqueParticipants:asc',
          'totalParticipantMinutes:asc',
          'startedAt:desc',
          'endedAt:desc',
          'totalUniqueParticipants:desc',
          'totalParticipantMinutes:desc',
          'joinedAt:desc',
          'leftAt:desc',
          null,
        ],
      );
    });

    it('sorts here what the server refuses to sort, asks once more only once, and says so', async () => {
      const rows = [ended('old', START - HOUR), { roomSessionId: 'none' }, ended('new', START + HOUR), ended('mid')];
      server.always(({ query }) =>
        query.has('sortBy')
          ? { status: 400, body: { error: 'sortBy' } }
          : list(rows, query.has('cursor') ? null : 'c1'),
      );
      const { provider } = await connect(server);
      const query: SessionQuery = { roomId: '/r' };
      const first = await provider.listSessions(query, never());
      assert.deepEqual(ids(first), ['new', 'mid', 'old', 'none']);
      assert.match(
        first.issues[0]?.message ?? '',
        /refused to sort by startedAt. Rows are in order within a page only/,
      );
      const second = await provider.listSessions({ ...query, cursor: first.next }, never());
      assert.deepEqual(ids(second), ['new', 'mid', 'old', 'none']);
      await provider.listSessions(query, never());
      assert.deepEqual(
        server.requests.map(({ query: asked }) => asked.has('sortBy')),
        [true, false, false, false],
      );
    });

    it('a 400 that is not about sorting is an error', async () => {
      server.always({ status: 400, body: { message: 'roomName is required' } });
      await assert.rejects(sessions({}), (error: CallError) => {
        assert.equal(error.kind, 'BadResponse');
        assert.match(error.text, /"roomName is required"/);
        return true;
      });
    });
  });
});
