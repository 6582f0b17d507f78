import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { isCallError } from '../../../src/core/errors';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../http/server';
import { CANARY_ACCESS_KEY, CANARY_SECRET, CANARY_TOKEN, connect, KEY_PAIR, makeToken, signal } from './connection';
import { fixture, NOTHING, routes, STATS } from './fixtures';

const ROOMS = { body: { limit: 10, data: null } };
const REFUSED = { status: 401, body: fixture('error-401') };

describe('100ms: keys', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });
  const sent = () => server.requests.map(({ headers }) => headers.authorization?.replace(/^Bearer /, '') ?? '');

  it('sends a ready token as it is, with GET only', async () => {
    server.always(ROOMS);
    await connect(server).provider.check(signal());
    assert.deepEqual(sent(), [CANARY_TOKEN]);
    assert.ok(server.requests.every(({ method }) => method === 'GET'));
  });

  it('signs one token for many requests, and the secret is never sent', async () => {
    server.always(ROOMS);
    const { provider } = connect(server, KEY_PAIR);
    await Promise.all([provider.check(signal()), provider.check(signal()), provider.listRooms({}, signal())]);
    assert.equal(new Set(sent()).size, 1);
    assert.equal(decodeJwt(sent()[0] ?? '').access_key, CANARY_ACCESS_KEY);
    for (const { headers, query, path } of server.requests) {
      assert.ok(!JSON.stringify([headers, [...query], path]).includes(CANARY_SECRET));
    }
  });

  for (const status of [401, 403]) {
    it(`renews a signed token once after ${status} and asks again`, async () => {
      server.next({ status, body: { code: status, message: 'Token validation error' } });
      server.always(ROOMS);
      await connect(server, KEY_PAIR).provider.check(signal());
      const [first, second, ...more] = sent();
      assert.notEqual(first, second);
      assert.deepEqual(more, []);
    });
  }

  it('gives up after the second refusal, and says what to check', async () => {
    server.always(REFUSED);
    const { provider } = connect(server, KEY_PAIR);
    await assert.rejects(provider.check(signal()), { kind: 'Auth', text: /clock of this computer/ });
    assert.equal(server.requests.length, 2);
  });

  it('does not ask again with a ready token', async () => {
    server.always(REFUSED);
    await assert.rejects(connect(server).provider.check(signal()), { kind: 'Auth', status: 401 });
    assert.equal(server.requests.length, 1);
  });

  it('does not send an app token or an expired one at all', async () => {
    server.always(ROOMS);
    for (const managementToken of [await makeToken('app', 4_000_000_000), await makeToken('management', 1_000_000)]) {
      const { provider } = connect(server, { managementToken });
      await assert.rejects(
        provider.check(signal()),
        (error: Error) => isCallError(error) && error.kind === 'Auth' && !error.message.includes(managementToken),
      );
    }
    assert.deepEqual(server.requests, []);
  });

  it('never shows a key in an error or a log line', async () => {
    for (const secrets of [{ managementToken: CANARY_TOKEN }, KEY_PAIR]) {
      const echo = Object.values(secrets).join(' ');
      const keys = Object.values(secrets);
      const { provider, lines } = connect(server, secrets);
      for (const status of [400, 401, 403, 404, 429, 500]) {
        server.always(({ headers }) => ({
          status,
          body: { code: status, message: `bad ${headers.authorization} ${echo}`, details: [echo] },
        }));
        const ref = { connectionId: 'c1', roomId: 'r', sessionId: 's', participantId: 'p' };
        const calls = [
          provider.listRooms({}, signal()),
          provider.listSessions({ live: false }, signal()),
          provider.listParticipants(ref, signal()),
          provider.getReport(ref, signal()),
        ];
        const tokens = sent();
        for (const outcome of await Promise.allSettled(calls)) {
          const text =
            outcome.status === 'rejected'
              ? String(outcome.reason?.stack) + JSON.stringify(outcome.reason)
              : JSON.stringify(outcome.value);
          for (const secret of [...keys, ...tokens, ...sent()])
            assert.ok(!text.includes(secret) || secret === '', text);
        }
      }
      assert.ok(lines.length > 0);
      for (const secret of [...keys, ...sent()]) {
        assert.ok(!lines.join('\n').includes(secret));
      }
    }
  }).timeout(30_000);

  it('sends no key to another place when it is redirected', async () => {
    const elsewhere = new ScriptedServer();
    await elsewhere.start();
    elsewhere.always(ROOMS);
    server.always({ status: 302, headers: { location: `${elsewhere.origin}/v2/rooms` }, body: '' });
    await assert.rejects(connect(server).provider.check(signal()), { kind: 'BadResponse' });
    assert.deepEqual(elsewhere.requests, []);
    await elsewhere.stop();
  });

  it('a report outlives a plan without events and recordings, and says so', async () => {
    const stats = fixture('peer-stats');
    const forbidden = { status: 403, body: { code: 403, message: 'not in your plan' } };
    server.always(
      routes({
        ...NOTHING,
        [STATS]: { body: stats },
        '/analytics/events': forbidden,
        '/recordings': forbidden,
        '/recording-assets': { status: 500, body: { code: 500, message: 'broken' } },
      }),
    );
    const ref = {
      connectionId: 'c1',
      roomId: stats.room_id,
      sessionId: stats.session_id,
      participantId: stats.peer_id,
    };
    const { report } = await connect(server).provider.getReport(ref, signal());
    assert.equal(report.streams.length, 6);
    const said = (path: string) => report.issues.filter((issue) => issue.path === path).map(({ message }) => message);
    assert.match(said('analytics/events').join(), /The events could not be read\. .*not in your plan/);
    assert.match(said('recordings').join(), /The recordings could not be read\. .*not in your plan/);
    assert.match(said('recording-assets').join(), /The recording assets could not be read\. .*500/);
    assert.match(said('sessions').join(), /The session could not be read/);
  });
});
