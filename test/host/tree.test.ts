import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { CallNode } from '../../src/tree/nodes';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('tree', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let connection: CallNode;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    await vscode.commands.executeCommand('peerscope.calls.focus');
  });
  beforeEach(async () => {
    await run<Added>('addConnection', {
      provider: 'realtimekit',
      settings: service.settings,
      secrets: service.secrets,
      skipCheck: true,
    });
    connection = (await rows())[0] as CallNode;
    service.requests.length = 0;
  });
  afterEach(() => removeAll(api));
  after(() => service.stop());

  const rows = (node?: CallNode): Promise<CallNode[]> => api.tree.getChildren(node);
  const row = async (label: RegExp, parent?: CallNode): Promise<CallNode> => {
    const found = (await rows(parent)).find((node) => label.test(labelOf(node)));
    assert.ok(found, `${label} below ${parent?.key}`);
    return found;
  };
  const labelOf = (node: CallNode): string => {
    const { label = '' } = api.tree.getTreeItem(node);
    return typeof label === 'string' ? label : label.label;
  };

  it('costs one request for each level that is opened, one for "Load more", none the second time', async () => {
    assert.equal(service.requests.length, 0, 'the root');
    const app = await row(/telehealth/, connection);
    assert.equal(service.requests.length, 1, 'apps');
    const recent = await row(/Recent sessions/, app);
    assert.equal(service.requests.length, 1, 'the three groups');
    const sessions = (await rows(recent)).filter(({ kind }) => kind === 'session');
    assert.equal(service.requests.length, 2, 'sessions');
    assert.equal(sessions.length, 25);

    await run('loadMore', await row(/Load more/, recent));
    assert.equal(service.requests.length, 3, 'load more');
    assert.equal((await rows(recent)).filter(({ kind }) => kind === 'session').length, 50);

    const participants = await rows(sessions[3]);
    assert.ok(participants.some(({ kind }) => kind === 'participant'));
    assert.equal(service.requests.length, 4, 'participants');

    for (const node of [connection, app, recent, sessions[3]]) await rows(node);
    assert.equal(service.requests.length, 4, 'expanding again');
  });

  it('costs one request however often a row is expanded at the same time', async () => {
    await Promise.all([rows(connection), rows(connection), rows(connection)]);
    assert.equal(service.requests.length, 1);
    const recent = await row(/Recent/, await row(/telehealth/, connection));
    await rows(recent);
    const more = await row(/Load more/, recent);
    await Promise.all([run('loadMore', more), run('loadMore', more)]);
    assert.equal(service.requests.length, 3);
  });

  it('keeps what was paged in when a list is refreshed', async () => {
    const recent = await row(/Recent/, await row(/telehealth/, connection));
    await rows(recent);
    await run('loadMore', recent);
    const before = (await rows(recent)).map(({ key }) => key);
    service.requests.length = 0;
    await run('refresh', recent);
    assert.deepEqual(
      (await rows(recent)).map(({ key }) => key),
      before,
    );
    assert.equal(service.requests.length, 2, 'two pages were loaded, two are read again');
  });

  it('asks the server when a list is filtered', async () => {
    const app = await row(/telehealth/, connection);
    assert.ok(app.kind === 'app');
    const recent = await row(/Recent/, app);
    const id = api.connections()[0]?.id;
    const appId = app.app.id;
    await run('filterSessions', { connectionId: id, appId, participants: { min: 2, max: 2 } });
    const sessions = await rows(recent);
    const counts = sessions.flatMap((node) =>
      node.kind === 'session' ? [node.session.maxConcurrentParticipants] : [],
    );
    assert.ok(counts.length > 0);
    assert.deepEqual([...new Set(counts)], [2]);
    assert.match(service.requests.at(-1) ?? '', /participants=2(:|%3A)2/);
    await run('clearFilter', recent);
    assert.equal(api.tree.model.filter(recent), undefined);
  });

  it('keeps what was loaded when only the label of a connection is changed', async () => {
    const recent = await row(/Recent/, await row(/telehealth/, connection));
    await rows(recent);
    await run('loadMore', recent);
    const before = (await rows(recent)).map(({ key }) => key);
    assert.ok(before.length > 50);
    service.requests.length = 0;
    await run('editConnection', { id: api.connections()[0]?.id, label: 'Renamed' });
    const again = await row(/Renamed/);
    const list = await row(/Recent/, await row(/telehealth/, again));
    assert.deepEqual(
      (await rows(list)).map(({ key }) => key),
      before,
    );
    assert.deepEqual(service.requests, []);
  });

  it('shows one error row with Retry, and the list once the key is right again', async () => {
    const id = api.connections()[0]?.id;
    await run('editConnection', { id, secrets: { apiToken: 'outdated' }, skipCheck: true });
    connection = (await rows())[0] as CallNode;
    const error = (await rows(connection))[0] as CallNode;
    assert.equal(error.kind, 'error');
    assert.equal(labelOf(error), 'Key not accepted');
    assert.equal(api.tree.getTreeItem(error).command?.command, 'peerscope.refresh');
    await run('editConnection', { id, secrets: service.secrets, skipCheck: true });
    connection = (await rows())[0] as CallNode;
    assert.equal((await rows(connection))[0]?.kind, 'app');
  });

  it('builds tooltips on hover only, as escaped Markdown', async () => {
    const app = await row(/telehealth/, connection);
    const item = api.tree.getTreeItem(app);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = await api.tree.resolveTreeItem(item, app);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.equal(tooltip.isTrusted ?? false, false);
    assert.equal(tooltip.supportHtml ?? false, false);
    assert.equal(tooltip.supportThemeIcons ?? false, false);
  });

  it('has unique ids and knows every parent', async () => {
    const seen = new Set<string>();
    const walk = async (node: CallNode | undefined, depth: number): Promise<void> => {
      for (const child of (await rows(node)).slice(0, 6)) {
        const { id } = api.tree.getTreeItem(child);
        assert.ok(id && !seen.has(id), id);
        seen.add(id);
        assert.equal(api.tree.getParent(child)?.key, node?.key);
        if (depth > 0) await walk(child, depth - 1);
      }
    };
    await walk(undefined, 4);
    assert.ok(seen.size > 40, `${seen.size} rows`);
  });
});
