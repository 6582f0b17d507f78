import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

interface Imported {
  added: Added[];
  existing: number;
  bad: { path: string; label: string; problem: string }[];
}

const CANARY = 'canary-shared-1f0e-token';

describe('connections passed around', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let folder: string;
  let file: string;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    folder = await mkdtemp(join(tmpdir(), 'peerscope-share-'));
    file = join(folder, 'team.json');
  });
  afterEach(() => removeAll(api));
  after(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const add = (label: string, secret = CANARY): Thenable<Added> =>
    run('addConnection', {
      provider: 'realtimekit',
      label,
      settings: service.settings,
      secrets: { apiToken: secret },
      skipCheck: true,
    });
  const write = (connections: unknown[]) =>
    writeFile(file, JSON.stringify({ format: 'peerscope.connections', version: 1, connections }));
  const entry = (label: string) => ({ provider: 'realtimekit', label, settings: service.settings });

  it('are exported without key, id or sample', async () => {
    await run('openSampleCalls');
    const { id } = await add('Acme');
    const written = await run('exportConnections', { target: vscode.Uri.file(file) });
    assert.deepEqual(written, { connections: 1 });
    const text = await readFile(file, 'utf8');
    for (const secret of [CANARY, id, 'Sample calls', 'apiToken']) assert.ok(!text.includes(secret), secret);
    assert.deepEqual(JSON.parse(text).connections, [entry('Acme')]);
    assert.deepEqual(await run('importConnections', vscode.Uri.file(file)), { added: [], existing: 1, bad: [] });
  });

  it('come back on another machine, wait for their key without asking anyone, and work with it', async () => {
    await add('Acme');
    await run('exportConnections', { target: vscode.Uri.file(file).toString() });
    await removeAll(api);
    service.requests.length = 0;
    const { added } = await run<Imported>('importConnections', { uri: vscode.Uri.file(file), confirm: false });
    assert.deepEqual(api.connections(), added);
    assert.deepEqual(
      added.map(({ label }) => label),
      ['Acme'],
    );
    const [row] = await api.tree.getChildren();
    assert.ok(row);
    const item = api.tree.getTreeItem(row);
    assert.match(String(item.description), /Key needed/);
    assert.equal(item.command?.command, 'peerscope.editConnection');
    assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.None);
    assert.deepEqual(await api.tree.getChildren(row), []);
    await assert.rejects(api.apps({ connectionId: added[0]?.id ?? '' }), { kind: 'Auth' });
    assert.deepEqual(service.requests, []);

    await run('editConnection', { id: added[0]?.id, secrets: service.secrets });
    const [now] = await api.tree.getChildren();
    assert.equal(now && api.tree.getTreeItem(now).description, undefined);
    assert.ok((await api.apps({ connectionId: added[0]?.id ?? '' })).items.length > 1);
  });

  it('still wait for their key after they were renamed', async () => {
    await write([entry('Acme')]);
    const { added } = await run<Imported>('importConnections', { uri: vscode.Uri.file(file), confirm: false });
    await run('editConnection', { id: added[0]?.id, label: 'Other' });
    const [row] = await api.tree.getChildren();
    assert.match(String(row && api.tree.getTreeItem(row).description), /Key needed/);
  });

  it('are added as far as they are good, and never over one that is there', async () => {
    const mine = await add('Mine');
    const hostile = { ...entry('x'), settings: { ...service.settings, baseUrl: 'http://calls.example/v4' } };
    const withKey = { ...entry('Leak'), secrets: { apiToken: CANARY } };
    await write([entry('Same account'), hostile, withKey, { provider: '100ms', label: 'Staging', settings: {} }]);
    const { added, existing, bad } = await run<Imported>('importConnections', {
      uri: vscode.Uri.file(file),
      confirm: false,
    });
    assert.deepEqual(
      added.map(({ provider, label }) => [provider, label]),
      [['100ms', 'Staging']],
    );
    assert.equal(existing, 1);
    assert.deepEqual(
      bad.map(({ path }) => path),
      ['connections[1].settings.baseUrl', 'connections[2].secrets'],
    );
    assert.ok(!JSON.stringify(bad).includes(CANARY));
    assert.deepEqual(api.connections(), [mine, ...added]);
    const kept = JSON.stringify(api.kept.globalState.keys().map((key) => api.kept.globalState.get(key)));
    assert.ok(!kept.includes(CANARY));
    // The key that was here is still the one that is used.
    await run('editConnection', { id: mine.id, secrets: service.secrets, skipCheck: true });
    assert.ok((await api.apps({ connectionId: mine.id })).items.length > 1);
  });

  it('are refused with the field that is wrong', async () => {
    const refused = async (text: string, message: RegExp): Promise<void> => {
      await writeFile(file, text);
      await assert.rejects(async () => run('importConnections', vscode.Uri.file(file)), message);
    };
    await refused('nothing', /^Error: BadInput: .*not JSON/);
    await refused('{"format":"peerscope.report"}', /^Error: BadInput: .*format: expected "peerscope\.connections"/);
    await refused(' '.repeat(2_000_001), /^Error: BadInput: uri: .*too large/);
    await assert.rejects(
      async () => run('importConnections', vscode.Uri.file(join(folder, 'none.json'))),
      /^Error: NotFound: none\.json/,
    );
    await assert.rejects(async () => run('importConnections', { uri: 7 }), /^Error: BadInput: uri: expected the Uri/);
    await assert.rejects(async () => run('exportConnections', { target: vscode.Uri.file(file) }), /^Error: NotFound: /);
    await add('Acme');
    await assert.rejects(
      async () => run('exportConnections', { target: vscode.Uri.file(file), connectionIds: ['nope'] }),
      /^Error: BadInput: connectionIds: /,
    );
    await assert.rejects(async () => run('exportConnections', {}), /^Error: BadInput: target: /);
    assert.equal(api.connections().length, 1);
  });
});
