import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { SessionQuery } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { type Recorded, ScriptedServer } from '../http/server';
import { CANARY, connect, LIST, QUERY, signal } from './connection';
import { answerOf, row, T0 } from './rows';

const HOUR_MS = 3_600_000;
const LIST_METRICS =
  'starttime,sessionid,endtime,assetname,watchtime,sourcetype,viewstatus,latency,cirrbufferingratio,qualityofexperience,errors,fatalerrors';
const RANGE = { from: T0 * 1000, to: (T0 + 86_400) * 1000 };
const PERIOD = `start=${T0},end=${T0 + 86_400}`;

describe('MediaMelon: requests and lists', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  const last = (): Recorded => server.requests.at(-1) as Recorded;
  const sent = (): Record<string, string> => Object.fromEntries(last().query);
  async function ask(query: SessionQuery, settings: Record<string, string> = {}) {
    server.always(answerOf([row(1)]));
    const { provider } = await connect(server, settings);
    return provider.listSessions({ ...RANGE, ...query }, signal);
  }

  it('asks for the newest sessions with the key in its header only', async () => {
    const { items, total } = await ask({ pageSize: 50 });
    assert.equal(last().path, LIST);
    assert.equal(last().headers['x-api-key'], CANARY);
    assert.equal(last().headers.authorization, undefined);
    assert.deepEqual(sent(), {
      period: PERIOD,
      metrics: LIST_METRICS,
      aggby: 'sessionid',
      sessiontype: 'started',
      allstatus: '1',
      orderby: 'starttime',
      order: 'desc',
      limit: '50',
      offset: '0',
    });
    assert.equal(total, 1);
    const [session] = items;
    assert.deepEqual(
      { ...session, facts: undefined, figures: undefined },
      {
        id: 'session-1',
        roomId: 'Asset 1',
        roomName: 'Asset 1',
        status: 'ended',
        type: 'playback',
        startedAt: (T0 + 60) * 1000,
        endedAt: (T0 + 105) * 1000,
        facts: undefined,
        figures: undefined,
      },
    );
    assert.deepEqual(
      session?.figures?.slice(0, 4).map(({ name, value }) => [name, value]),
      [
        ['latency', 1.25],
        ['cirrbufferingratio', 0.5],
        ['qualityofexperience', 97.5],
        ['watchtime', 40.5],
      ],
    );
    assert.deepEqual(session.facts?.slice(0, 4), [
      { label: 'Start-up time', value: '1.25 s' },
      { label: 'Rebuffering', value: '0.5 %' },
      { label: 'Playback score', value: '97.5' },
      { label: 'Watch time', value: '40.5 s' },
    ]);
  });

  it('reaches every parameter', async () => {
    const settings = { concurrency: '1', businessError: 'true', extraMetrics: 'playdur, genre' };
    const query: SessionQuery = {
      dimensions: [{ name: 'country', values: ['US', 'Canada'] }],
      metrics: [{ name: 'bufferingratio', comparison: '>', value: 5 }],
      orderBy: 'latency',
      sortOrder: 'ascending',
      within: 'ended',
      anyStatus: true,
      personId: 'u 7',
      roomId: 'A & B',
    };
    await ask(query, settings);
    assert.deepEqual(sent(), {
      period: PERIOD,
      // The metric under study first; all that is filtered or sorted by is among them.
      metrics: `bufferingratio,latency,${LIST_METRICS.replace('latency,', '')},subscriberid,country,playdur,genre`,
      aggby: 'sessionid',
      sessiontype: 'ended',
      allstatus: '1',
      filter: '[assetname=A & B][subscriberid=u 7][country=US|Canada]',
      qoefilter: 'bufferingratio>5',
      orderby: 'latency',
      order: 'asc',
      limit: '25',
      offset: '0',
      concurrency: '1',
      businesserror: 'true',
    });
  });

  it('asks for ended sessions by their end, and for both without the filter of either', async () => {
    await ask({ live: false });
    assert.deepEqual([sent().sessiontype, sent().allstatus], ['ended', '0']);
    await ask({ within: 'ended' });
    assert.deepEqual([sent().sessiontype, sent().allstatus], ['ended', '0']);
    await ask({ anyStatus: false });
    assert.deepEqual([sent().sessiontype, sent().allstatus], ['started', '0']);
    await ask({ sortBy: 'endedAt', sortOrder: 'descending' });
    assert.equal(sent().orderby, 'endtime');
  });

  it('reaches back as many hours as the connection says', async () => {
    server.always(answerOf([]));
    for (const [settings, hours] of [
      [{}, 24],
      [{ periodHours: '6' }, 6],
    ] as [Record<string, string>, number][]) {
      const { provider } = await connect(server, settings);
      await provider.listSessions({}, signal);
      const [, start = '', end = ''] = /^start=(\d+),end=(\d+)$/.exec(sent().period ?? '') ?? [];
      const length = (Number(end) - Number(start)) * 1000 - hours * HOUR_MS;
      // Both ends are rounded outward to whole seconds.
      assert.ok(length >= 0 && length <= 2000, `${length}`);
      assert.ok(Math.abs(Number(end) * 1000 - Date.now()) < 60_000);
    }
  });

  it('picks the live ones out of sessions of any status', async () => {
    server.always(
      answerOf([
        row(1, { viewstatus: 'RUNNING', endtime: undefined }),
        row(2),
        row(3, { viewstatus: 'Loaded', endtime: 0 }),
        row(4, { viewstatus: undefined, endtime: null }),
      ]),
    );
    const { provider } = await connect(server);
    const { items, total } = await provider.listSessions({ live: true, pageSize: 10 }, signal);
    assert.deepEqual(
      items.map(({ id, status }) => [id, status]),
      [
        ['session-1', 'live'],
        ['session-3', 'live'],
        ['session-4', 'live'],
      ],
    );
    assert.equal(total, undefined, 'the total counts ended ones too');
    assert.deepEqual([sent().sessiontype, sent().allstatus, sent().limit], ['started', '1', '1000']);
  });

  it('picks the sessions of an asset out of all rows where its name cannot stand in a filter', async () => {
    const name = 'Reef | [4K]';
    server.always(answerOf([row(1), row(2, { assetname: name }), row(3, { assetname: undefined })]));
    const { provider } = await connect(server);
    const page = await provider.listSessions({ ...RANGE, roomId: name }, signal);
    assert.deepEqual(
      page.items.map(({ id }) => id),
      ['session-2'],
    );
    assert.match(page.issues.map(({ message }) => message).join(), /cannot stand in a filter.*must not hold "\|"/);
    assert.equal(sent().filter, undefined);
    const nameless = await provider.listSessions({ ...RANGE, roomId: '[no asset name]' }, signal);
    assert.deepEqual(
      nameless.items.map(({ id }) => id),
      ['session-3'],
    );
  });

  it('lists a row without a session id and says that it cannot be opened', async () => {
    server.always(answerOf([row(1, { sessionid: undefined }), row(1, { sessionid: null })]));
    const { provider } = await connect(server);
    const { items } = await provider.listSessions(RANGE, signal);
    assert.equal(new Set(items.map(({ id }) => id)).size, 2);
    const ref = { connectionId: 'c1', sessionId: items[0]?.id ?? '' };
    const asked = server.requests.length;
    const below = await provider.listParticipants(ref, signal);
    assert.deepEqual([below.items.length, below.issues.length], [0, 1]);
    await assert.rejects(
      provider.getReport({ ...ref, participantId: ref.sessionId }, signal),
      /NotYetAvailable: .*no session id/,
    );
    assert.equal(server.requests.length, asked);
  });

  it('needs no request for the viewer and the session of a row that was just read', async () => {
    const { items } = await ask({});
    const { provider } = await connect(server);
    await provider.listSessions(RANGE, signal);
    const asked = server.requests.length;
    const ref = { connectionId: 'c1', sessionId: 'session-1' };
    const people = await provider.listParticipants(ref, signal);
    assert.deepEqual(
      people.items.map(({ id, joinedAt, leftAt, durationMs }) => ({ id, joinedAt, leftAt, durationMs })),
      [{ id: 'session-1', joinedAt: (T0 + 60) * 1000, leftAt: (T0 + 105) * 1000, durationMs: 40_500 }],
    );
    assert.deepEqual(await provider.getSession(ref, signal), items[0]);
    assert.equal(server.requests.length, asked);
  });

  it('refuses what MediaMelon has no means for, before anything is sent', async () => {
    const wrong: [SessionQuery, string][] = [
      [{ search: 'x' }, 'search'],
      [{ participants: { min: 1, max: 2 } }, 'participants'],
      [{ sortBy: 'minutesConsumed' }, 'sortBy'],
      [{ orderBy: 'a b' }, 'orderBy'],
      [{ dimensions: [{ name: 'assetname', values: ['a]b'] }] }, 'dimensions[0].values'],
      [{ from: RANGE.to, to: RANGE.from }, 'from'],
      [{ cursor: 'nonsense' }, 'cursor'],
    ];
    for (const [query, field] of wrong) {
      await assert.rejects(
        ask(query),
        (error) => isCallError(error) && error.kind === 'BadInput' && error.field === field,
      );
    }
    assert.deepEqual(server.requests, []);
  });

  describe('assets as rooms', () => {
    const assets = [
      { assetname: 'Asset 1', viewercount: 7, attempts: 9, latency: 2, cirrbufferingratio: 1, qualityofexperience: 90 },
      { assetname: 'Asset 2', viewercount: 3, attempts: 3 },
    ];
    const rooms = (provider: Awaited<ReturnType<typeof connect>>['provider']) =>
      provider.listRooms({ pageSize: 10 }, signal);

    it('are groups by asset, in one request', async () => {
      server.always(answerOf(assets));
      const { provider } = await connect(server);
      const page = await rooms(provider);
      assert.deepEqual(
        page.items.map(({ id, name, facts }) => [id, name, facts?.[facts.length - 2]]),
        [
          ['Asset 1', 'Asset 1', { label: 'Plays', value: '7' }],
          ['Asset 2', 'Asset 2', { label: 'Plays', value: '3' }],
        ],
      );
      assert.deepEqual([server.requests.length, sent().aggby, sent().orderby], [1, 'assetname', 'viewercount']);
      assert.equal(sent().metrics, 'viewercount,assetname,attempts,latency,cirrbufferingratio,qualityofexperience');
    });

    const grouped = (request: Recorded) =>
      request.query.get('aggby') === 'sessionid'
        ? answerOf([
            row(1, { assetname: 'B', latency: 1 }),
            row(2, { assetname: 'A', latency: 3 }),
            row(3, { assetname: 'A', latency: -1 }),
            row(4, { assetname: 'A', latency: 4 }),
          ])
        : undefined;

    for (const [how, refusal] of [
      ['refuses to group', { status: 400, body: { message: 'aggby must be sessionid' } }],
      ['refuses with status 200', { body: { status: 'error', message: 'aggby must be sessionid' } }],
      ['ignores what to group by', answerOf([row(1), row(2), row(4)])],
    ] as const) {
      it(`come from metricquery where the list ${how}, which is found out once`, async () => {
        server.always(({ path }) => (path === QUERY ? answerOf(assets) : refusal));
        const { provider } = await connect(server);
        assert.deepEqual(
          (await rooms(provider)).items.map(({ id }) => id),
          ['Asset 1', 'Asset 2'],
        );
        await rooms(provider);
        assert.deepEqual(
          server.requests.map(({ path }) => path),
          [LIST, QUERY, QUERY],
        );
      });

      it(`are grouped from rows, which is said, where both endpoints: ${how}`, async () => {
        server.always((request) => grouped(request) ?? refusal);
        const { provider } = await connect(server);
        const page = await rooms(provider);
        assert.deepEqual(
          page.items.map(({ id, facts }) => [id, facts]),
          [
            // Mean of 3 and 4: -1 is no measurement.
            [
              'A',
              [
                { label: 'Start-up time', value: '3.5 s' },
                { label: 'Rebuffering', value: '0.5 %' },
                { label: 'Playback score', value: '97.5' },
                { label: 'sessions', value: '3' },
              ],
            ],
            [
              'B',
              [
                { label: 'Start-up time', value: '1 s' },
                { label: 'Rebuffering', value: '0.5 %' },
                { label: 'Playback score', value: '97.5' },
                { label: 'sessions', value: '1' },
              ],
            ],
          ],
        );
        assert.match(page.issues.map(({ message }) => message).join(), /did not group by asset.* 4 session rows/);
        assert.equal(page.total, undefined);
        const asked = server.requests.length;
        await rooms(provider);
        assert.equal(server.requests.length, asked + 1);
      });
    }

    it('do not come from elsewhere when the address or the key is wrong', async () => {
      for (const status of [404, 401, 403]) {
        server.reset();
        server.always({ status, body: {} });
        const { provider } = await connect(server);
        await assert.rejects(rooms(provider));
        assert.equal(server.requests.length, 1, String(status));
      }
    });
  });

  describe('one session by its id', () => {
    const ref = { connectionId: 'c1', sessionId: 'session-2' };

    it('is asked for with a filter over a wide period', async () => {
      server.always(answerOf([row(2)]));
      const { provider } = await connect(server);
      assert.deepEqual(await provider.findSession(' session-2 ', signal), [
        { connectionId: 'c1', roomId: 'Asset 2', sessionId: 'session-2' },
      ]);
      assert.deepEqual([server.requests.length, sent().filter], [1, '[sessionid=session-2]']);
      const [, start = '', end = ''] = /^start=(\d+),end=(\d+)$/.exec(sent().period ?? '') ?? [];
      assert.ok(Number(end) - Number(start) >= 7 * 86_400);
    });

    it('is no error when there is none', async () => {
      server.always(answerOf([]));
      const { provider } = await connect(server);
      assert.deepEqual(await provider.findSession('other', signal), []);
      await assert.rejects(provider.getSession(ref, signal), /NotFound: .*period in hours/);
    });

    it('is looked for page by page where the filter is ignored or refused', async () => {
      const rows = Array.from({ length: 1500 }, (_, n) => row(n));
      const page = ({ query }: Recorded) => {
        const offset = Number(query.get('offset'));
        return answerOf(rows.slice(offset, offset + Number(query.get('limit'))), rows.length);
      };
      for (const refuses of [true, false]) {
        server.reset();
        server.always((request) =>
          refuses && request.query.has('filter')
            ? { status: 400, body: { message: 'unknown dimension' } }
            : page(request),
        );
        const { provider } = await connect(server);
        const found = await provider.getSession({ connectionId: 'c1', sessionId: 'session-1234' }, signal);
        assert.equal(found.startedAt, (T0 + 1234 * 60) * 1000);
        assert.deepEqual(
          server.requests.slice(-2).map(({ query }) => [query.get('offset'), query.get('filter')]),
          [
            ['0', null],
            ['1000', null],
          ],
        );
        const asked = server.requests.length;
        await provider.getSession({ connectionId: 'c1', sessionId: 'session-3' }, signal);
        assert.equal(server.requests.length, asked + 1, 'what the server cannot do is found out once');
      }
    });

    it('asks for less where a name of a report is refused', async () => {
      server.always(({ query }) =>
        query.get('metrics')?.includes('ipaddress')
          ? { status: 400, body: { message: 'unknown metric ipaddress' } }
          : answerOf([row(2)]),
      );
      const { provider } = await connect(server);
      assert.equal((await provider.getSession(ref, signal)).id, 'session-2');
      assert.equal(sent().metrics, LIST_METRICS);
    });
  });

  it('checks key and customer with one row', async () => {
    server.always(answerOf([]));
    const { provider } = await connect(server);
    await provider.check(signal);
    assert.deepEqual([server.requests.length, sent().limit], [1, '1']);
  });
});
