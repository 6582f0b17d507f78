import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERIES } from '../../../src/core/series';
import type { CallProvider } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { FIXTURES } from '../../paths';
import { ScriptedServer } from '../http/server';
import { type Endpoint, type Field, put, valuesAt } from '../realtimekit/field-table';
import { connect } from './connection';

interface WherebyEndpoint extends Endpoint {
  standing?: string;
  reason?: string;
}

const TABLE = JSON.parse(readFileSync(join(FIXTURES, 'whereby', 'fields.json'), 'utf8')) as {
  endpoints: WherebyEndpoint[];
};
const ENDPOINTS = TABLE.endpoints;
const READ = ENDPOINTS.filter(({ call }) => call);

const never = () => new AbortController().signal;
const PLACE = /^(tree:(label|description|tooltip)|panel:(header|streams|client|participant|charts(?::(\w+))?))$/;
const START = Date.UTC(2024, 4, 6, 10, 0, 0);
const session = { connectionId: 'c1', sessionId: 's1' };

/** What each endpoint is asked with, every option set; a second page where there are pages. */
const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  async listRooms(provider) {
    const range = { from: START, to: START + 1000, sortBy: 'sessions' as const, pageSize: 7 };
    for (const searchMode of ['exact', 'startsWith'] as const) {
      await provider.listRooms({ ...range, search: '/x', searchMode }, never());
    }
    const first = await provider.listRooms({ ...range, search: 'x' }, never());
    await provider.listRooms({ ...range, search: 'x', cursor: first.next }, never());
    return first;
  },
  async listSessions(provider) {
    const query = { roomId: '/r', sortBy: 'participants' as const, pageSize: 7 };
    const first = await provider.listSessions(query, never());
    await provider.listSessions({ ...query, cursor: first.next }, never());
    await provider.getSession({ ...session, roomId: '/r' }, never()).catch(() => undefined);
    return first;
  },
  async listParticipants(provider) {
    const query = { ...session, sortBy: 'leftAt' as const, pageSize: 7 };
    const first = await provider.listParticipants(query, never());
    await provider.listParticipants({ ...query, cursor: first.next }, never());
    return first;
  },
  async sessionsOfPerson(provider) {
    const first = await provider.listSessions({ personId: 'user-1', pageSize: 7 }, never());
    await provider.listSessions({ personId: 'user-1', cursor: first.next }, never());
    return first;
  },
  getReport: async (provider) => (await provider.getReport({ ...session, participantId: 'p1' }, never())).report,
};

/** A value for a field that no other field of the endpoint has. */
function marker({ path, type }: Field, n: number): unknown {
  switch (type) {
    case 'time':
      return new Date(START + n * 60_000).toISOString();
    case 'count':
      return 2000 + n;
    case 'number':
      return 4 + n / 1000;
    case 'fraction':
      return n / 1000 + 0.0001;
    case 'bit/s':
      return 100_000 + n;
    case 'ms':
      return 1500 + n;
    case 'user agent':
      return `Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.${n}`;
    case 'id':
    case 'text':
      return `${path.split('.').at(-1)?.replace('[]', '')}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. */
function converted({ type, as, path }: Field, value: unknown, timeStamp: number): unknown {
  switch (as) {
    case undefined:
      return type === 'time' ? Date.parse(value as string) : value;
    case 'text':
    case 'part of the text':
      return String(value);
    case 'text in UTC':
      return `${(value as string).slice(0, 10)} ${(value as string).slice(11, 19)} UTC`;
    case 'fraction to percent':
      return (value as number) * 100;
    case 'added to timeStamp':
      return timeStamp + (value as number);
    default:
      throw new Error(`${path}: no conversion for ${as}`);
  }
}

/** An answer in which each field that is shown has a marker. */
function answer({ fields }: WherebyEndpoint): { body: unknown; markers: Map<string, unknown> } {
  const root: Record<string, unknown> = {};
  const markers = new Map<string, unknown>();
  fields.forEach((field, n) => {
    if (!field.shown) return;
    const value = marker(field, n + 1);
    markers.set(field.path, value);
    put(root, field.path.startsWith('[]') ? `root${field.path}` : field.path, value);
  });
  if (!root.root) return { body: { cursor: null, ...root }, markers };
  // Two samples, so that the second one tells the rate.
  const samples = (root.root as { samples: Record<string, unknown[]> }[])[0]?.samples ?? {};
  for (const [name, [value]] of Object.entries(samples)) samples[name] = [null, value];
  return { body: root.root, markers };
}

function same(actual: unknown, expected: unknown, part: boolean): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') return Math.abs(actual - expected) <= 1e-9 * expected;
  return part ? String(actual).includes(String(expected)) : actual === expected;
}

describe('the table of Whereby’s parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  beforeEach(() => server.reset());

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const { name, path, call, standing: aside, reason: why, parameters, fields } of ENDPOINTS) {
      assert.match(path, /^\//);
      assert.ok(call ? !aside && call in CALLS : aside === 'not used' && (why?.length ?? 0) > 20, name);
      for (const lines of [parameters.map((one) => one.name), fields.map((one) => one.path)]) {
        assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      }
      for (const { sent, standing, reason, ...one } of parameters) {
        const unused = standing === 'not used' && (reason?.length ?? 0) > 10;
        assert.ok(sent ? !standing : unused, `${name}: ${one.name}`);
      }
      for (const field of fields) {
        const unshown = /^(not used|raw view only)$/.test(field.standing ?? '') && (field.reason?.length ?? 0) > 10;
        assert.ok(
          field.shown?.length && field.model && field.type ? !field.standing : unshown,
          `${name}: ${field.path}`,
        );
        for (const place of field.shown ?? []) {
          assert.match(place, PLACE, field.path);
          const series = PLACE.exec(place)?.[4];
          if (series) assert.ok(series in SERIES, place);
        }
      }
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
      const lost = endpoint.fields.flatMap((field) => {
        if (!field.shown) return [];
        const expected = converted(field, markers.get(field.path), start);
        const values = valuesAt(model, field.model ?? '');
        const there = values.some((value) => same(value, expected, field.as === 'part of the text'));
        return there ? [] : [`${field.path} (${String(expected)}) is not at ${field.model}: ${String(values)}`];
      });
      assert.deepEqual(lost, []);
      assert.deepEqual(valuesAt(model, 'issues[]'), []);
    });
  }
});
