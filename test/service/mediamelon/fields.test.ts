import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERIES } from '../../../src/core/series';
import type { CallProvider } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { NAMES } from '../../../src/providers/mediamelon/names';
import { FIXTURES } from '../../paths';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import { type Endpoint as CommonEndpoint, type Field, put, valuesAt } from '../realtimekit/field-table';
import { CUSTOMER, connect, signal } from './connection';
import { row, T0 } from './rows';

interface Endpoint extends CommonEndpoint {
  /** Tells entries of one path apart. */
  aggby?: string;
  /** The endpoint as a whole is not used. */
  standing?: string;
  reason?: string;
}

const TABLE = join(FIXTURES, 'mediamelon', 'fields.json');
const { endpoints: ENDPOINTS } = JSON.parse(readFileSync(TABLE, 'utf8')) as { endpoints: Endpoint[] };
const USED = ENDPOINTS.filter(({ standing }) => standing === undefined);
const PLACE =
  /^(tree:(label|description|tooltip)|panel:(header|figures|network|client|participant|charts)|panel:charts:(\w+))$/;

const SETTINGS = {
  concurrency: '0',
  businessError: 'false',
  trendGranularity: 'hour',
  extraMetrics: Object.keys(NAMES).join(','),
};
const ref = { connectionId: 'c1', sessionId: 'sessionid-0', participantId: 'sessionid-0' };
const query = {
  pageSize: 7,
  from: T0 * 1000,
  to: (T0 + 9999) * 1000,
  dimensions: [{ name: 'country', values: ['US'] }],
  metrics: [{ name: 'latency', comparison: '>' as const, value: 1 }],
};

/** What the provider's methods are called with, every option set. */
const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  listRooms: (provider) => provider.listRooms(query, signal),
  listSessions: (provider) =>
    provider.listSessions(
      { ...query, roomId: 'm1', personId: 'p', within: 'started', anyStatus: true, sortOrder: 'ascending' },
      signal,
    ),
  getReport: async (provider) => (await provider.getReport(ref, signal)).report,
};

const matches =
  ({ path, aggby }: Endpoint) =>
  (request: Recorded) =>
    request.path === `/mm-apis${path.replace('{customerId}', CUSTOMER)}` && request.query.get('aggby') === aggby;

/** A value for a field that no other field of the endpoint has. */
function marker({ path, type }: Field, n: number): unknown {
  const name = path.replace(/^.*\./, '');
  switch (type) {
    case 'epoch s':
      return T0 + n;
    case 'count':
      return 2000 + n;
    case 'total':
      return 1;
    case 'number':
    case 'percent':
      return 20 + n / 100;
    case 'id':
    case 'text':
      // The answer to a look-up must hold the id that was asked for.
      return name === 'sessionid' ? ref.sessionId : `${name}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. */
function converted({ as, path }: Field, value: unknown): unknown {
  if (as === undefined) return value;
  if (as === 'seconds to ms') return (value as number) * 1000;
  assert.equal(as, 'figure in words');
  const { unit = '', decimals = 0 } = NAMES[path.replace(/^.*\./, '')] ?? {};
  return `${Number((value as number).toFixed(decimals))}${unit && ` ${unit}`}`;
}

describe('the table of MediaMelon’s parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });

  /** Answers what belongs to an endpoint; groups by `listsessions` are refused where `metricquery` is meant. */
  function serve(endpoint: Endpoint, answer: Scripted): void {
    const ours = matches(endpoint);
    server.always((request) => {
      if (ours(request)) return answer;
      if (request.query.get('aggby') === 'sessionid') return { body: [row(0, { sessionid: ref.sessionId })] };
      return { status: 400, body: { message: 'aggby must be sessionid' } };
    });
  }

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const { name, path, standing, reason, parameters, fields } of ENDPOINTS) {
      assert.match(path, /^\//);
      if (standing) assert.ok(standing === 'not used' && (reason?.length ?? 0) > 10, name);
      const lines = [...parameters.map((one) => one.name), ...fields.map((one) => one.path)];
      assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      for (const one of parameters) {
        const aside = one.standing === 'not used' && (one.reason?.length ?? 0) > 10;
        assert.ok(one.sent ? !one.standing : aside, `${name}: ${one.name}`);
      }
      for (const field of fields) {
        const aside = /^(not used|raw view only)$/.test(field.standing ?? '') && (field.reason?.length ?? 0) > 10;
        assert.ok(field.shown?.length && field.model && field.type ? !field.standing : aside, `${name}: ${field.path}`);
        for (const place of field.shown ?? []) {
          assert.match(place, PLACE, field.path);
          const series = PLACE.exec(place)?.[4];
          if (series) assert.ok(series in SERIES, place);
        }
      }
    }
  });

  it('has every documented parameter at every endpoint that is used', () => {
    const all =
      'aggby allstatus businesserror concurrency filter granularity limit metrics offset order orderby period qoefilter sessiontype';
    for (const { name, parameters } of USED) {
      assert.deepEqual(
        parameters
          .map((one) => one.name)
          .sort()
          .join(' '),
        all,
        name,
      );
    }
  });

  it('has every known name as a field of a report', () => {
    const report = ENDPOINTS.find(({ name }) => name === 'Report of a session');
    const listed = report?.fields.map(({ path }) => path.replace('response[].', ''));
    // `timestamp` is a field of trends.
    assert.deepEqual(
      Object.keys(NAMES).filter((name) => name !== 'timestamp' && !listed?.includes(name)),
      [],
    );
  });

  for (const endpoint of USED) {
    it(`${endpoint.name}: every parameter that is said to be sent is on the wire, and no other`, async () => {
      serve(endpoint, { body: { response: [] } });
      const { provider } = await connect(server, SETTINGS);
      await CALLS[endpoint.call as string]?.(provider).catch(() => undefined);
      const asked = server.requests.filter(matches(endpoint));
      assert.ok(asked.length > 0);
      const expected = endpoint.parameters.filter(({ sent }) => sent).map(({ name }) => name);
      assert.deepEqual([...new Set(asked.flatMap((request) => [...request.query.keys()]))].sort(), expected.sort());
    });

    it(`${endpoint.name}: every field that is shown reaches the model`, async () => {
      const body: Record<string, unknown> = {};
      const expected = endpoint.fields.flatMap((field, n) => {
        if (!field.shown) return [];
        const value = marker(field, n);
        put(body, field.path, value);
        return [{ field, value: converted(field, value) }];
      });
      // A trend needs a second point; it has none of the values.
      if (endpoint.aggby === 'timestamp') (body.response as unknown[]).push({ timestamp: T0 + 7200, latency: 1 });
      serve(endpoint, { body });
      const { provider } = await connect(server, SETTINGS);
      const model = await CALLS[endpoint.call as string]?.(provider);
      const lost = expected.flatMap(({ field, value }) => {
        const found = valuesAt(model, field.model ?? '');
        return found.includes(value)
          ? []
          : [`${field.path} (${String(value)}) is not at ${field.model}: ${String(found)}`];
      });
      assert.deepEqual(lost, []);
      assert.deepEqual(valuesAt(model, 'issues[]'), []);
    });
  }
});
