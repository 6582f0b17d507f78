import assert from 'node:assert/strict';
import type { Participant } from '../../../src/core/model';
import { Pager } from '../../../src/core/page';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, signal } from './connection';
import { NOTHING, routes, STATS } from './fixtures';

const START = Date.UTC(2026, 10, 1, 8, 0, 0);
const ROOM = 'room-1';
const at = (offset: number): string => new Date(START + offset).toISOString();

/** `count` peers, one a second, each for a minute. */
function peers(count: number): Json {
  const entries = Array.from({ length: count }, (_, n) => {
    const id = `peer-${String((n * 7919) % 100_003).padStart(6, '0')}`;
    return [
      id,
      {
        id,
        session_id: 's1',
        name: `Person ${n}`,
        role: n % 10 === 0 ? 'host' : 'guest',
        user_id: `user-${n % 4000}`,
        joined_at: at(n * 1000),
        left_at: at(n * 1000 + 60_000),
      },
    ];
  });
  return Object.fromEntries(entries);
}

const ended = (more: object = {}): Json => ({
  id: 's1',
  room_id: ROOM,
  active: false,
  created_at: at(0),
  updated_at: at(3_600_000),
  ...more,
});

describe('100ms: people of a session', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  const one = (session: Json, more: Parameters<typeof routes>[0] = {}) =>
    server.always(
      routes({
        [`/sessions/${session.id}`]: { body: session },
        '/sessions': { body: { limit: 10, data: [session], last: session.id } },
        ...more,
      }),
    );
  const query = { connectionId: 'c1', sessionId: 's1' };

  it('pages 5000 of them with a single request, all once, in the order of joining', async () => {
    one(ended({ peers: peers(5000) }));
    const { provider } = connect(server);
    const pager = new Pager<Participant>((cursor, abort) =>
      provider.listParticipants({ ...query, cursor, pageSize: 100 }, abort),
    );
    while (pager.hasMore) await pager.loadMore(signal());
    assert.equal(pager.items.length, 5000);
    assert.equal(pager.total, 5000);
    assert.deepEqual(
      pager.items.map(({ name }) => name),
      Array.from({ length: 5000 }, (_, n) => `Person ${n}`),
    );
    assert.equal(server.requests.length, 1);
  }).timeout(20_000);

  it('needs no request for those of a session that was just listed, and reads it anew when asked again', async () => {
    one(ended({ peers: peers(40) }));
    const { provider } = connect(server);
    await provider.listSessions({ live: false }, signal());
    const first = await provider.listParticipants({ ...query, pageSize: 25 }, signal());
    await provider.listParticipants({ ...query, pageSize: 25, cursor: first.next }, signal());
    assert.equal(server.requests.length, 1);
    await provider.listParticipants(query, signal());
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ['/v2/sessions', '/v2/sessions/s1'],
    );
  });

  it('searches and sorts all of them, loaded or not', async () => {
    one(ended({ peers: peers(300) }));
    const { provider } = connect(server);
    const names = async (more: object) =>
      (await provider.listParticipants({ ...query, pageSize: 3, ...more }, signal())).items.map(({ name }) => name);
    assert.deepEqual(await names({ sortOrder: 'descending' }), ['Person 299', 'Person 298', 'Person 297']);
    assert.deepEqual(await names({ search: 'person 271' }), ['Person 271']);
    assert.deepEqual(await names({ search: 'USER-42' }), ['Person 42']);
    assert.deepEqual(await names({ search: 'host' }), ['Person 0', 'Person 10', 'Person 20']);
    assert.deepEqual(await names({ sortBy: 'leftAt', sortOrder: 'descending' }), [
      'Person 299',
      'Person 298',
      'Person 297',
    ]);
    const longest = { ...peers(5), extra: { name: 'Longest', joined_at: at(0), left_at: at(900_000) } };
    one(ended({ peers: longest }));
    assert.deepEqual((await names({ sortBy: 'duration', sortOrder: 'descending' }))[0], 'Longest');
  });

  it('goes on at the same place when the list was forgotten meanwhile', async () => {
    one(ended({ peers: peers(60) }));
    const { provider } = connect(server);
    const first = await provider.listParticipants({ ...query, pageSize: 20 }, signal());
    // Enough other lists that the first is given up.
    for (let n = 0; n < 9; n++) await provider.listParticipants({ ...query, pageSize: 20 }, signal());
    const second = await provider.listParticipants({ ...query, pageSize: 20, cursor: first.next }, signal());
    assert.equal(second.items[0]?.name, 'Person 20');
    await assert.rejects(provider.listParticipants({ ...query, sessionId: 's2', cursor: first.next }, signal()), {
      kind: 'BadInput',
    });
  });

  it('clamps who never left an ended session to its end, and marks it', async () => {
    one(
      ended({
        peers: {
          a: { name: 'A', joined_at: at(0) },
          b: { name: 'B', joined_at: at(1000), left_at: '0001-01-01T00:00:00Z' },
        },
      }),
    );
    const { items } = await connect(server).provider.listParticipants(query, signal());
    for (const person of items) {
      assert.equal(person.leftAt, START + 3_600_000);
      assert.equal(person.leftTimeUnknown, true);
      assert.equal(person.durationMs, undefined);
      assert.match(person.facts?.[0]?.value ?? '', /unknown time; the end of the session stands in/);
    }
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'b'],
      'the key stands in for the id',
    );
  });

  it('takes the deprecated user for the user id, and reads a list of peers as the documentation has it', async () => {
    one(
      ended({
        peers: [{ id: 'a', user: 'u1', joined_at: '2026-11-01T08:00:00Z', left_at: '2026-11-01T08:00:01.65Z' }],
      }),
    );
    const { items } = await connect(server).provider.listParticipants(query, signal());
    assert.equal(items[0]?.userId, 'u1');
    assert.equal(items[0].durationMs, 1650);
  });

  for (const [what, value] of [
    ['missing', undefined],
    ['null', null],
    ['empty', {}],
  ] as const) {
    it(`shows nobody where peers are ${what}`, async () => {
      one(ended({ peers: value }));
      const { items, issues, total } = await connect(server).provider.listParticipants(query, signal());
      assert.deepEqual([items, issues, total], [[], [], 0]);
    });
  }

  it('keeps the good ones beside bad ones, each with its path', async () => {
    one(
      ended({
        peers: {
          a: { name: 'A', joined_at: at(0) },
          b: 'nobody',
          c: null,
          d: { name: 7, joined_at: at(2) },
          e: { name: 'E', joined_at: 'never' },
        },
      }),
    );
    const { items, issues } = await connect(server).provider.listParticipants(query, signal());
    assert.deepEqual(items.map(({ id }) => id).sort(), ['a', 'd', 'e']);
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['session.peers.b', 'session.peers.c', 'session.peers.d.name'],
    );
  });

  it('marks ghosts of a live session, and adds who has come since', async () => {
    const live = ended({
      active: true,
      peers: {
        a: { name: 'A', joined_at: at(0) },
        b: { name: 'B', joined_at: at(1) },
        c: { name: 'C', joined_at: at(2), left_at: at(9) },
      },
    });
    one(live, {
      [`/active-rooms/${ROOM}/peers`]: {
        body: { peers: { a: { id: 'a', name: 'A', joined_at: at(0) }, d: { id: 'd', name: 'D', joined_at: at(3) } } },
      },
    });
    const { items } = await connect(server).provider.listParticipants(query, signal());
    assert.deepEqual(
      items.map(({ id, leftAt, leftTimeUnknown }) => [id, leftAt, leftTimeUnknown]),
      [
        ['a', undefined, undefined],
        ['b', undefined, true],
        ['c', START + 9, undefined],
        ['d', undefined, undefined],
      ],
    );
  });

  it('does not add the people of the room’s next session', async () => {
    const live = ended({ active: true, peers: { a: { name: 'A', joined_at: at(0) } } });
    one(live, {
      [`/active-rooms/${ROOM}/peers`]: { body: { peers: { x: { id: 'x', name: 'X', joined_at: at(9) } } } },
    });
    const { items } = await connect(server).provider.listParticipants(query, signal());
    assert.deepEqual(
      items.map(({ id, leftTimeUnknown }) => [id, leftTimeUnknown]),
      [['a', true]],
    );
  });

  it('takes an empty room as everybody gone, and a room that cannot be asked as a remark', async () => {
    const live = ended({ active: true, peers: { a: { name: 'A', joined_at: at(0) } } });
    one(live);
    const { provider } = connect(server);
    assert.equal((await provider.listParticipants(query, signal())).items[0]?.leftTimeUnknown, true);
    one(live, { [`/active-rooms/${ROOM}/peers`]: { status: 403, body: { code: 403, message: 'no' } } });
    const { items, issues } = await provider.listParticipants(query, signal());
    assert.equal(items[0]?.leftTimeUnknown, undefined);
    assert.match(issues[0]?.message ?? '', /could not be confirmed/);
  });

  it('works out the figures of a session from its stays', async () => {
    const session = ended({
      peers: {
        a: { user_id: 'u1', joined_at: at(0), left_at: at(600_000) },
        b: { user_id: 'u2', joined_at: at(300_000), left_at: at(900_000) },
        c: { user_id: 'u1', joined_at: at(900_000), left_at: at(1_200_000) },
      },
    });
    one(session);
    const { items } = await connect(server).provider.listSessions({ live: false }, signal());
    // 10 + 10 + 5 minutes; a and b overlap, c comes as b leaves.
    assert.equal(items[0]?.participantMinutes, 25);
    assert.equal(items[0].maxConcurrentParticipants, 2);
    assert.deepEqual(
      items[0].facts?.slice(0, 2).map(({ value }) => value),
      ['3', '2'],
    );
    assert.equal((items[0].endedAt ?? 0) - (items[0].startedAt ?? 0), 3_600_000);
  });

  it('opens a report and its session with no request made twice', async () => {
    one(ended({ peers: peers(3) }), {
      ...NOTHING,
      [STATS]: {
        body: {
          peer_id: 'peer-000000',
          publisher: { audio: [{ track_id: 't', time_series: { timestamps: [START], bitrate: [1] } }] },
        },
      },
    });
    const { provider } = connect(server);
    const ref = { ...query, participantId: 'peer-000000' };
    await Promise.all([provider.getReport(ref, signal()), provider.getSession(query, signal())]);
    await provider.listParticipants(query, signal());
    const seen = server.requests.map((request) => `${request.path}?${request.query}`);
    assert.equal(new Set(seen).size, seen.length, seen.join('\n'));
  });
});
