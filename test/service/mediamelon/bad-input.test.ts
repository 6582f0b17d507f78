import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type ErrorKind, isCallError } from '../../../src/core/errors';
import type { CallProvider } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { readPlayback } from '../../../src/providers/mediamelon/report';
import { type Answerer, type Scripted, ScriptedServer } from '../http/server';
import { CANARY, connect, signal } from './connection';
import { answerOf, row, T0 } from './rows';

const ref = { connectionId: 'c1', sessionId: 'session-1', participantId: 'session-1' };

/** Every way to ask. */
const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  check: (provider) => provider.check(signal),
  rooms: (provider) => provider.listRooms({}, signal),
  sessions: (provider) => provider.listSessions({}, signal),
  session: (provider) => provider.getSession(ref, signal),
  viewer: (provider) => provider.listParticipants(ref, signal),
  report: (provider) => provider.getReport(ref, signal),
  'look-up': (provider) => provider.findSession('session-1', signal),
};

const FAILURES: [what: string, answer: Scripted | Answerer, kind: ErrorKind, text: RegExp][] = [
  [
    'a wrong key',
    { status: 401, body: { message: 'Unauthorized' } },
    'Auth',
    /API key or the customer ID \(401\).*enter both again.*Unauthorized/,
  ],
  ['a key of another customer', { status: 403, body: '' }, 'Auth', /API key or the customer ID \(403\)/],
  ['a wrong host', { status: 404, body: 'no route' }, 'NotFound', /Check the base URL and the customer ID.*no route/],
  [
    'a refused parameter',
    { status: 400, body: { errors: [{ message: 'unknown metric x' }] } },
    'BadResponse',
    /unknown metric x/,
  ],
  ['a refusal in plain text', { status: 400, body: 'period is too long' }, 'BadResponse', /period is too long/],
  [
    '429 that asks for a long wait',
    { status: 429, headers: { 'retry-after': '300' }, body: '' },
    'RateLimited',
    /5 minutes/,
  ],
  ['a service that has a problem', { status: 503, body: 'upstream' }, 'BadResponse', /503.*service has a problem/],
  [
    'a login page',
    { headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title>' },
    'BadResponse',
    /web page titled "Sign in"/,
  ],
  ['a cut-off body', { body: '{"response":[{"sessionid":"session-1"' }, 'BadResponse', /cut off/],
  ['no JSON at all', { body: 'OK' }, 'BadResponse', /not JSON/],
  ['a failure with status 200', { body: { status: 'fail', message: 'quota' } }, 'BadResponse', /quota/],
  ['JSON without rows', { body: { hello: 1 } }, 'BadResponse', /without a list/],
  [
    'a redirect to another host',
    { status: 302, headers: { location: 'https://elsewhere.invalid/' }, body: '' },
    'BadResponse',
    /not followed/,
  ],
  [
    'a redirect in circles',
    ({ path }) => ({ status: 302, headers: { location: path }, body: '' }),
    'BadResponse',
    /circles/,
  ],
];

describe('MediaMelon: bad answers over HTTP', () => {
  const server = new ScriptedServer();
  const seen: string[] = [];
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
    assert.doesNotMatch(seen.join('\n'), new RegExp(CANARY), 'the key is in an error or in the log');
    assert.ok(seen.length > 100);
  });

  /** What a call rejects with; everything that was said is kept to look for the key in it. */
  async function failure(call: (provider: CallProvider) => Promise<unknown>, services = {}) {
    const { provider, lines } = await connect(server, {}, services);
    try {
      await call(provider);
    } catch (error) {
      assert.ok(isCallError(error), String(error));
      seen.push(error.message, error.text, String(error.stack), JSON.stringify(error), String(error.cause), ...lines);
      return error;
    }
    return assert.fail('did not reject');
  }

  for (const [what, answer, kind, text] of FAILURES) {
    it(`${what}: one sentence that says what to do, wherever it comes`, async () => {
      server.always(answer);
      for (const [name, call] of Object.entries(CALLS)) {
        const error = await failure(call);
        assert.equal(error.kind, kind, name);
        assert.match(error.text, text, name);
      }
    });
  }

  it('a body that says the key back does not give it away', async () => {
    server.always({ status: 400, body: { message: `X-API-Key ${CANARY} is odd, ${encodeURIComponent(CANARY)}` } });
    for (const call of Object.values(CALLS)) assert.match((await failure(call)).text, /•••/);
  });

  it('no answer in time, and no server', async () => {
    server.always(() => new Promise(() => undefined));
    assert.equal((await failure(CALLS.sessions as (typeof CALLS)[string], { timeoutMs: () => 100 })).kind, 'TimedOut');
    const gone = new ScriptedServer();
    await gone.start();
    const { provider } = await connect(gone);
    await gone.stop();
    await assert.rejects(provider.listSessions({}, signal), (error) => isCallError(error) && error.kind === 'Network');
  });

  it('is tried again after 429 and 503 that pass', async () => {
    server.next({ status: 429, headers: { 'retry-after': '0' }, body: '' }, { status: 503, body: '' });
    server.always(answerOf([row(1)]));
    const { provider } = await connect(server);
    assert.equal((await provider.listSessions({}, signal)).items.length, 1);
    assert.equal(server.requests.length, 3);
  });

  it('stops at once when it is cancelled', async () => {
    server.always(() => new Promise(() => undefined));
    for (const call of ['listSessions', 'listRooms'] as const) {
      const { provider } = await connect(server);
      const controller = new AbortController();
      const asked = provider[call]({}, controller.signal);
      setTimeout(() => controller.abort(), 20);
      await assert.rejects(asked, (error) => isCallError(error) && error.kind === 'Cancelled');
    }
    const { provider } = await connect(server);
    const controller = new AbortController();
    const report = provider.getReport(ref, controller.signal);
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(report, (error) => isCallError(error) && error.kind === 'Cancelled');
  });

  it('takes nothing for no sessions: 204, an empty body, null', async () => {
    for (const answer of [{ status: 204, body: '' }, { body: '' }, { body: { response: null } }, { body: 'null' }]) {
      server.always(answer);
      const { provider } = await connect(server);
      assert.deepEqual(await provider.listSessions({}, signal), {
        items: [],
        next: undefined,
        total: undefined,
        issues: [],
      });
      assert.deepEqual((await provider.listRooms({}, signal)).items, []);
      assert.deepEqual(await provider.findSession('x', signal), []);
    }
  });

  it('shows the good rows beside a remark on each bad one', async () => {
    server.always(answerOf([row(1), 'nonsense', row(2, { latency: 'soon' }), row(3, { starttime: 'yesterday' }), [1]]));
    const { provider } = await connect(server);
    const { items, issues } = await provider.listSessions({ from: T0 * 1000, to: (T0 + 9999) * 1000 }, signal);
    assert.deepEqual(
      items.map(({ id }) => id).filter((id) => id.startsWith('session-')),
      ['session-1', 'session-2', 'session-3'],
    );
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['response[1]', 'response[2].latency', 'response[3].starttime'],
    );
  });

  it('passes hostile text on as it is, for the screens to make harmless', async () => {
    const assetname = '<script>alert(1)</script> $(zap) \u202E \u0000 [x](command:y)';
    server.always(answerOf([row(1, { assetname })]));
    const { provider } = await connect(server);
    const { items } = await provider.listSessions({}, signal);
    assert.equal(items[0]?.roomName, assetname);
    assert.equal((await provider.getReport(ref, signal)).report.streams.length, 0);
  });

  it('refuses ids and customers that would be another path, before anything is sent', async () => {
    const { provider } = await connect(server, { customerId: '..' });
    await assert.rejects(provider.listSessions({}, signal), (error) => isCallError(error) && error.kind === 'BadInput');
    assert.deepEqual(server.requests, []);
    server.always(answerOf([]));
    const odd = await connect(server, { customerId: 'a/../b?x=1' });
    await odd.provider.listSessions({}, signal);
    const paths = server.requests.map(({ path }) => path);
    assert.deepEqual(paths, ['/mm-apis/listsessions/a%2F..%2Fb%3Fx%3D1']);
  });
});

