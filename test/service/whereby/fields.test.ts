import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disposeReportReader } from '../../../src/providers/index';
import { FIXTURES } from '../../paths';
import { checkLines, lostFields } from '../field-checks';
import { ScriptedServer } from '../http/server';
import { valuesAt } from '../realtimekit/field-table';
import { connect } from './connection';
import { answer, CALLS, converted, ENDPOINTS, READ, same } from './field-table';

const PLACE = /^(tree:(label|description|tooltip)|panel:(header|streams|client|participant|charts(?::(\w+))?))$/;

describe('the table of Whereby’s parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  beforeEach(() => server.reset());

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const endpoint of ENDPOINTS) {
      const { name, path, call, standing: aside, reason: why, parameters, fields } = endpoint;
      assert.match(path, /^\//);
      assert.ok(call ? !aside && call in CALLS : aside === 'not used' && (why?.length ?? 0) > 20, name);
      for (const lines of [parameters.map((one) => one.name), fields.map((one) => one.path)]) {
        assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      }
      checkLines(endpoint, PLACE);
    }
  });

  it('has every field of the published examples', () => {
    const examples: Record<string, string[]> = {
      Rooms: ['rooms_2025.json'],
      'Room sessions': ['room_sessions_2025.json', 'room_sessions_2026_ratings.schema-values.json'],
      'Participants of a session': ['participants_2026.schema-values.json'],
      'Sessions of a person': ['participants_2026.schema-values.json'],
      Participant: ['participant_2026.schema-values.json'],
    };
    for (const [name, files] of Object.entries(examples)) {
      const listed =
        ENDPOINTS.find((one) => one.name === name)?.fields.map(({ path }) => path.replace(/\[\]$/, '')) ?? [];
      for (const file of files) {
        const body: unknown = JSON.parse(readFileSync(join(FIXTURES, 'whereby', file), 'utf8'));
        const [row] = Array.isArray(body) ? body : (body as { results: object[] }).results;
        const prefix = Array.isArray(body) ? '[].' : 'results[].';
        const missing = Object.keys(row as object).filter(
          (key) => !listed.some((path) => path.startsWith(prefix + key)),
        );
        assert.deepEqual(missing, [], `${name}: ${file}`);
      }
    }
  });

  it('every parameter that is said to be sent is on the wire, and no other', async () => {
    let count = 0;
    server.always(({ path, query }) => ({
      body: path.endsWith('/participant') ? [] : { results: [], cursor: query.has('cursor') ? null : `c${++count}` },
    }));
    for (const endpoint of READ) {
      const { provider } = await connect(server);
      server.requests.length = 0;
      await CALLS[endpoint.call ?? '']?.(provider).catch(() => undefined);
      const seen = new Set(
        server.requests.filter(({ path }) => path === `/v1${endpoint.path}`).flatMap(({ query }) => [...query.keys()]),
      );
      const expected = endpoint.parameters.filter(({ sent }) => sent).map(({ name }) => name);
      assert.deepEqual([...seen].sort(), expected.sort(), endpoint.name);
    }
  });

  for (const endpoint of READ) {
    it(`${endpoint.name}: every field that is shown reaches the model`, async () => {
      const { body, markers } = answer(endpoint);
      server.always({ body });
      const { provider } = await connect(server);
      const model = await CALLS[endpoint.call ?? '']?.(provider);
      const start = Date.parse(String(markers.get('[].timeStamp')));
      const lost = lostFields(
        endpoint.fields,
        model,
        (field) => converted(field, markers.get(field.path), start),
        (actual, expected, { as }) => same(actual, expected, as === 'part of the text'),
      );
      assert.deepEqual(lost, []);
      assert.deepEqual(valuesAt(model, 'issues[]'), []);
    });
  }
});
