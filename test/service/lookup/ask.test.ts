import assert from 'node:assert/strict';
import { type LookUpEvent, lookUp, type Reach } from '../../../src/lookup/ask';
import { type Candidate, recognise } from '../../../src/lookup/recognise';
import type { Match } from '../../../src/lookup/steps';
import {
  ACCOUNT,
  Accounts,
  hms,
  mediaMelon,
  OBJECT_ID,
  PEER,
  realtimeKit,
  rtkList,
  rtkSession,
  UUID,
  whereby,
} from './accounts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const never = (): AbortSignal => new AbortController().signal;

describe('look-up', () => {
  let accounts: Accounts;
  beforeEach(() => {
    accounts = new Accounts();
  });
  afterEach(() => accounts.stop());

  const events = async (text: string | Candidate[], reach: Reach = 'auto'): Promise<LookUpEvent[]> => {
    const candidates = typeof text === 'string' ? recognise(text).candidates : text;
    return collect(lookUp(accounts.source, candidates, never(), reach));
  };
  const matches = async (text: string, reach?: Reach): Promise<Match[]> =>
    (await events(text, reach)).flatMap((event) => (event.kind === 'found' ? [event.match] : []));
  const refs = async (text: string, reach?: Reach) => (await matches(text, reach)).map(({ ref }) => ref);

  describe('asks a provider as little as it takes:', () => {
    it('RealtimeKit with its app known, one request', async () => {
      const answers = realtimeKit({ a: [UUID] });
      const account = await accounts.add('realtimekit', 'r', answers, { settings: { appId: 'a' } });
      assert.deepEqual(await refs(UUID), [{ connectionId: 'r', appId: 'a', roomId: 'm1', sessionId: UUID }]);
      assert.deepEqual(account.asked(), [`/a/sessions/${UUID}`]);
    });

    it('RealtimeKit without, the apps once and one request an app', async () => {
      const account = await accounts.add('realtimekit', 'r', realtimeKit({ a: [], b: [UUID], c: [] }));
      assert.deepEqual(await refs(UUID), [{ connectionId: 'r', appId: 'b', roomId: 'm1', sessionId: UUID }]);
      const each = ['a', 'b', 'c'].map((app) => `/${app}/sessions/${UUID}`);
      assert.deepEqual(account.asked().sort(), [...each, '/apps'].sort());
      await refs(UUID);
      assert.equal(account.asked().filter((path) => path === '/apps').length, 1, 'the apps are kept');
      assert.equal(account.asked().length, 7);
    });

    it('RealtimeKit by the address of its API, one request whatever the connection says', async () => {
      const account = await accounts.add('realtimekit', 'r', realtimeKit({ a: [], b: [UUID] }));
      const url = `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/realtime/kit/b/sessions/${UUID}`;
      assert.equal((await refs(url)).length, 1);
      assert.deepEqual(account.asked(), [`/b/sessions/${UUID}`]);
      const other = url.replace(ACCOUNT, 'f'.repeat(32));
      assert.deepEqual(await events(other), [], 'a connection of another account is not asked');
    });

    it('100ms by the session, one request', async () => {
      const account = await accounts.add('100ms', 'h', hms({ [OBJECT_ID]: 'room-1' }));
      assert.deepEqual(await refs(OBJECT_ID), [{ connectionId: 'h', roomId: 'room-1', sessionId: OBJECT_ID }]);
      assert.deepEqual(account.asked(), [`/sessions/${OBJECT_ID}`]);
    });

    it('100ms by an unknown id: the session, on 404 the room', async () => {
      const account = await accounts.add('100ms', 'h', hms({}));
      assert.deepEqual(await refs(OBJECT_ID), []);
      assert.deepEqual(account.asked(), [`/sessions/${OBJECT_ID}`, `/rooms/${OBJECT_ID}`]);
    });

    it('100ms for the room only where nobody has such a session', async () => {
      const [a, b] = [
        await accounts.add('100ms', 'a', hms({})),
        await accounts.add('100ms', 'b', hms({ [OBJECT_ID]: 'r' })),
      ];
      assert.deepEqual(await refs(OBJECT_ID), [{ connectionId: 'b', roomId: 'r', sessionId: OBJECT_ID }]);
      assert.deepEqual([a.asked(), b.asked()], [[`/sessions/${OBJECT_ID}`], [`/sessions/${OBJECT_ID}`]]);
    });

    it('100ms by the room, with the sessions of it', async () => {
      const session = '64a1b2c3d4e5f60718293a99';
      await accounts.add('100ms', 'h', hms({ [session]: OBJECT_ID }, { [OBJECT_ID]: 'Support' }));
      const [match] = await matches(OBJECT_ID);
      assert.deepEqual(match?.ref, { connectionId: 'h', roomId: OBJECT_ID, sessionId: session });
      assert.deepEqual([match.as, match.roomName], ['room', 'Support']);
    });

    it('Whereby by the participants of the session, one request, and no room is sought', async () => {
      const account = await accounts.add('whereby', 'w', whereby([{ session: UUID }]));
      assert.deepEqual(await refs(UUID), [{ connectionId: 'w', roomId: undefined, sessionId: UUID }]);
      assert.deepEqual(account.asked(), [`/participants?roomSessionId=${UUID}`]);
    });

    it('MediaMelon by a filter on the session id, one request over the window that is told', async () => {
      const account = await accounts.add('mediamelon', 'm', mediaMelon(['mm-session-77']));
      const told = await events('mm-session-77');
      assert.deepEqual(
        told.flatMap((event) => (event.kind === 'found' ? [event.match.ref] : [])),
        [{ connectionId: 'm', roomId: 'Opening', sessionId: 'mm-session-77' }],
      );
      assert.equal(account.server.requests.length, 1);
      const [request] = account.server.requests;
      assert.equal(request?.query.get('filter'), '[sessionid=mm-session-77]');
      const [, start, end] = /start=(\d+),end=(\d+)/.exec(request.query.get('period') ?? '') ?? [];
      const answered = told.find((event) => event.kind === 'answered');
      assert.equal(answered?.kind === 'answered' && answered.backHours, 7 * 24);
      const seconds = Number(end) - Number(start);
      assert.ok(Math.abs(seconds - 7 * 24 * 3600) <= 1, `${seconds} s; ends are whole seconds`);
    });
  });

  describe('goes wider only where nobody has a direct hit:', () => {
    it('RealtimeKit by a meeting, searched in each app', async () => {
      const meeting = rtkSession('s9', UUID);
      const answers = realtimeKit({ a: [], b: [] }, ({ path, query }) =>
        path.endsWith('/b/sessions') && query.get('search') === UUID ? rtkList([meeting]) : undefined,
      );
      await accounts.add('realtimekit', 'r', answers);
      const [match, ...others] = await matches(UUID);
      assert.deepEqual(match?.ref, { connectionId: 'r', appId: 'b', roomId: UUID, sessionId: 's9' });
      assert.deepEqual([match.as, match.roomName, others.length], ['room', 'Weekly review', 0]);
    });

    it('RealtimeKit by a peer, whose report names its session', async () => {
      const report = { success: true, data: { participant: { id: PEER, display_name: 'Caller A', session_id: 's1' } } };
      const answers = realtimeKit({ a: [] }, ({ path }) =>
        path.endsWith(`/sessions/peer-report/${PEER}`) ? report : undefined,
      );
      const account = await accounts.add('realtimekit', 'r', answers);
      const [match] = await matches(PEER);
      assert.deepEqual(match?.ref, { connectionId: 'r', appId: 'a', sessionId: 's1', participantId: PEER });
      assert.equal(match.participant?.name, 'Caller A');
      assert.deepEqual(
        account.asked().sort(),
        [
          `/a/sessions/${PEER}`,
          `/a/sessions/peer-report/${PEER}`,
          `/a/sessions?sort_by=createdAt&search=${PEER}`,
          '/apps',
        ].sort(),
      );
    });

    it('RealtimeKit by a peer whose report names none: the sessions that were going on are looked through', async () => {
      const participant = { id: PEER, display_name: 'Caller A', joined_at: '2026-11-20T10:05:00.000Z' };
      const answers = realtimeKit({ a: [] }, ({ path, query }) => {
        if (path.endsWith(`/peer-report/${PEER}`)) return { success: true, data: { participant } };
        if (path.endsWith('/a/sessions'))
          return rtkList(query.has('search') ? [] : [rtkSession('s0'), rtkSession('s1')]);
        const rows = path.endsWith('/s1/participants') ? [participant] : [];
        return path.endsWith('/participants') ? { success: true, data: { participants: rows } } : undefined;
      });
      await accounts.add('realtimekit', 'r', answers);
      assert.deepEqual(await refs(PEER), [{ connectionId: 'r', appId: 'a', sessionId: 's1', participantId: PEER }]);
    });

    it('100ms by a peer: the newest 100 live and 100 ended sessions are looked through, once', async () => {
      const account = await accounts.add('100ms', 'h', hms({ [OBJECT_ID]: 'room-1' }));
      const [match, ...others] = await matches(PEER);
      const ref = { connectionId: 'h', roomId: 'room-1', sessionId: OBJECT_ID, participantId: PEER };
      assert.deepEqual([match?.as, match?.ref, others.length], ['participant', ref, 0]);
      assert.equal(match?.participant?.name, 'Caller A');
      const read = () => account.server.requests.filter(({ path }) => path.endsWith('/sessions'));
      assert.deepEqual(
        read()
          .map(({ query }) => [query.get('active'), query.get('limit')])
          .sort(),
        [
          ['false', '100'],
          ['true', '100'],
        ],
      );
      assert.deepEqual(await refs(`peer_id=${PEER.toUpperCase()}`), [ref], 'a session that was read is not read again');
      assert.equal(read().length, 2);
    });

    it('100ms for no peer under an id of another form', async () => {
      const account = await accounts.add('100ms', 'h', hms({ [OBJECT_ID]: 'room-1' }));
      assert.deepEqual(await refs('peer_id=customer-4711'), []);
      assert.ok(account.server.requests.every(({ path }) => path.endsWith('/rooms')));
    });

    it('Whereby by a person, MediaMelon by a subscriber', async () => {
      const w = await accounts.add('whereby', 'w', whereby([{ session: 's1', person: 'user-4711' }]));
      const m = await accounts.add('mediamelon', 'm', mediaMelon(['mm-1'], 'user-4711'));
      const found = await refs('user-4711');
      assert.deepEqual(found.map(({ connectionId, sessionId }) => `${connectionId} ${sessionId}`).sort(), [
        'm mm-1',
        'w s1',
      ]);
      assert.ok(w.asked().includes('/participants?externalId=user-4711'), w.asked().join());
      assert.ok(m.server.requests.some(({ query }) => query.get('filter')?.includes('[subscriberid=user-4711]')));
    });

    it('Whereby by the address of a room, without its key', async () => {
      const w = await accounts.add('whereby', 'w', whereby([], { '/support-1': 's1' }));
      assert.deepEqual(await refs('https://acme.whereby.com/support-1?roomKey=canary'), [
        { connectionId: 'w', roomId: '/support-1', sessionId: 's1' },
      ]);
      assert.deepEqual(w.asked(), ['/rooms?roomName[exact]=/support-1', '/room-sessions?roomName=/support-1']);
    });

    it('Whereby by the number of a meeting, which names the room; its secret addresses are not asked for', async () => {
      const answers = whereby([], { '/support-1': 's1', '/call-96473563': 's2' }, { 96473563: '/support-1' });
      const w = await accounts.add('whereby', 'w', answers);
      assert.deepEqual(await refs('96473563'), [{ connectionId: 'w', roomId: '/support-1', sessionId: 's1' }]);
      assert.deepEqual(
        w.asked().filter((path) => !path.startsWith('/participants')),
        ['/meetings/96473563', '/room-sessions?roomName=/support-1'],
      );
      // As it stands in the answer that made the meeting.
      assert.deepEqual(
        (await matches('"meetingId":"96473563"')).map(({ as, roomName }) => [as, roomName]),
        [['room', '/support-1']],
      );
      assert.ok(w.server.requests.every(({ query }) => !query.has('fields')));
    });

    it('Whereby by a number that is no meeting, but part of a room’s name', async () => {
      const w = await accounts.add('whereby', 'w', whereby([], { '/call-4711': 's2' }));
      assert.deepEqual(await refs('4711'), [{ connectionId: 'w', roomId: '/call-4711', sessionId: 's2' }]);
      assert.ok(w.asked().includes('/meetings/4711'), w.asked().join());
      await refs('call-4711');
      assert.equal(w.asked().filter((path) => path.startsWith('/meetings/')).length, 1, 'a name is no such number');
    });

    it('and a title, by whoever can search for one', async () => {
      const r = await accounts.add(
        'realtimekit',
        'r',
        realtimeKit({ a: [] }, ({ query }) =>
          query.get('search') === 'Weekly review' ? rtkList([rtkSession('s1')]) : undefined,
        ),
        { settings: { appId: 'a' } },
      );
      await accounts.add('100ms', 'h', hms({ s2: OBJECT_ID }, { [OBJECT_ID]: 'Weekly review' }));
      const found = await refs('"Weekly review"');
      assert.deepEqual(found.map(({ sessionId }) => sessionId).sort(), ['s1', 's2']);
      assert.equal(r.server.requests.length, 1);
    });

    it('on request also where there was a hit', async () => {
      await accounts.add('whereby', 'w', whereby([{ session: UUID }, { session: 's7', person: UUID }]));
      assert.deepEqual(
        (await refs(UUID)).map(({ sessionId }) => sessionId),
        [UUID],
      );
      assert.deepEqual(
        (await refs(UUID, 'wider')).map(({ sessionId }) => sessionId),
        ['s7'],
      );
    });
  });

  it('asks only those who can hold the id', async () => {
    const r = await accounts.add('realtimekit', 'r', realtimeKit({ a: [] }));
    const w = await accounts.add('whereby', 'w', whereby([]));
    const h = await accounts.add('100ms', 'h', hms({ [OBJECT_ID]: 'room' }));
    assert.equal((await refs(OBJECT_ID)).length, 1);
    assert.deepEqual([r.asked().length, w.asked().length, h.asked().length], [0, 0, 1]);
  });

  it('finds an id that exists at two providers at both', async () => {
    await accounts.add('realtimekit', 'r', realtimeKit({ a: [UUID] }));
    await accounts.add('whereby', 'w', whereby([{ session: UUID }]));
    await accounts.add('mediamelon', 'm', mediaMelon([UUID]));
    assert.deepEqual((await refs(UUID)).map(({ connectionId }) => connectionId).sort(), ['m', 'r', 'w']);
  });

  it('finds the participant whom a log line names beside the session', async () => {
    const h = await accounts.add('100ms', 'h', hms({ [OBJECT_ID]: 'room-1' }));
    const found = await refs(`10:42 warn session_id=${OBJECT_ID} peer_id=${PEER} ICE failed`);
    const ref = { connectionId: 'h', roomId: 'room-1', sessionId: OBJECT_ID };
    assert.deepEqual(found, [ref, { ...ref, participantId: PEER }]);
    assert.deepEqual(h.asked(), [`/sessions/${OBJECT_ID}`], 'the session holds its people');
  });

  it('tells of each connection that fails, once, and of the others as if it were not there', async () => {
    await accounts.add('realtimekit', 'refused', () => ({ status: 401, body: { success: false } }));
    await accounts.add('whereby', 'broken', () => ({ status: 500, body: 'oops' }));
    await accounts.add('whereby', 'w', whereby([{ session: UUID }]));
    const told = await events(UUID);
    const failed = told.flatMap((event) =>
      event.kind === 'failed' ? [`${event.connection.label} ${event.error.kind}`] : [],
    );
    assert.deepEqual(failed.sort(), ['broken BadResponse', 'refused Auth']);
    assert.equal(told.filter(({ kind }) => kind === 'found').length, 1);
    assert.equal(told.filter(({ kind }) => kind === 'answered').length, 3);
  });

  it('shows what one app has though another fails', async () => {
    const answers = realtimeKit({ a: [UUID], b: [] }, ({ path }) =>
      path.includes('/b/') ? { status: 403, body: { success: false } } : undefined,
    );
    await accounts.add('realtimekit', 'r', answers);
    const told = await events(UUID);
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['found', 'answered'],
    );
  });

  it('never waits for the slowest: one that does not answer holds up nothing', async () => {
    const slow = await accounts.add('whereby', 'slow', whereby([{ session: UUID }]), { delayMs: 5000 });
    for (const id of ['w1', 'w2', 'w3']) {
      await accounts.add('whereby', id, whereby(id === 'w2' ? [{ session: UUID }] : []), { delayMs: 200 });
    }
    const order: string[] = [];
    const stop = new AbortController();
    for await (const event of lookUp(accounts.source, recognise(UUID).candidates, stop.signal)) {
      order.push(`${event.kind} ${event.connection.label}`);
      if (order.length === 4) stop.abort();
    }
    assert.equal(order.filter((line) => line.startsWith('answered')).length, 3, order.join());
    assert.ok(order.includes('found w2'));
    assert.ok(!order.some((line) => line.endsWith('slow')), order.join());
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(slow.server.requests.length, 1);
  });

  it('does not hold back a wider search for one that does not answer', async () => {
    await accounts.add('mediamelon', 'slow', mediaMelon([]), { delayMs: 5000 });
    await accounts.add('whereby', 'w', whereby([{ session: 's1', person: 'user-4711' }]), { delayMs: 100 });
    const stop = new AbortController();
    const order: string[] = [];
    for await (const event of lookUp(accounts.source, recognise('user-4711').candidates, stop.signal)) {
      order.push(`${event.kind} ${event.connection.label}`);
      if (event.kind === 'found') stop.abort();
    }
    assert.deepEqual(order, ['found w']);
  });

  it('asks for nothing more once it was stopped or left', async () => {
    const r = await accounts.add('realtimekit', 'r', realtimeKit({ a: [], b: [] }), { delayMs: 100 });
    const stop = new AbortController();
    const reading = collect(lookUp(accounts.source, recognise(UUID).candidates, stop.signal));
    await new Promise((resolve) => setTimeout(resolve, 30));
    stop.abort();
    assert.deepEqual(await reading, []);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(r.asked(), ['/apps']);

    const w = await accounts.add('whereby', 'w', whereby([{ session: UUID }]));
    for await (const event of lookUp(accounts.source, recognise(UUID).candidates, never())) {
      if (event.kind === 'found') break;
    }
    assert.equal(w.asked().length, 1);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.ok(r.asked().length <= 2, 'what was under way is stopped');
  });

  it('survives hostile ids: they stay one segment of a path, or are not asked for', async () => {
    const r = await accounts.add('realtimekit', 'r', realtimeKit({ a: [] }), { settings: { appId: 'a' } });
    const m = await accounts.add('mediamelon', 'm', mediaMelon([]));
    const h = await accounts.add('100ms', 'h', hms({}));
    const hostile = ['../../../user/tokens/verify', 'x]|[country=US', '<script>', '$(trash)', '%2e%2e%2f', 'a?b=c#d'];
    for (const id of hostile) {
      for (const role of ['session', 'room', 'participant', 'person'] as const) {
        await events([{ id, role, shape: 'word' }]);
      }
    }
    const paths = [r, m, h].flatMap(({ server }) => server.requests.map(({ path }) => path));
    for (const path of paths) {
      assert.match(
        path,
        /^\/(client\/v4\/accounts\/\w+\/realtime\/kit\/a\/sessions|mm-apis\/listsessions\/\d+|v2\/(sessions|rooms))/,
      );
      assert.doesNotMatch(path, /tokens\/verify/);
    }
    const filters = m.server.requests.map(({ query }) => query.get('filter') ?? '');
    assert.ok(!filters.some((filter) => filter.includes('country')), filters.join(' '));
  });
});
