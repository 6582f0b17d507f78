import assert from 'node:assert/strict';
import type { CallError } from '../../../src/core/errors';
import { ScriptedServer } from '../http/server';
import { APP, CANARY, connect } from './connection';

const never = () => new AbortController().signal;

describe('what RealtimeKit refuses', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const provider = (settings: Record<string, string> = { appId: APP }) => connect(server, settings).provider;

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
    ['a failure with status 200', 200, { success: false, error: { code: 404, message: 'gone' } }, 'NotFound', /"gone"/],
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
