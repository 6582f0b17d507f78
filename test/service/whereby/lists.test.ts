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
    assert.equal(first?.headers.authorization, `Bearer ${CANARY}`);
    assert.deepEqual(sent(first as Recorded), {
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

  describe('sessions', () => {
    it('reads start and end under the names of the schema’s own list as well', async () => {
      server.always(list([{ roomSessionId: 'a', roomName: '/r', createdAt: iso(START), endAt: iso(START + HOUR) }]));
      const [session] = (await sessions({})).items;
      assert.deepEqual([session?.startedAt, session?.endedAt, session?.status], [START, START + HOUR, 'ended']);
    });

    it('without an end it is live for a day, and its end unknown after that', async () => {
      const now = Date.now();
      const open = (id: string, startedAt: number) => ({ roomSessionId: id, startedAt: iso(startedAt), endedAt: null });
      server.always(list([open('live', now - HOUR), open('old', now - 25 * HOUR), { roomSessionId: 'bare' }]));
      const page = await sessions({});
      assert.deepEqual(
        page.items.map(({ status }) => status),
        ['live', 'ended', 'live'],
      );
      assert.deepEqual(
        page.items.map(({ facts }) => facts?.find(({ label }) => label === 'End')?.value),
        ['live or not yet closed', 'unknown', 'live or not yet closed'],
      );
    });

    it('narrows by time and status here, and reads no further than the window', async () => {
      const rows = [ended('a', START), ended('b', START - HOUR), ended('c', START - 2 * HOUR)];
      server.always(list(rows, 'c1'));
      const page = await sessions({ from: START - 1.5 * HOUR, to: START - 1 });
      assert.deepEqual(ids(page), ['b']);
      assert.equal(page.next, undefined);
      assert.ok((await sessions({ from: START - 3 * HOUR })).next, 'older ones may follow');
      assert.ok((await sessions({ from: START, sortOrder: 'ascending' })).next, 'newer ones may follow');
      assert.deepEqual(ids(await sessions({ live: true })), []);
    });

    it('one session is asked for by its room and id, and picked from what comes', async () => {
      server.always(list([ended('other'), ended('s1')]));
      const { provider } = await connect(server);
      const session = await provider.getSession({ connectionId: 'c1', roomId: 'r', sessionId: 's1' }, never());
      assert.equal(session.id, 's1');
      const { roomName, roomSessionId } = sent(server.requests[0] as Recorded);
      assert.deepEqual([roomName, roomSessionId], ['/r', 's1']);
      server.always(list([]));
      await assert.rejects(
        provider.getSession({ connectionId: 'c1', roomId: 'r', sessionId: 's2' }, never()),
        (error: CallError) => {
          assert.equal(error.kind, 'NotFound');
          assert.match(error.text, /10 to 15 minutes late: try again/);
          return true;
        },
      );
    });

    it('a session without its room is looked for in the rooms that were in use', async () => {
      const used = (name: string, first: number, last: number) =>
        room(name, { firstSessionStartedAt: iso(first), lastSessionStartedAt: iso(last) });
      server.always(({ path, query }) => {
        if (path.endsWith('/participants')) return list([{ participantId: 'p', joinedAt: iso(START) }]);
        if (path.endsWith('/rooms')) {
          return list([
            used('/later', START + HOUR, START + 9 * HOUR),
            used('/r', START - HOUR, START + HOUR),
            used('/long-ago', START - 99 * HOUR, START - 50 * HOUR),
            room('/never'),
          ]);
        }
        return list(query.get('roomName') === '/r' ? [ended('s1')] : []);
      });
      const { provider } = await connect(server);
      const session = await provider.getSession({ connectionId: 'c1', sessionId: 's1' }, never());
      assert.deepEqual([session.roomId, session.startedAt], ['/r', START]);
      assert.deepEqual(
        server.requests.map(({ path, query }) => [path.slice(13), query.get('roomName')]),
        [
          ['participants', null],
          ['rooms', null],
          ['room-sessions', '/r'],
        ],
      );
      const again = await provider.getSession({ connectionId: 'c1', sessionId: 's1' }, never());
      assert.equal(again.roomId, '/r');
      assert.equal(server.requests.length, 4, 'its room is known now');
    });

    it('and told by its participants where no room has it', async () => {
      server.always(({ path }) =>
        path.endsWith('/participants')
          ? list([{ participantId: 'p', joinedAt: iso(START), leftAt: iso(START + 1) }])
          : list([]),
      );
      const { provider } = await connect(server);
      const session = await provider.getSession({ connectionId: 'c1', sessionId: 's1' }, never());
      assert.deepEqual([session.id, session.status, session.startedAt], ['s1', 'ended', undefined]);
    });
  });

  describe('looking up', () => {
    const found = async (answer: (id: string, query: URLSearchParams) => Scripted, id: string) => {
      server.always(({ query }) => answer(query.get('roomSessionId') ?? '', query));
      const { provider } = await connect(server);
      return provider.findSession(id, never());
    };

    it('a session by its id costs one request', async () => {
      const refs = await found((id) => list(id === 's1' ? [{ participantId: 'p', roomSessionId: 's1' }] : []), 's1');
      assert.deepEqual(refs, [{ connectionId: 'c1', roomId: undefined, sessionId: 's1' }]);
      assert.equal(server.requests.length, 1);
    });

    it('else the sessions of the person with that external id, each once', async () => {
      const rows = ['s1', 's2', 's1'].map((roomSessionId) => ({ participantId: 'p', roomSessionId }));
      const refs = await found((_id, query) => list(query.has('externalId') ? rows : []), 'user-1');
      assert.deepEqual(
        refs.map(({ sessionId }) => sessionId),
        ['s1', 's2'],
      );
      assert.deepEqual(
        server.requests.map(({ query }) => [query.get('roomSessionId'), query.get('externalId')]),
        [
          ['user-1', null],
          [null, 'user-1'],
        ],
      );
    });

    it('what cannot be an external id is not asked for as one', async () => {
      assert.deepEqual(await found(() => list([]), 'a/b c'), []);
      assert.deepEqual(await found(() => list([]), 'x'.repeat(37)), []);
      assert.equal(server.requests.length, 2);
    });

    it('an id that is refused or unknown is not found; another error is one', async () => {
      for (const status of [400, 404])
        assert.deepEqual(await found(() => ({ status, body: { error: 'id' } }), 'x y'), []);
      await assert.rejects(
        found(() => ({ status: 401, body: {} }), 'x'),
        { kind: 'Auth' },
      );
    });

    it('lists the sessions of a person with when they were there', async () => {
      const stay = (roomSessionId: string, joined: number, left?: number) => ({
        roomSessionId,
        participantId: `p${joined}`,
        externalId: 'user-1',
        joinedAt: iso(joined),
        leftAt: left === undefined ? null : iso(left),
      });
      server.always(
        list([stay('s2', START + HOUR, START + 2 * HOUR), stay('s1', START), stay('s1', START - HOUR, START)]),
      );
      const { provider } = await connect(server);
      const page = await provider.listSessions({ personId: 'user-1', from: START }, never());
      assert.deepEqual(sent(server.requests[0] as Recorded), {
        externalId: 'user-1',
        sortBy: 'joinedAt:desc',
        limit: '25',
      });
      assert.deepEqual(ids(page), ['s2', 's1']);
      const facts = page.items[1]?.facts
        ?.filter(({ label }) => label.startsWith('The person'))
        .map(({ value }) => value);
      assert.deepEqual(facts, [iso(START), 'not yet, or not known yet', iso(START - HOUR), iso(START)]);
    });

    it('says so when the search by external id alone is refused', async () => {
      server.always({ status: 400, body: { error: 'roomSessionId is required' } });
      const { provider } = await connect(server);
      await assert.rejects(provider.listSessions({ personId: 'user-1' }, never()), (error: CallError) => {
        assert.match(error.text, /"roomSessionId is required".*search by external ID alone was refused/);
        return true;
      });
    });
  });

  describe('participants', () => {
    const asked = async (results: unknown, more: object = {}) => {
      server.always(list(results));
      const { provider } = await connect(server);
      return provider.listParticipants({ connectionId: 'c1', sessionId: 's1', ...more }, never());
    };
    const row = (id: string | undefined, joined: number, left?: number, more: object = {}) => ({
      participantId: id,
      joinedAt: iso(joined),
      leftAt: left === undefined ? undefined : iso(left),
      ...more,
    });

    it('rows of one participant are one, with each connection told', async () => {
      const page = await asked([
        row('p', START, START + 60_000),
        row('q', START + 1000),
        row('p', START + 90_000, START + 150_000),
      ]);
      assert.deepEqual(ids(page), ['p', 'q']);
      const [p, q] = page.items;
      assert.deepEqual([p?.joinedAt, p?.leftAt, p?.durationMs], [START, START + 150_000, 120_000]);
      assert.deepEqual(
        p?.events?.map(({ name, at }) => [name, at - START]),
        [
          ['joined', 0],
          ['left', 60_000],
          ['rejoined', 90_000],
          ['left', 150_000],
        ],
      );
      assert.deepEqual([q?.leftAt, q?.events], [undefined, undefined]);
    });

    it('somebody who is back in has not left', async () => {
      const [p] = (await asked([row('p', START, START + 1000), row('p', START + 5000)])).items;
      assert.equal(p?.leftAt, undefined);
    });

    it('an id that is missing is the device’s; without both the row is left out', async () => {
      const page = await asked([
        row(undefined, START, START, { deviceId: 'd' }),
        row(undefined, START),
        row('p', START),
      ]);
      assert.deepEqual(ids(page), ['d', 'p']);
      assert.match(page.issues[0]?.path ?? '', /^results\[1\]/);
    });

    it('a hidden name becomes a number in the order of joining', async () => {
      const hidden = { displayName: '[[redacted]]' };
      const rows = [row('p', START, START + 1, hidden), row('q', START + 1, START + 2, hidden)];
      assert.deepEqual(
        (await asked(rows)).items.map(({ name }) => name),
        ['Participant 1', 'Participant 2'],
      );
      const page = await asked(rows, { sortBy: 'leftAt' });
      assert.deepEqual(
        page.items.map(({ name }) => name),
        [undefined, undefined],
      );
      assert.match(page.items[0]?.facts?.[0]?.value ?? '', /hidden by the privacy settings/);
    });

    it('machines are told from people, open roles are kept, empty texts are nothing', async () => {
      const page = await asked([
        row('a', START, START, { roleName: 'recorder' }),
        row('b', START, START, { roleName: 'moderator', externalId: '', displayName: '' }),
      ]);
      assert.equal(page.items[0]?.facts?.[0]?.value, 'not a person: recorder');
      assert.deepEqual([page.items[1]?.role, page.items[1]?.customId], ['moderator', undefined]);
    });

    it('names with markup come through as plain text', async () => {
      const displayName = '<img src=x onerror=alert(1)> $(zap) [a](command:x)';
      assert.equal((await asked([row('p', START, START, { displayName })])).items[0]?.name, displayName);
    });
  });
});