describe('MediaMelon: any answer', () => {
  const wild = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        null,
        true,
        -1,
        0,
        1e308,
        '',
        'NA',
        'null',
        '1e999',
        '12345678901234567890',
        '\u202E<b>',
        '__proto__',
      ),
      fc.double(),
      fc.string(),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom('response', 'data', 'sessionid', 'error', 'columns', '__proto__')),
        tie('value'),
        {
          maxKeys: 5,
        },
      ),
    ),
  })).value;
  const read = (body: unknown) =>
    readPlayback(new TextEncoder().encode(JSON.stringify(body)), {
      who: 'x',
      metrics: ['sessionid', 'latency'],
      participantId: 'good',
    });

  it('is a report or a CallError, never anything else', () => {
    fc.assert(
      fc.property(wild, (body) => {
        try {
          const report = read({ response: body });
          assert.equal(report.provider, 'mediamelon');
        } catch (error) {
          assert.ok(isCallError(error), String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never costs a good row because of others and of odd fields in it', () => {
    const good = { sessionid: 'good', starttime: T0, latency: 2.5 };
    fc.assert(
      fc.property(
        fc.array(wild, { maxLength: 6 }),
        fc.nat(6),
        fc.dictionary(fc.string(), wild, { maxKeys: 4 }),
        (others, at, odd) => {
          // A key that folds to one of the good ones would be the same field written twice.
          const fields = Object.entries(odd).filter(
            ([key]) => !/^(sessionid|starttime|latency)$/i.test(key.replaceAll('_', '')),
          );
          const response = others.toSpliced(at, 0, { ...good, ...Object.fromEntries(fields) });
          const report = read({ response });
          const named = others.find((other) => typeof other === 'object' && other !== null && 'sessionid' in other);
          if (named) return;
          assert.equal(report.participant.joinedAt, T0 * 1000);
          assert.equal(report.figures?.find(({ name }) => name === 'latency')?.value, 2.5);
        },
      ),
      { numRuns: 500 },
    );
  });
});
