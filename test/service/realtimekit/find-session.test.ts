import assert from 'node:assert/strict';
import { ScriptedServer } from '../http/server';
import { ACCOUNT, APP, connect } from './connection';

const never = () => new AbortController().signal;

describe('a session of RealtimeKit by its id', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const provider = (settings: Record<string, string> = { appId: APP }) => connect(server, settings).provider;

  describe('ids in paths', () => {
    it('are encoded, and dot segments refused', async () => {
      server.always({ body: { success: true, data: { id: 'x' } } });
      await provider().getSession({ connectionId: 'c1', appId: 'a/b', sessionId: '../x?y' }, never());
      assert.equal(server.requests[0]?.path, `/client/v4/accounts/${ACCOUNT}/realtime/kit/a%2Fb/sessions/..%2Fx%3Fy`);
      for (const sessionId of ['..', '.', '']) {
        await assert.rejects(provider().getSession({ connectionId: 'c1', sessionId }, never()), { kind: 'BadInput' });
      }
    });

    it('a list of an app needs to know the app', async () => {
      await assert.rejects(provider({}).listSessions({}, never()), { kind: 'BadInput', field: 'appId' });
    });
  });

  describe('findSession', () => {
    const apps = (ids: string[], page = { total_count: ids.length }) => ({
      body: { success: true, data: ids.map((id) => ({ id })), paging: page },
    });
    const gone = { status: 404, body: { success: false, error: { code: 404, message: 'Session not found' } } };
    const session = { body: { success: true, data: { id: 's1', associated_id: 'm1' } } };

    it('asks each app once, at most four at a time, and keeps the list of apps', async () => {
      const ids = Array.from({ length: 9 }, (_, index) => `app-${index}`);
      server.always(async ({ path }) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (path.endsWith('/apps')) return apps(ids);
        return path.includes('/app-7/') ? session : gone;
      });
      const asked = provider({});
      const expected = [{ connectionId: 'c1', appId: 'app-7', roomId: 'm1', sessionId: 's1' }];
      assert.deepEqual(await asked.findSession('s1', never()), expected);
      assert.equal(server.requests.length, 10);
      assert.equal(server.mostInFlight, 4);
      assert.deepEqual(await asked.findSession('s1', never()), expected);
      assert.equal(server.requests.length, 19);
    });

    it('walks all pages of apps', async () => {
      server.next(apps(['a1', 'a2'], { total_count: 3 }), apps(['a3'], { total_count: 3 }));
      server.always(({ path }) => (path.includes('/a3/') ? session : gone));
      const found = await provider({}).findSession('s1', never());
      assert.deepEqual(
        found.map(({ appId }) => appId),
        ['a3'],
      );
    });

    it('asks only the connection’s app where one is set', async () => {
      server.always(gone);
      assert.deepEqual(await provider().findSession('s1', never()), []);
      assert.equal(server.requests.length, 1);
    });

    it('a failing app does not hide what another one found', async () => {
      server.next(apps(['a1', 'a2']));
      server.always(({ path }) => (path.includes('/a1/') ? { status: 403, body: {} } : session));
      assert.equal((await provider({}).findSession('s1', never())).length, 1);
    });

    it('a failing app is an error when nobody found it', async () => {
      server.next(apps(['a1', 'a2']));
      server.always(({ path }) => (path.includes('/a1/') ? { status: 403, body: {} } : gone));
      await assert.rejects(provider({}).findSession('s1', never()), { kind: 'Forbidden' });
    });
  });
});
