import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallError } from '../../../src/core/errors';
import { Pager } from '../../../src/core/page';
import { FIXTURES } from '../../paths';
import { ScriptedServer } from '../http/server';
import { ACCOUNT, APP, CANARY, connect, PREFIX } from './connection';

const never = () => new AbortController().signal;

function fixture(name: string): Buffer {
  return readFileSync(join(FIXTURES, 'realtimekit', name));
}

/** A list of sessions with these ids; `paging` as it stands at the top of the answer. */
function sessions(ids: readonly unknown[], paging?: unknown) {
  return { body: { success: true, data: { sessions: ids.map((id) => ({ id, status: 'ENDED' })) }, paging } };
}

describe('RealtimeKit lists over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const provider = (settings: Record<string, string> = { appId: APP }) => connect(server, settings).provider;

  it('reads the published list of participants, with its paging inside data and its stray quote', async () => {
    server.always({ body: fixture('session-participants.json') });
    const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's1' }, never());
    assert.equal(page.total, 123);
    assert.ok(page.next);
    assert.deepEqual(page.issues, []);
    const [mark, henry] = page.items;
    assert.equal(mark?.name, 'Mark');
    assert.equal(mark?.role, 'webinar_participant');
    // 5.8097 minutes
    assert.ok(Math.abs((mark?.durationMs ?? 0) - 5.8097 * 60_000) < 1e-6);
    assert.equal(henry?.joinedAt, Date.UTC(2023, 1, 1, 10, 50, 36, 846));
  });

  it('reads the published live session, whose end is the text "null"', async () => {
    server.always({ body: fixture('active-session.json') });
    const session = await provider().getSession({ connectionId: 'c1', sessionId: 'x' }, never());
    assert.equal(session.status, 'live');
    assert.equal(session.endedAt, undefined);
    assert.equal(session.participantMinutes, 2.3434);
    assert.equal(session.roomId, '6bf2b8be-04dd-4191-b602-1128921a306b');
  });

  it('reads a session that is wrapped once more, with breakout rooms', async () => {
    const room = { id: 'b', associated_id: 'm', status: 'ENDED', breakout_rooms: null };
    server.always({
      body: { success: true, data: { session: { id: 'a', status: 'LIVE', breakout_rooms: [room, 7] } } },
    });
    const session = await provider().getSession({ connectionId: 'c1', sessionId: 'a' }, never());
    assert.equal(session.id, 'a');
    assert.deepEqual(
      session.breakoutRooms?.map(({ id, status }) => [id, status]),
      [['b', 'ended']],
    );
  });

  it('reads the published list of apps, which has no paging', async () => {
    server.always({ body: fixture('apps-list.json') });
    const page = await provider({}).listApps?.({}, never());
    assert.deepEqual(page?.items, [
      { id: 'my-app-id', name: 'my-first-app', createdAt: Date.UTC(2025, 0, 1, 8, 16, 40, 644) },
    ]);
    assert.equal(server.requests[0]?.path, `${PREFIX}/apps`);
  });

  it('reads meetings and keeps no storage credentials and no stream key', async () => {
    const recording_config = {
      max_seconds: 600,
      file_name_prefix: 'rec',
      video_config: { codec: 'H264', width: 1280, height: 720 },
      audio_config: { codec: 'AAC', channel: 'stereo' },
      storage_config: { access_key: 'AKIA-SECRET', secret: 'very-secret' },
      live_streaming_config: { rtmp_url: 'rtmp://live.example/very-secret' },
    };
    const row = {
      id: 'm1',
      title: null,
      status: 'ACTIVE',
      record_on_start: true,
      persist_chat: false,
      recording_config,
    };
    server.always({ body: { success: true, data: [row], paging: { total_count: 1 } } });
    const page = await provider().listRooms({}, never());
    const [room] = page.items;
    assert.equal(room?.name, 'm1');
    assert.ok(!JSON.stringify(page).includes('SECRET') && !JSON.stringify(page).includes('very-secret'));
    assert.deepEqual(Object.fromEntries(room?.facts?.map(({ label, value }) => [label, value]) ?? []), {
      'Records on start': 'yes',
      'Keeps chat': 'no',
      'Longest recording': '600 s',
      'Recording file prefix': 'rec',
      'Recording video': 'H264, 1280 × 720',
      'Recording audio': 'AAC, stereo',
    });
  });

  describe('pages', () => {
    const list = (cursor?: string, pageSize?: number) => provider().listSessions({ cursor, pageSize }, never());

    it('starts at page 1 and goes on by the offsets until the total', async () => {
      server.next(sessions(['a', 'b'], { total_count: 3, start_offset: 1, end_offset: 2 }));
      server.next(sessions(['c'], { total_count: 3, start_offset: 3, end_offset: 3 }));
      const first = await list(undefined, 2);
      const second = await list(first.next);
      assert.deepEqual([first.total, second.total, second.next], [3, 3, undefined]);
      assert.deepEqual(
        server.requests.map(({ query }) => [query.get('page_no'), query.get('per_page')]),
        [
          ['1', '2'],
          ['2', '2'],
        ],
      );
    });

    it('counts rows where there is a total only, unreadable ones too', async () => {
      server.next(sessions(['a', 7], { total_count: 3 }));
      server.next(sessions(['c'], { total_count: 3 }));
      const first = await list(undefined, 2);
      assert.equal(first.items.length, 1);
      assert.ok(first.next);
      assert.equal((await list(first.next)).next, undefined);
    });

    it('goes on without paging while pages are full, by the server’s own size', async () => {
      const rows = (from: number, to: number) => sessions(Array.from({ length: to - from }, (_, i) => `s${from + i}`));
      server.next(rows(0, 10), rows(10, 20), rows(20, 23));
      const first = await list(undefined, 25);
      const second = await list(first.next);
      const third = await list(second.next);
      assert.deepEqual(
        [first, second, third].map(({ items, issues }) => [items.length, issues.length]),
        [
          [10, 0],
          [10, 0],
          [3, 0],
        ],
      );
      assert.equal(third.next, undefined);
    });

    it('ends without paging at a short page, and at an empty one', async () => {
      server.next(sessions(['a', 'b']));
      assert.equal((await list(undefined, 25)).next, undefined);
      server.next(sessions(['a', 'b']), sessions([]));
      const full = await list(undefined, 2);
      const end = await list(full.next);
      assert.deepEqual([end.items, end.next, end.issues], [[], undefined, []]);
    });

    it('passes one empty page in the middle and says so', async () => {
      const paging = { total_count: 4 };
      server.next(sessions(['a', 'b'], paging), sessions([], paging), sessions(['c', 'd'], paging));
      const pager = new Pager((cursor, signal) => provider().listSessions({ cursor, pageSize: 2 }, signal));
      await pager.loadMore(never());
      await pager.loadMore(never());
      assert.match(pager.issues[0]?.message ?? '', /Page 2 came empty with 2 of 4 rows read; the list goes on/);
      await pager.loadMore(never());
      assert.deepEqual(
        pager.items.map(({ id }) => id),
        ['a', 'b', 'c', 'd'],
      );
      assert.equal(pager.hasMore, false);
    });

    it('stops after two empty pages in a row', async () => {
      const paging = { total_count: 4 };
      server.next(sessions(['a', 'b'], paging), sessions([], paging), sessions([], paging));
      const first = await list(undefined, 2);
      const second = await list(first.next);
      const third = await list(second.next);
      assert.equal(third.next, undefined);
      assert.match(third.issues[0]?.message ?? '', /the list ends here/);
    });

    it('stops at a page that repeats the one before', async () => {
      server.always(sessions(['a', 'b'], { total_count: 90 }));
      const first = await list(undefined, 2);
      const second = await list(first.next);
      assert.equal(second.next, undefined);
      assert.match(second.issues[0]?.message ?? '', /Page 2 repeats page 1/);
    });

    it('an empty list is a page without rows', async () => {
      server.always(sessions([], { total_count: 0, start_offset: 0, end_offset: 0 }));
      assert.deepEqual(await list(), { items: [], issues: [], total: 0 });
    });

    it('forgives a paging object that makes no sense', async () => {
      server.always(sessions(['a'], { total_count: 'many', end_offset: -3 }));
      const page = await list(undefined, 5);
      assert.equal(page.items.length, 1);
      assert.match(page.issues[0]?.path ?? '', /^paging\.total_count$/);
    });

    it('clamps the page size to 1..100', async () => {
      server.always(sessions([]));
      for (const size of [0, -4, 1000, 3.4, Number.NaN]) await list(undefined, size);
      assert.deepEqual(
        server.requests.map(({ query }) => query.get('per_page')),
        ['25', '1', '100', '3', '25'],
      );
    });

    it('refuses a cursor that it did not give out', async () => {
      const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const good = { page: 2, size: 25, seen: 25, longest: 25, empty: 0 };
      const bad = ['', 'x', '!!', forged(null), forged({ ...good, page: -1 }), forged({ ...good, size: 1e9 })];
      for (const cursor of [...bad, forged({ ...good, first: 3 }), forged({ ...good, page: '2' })]) {
        await assert.rejects(list(cursor), { kind: 'BadInput', field: 'cursor' });
      }
      assert.equal(server.requests.length, 0);
    });
  });

  describe('records', () => {
    it('a record without an id costs itself only', async () => {
      server.always(sessions(['a', undefined, '', 12, 'b']));
      const page = await provider().listSessions({}, never());
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['a', 'b'],
      );
      assert.deepEqual(
        page.issues.map(({ path }) => path),
        ['data.sessions[1].id', 'data.sessions[2].id', 'data.sessions[3].id'],
      );
      assert.match(page.issues[2]?.message ?? '', /Expected a string, found the number 12; the record is left out/);
    });

    it('a field of the wrong type costs that field only', async () => {
      const row = {
        id: 'a',
        status: 'ENDED',
        started_at: 17,
        minutes_consumed: 'lots',
        live_participants: 3,
        extra: {},
      };
      server.always({ body: { success: true, data: { sessions: [row] } } });
      const page = await provider().listSessions({}, never());
      const [session] = page.items;
      assert.equal(session?.liveParticipants, 3);
      assert.equal(session?.startedAt, undefined);
      assert.equal(session?.participantMinutes, undefined);
      assert.deepEqual(page.issues.map(({ path }) => path).sort(), [
        'data.sessions[0].minutes_consumed',
        'data.sessions[0].started_at',
      ]);
    });

    it('a row that is no object costs itself only', async () => {
      server.always({ body: { success: true, data: { sessions: [null, 'x', [], { id: 'a' }] } } });
      const page = await provider().listSessions({}, never());
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['a'],
      );
      assert.equal(page.issues.length, 3);
    });

    it('a bad peer event costs itself only', async () => {
      const peer_events = [
        { event_name: 'PEER_LEAVING', created_at: '2024-01-01T10:05:00.000Z', peer_id: 'p' },
        { event_name: 9, created_at: '2024-01-01T10:01:00.000Z' },
        { event_name: 'PEER_JOINING', created_at: 'yesterday' },
        'no',
        { event_name: 'PEER_CREATED', created_at: '2024-01-01T10:00:00.000Z', preset_view_type: null },
      ];
      server.always({ body: { success: true, data: { participants: [{ id: 'a', peer_events }] } } });
      const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's' }, never());
      assert.deepEqual(
        page.items[0]?.events?.map(({ name }) => name),
        ['PEER_CREATED', 'PEER_EVENT', 'PEER_LEAVING'],
      );
      assert.equal(page.issues.length, 3);
      assert.equal(page.issues[0]?.path, 'data.participants[0].peer_events[1].event_name');
    });

    it('names with markup come through as plain text', async () => {
      const display_name = '<img src=x onerror=alert(1)> $(zap) [a](command:x)';
      server.always({ body: { success: true, data: { participants: [{ id: 'a', display_name }] } } });
      const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's' }, never());
      assert.equal(page.items[0]?.name, display_name);
    });

    it('an answer without a list is an error that says so', async () => {
      for (const body of [{ success: true }, { success: true, data: {} }, { success: true, data: null }, [], 4, null]) {
        server.always({ body: JSON.stringify(body) });
        await assert.rejects(provider().listSessions({}, never()), (error: CallError) => {
          assert.equal(error.kind, 'BadResponse');
          assert.match(error.text, /RealtimeKit at 127\.0\.0\.1:\d+ answered .* without (data|a list)/);
          return true;
        });
      }
    });
  });

  describe('refusals', () => {
    const gateway = (code: number, message: string) => ({
      success: false,
      errors: [{ code, message }],
      messages: [],
      result: null,
    });
    const cases: [string, number, unknown, string, RegExp][] = [
      [
        'wrong token',
        401,
        gateway(10000, 'Authentication error'),
        'Auth',
        /did not accept the key.*"Authentication error"/,
      ],
      ['malformed token', 400, gateway(6003, 'Invalid request headers'), 'Auth', /did not accept the key \(400\)/],
      ['invalid token as 400', 400, gateway(10000, 'Authentication error'), 'Auth', /Edit the connection/],
      ['no permission', 403, gateway(10000, 'Authentication error'), 'Forbidden', /does not allow this key/],
      ['bare 403', 403, { success: false }, 'Forbidden', /does not allow this key/],
      [
        'wrong account',
        404,
        gateway(7003, 'Could not route to /accounts/x'),
        'NotFound',
        /check the connection.*"Could not route/,
      ],
      [
        'wrong app',
        404,
        { success: false, error: { code: 404, message: 'App not found' } },
        'NotFound',
        /"App not found"/,
      ],
      [
        'refused parameter',
        422,
        { success: false, error: { code: 422, message: 'sort_by' } },
        'BadResponse',
        /"sort_by"/,
      ],
      [
        'throttled, bare',
        429,
        { code: 10100, message: 'Rate limited' },
        'RateLimited',
        /too many requests.*"Rate limited"/,
      ],
      ['service down', 503, '<html>no</html>', 'BadResponse', /answered 503: the service has a problem/],
      [
        'a failure with status 200',
        200,
        { success: false, error: { code: 404, message: 'gone' } },
        'NotFound',
        /"gone"/,
      ],
      ['a refusal with status 200', 200, { success: false, errors: [] }, 'BadResponse', /refused the request/],
    ];
    for (const [name, status, body, kind, text] of cases) {
      it(name, async () => {
        server.always({ status, body });
        const { provider: asked, lines } = connect(server, { appId: APP });
        await assert.rejects(asked.check(never()), (error: CallError) => {
          assert.equal(error.kind, kind);
          assert.match(error.text, text);
          assert.ok(![error.text, String(error.stack), ...lines].join().includes(CANARY));
          return true;
        });
      });
    }

    it('a key that the provider repeats is masked', async () => {
      server.always({ status: 401, body: { success: false, error: { code: 401, message: `bad token ${CANARY}` } } });
      await assert.rejects(provider().check(never()), (error: CallError) => !error.message.includes(CANARY));
    });
  });

  describe('check', () => {
    it('asks for one app, or for one session where the app is set', async () => {
      server.next({ body: fixture('apps-list.json') }, sessions([]));
      await provider({}).check(never());
      await provider({ appId: 'a b' }).check(never());
      assert.deepEqual(
        server.requests.map(({ path, query }) => [path, query.get('per_page')]),
        [
          [`${PREFIX}/apps`, '1'],
          [`${PREFIX}/a%20b/sessions`, '1'],
        ],
      );
    });
  });

  describe('ids in paths', () => {
    it('are encoded, and dot segments refused', async () => {
      server.always({ body: { success: true, data: { id: 'x' } } });
      await provider().getSession({ connectionId: 'c1', appId: 'a/b', sessionId: '../x?y' }, never());
      assert.equal(server.requests[0]?.path, `/client/v4/accounts/${ACCOUNT}/realtime/kit/a%2Fb/sessions/..%2Fx%3Fy`);
      for (const sessionId of ['..', '.', '']) {
        await assert.rejects(provider().getSession({ connectionId: 'c1', sessionId }, never()), { kind: 'BadInput' });
      }
    });

    it('a list of an app needs to know the app', async () => {
      await assert.rejects(provider({}).listSessions({}, never()), { kind: 'BadInput', field: 'appId' });
    });
  });

  describe('findSession', () => {
    const apps = (ids: string[], page = { total_count: ids.length }) => ({
      body: { success: true, data: ids.map((id) => ({ id })), paging: page },
    });
    const gone = { status: 404, body: { success: false, error: { code: 404, message: 'Session not found' } } };
    const session = { body: { success: true, data: { id: 's1', associated_id: 'm1' } } };

    it('asks each app once, at most four at a time, and keeps the list of apps', async () => {
      const ids = Array.from({ length: 9 }, (_, index) => `app-${index}`);
      server.always(async ({ path }) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (path.endsWith('/apps')) return apps(ids);
        return path.includes('/app-7/') ? session : gone;
      });
      const asked = provider({});
      const expected = [{ connectionId: 'c1', appId: 'app-7', roomId: 'm1', sessionId: 's1' }];
      assert.deepEqual(await asked.findSession('s1', never()), expected);
      assert.equal(server.requests.length, 10);
      assert.equal(server.mostInFlight, 4);
      assert.deepEqual(await asked.findSession('s1', never()), expected);
      assert.equal(server.requests.length, 19);
    });

    it('walks all pages of apps', async () => {
      server.next(apps(['a1', 'a2'], { total_count: 3 }), apps(['a3'], { total_count: 3 }));
      server.always(({ path }) => (path.includes('/a3/') ? session : gone));
      const found = await provider({}).findSession('s1', never());
      assert.deepEqual(
        found.map(({ appId }) => appId),
        ['a3'],
      );
    });

    it('asks only the connection’s app where one is set', async () => {
      server.always(gone);
      assert.deepEqual(await provider().findSession('s1', never()), []);
      assert.equal(server.requests.length, 1);
    });

    it('a failing app does not hide what another one found', async () => {
      server.next(apps(['a1', 'a2']));
      server.always(({ path }) => (path.includes('/a1/') ? { status: 403, body: {} } : session));
      assert.equal((await provider({}).findSession('s1', never())).length, 1);
    });

    it('a failing app is an error when nobody found it', async () => {
      server.next(apps(['a1', 'a2']));
      server.always(({ path }) => (path.includes('/a1/') ? { status: 403, body: {} } : gone));
      await assert.rejects(provider({}).findSession('s1', never()), { kind: 'Forbidden' });
    });
  });
});
