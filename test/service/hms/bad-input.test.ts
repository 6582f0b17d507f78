import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type ErrorKind, isCallError } from '../../../src/core/errors';
import type { CallProvider } from '../../../src/providers/contract';
import { readReport } from '../../../src/providers/hms/report/read';
import { disposeReportReader } from '../../../src/providers/index';
import { type Answerer, type Scripted, ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { CANARY_TOKEN, connect, signal } from './connection';
import { fixture } from './fixtures';

const ref = { connectionId: 'c1', roomId: 'r1', sessionId: 's1', participantId: 'p1' };

/** Every way to ask. */
const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  check: (provider) => provider.check(signal()),
  rooms: (provider) => provider.listRooms({}, signal()),
  'a room': (provider) => provider.listRooms({ search: '0123456789abcdef01234567' }, signal()),
  sessions: (provider) => provider.listSessions({}, signal()),
  'a session': (provider) => provider.getSession(ref, signal()),
  people: (provider) => provider.listParticipants(ref, signal()),
  report: (provider) => provider.getReport(ref, signal()),
  'look-up': (provider) => provider.findSession('0123456789abcdef01234567', signal()),
};
/** For these there is a list or nothing where the id is not known. */
const EMPTY_WHEN_UNKNOWN = ['a room', 'look-up'];

const said = (status: number, message: string): Scripted => ({ status, body: { code: status, message } });

