import assert from 'node:assert/strict';
import type { PeerscopeApi } from '../../src/api';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('connections by command', () => {
  let api: PeerscopeApi;
  let service: CountedService;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
  });
  afterEach(() => removeAll(api));
  after(() => service.stop());

  const input = () => ({ provider: 'realtimekit', settings: service.settings, secrets: service.secrets });

  it('adds a connection after asking the provider', async () => {
    service.requests.length = 0;
    const added = await run<Added>('addConnection', { ...input(), label: 'Acme' });
    assert.deepEqual(added, { id: added.id, provider: 'realtimekit', label: 'Acme' });
    assert.deepEqual(api.connections(), [added]);
    assert.equal(service.requests.length, 1, service.requests.join('\n'));
  });

  it('refuses a wrong token and saves nothing', async () => {
    const secrets = { apiToken: 'wrong-token-canary' };
    await assert.rejects(
      async () => run('addConnection', { ...input(), secrets }),
      (error: Error) => {
        assert.match(error.message, /^Auth: /);
        assert.doesNotMatch(`${error.message}${error.stack}`, /wrong-token-canary/);
        return true;
      },
    );
    assert.deepEqual(api.connections(), []);
  });

  it('refuses a wrong account', async () => {
    const settings = { ...service.settings, accountId: 'f'.repeat(32) };
    await assert.rejects(
      async () => run('addConnection', { ...input(), settings }),
      /^Error: (Auth|Forbidden|NotFound): /,
    );
  });

  it('names the field of a bad argument', async () => {
    await assert.rejects(
      async () => run('addConnection', { ...input(), settings: { accountId: 'short' } }),
      /^Error: BadInput: settings\.accountId: /,
    );
  });

  it('saves without asking when told to', async () => {
    service.requests.length = 0;
    await run<Added>('addConnection', { ...input(), skipCheck: true });
    assert.equal(service.requests.length, 0);
    assert.equal(api.connections().length, 1);
  });

  it('uses a changed key at the next request', async () => {
    const added = await run<Added>('addConnection', input());
    await run('editConnection', { id: added.id, secrets: { apiToken: 'outdated' }, skipCheck: true });
    await assert.rejects(api.apps({ connectionId: added.id }), { kind: 'Auth' });
    await run('editConnection', { id: added.id, secrets: service.secrets });
    assert.ok((await api.apps({ connectionId: added.id })).items.length > 0);
  });

  it('changes the label without asking the provider', async () => {
    const added = await run<Added>('addConnection', input());
    service.requests.length = 0;
    await run('editConnection', { id: added.id, label: 'Renamed' });
    assert.equal(api.connections()[0]?.label, 'Renamed');
    assert.equal(service.requests.length, 0);
  });

  it('gives unlabelled connections different names', async () => {
    await run('addConnection', { ...input(), skipCheck: true });
    await run('addConnection', { ...input(), skipCheck: true });
    assert.deepEqual(
      api.connections().map(({ label }) => label),
      ['RealtimeKit', 'RealtimeKit 2'],
    );
  });

  it('says which connection does not exist', async () => {
    await assert.rejects(
      async () => run('removeConnection', { id: 'nope', confirm: false }),
      /^Error: NotFound: .*nope/,
    );
    await assert.rejects(api.apps({ connectionId: 'nope' }), { kind: 'NotFound' });
  });

  it('opens the sample calls with the same ids each time', async () => {
    const opened = await run<Added[]>('openSampleCalls');
    const expected = SAMPLE_CONNECTIONS.map(({ id, provider, label }) => ({ id, provider, label }));
    assert.deepEqual(opened, expected);
    assert.deepEqual(await run<Added[]>('openSampleCalls'), opened);
    assert.ok((await api.apps({ connectionId: 'sample-realtimekit' })).items.length > 1);
  });
});
