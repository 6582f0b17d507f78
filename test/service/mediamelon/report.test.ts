import assert from 'node:assert/strict';
import { disposeReportReader } from '../../../src/providers/index';
import { type Recorded, ScriptedServer } from '../http/server';
import { connect, LIST, QUERY, signal } from './connection';
import { answerOf, row, T0 } from './rows';

const ref = { connectionId: 'c1', sessionId: 'session-1', participantId: 'session-1' };
const whole = row(1, {
  bufferingratio: 1.5,
  playdur: 0.65,
  cdn_change_rate: -1,
  country: 'US',
  platform: 'Android',
  subscriberid: 'u7',
  deviceid: 'd1',
  ipaddress: '203.0.113.9',
});
const trend = [
  {
    timestamp: String(T0 + 3600),
    latency: 2,
    cirrbufferingratio: 1,
    qualityofexperience: 90,
    viewercount: 4,
    assetname: 'Asset 1',
  },
  { timestamp: String(T0), latency: '1.5', cirrbufferingratio: -1, qualityofexperience: 95, viewercount: 2 },
];

describe('MediaMelon: the report of a playback', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  /** Serves the session, and `points` where groups by time are asked for. */
  const serve = (points: (request: Recorded) => ReturnType<typeof answerOf> | undefined) =>
    server.always((request) =>
      request.query.get('aggby') === 'timestamp' ? (points(request) ?? answerOf([])) : answerOf([row(0), whole]),
    );

  it('is the row: figures with unit and meaning, places, and the body as it came', async () => {
    serve(() => answerOf(trend));
    const { provider } = await connect(server);
    const { report, raw } = await provider.getReport(ref, signal);
    assert.deepEqual([report.provider, report.media], ['mediamelon', 'playback']);
    assert.deepEqual(
      JSON.parse(Buffer.from(raw).toString()),
      JSON.parse(JSON.stringify(answerOf([row(0), whole]).body)),
    );
    const figures = Object.fromEntries((report.figures ?? []).map((figure) => [figure.name, figure]));
    assert.deepEqual(
      Object.values(figures).map(({ name, value, unit }) => [name, value, unit]),
      [
        ['latency', 1.25, 's'],
        ['cirrbufferingratio', 0.5, '%'],
        ['bufferingratio', 1.5, '%'],
        ['qualityofexperience', 97.5, ''],
        ['watchtime', 40.5, 's'],
        ['playdur', 0.65, 'min'],
        ['errors', 0, ''],
        ['fatalerrors', 0, ''],
        ['cdn_change_rate', -1, ''],
      ],
    );
    assert.ok(report.figures?.every(({ meaning }) => meaning));
    assert.deepEqual(
      report.figures?.filter(({ flagged }) => flagged).map(({ name }) => name),
      ['cdn_change_rate'],
    );
    assert.deepEqual([report.startedAt, report.endedAt], [(T0 + 60) * 1000, (T0 + 105) * 1000]);
    assert.deepEqual(report.network, { ip: '203.0.113.9', country: 'US' });
    assert.deepEqual(
      [report.participant.id, report.participant.customId, report.device?.os],
      ['session-1', 'u7', 'Android'],
    );
    assert.deepEqual([report.transports, report.aggregates, report.events, report.issues], [[], [], [], []]);
  });

  it('has the trend of its asset, which says whose it is', async () => {
    serve(() => answerOf(trend));
    const { provider } = await connect(server, { trendGranularity: 'hour' });
    const { report } = await provider.getReport(ref, signal);
    assert.equal(report.streams.length, 1);
    const [stream] = report.streams;
    assert.deepEqual([stream?.kind, stream?.source, stream?.label], ['all', 'all', 'All sessions of Asset 1']);
    assert.deepEqual([...(stream?.times ?? [])], [T0 * 1000, (T0 + 3600) * 1000]);
    assert.deepEqual(
      Object.entries(stream?.series ?? {}).map(([name, column]) => [name, [...column]]),
      [
        ['startupTime', [1.5, 2]],
        // -1 is no measurement.
        ['rebuffering', [Number.NaN, 1]],
        ['playbackScore', [95, 90]],
        ['plays', [2, 4]],
      ],
    );
    assert.match(report.assumptions.join(), /of all sessions of "Asset 1".*not of this session/);
    const asked = server.requests.find(({ query }) => query.get('aggby') === 'timestamp')?.query;
    assert.deepEqual(
      [asked?.get('granularity'), asked?.get('filter'), asked?.get('metrics')],
      ['hour', '[assetname=Asset 1]', 'latency,cirrbufferingratio,qualityofexperience,viewercount,timestamp,assetname'],
    );
  });

  it('has no trend of sessions that are not of the asset', async () => {
    serve(() => answerOf([...trend, { timestamp: T0 + 7200, latency: 1, assetname: 'Another' }]));
    const { provider } = await connect(server);
    const { report } = await provider.getReport(ref, signal);
    assert.deepEqual(report.streams, []);
    assert.match(report.assumptions.join(), /no trend of "Asset 1".*filter was not applied/);
  });

  it('takes the trend from metricquery, else from rows, and says so', async () => {
    const refusal = { status: 400, body: { message: 'aggby must be sessionid' } };
    server.always(({ path, query }) =>
      query.get('aggby') === 'timestamp' ? (path === QUERY ? answerOf(trend) : refusal) : answerOf([whole]),
    );
    const first = await (await connect(server)).provider.getReport(ref, signal);
    assert.deepEqual([...(first.report.streams[0]?.times ?? [])], [T0 * 1000, (T0 + 3600) * 1000]);

    const ofAsset = [0, 60, 3600].map((s) => row(1, { sessionid: `x${s}`, starttime: T0 + s, latency: 1 + s / 60 }));
    server.always(({ query }) => {
      if (query.get('aggby') === 'timestamp') return refusal;
      return query.get('filter')?.startsWith('[assetname=') ? answerOf(ofAsset) : answerOf([whole]);
    });
    const { provider } = await connect(server, { trendGranularity: '10minute' });
    const { report } = await provider.getReport(ref, signal);
    const [stream] = report.streams;
    // 600 s divide T0 with a rest of 200 s: the intervals begin before the sessions in them.
    assert.equal(T0 % 600, 200);
    assert.deepEqual([...(stream?.times ?? [])], [(T0 - 200) * 1000, (T0 + 3400) * 1000]);
    assert.deepEqual([...(stream?.series.startupTime ?? [])], [1.5, 61]);
    assert.equal(stream?.series.plays, undefined, 'rows that were read are not all plays');
    assert.match(report.assumptions.join(), /no groups by time, so that 3 rows of sessions were averaged/);
  });

  it('lives without its trend', async () => {
    for (const wrong of [{ status: 503, body: '' }, { body: '<html>' }, { body: { response: [7] } }, answerOf([])]) {
      server.always(({ query }) => (query.get('aggby') === 'timestamp' ? wrong : answerOf([whole])));
      const { provider } = await connect(server);
      const { report } = await provider.getReport(ref, signal);
      assert.deepEqual(report.streams, []);
      assert.equal(report.figures?.length, 9);
      assert.match(report.assumptions.join(), /There is no trend of "Asset 1"/);
    }
  });

  it('asks for no trend when it is off, nor with a name that cannot stand in a filter', async () => {
    serve(() => answerOf(trend));
    const off = await (await connect(server, { trendGranularity: 'off' })).provider.getReport(ref, signal);
    assert.deepEqual([off.report.streams, server.requests.length], [[], 1]);
    server.reset();
    server.always(answerOf([row(1, { assetname: 'a|b' })]));
    const { report } = await (await connect(server)).provider.getReport(ref, signal);
    assert.equal(server.requests.length, 1);
    assert.match(report.assumptions.join(), /no trend of "a\|b".*must not hold "\|"/);
  });

  it('shares one request with the session that is shown beside it', async () => {
    server.always(answerOf([whole]));
    const { provider } = await connect(server, { trendGranularity: 'off' });
    const [{ report }, session] = await Promise.all([
      provider.getReport(ref, signal),
      provider.getSession(ref, signal),
    ]);
    assert.equal(report.participant.joinedAt, session.startedAt);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [LIST],
    );
  });

  it('looks near a session that a list has shown', async () => {
    server.always(answerOf([whole]));
    const { provider } = await connect(server, { trendGranularity: 'off' });
    await provider.listSessions({ from: T0 * 1000, to: (T0 + 86_400) * 1000 }, signal);
    await provider.getReport(ref, signal);
    // An hour on either side of the session, which lasts from T0 + 60 s to T0 + 105 s.
    assert.equal(server.requests.at(-1)?.query.get('period'), `start=${T0 + 60 - 3600},end=${T0 + 105 + 3600}`);
  });

  it('says what the settings of the connection make of the figures', async () => {
    server.always(answerOf([whole]));
    const { provider } = await connect(server, { trendGranularity: 'off', concurrency: '1', businessError: 'true' });
    const { report } = await provider.getReport(ref, signal);
    assert.match(report.assumptions.join(), /concurrency 1.*Business exceptions/);
  });

  it('is not found when there is none', async () => {
    server.always(answerOf([]));
    const { provider } = await connect(server);
    await assert.rejects(provider.getReport(ref, signal), /^CallError: NotFound: /);
  });
});
