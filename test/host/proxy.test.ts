import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import { end } from '../end';
import { Authority } from '../faults/authority.mjs';
import { ConnectProxy } from '../faults/connect-proxy';
import { FaultProxy } from '../faults/fault-proxy';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

/** A name that no DNS knows: only the proxy does (RFC 6761). */
const NAME = 'calls.peerscope.test';
const USER = { name: 'proxy-user', password: 'canary-proxy-61f0' };

/**
 * VS Code's own proxy support, which it puts into Node's modules. It leaves loopback alone, so that the provider has a name;
 * its certificate comes from an authority that the launcher made and told the extension host of.
 */
describe('behind a proxy', () => {
  const folder = process.env.PEERSCOPE_TEST_AUTHORITY;
  let api: PeerscopeApi;
  let service: CountedService;
  let provider: FaultProxy;
  const proxies: ConnectProxy[] = [];
  const http = () => vscode.workspace.getConfiguration('http');

  before(async function () {
    if (!folder) return this.skip();
    api = await activateExtension();
    service = await startCountedService();
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const authority = await Authority.from({ key: read('authority.key'), cert: read('authority.pem') });
    const upstream = new URL(service.settings.baseUrl ?? '').origin;
    provider = new FaultProxy(upstream, { identity: await authority.issue({ names: [NAME] }) });
    await provider.start();
  });
  beforeEach(() => provider.reset());
  afterEach(async () => {
    await http().update('proxy', undefined, vscode.ConfigurationTarget.Global);
    await removeAll(api);
  });
  after(async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await end(provider);
    await end(service);
  });

  async function startProxy(user?: typeof USER): Promise<ConnectProxy> {
    const proxy = new ConnectProxy({ [NAME]: provider.port }, user);
    await proxy.start();
    proxies.push(proxy);
    return proxy;
  }

  const add = () =>
    run<Added>('addConnection', {
      provider: 'realtimekit',
      settings: { ...service.settings, baseUrl: `https://${NAME}/client/v4` },
      secrets: service.secrets,
      skipCheck: true,
    });
  const use = (url: string) => http().update('proxy', url, vscode.ConfigurationTarget.Global);

  it('the name is not found without one', async () => {
    const { id } = await add();
    await assert.rejects(async () => api.apps({ connectionId: id }), {
      message: /^Network: The name calls\.peerscope\.test/,
    });
    assert.equal(provider.seen, 0);
  });

  it('every request goes through it, in a tunnel that it cannot look into', async () => {
    const proxy = await startProxy();
    await use(`http://${proxy.host}`);
    const { id } = await add();
    const { items } = await api.apps({ connectionId: id });
    await api.sessions({ connectionId: id, appId: items[0]?.id });
    assert.ok(items.length > 0);
    assert.equal(provider.seen, 2);
    assert.ok(proxy.opened.length > 0 && proxy.opened.every((target) => target === `${NAME}:443`));
  });

  it('user and password of the proxy are sent to the proxy', async () => {
    const proxy = await startProxy(USER);
    await use(`http://${USER.name}:${USER.password}@${proxy.host}`);
    const { id } = await add();
    assert.ok((await api.apps({ connectionId: id })).items.length > 0);
    assert.equal(provider.seen, 1);
    assert.ok(proxy.opened.length > 0);
  });

  it('a proxy that turns the user down is named as such, and the password stays out of the error', async () => {
    const proxy = await startProxy({ ...USER, password: 'another' });
    await use(`http://${USER.name}:${USER.password}@${proxy.host}`);
    const { id } = await add();
    await assert.rejects(
      async () => api.apps({ connectionId: id }),
      (error: Error) => {
        assert.match(error.message, /^Network: .*proxy.*user name and password/i);
        assert.ok(!`${error.message}${error.stack}`.includes(USER.password));
        return true;
      },
    );
    assert.ok(proxy.refused > 0);
    assert.equal(provider.seen, 0);
  });
});
