import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Session } from '../../../src/core/model';
import type { CallProvider } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { type SampleService, startSampleService } from '../../../src/sample/index';
import { FIXTURES } from '../../paths';
import type { Json } from '../json';
import { connectTo, signal } from './connection';

const FOLDER = join(FIXTURES, 'mediamelon');
const HOUR_S = 3600;

function schemas(): (name: string, body: unknown) => string[] {
  const ajv = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: true });
  addFormats(ajv);
  for (const file of readdirSync(join(FOLDER, 'schemas'))) {
    ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, 'schemas', file), 'utf8')) as object);
  }
  return (name, body) => {
    ajv.validate(`https://peerscope.example/schemas/mediamelon/${name}.json`, body);
    return (ajv.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

describe('sample service: MediaMelon', () => {
  const problems = schemas();
  // The provider reads the real clock, so the service does as well; requests of its own name their period.
  const now = Math.floor(Date.now() / 1000);
  const requests: string[] = [];
  let service: SampleService;
  let provider: CallProvider;
  let base: string;
  let key: string;

  before(async () => {
    service = await startSampleService({ onRequest: ({ path }) => requests.push(path) });
    const { settings, secrets } = service.valuesFor('sample-mediamelon');
    base = `${settings.baseUrl}/listsessions/${settings.customerId}`;
    key = secrets.apiKey ?? '';
    ({ provider } = await connectTo(settings, key));
  });
  after(async () => {
    await service.stop();
    await disposeReportReader();
  });

  async function get(
    parameters: Record<string, string>,
    at = base,
    apiKey = key,
  ): Promise<{ status: number; body: Json }> {
    const standard = { period: `start=${now - 24 * HOUR_S},end=${now}`, metrics: METRICS, aggby: 'sessionid' };
    const query = Object.entries({ ...standard, ...parameters }).map(
      ([name, value]) => `${name}=${encodeURIComponent(value)}`,
    );
    const response = await fetch(`${at}?${query.join('&')}`, { headers: { 'x-api-key': apiKey } });
    return { status: response.status, body: await response.json() };
  }
  const METRICS =
    'starttime,sessionid,endtime,assetname,watchtime,sourcetype,viewstatus,latency,cirrbufferingratio,qualityofexperience,errors,fatalerrors,playdur,country,platform,subscriberid';
  const rowsOf = async (parameters: Record<string, string>): Promise<Json[]> => {
    const { status, body } = await get(parameters);
    assert.equal(status, 200, JSON.stringify(body));
    return body.response;
  };

  it('has schemas that accept the published answers and refuse what they are not', () => {
    for (const file of ['old_total_viewercount.json', 'old_breakdown_adfillrate.excerpt.json']) {
      const body = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      assert.deepEqual(problems('answer', body), [], file);
      body.response[0].invented = 1;
      assert.notDeepEqual(problems('answer', body), [], file);
      delete body.response[0].invented;
      delete body.response[0].totalpages;
      assert.notDeepEqual(problems('answer', body), [], file);
    }
  });

  it('answers as the schemas say: rows, groups, trends, errors', async () => {
    for (const parameters of [{}, { sessiontype: 'started', allstatus: '1' }, { limit: '7', offset: '3' }] as Record<
      string,
      string
    >[]) {
      assert.deepEqual(problems('sessions', (await get(parameters)).body), []);
    }
    const all =
      'viewercount,attempts,endedplays,unique_subscribers,unique_devices,avg_latency,median_latency,p95_latency,p99_latency,avg_qualityofexperience,median_qualityofexperience,assetname,timestamp';
    const query = base.replace('listsessions', 'metricquery');
    for (const aggby of ['assetname', 'country', 'timestamp']) {
      for (const at of [base, query])
        assert.deepEqual(problems('answer', (await get({ aggby, metrics: `${all},country` }, at)).body), [], aggby);
    }
    const wrong: [Promise<{ status: number; body: Json }>, number][] = [
      [get({}, base, 'wrong'), 401],
      [get({}, base.replace(/\d+$/, '1')), 403],
      [get({}, base.replace('listsessions', 'nothing')), 404],
      ...Object.entries({
        period: 'yesterday',
        metrics: ',',
        sessiontype: 'live',
        allstatus: '2',
        filter: 'country=US',
        qoefilter: 'latency >= 3',
        orderby: 'nothing',
        order: 'DESC',
        limit: '-1',
        offset: 'x',
        granularity: 'week',
        concurrency: 'yes',
        businesserror: '1',
        aggby: 'nothing',
      }).map(([name, value]): [Promise<{ status: number; body: Json }>, number] => [get({ [name]: value }), 400]),
    ];
    for (const [answer, status] of wrong) {
      const came = await answer;
      assert.equal(came.status, status);
      assert.deepEqual(problems('error', came.body), []);
    }
  });

  it('filters, sorts and selects as it is asked', async () => {
    const all = await rowsOf({ sessiontype: 'started', allstatus: '1', orderby: 'starttime' });
    assert.ok(all.length === 1000);
    const ids = (rows: Json[]) => rows.map(({ sessionid }) => sessionid).sort();
    const android = await rowsOf({
      sessiontype: 'started',
      allstatus: '1',
      orderby: 'starttime',
      filter: '[platform=Android][country=US|Canada]',
    });
    const oldest = all.at(-1).starttime;
    assert.deepEqual(
      ids(android.filter(({ starttime }: Json) => starttime > oldest)),
      ids(
        all.filter(
          ({ platform, country, starttime }: Json) =>
            platform === 'Android' && ['US', 'Canada'].includes(country) && starttime > oldest,
        ),
      ),
    );
    const slow = await rowsOf({ qoefilter: 'latency>8 AND cirrbufferingratio<1', orderby: 'latency' });
    assert.ok(
      slow.length > 3 && slow.every(({ latency, cirrbufferingratio }: Json) => latency > 8 && cirrbufferingratio < 1),
    );
    assert.deepEqual(
      slow.map(({ latency }: Json) => latency),
      slow.map(({ latency }: Json) => latency).sort((a: number, b: number) => b - a),
    );
    const ended = await rowsOf({});
    assert.ok(ended.every(({ viewstatus }: Json) => viewstatus === 'ENDED' || viewstatus === 'DROPPED'));
    assert.ok(all.some(({ viewstatus }: Json) => viewstatus === 'RUNNING'));
    const [one] = all;
    assert.deepEqual(
      await rowsOf({ sessiontype: 'started', allstatus: '1', filter: `[sessionid=${one.sessionid}]` }).then(ids),
      [one.sessionid],
    );
  });

  it('counts as concurrency and businesserror say', async () => {
    const period = `start=${now - 12 * HOUR_S},end=${now - 11 * HOUR_S}`;
    const [whole, within] = await Promise.all(['0', '1'].map((concurrency) => rowsOf({ period, concurrency })));
    const seconds = (rows: { watchtime: number }[] = []) => rows.reduce((sum, { watchtime }) => sum + watchtime, 0);
    assert.equal(whole?.length, within?.length);
    assert.ok(seconds(within) < seconds(whole));
    assert.ok(within?.every(({ watchtime }: Json) => watchtime <= HOUR_S));
    const errors = async (businesserror: string) =>
      (await rowsOf({ businesserror })).reduce((sum: number, row: { errors: number }) => sum + row.errors, 0);
    assert.ok((await errors('true')) > (await errors('false')));
  });

  it('tells the same at every start', async () => {
    const other = await startSampleService();
    const { settings, secrets } = other.valuesFor('sample-mediamelon');
    const parameters = { period: `start=${now - 10 * HOUR_S},end=${now - 5 * HOUR_S}` };
    const there = await get(parameters, `${settings.baseUrl}/listsessions/${settings.customerId}`, secrets.apiKey);
    assert.deepEqual(there.body, (await get(parameters)).body);
    await other.stop();
  });

  it('can be browsed: assets, live and recent playbacks, viewer, report, look-up; one request each', async () => {
    requests.length = 0;
    const rooms = await provider.listRooms({ pageSize: 50 }, signal);
    assert.equal(rooms.items.length, 14);
    const live = await provider.listSessions({ live: true }, signal);
    assert.ok(live.items.length > 3 && live.items.every(({ status }) => status === 'live'));
    const recent = await provider.listSessions({ pageSize: 25 }, signal);
    assert.equal(recent.items.length, 25);
    assert.equal(requests.length, 3);
    const session = recent.items[20] as Session;
    const ref = { connectionId: 'c1', sessionId: session.id, participantId: session.id };
    assert.equal((await provider.listParticipants(ref, signal)).items[0]?.id, session.id);
    assert.equal(requests.length, 3, 'the viewer of a row that was just read needs no request');
    const { report } = await provider.getReport(ref, signal);
    assert.equal(report.participant.joinedAt, session.startedAt);
    assert.ok((report.figures?.length ?? 0) >= 5);
    assert.deepEqual(await provider.findSession(session.id, signal), [
      { connectionId: 'c1', roomId: session.roomId, sessionId: session.id },
    ]);
    assert.deepEqual([...rooms.issues, ...live.issues, ...recent.issues, ...report.issues], []);
    for (const room of rooms.items) {
      const page = await provider.listSessions({ roomId: room.id, pageSize: 5 }, signal);
      assert.ok(page.items.length > 0, room.name);
      assert.ok(page.items.every(({ roomId }) => roomId === room.id));
    }
  });

  it('finds trouble with each preset', async () => {
    const { presets = [] } = provider.capabilities.sessions.query ?? {};
    const subscriber = (await rowsOf({})).find(({ subscriberid }) => subscriberid).subscriberid as string;
    for (const { label, query, ask } of presets) {
      const asked = ask ? [{ name: ask, values: [subscriber] }] : [];
      const { items } = await provider.listSessions(
        { ...query, dimensions: [...(query.dimensions ?? []), ...asked], live: false },
        signal,
      );
      assert.ok(items.length > 0, label);
      const value = (session: Session, fact: string) =>
        Number.parseFloat(session.facts?.find((one) => one.label === fact)?.value ?? '');
      if (query.orderBy === 'latency') assert.ok(value(items[0] as Session, 'Start-up time') > 10, label);
      if (query.metrics)
        assert.ok(
          items.every((session) => value(session, 'Rebuffering') > 5),
          label,
        );
    }
  });

  it('is walked to its end with no row lost or doubled', async () => {
    const range = { from: (now - 24 * HOUR_S) * 1000, to: now * 1000, pageSize: 100 };
    const ids: string[] = [];
    let cursor: string | undefined;
    let total: number | undefined;
    do {
      const page = await provider.listSessions({ ...range, cursor }, signal);
      ids.push(...page.items.map(({ id }) => id));
      total ??= page.total;
      cursor = page.next;
    } while (cursor !== undefined);
    assert.ok(ids.length > 1000, `${ids.length}`);
    assert.deepEqual([new Set(ids).size, total], [ids.length, ids.length]);
  });
});
