import assert from 'node:assert/strict';
import { disposeReportReader } from '../../../src/providers/index';
import { type Recorded, ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, signal } from './connection';
import { routes } from './fixtures';

const START = Date.UTC(2026, 10, 1, 8, 0, 0);
const id = (n: number): string => (0x69000000 + n).toString(16).padEnd(24, '0');

function session(n: number, more: object = {}): Json {
  return {
    id: id(n),
    room_id: id(1),
    active: false,
    peers: null,
    created_at: new Date(START + n * 60_000).toISOString(),
    updated_at: new Date(START + n * 60_000 + 30_000).toISOString(),
    ...more,
  };
}

/** A page as 100ms gives it: ids fall, `start` is exclusive, `last` stands on the final page too, `data` may be null. */
function page(rows: readonly Json[], { query }: Recorded, largest = 100): Json {
  const limit = Math.min(Number(query.get('limit')), largest);
  const start = query.get('start');
  const data = rows.filter((row) => start === null || row.id < start).slice(0, limit);
  return { limit, data: data.length > 0 ? data : null, ...(data.length > 0 && { last: data.at(-1).id }) };
}

describe('100ms: lists', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  const sessions = (rows: () => readonly Json[], largest?: number) =>
    server.always((request) => {
      if (request.path !== '/v2/sessions') return { status: 404, body: {} };
      const active = request.query.get('active') === 'true';
      return {
        body: page(
          rows().filter((row) => row.active === active),
          request,
          largest,
        ),
      };
    });
  const walk = async (live: boolean | undefined, pageSize?: number, onPage?: () => void): Promise<string[]> => {
    const { provider } = connect(server);
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 500; pages++) {
      const read = await provider.listSessions({ live, cursor, pageSize }, signal());
      ids.push(...read.items.map((one) => one.id));
      if (read.next === undefined) return ids;
      cursor = read.next;
      onPage?.();
    }
    throw new Error('the list does not end');
  };

  for (const [count, pageSize] of [
    [1000, 100],
    [1000, 25],
    [1003, 10],
    [0, 25],
  ] as const) {
    it(`walks ${count} sessions in pages of ${pageSize} to the end while new ones begin`, async () => {
      const rows = Array.from({ length: count }, (_, index) => session(count - index));
      const expected = rows.map((row) => row.id);
      let newest = count;
      sessions(() => rows);
      const ids = await walk(false, pageSize, () => rows.unshift(session(++newest)));
      assert.deepEqual(ids, expected);
      // An exact multiple costs one empty page more.
      assert.equal(server.requests.length, Math.floor(count / pageSize) + 1);
    });
  }

  it('walks live and ended sessions as one list, none twice', async () => {
    const rows = Array.from({ length: 95 }, (_, index) => session(200 - index, { active: index % 5 === 0 }));
    sessions(() => rows);
    const ids = await walk(undefined, 10);
    assert.deepEqual([...ids].sort(), rows.map((row) => row.id).sort());
    assert.equal(new Set(ids).size, ids.length);
  });

  it('begins the ended ones at once when hardly any are live, so that a room’s first page is full', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => session(100 - index, { active: index === 0 }));
    sessions(() => rows);
    const { items, next } = await connect(server).provider.listSessions({ roomId: id(1), pageSize: 20 }, signal());
    assert.equal(items.length, 21);
    assert.deepEqual([items[0]?.status, items[1]?.status], ['live', 'ended']);
    assert.ok(next);
    assert.deepEqual(
      server.requests.map(({ query }) => [query.get('active'), query.get('room_id')]),
      [
        ['true', id(1)],
        ['false', id(1)],
      ],
    );
  });

  it('tells a session that ended between the two requests once, as ended', async () => {
    server.next(
      { body: { limit: 25, data: [session(9, { active: true })], last: id(9) } },
      { body: { limit: 25, data: [session(9), session(8)], last: id(8) } },
    );
    const { items } = await connect(server).provider.listSessions({}, signal());
    assert.deepEqual(
      items.map((one) => [one.id, one.status]),
      [
        [id(9), 'ended'],
        [id(8), 'ended'],
      ],
    );
  });

  it('sends the time range, and always which of the two lists is meant', async () => {
    sessions(() => []);
    await connect(server).provider.listSessions({ live: true, from: START, to: START + 1 }, signal());
    assert.deepEqual(Object.fromEntries(server.requests[0]?.query ?? []), {
      active: 'true',
      after: '2026-11-01T08:00:00.000Z',
      before: '2026-11-01T08:00:00.001Z',
      limit: '25',
    });
  });

  for (const [wanted, sent] of [
    [1, '10'],
    [9, '10'],
    [57, '57'],
    [5000, '100'],
    [Number.NaN, '25'],
  ] as const) {
    it(`asks for ${sent} rows when ${wanted} are wanted`, async () => {
      sessions(() => []);
      await connect(server).provider.listSessions({ live: true, pageSize: wanted }, signal());
      assert.equal(server.requests[0]?.query.get('limit'), sent);
    });
  }

  it('goes on by the answer’s own limit when the server gives fewer rows than asked for', async () => {
    const rows = Array.from({ length: 47 }, (_, index) => session(100 - index));
    sessions(() => rows, 20);
    assert.deepEqual(
      await walk(false, 100),
      rows.map((row) => row.id),
    );
    assert.equal(server.requests.length, 3);
  });

  it('asks once more for 20 when a 400 names the limit, and remembers it', async () => {
    const rows = Array.from({ length: 45 }, (_, index) => session(100 - index));
    server.always((request) => {
      if (Number(request.query.get('limit')) > 20) {
        return { status: 400, body: { code: 400, message: 'limit must be between 10 and 20' } };
      }
      return { body: page(rows, request) };
    });
    assert.deepEqual(
      await walk(false, 100),
      rows.map((row) => row.id),
    );
    assert.deepEqual(
      server.requests.map(({ query }) => query.get('limit')),
      ['100', '20', '20', '20'],
    );
  });

  it('does not ask again for a 400 that names something else, nor a second time', async () => {
    server.always({ status: 400, body: { code: 400, message: 'invalid value for after' } });
    await assert.rejects(connect(server).provider.listSessions({ live: true }, signal()), {
      kind: 'BadResponse',
      status: 400,
    });
    assert.equal(server.requests.length, 1);
    server.reset();
    server.always({ status: 400, body: { code: 400, message: 'limit is wrong' } });
    await assert.rejects(connect(server).provider.listSessions({ live: true }, signal()), { kind: 'BadResponse' });
    assert.equal(server.requests.length, 2);
  });

  const full = Array.from({ length: 10 }, (_, index) => session(50 - index));
  const ends: [string, Json][] = [
    ['data is null', { limit: 10, data: null }],
    ['data is missing', { limit: 10 }],
    ['data is empty', { limit: 10, data: [], last: id(9) }],
    ['last is missing', { limit: 10, data: full }],
    ['last is null', { limit: 10, data: full, last: null }],
    ['last is empty', { limit: 10, data: full, last: '' }],
    ['last is no text', { limit: 10, data: full, last: 7 }],
    ['there are fewer rows than the limit', { limit: 10, data: full.slice(1), last: id(42) }],
    ['there are fewer rows than were asked for and no limit is told', { data: full.slice(1), last: id(42) }],
  ];
  for (const [what, body] of ends) {
    it(`ends where ${what}`, async () => {
      server.always({ body });
      const { next, items } = await connect(server).provider.listSessions({ live: false, pageSize: 10 }, signal());
      assert.equal(next, undefined);
      assert.equal(items.length, body.data?.length ?? 0);
    });
  }

  it('ends where last is what was sent as start, and says so', async () => {
    server.always({ body: { limit: 10, data: full, last: id(41) } });
    const { provider } = connect(server);
    const first = await provider.listSessions({ live: false, pageSize: 10 }, signal());
    const second = await provider.listSessions({ live: false, cursor: first.next }, signal());
    assert.equal(second.next, undefined);
    assert.match(second.issues.map(({ message }) => message).join(), /ends where it began/);
  });

  it('refuses a cursor that is none of its own, without asking', async () => {
    const { provider } = connect(server);
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      '',
      'x',
      made(null),
      made({ list: 5, limit: 10, page: 2 }),
      made({ list: 0, limit: 10_000, page: 2 }),
      made({ list: 0, limit: 10, page: 2, start: 7 }),
    ]) {
      await assert.rejects(provider.listSessions({ live: false, cursor }, signal()), {
        kind: 'BadInput',
        field: 'cursor',
      });
      await assert.rejects(provider.listRooms({ cursor }, signal()), { kind: 'BadInput', field: 'cursor' });
    }
    assert.deepEqual(server.requests, []);
  });

  it('says that it can neither sort nor search sessions', async () => {
    sessions(() => [session(1)]);
    const { items, issues } = await connect(server).provider.listSessions(
      { live: false, sortOrder: 'ascending', search: 'x' },
      signal(),
    );
    assert.equal(items.length, 1);
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['sort', 'search'],
    );
  });

  it('walks enabled rooms, then disabled ones, with name, template and creation', async () => {
    const rooms = Array.from({ length: 33 }, (_, index) => ({
      id: id(90 - index),
      name: `room ${index}`,
      enabled: index % 3 !== 0,
      created_at: '2026-01-01T00:00:00Z',
    }));
    server.always((request) => ({
      body: page(
        rooms.filter((room) => String(room.enabled) === request.query.get('enabled')),
        request,
      ),
    }));
    const { provider } = connect(server);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const read = await provider.listRooms(
        { cursor, pageSize: 10, search: 'room', templateId: 't1', from: START, to: START },
        signal(),
      );
      names.push(...read.items.map(({ name }) => name));
      cursor = read.next;
    } while (cursor !== undefined);
    const of = (enabled: boolean) => rooms.filter((room) => room.enabled === enabled).map(({ name }) => name);
    assert.deepEqual(names, [...of(true), ...of(false)]);
    const { start: _start, ...sent } = Object.fromEntries(server.requests.at(-1)?.query ?? []);
    const moment = '2026-11-01T08:00:00.000Z';
    assert.deepEqual(sent, {
      enabled: 'false',
      name: 'room',
      template_id: 't1',
      after: moment,
      before: moment,
      limit: '10',
    });
  });

  it('knows the room’s name of a session once the room was listed', async () => {
    server.always((request) =>
      request.path === '/v2/rooms'
        ? { body: page([{ id: id(1), name: 'Clinic' }], request) }
        : { body: page([session(5)], request) },
    );
    const { provider } = connect(server);
    assert.equal((await provider.listSessions({ live: false }, signal())).items[0]?.roomName, undefined);
    await provider.listRooms({ status: 'ENABLED' }, signal());
    assert.equal((await provider.listSessions({ live: false }, signal())).items[0]?.roomName, 'Clinic');
  });

  it('finds a session by id; unknown ids and odd text are not found', async () => {
    server.always(
      routes({
        [`/sessions/${id(5)}`]: { body: session(5) },
        '/sessions/odd': { status: 400, body: { code: 400, message: 'invalid id' } },
      }),
    );
    const { provider } = connect(server);
    assert.deepEqual(await provider.findSession(id(5), signal()), [
      { connectionId: 'c1', roomId: id(1), sessionId: id(5) },
    ]);
    assert.deepEqual(await provider.findSession(id(6), signal()), []);
    assert.deepEqual(await provider.findSession('odd', signal()), []);
    server.always({ status: 403, body: { code: 403, message: 'no' } });
    await assert.rejects(provider.findSession(id(7), signal()), { kind: 'Forbidden' });
  });
});