const FAILURES: [what: string, answer: Scripted | Answerer, kind: ErrorKind, text: RegExp][] = [
  [
    'a wrong token',
    { status: 401, body: fixture('error-401') },
    'Auth',
    /did not accept the key \(401\).*Token validation error/,
  ],
  ['no permission', said(403, 'insufficient permissions'), 'Forbidden', /\(403\).*insufficient permissions/],
  ['a wrong id', said(404, 'not found'), 'NotFound', /does not know/],
  ['a refused parameter', said(400, 'invalid value'), 'BadResponse', /\(400\).*invalid value/],
  [
    '429 that tells the wait in its message',
    said(429, 'rate limit exceeded, retry after 45 seconds'),
    'RateLimited',
    /Try again in 45 seconds/,
  ],
  [
    '429 with Retry-After',
    { ...said(429, 'slow down'), headers: { 'retry-after': '300' } },
    'RateLimited',
    /5 minutes/,
  ],
  ['429 without a wait', { status: 429, body: '' }, 'RateLimited', /a few minutes/],
  ['500 without details', said(500, 'internal error'), 'BadResponse', /500.*service has a problem.*internal error/],
  ['503', { status: 503, body: 'upstream' }, 'BadResponse', /503/],
  [
    'a web page',
    { headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title>' },
    'BadResponse',
    /web page titled "Sign in"/,
  ],
  ['a cut-off body', { body: '{"limit":10,"data":[{"id":"a"' }, 'BadResponse', /cut off/],
  ['no JSON', { body: 'OK' }, 'BadResponse', /not JSON/],
];

describe('100ms: bad input', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  for (const [what, answer, kind, text] of FAILURES) {
    for (const [name, call] of Object.entries(CALLS)) {
      if (kind === 'NotFound' && EMPTY_WHEN_UNKNOWN.includes(name)) continue;
      it(`${what}: ${name}`, async () => {
        server.always(answer);
        const { provider, lines } = connect(server);
        await assert.rejects(call(provider), (error) => {
          assert.ok(isCallError(error));
          assert.equal(error.kind, kind, error.message);
          // A report that neither the statistics nor the session know of has its own words.
          assert.match(error.text, text);
          assert.ok(!`${error.stack} ${lines.join('\n')}`.includes(CANARY_TOKEN));
          return true;
        });
      });
    }
  }

  it('tries again after a short wait that the message names', async () => {
    server.next(said(429, 'rate limit exceeded, retry after 0 seconds'));
    server.always({ body: { limit: 10, data: null } });
    await connect(server).provider.check(signal());
    assert.equal(server.requests.length, 2);
  });

  for (const [what, body] of [
    ['something else', { hello: 1 }],
    ['a list', []],
    ['rows that are no list', { limit: 10, data: { a: 1 } }],
    ['a failure with status 200', { code: 500, message: 'broken' }],
    ['null', 'null'],
  ] as const) {
    it(`refuses ${what} as a list of rooms or sessions`, async () => {
      server.always({ body });
      const { provider } = connect(server);
      await assert.rejects(provider.listRooms({}, signal()), { kind: 'BadResponse' });
      await assert.rejects(provider.listSessions({}, signal()), { kind: 'BadResponse' });
    });
  }

  it('keeps the good rows beside bad ones, each with its path', async () => {
    const good = fixture('sessions-list').data[0];
    server.always({
      body: {
        limit: 10,
        data: [
          null,
          good,
          { ...good, id: undefined },
          { ...good, id: 'b', active: 'yes' },
          { ...good, id: 'c', peers: 7 },
        ],
        last: 'c',
      },
    });
    const { items, issues } = await connect(server).provider.listSessions({ live: false }, signal());
    assert.deepEqual(
      items.map(({ id }) => id),
      [good.id, 'b', 'c'],
    );
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['data[0]', 'data[2].id', 'data[3].active', 'data[4].peers'],
    );
  });

  it('reads a session of whose state nothing is said by the list that it came in', async () => {
    const { active: _active, ...bare } = fixture('session');
    server.always({ body: { limit: 10, data: [bare], last: bare.id } });
    const { provider } = connect(server);
    assert.equal((await provider.listSessions({ live: true }, signal())).items[0]?.status, 'live');
    assert.equal((await provider.listSessions({ live: false }, signal())).items[0]?.status, 'ended');
  });

  it('hands names on as they are: what is shown is made safe where it is shown', async () => {
    const name = '<img src=x> $(zap) \u202egnp';
    server.always({ body: { limit: 10, data: [{ id: 'a', name }] } });
    assert.equal((await connect(server).provider.listRooms({ status: 'ENABLED' }, signal())).items[0]?.name, name);
  });

  it('never lets a secret of a room into the model', async () => {
    const room = { ...fixture('room'), webhook: { url: 'https://hooks.example', headers: { 'X-Key': 'hook-canary' } } };
    room.recording_info.upload_info.credentials = { key: 'store-canary', secret: 'store-canary' };
    server.always({ body: { limit: 10, data: [room] } });
    assert.ok(!JSON.stringify(await connect(server).provider.listRooms({}, signal())).includes('canary'));
  });

  it('never throws anything but CallError for mutated sessions, and never loses good ones', async () => {
    const list = fixture('sessions-list');
    await fc.assert(
      fc.asyncProperty(mutation(list.data[1]), async (bad) => {
        server.reset();
        server.always({ body: { limit: 10, data: [list.data[0], bad], last: 'x' } });
        const { provider } = connect(server);
        const page = await provider.listSessions({ live: false }, signal());
        assert.ok(page.items.some(({ id }) => id === list.data[0].id));
        for (const { id } of page.items) {
          await provider
            .listParticipants({ connectionId: 'c1', sessionId: id }, signal())
            .catch((error: unknown) => assert.ok(isCallError(error), String(error)));
        }
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('never throws anything but CallError for mutated events', async () => {
    const stats = fixture('peer-stats');
    const events = fixture('analytics-error-events').events;
    const good = {
      id: 'good',
      timestamp: '2026-01-01T00:00:00Z',
      type: 'client.disconnected',
      data: { peer_id: stats.peer_id },
    };
    await fc.assert(
      fc.asyncProperty(mutation(events), async (bad) => {
        server.reset();
        server.always(({ path }) => {
          if (path.endsWith('/peer-stats')) return { body: stats };
          if (path.endsWith('/events'))
            return { body: { limit: 3, next: '', events: [...(Array.isArray(bad) ? bad : [bad]), good] } };
          return { status: 404, body: {} };
        });
        const { report } = await connect(server).provider.getReport({ ...ref, participantId: stats.peer_id }, signal());
        assert.ok(report.events.some(({ at }) => at === Date.UTC(2026, 0, 1)));
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('never throws anything but CallError for mutated statistics, and never loses a good track', () => {
    const stats = fixture('peer-stats');
    const good = {
      track_id: 'good',
      time_series: { timestamps: [1738843560000], bitrate: [64_000], jitter_ms: [2.1] },
    };
    fc.assert(
      fc.property(mutation(stats.publisher.video), (bad) => {
        const body = { ...stats, publisher: { video: bad, audio: [good] } };
        const report = readReport(new TextEncoder().encode(JSON.stringify(body)), { who: '100ms', participantId: 'p' });
        const kept = report.streams.find(({ identifiers }) => identifiers?.trackId === 'good');
        assert.deepEqual([...(kept?.series.jitter ?? [])], [2.1]);
        for (const { times, series } of report.streams) {
          for (let i = 1; i < times.length; i++) assert.ok((times[i] as number) > (times[i - 1] as number));
          for (const column of Object.values(series)) assert.equal(column.length, times.length);
        }
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          readReport(new TextEncoder().encode(text), { who: '100ms', participantId: 'p' });
        } catch (error) {
          assert.ok(isCallError(error), String(error));
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);
});

/** A payload in which some values were replaced by others of any type, or taken out. */
function mutation(payload: Json): fc.Arbitrary<Json> {
  const places = paths(payload);
  const change = fc.record({
    at: fc.constantFrom(...places),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy: Json = { root: structuredClone(payload) };
    for (const { at, value } of changes) {
      const inner = at
        .slice(0, -1)
        .reduce<Json>((node, key) => (typeof node === 'object' && node !== null ? node[key] : undefined), copy);
      if (typeof inner === 'object' && inner !== null) inner[at.at(-1) as string] = value;
    }
    return copy.root;
  });
}

function paths(value: Json, base: string[] = ['root']): string[][] {
  if (typeof value !== 'object' || value === null) return [base];
  return [base, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...base, key]))];
}
