import assert from 'node:assert/strict';
import { disposeReportReader } from '../../../src/providers/index';
import { NAMES } from '../../../src/providers/mediamelon/names';
import { checkLines, lostFields } from '../field-checks';
import { type Scripted, ScriptedServer } from '../http/server';
import { valuesAt } from '../realtimekit/field-table';
import { connect } from './connection';
import { answer, CALLS, ENDPOINTS, type Endpoint, matches, SETTINGS, script, USED } from './field-table';

const PLACE =
  /^(tree:(label|description|tooltip)|panel:(header|figures|network|client|participant|trend)|panel:trend:(\w+))$/;

describe('the table of MediaMelon’s parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });

  const serve = (endpoint: Endpoint, answered: Scripted) => server.always(script(endpoint, answered));

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const endpoint of ENDPOINTS) {
      const { name, path, standing, reason, parameters, fields } = endpoint;
      assert.match(path, /^\//);
      if (standing) assert.ok(standing === 'not used' && (reason?.length ?? 0) > 10, name);
      const lines = [...parameters.map((one) => one.name), ...fields.map((one) => one.path)];
      assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      checkLines(endpoint, PLACE);
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
      const { body, expected } = answer(endpoint);
      serve(endpoint, { body });
      const { provider } = await connect(server, SETTINGS);
      const model = await CALLS[endpoint.call as string]?.(provider);
      const lost = lostFields(
        endpoint.fields,
        model,
        ({ path }) => expected.get(path),
        // As `includes` has it: NaN is itself.
        (actual, value) => [actual].includes(value),
      );
      assert.deepEqual(lost, []);
      assert.deepEqual(valuesAt(model, 'issues[]'), []);
    });
  }
});
