import assert from 'node:assert/strict';
import type { CallError } from '../../../src/core/errors';
import type { SessionQuery } from '../../../src/providers/contract';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import { connect } from './connection';

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

describe('Whereby’s sessions and participants over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const sessions = async (query: SessionQuery) =>
    (await connect(server)).provider.listSessions({ roomId: '/r', ...query }, never());
  const ids = (page: { items: readonly { id: string }[] }) => page.items.map(({ id }) => id);

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
