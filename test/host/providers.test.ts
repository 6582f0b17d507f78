import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { CallError } from '../../src/core/errors';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type SampleService, startSampleService } from '../../src/sample/index';
import { type Added, activateExtension, removeAll, run } from './support';

describe('every provider, from connection to report', () => {
  let api: PeerscopeApi;
  let service: SampleService;

  before(async () => {
    api = await activateExtension();
    service = await startSampleService();
  });
  afterEach(() => removeAll(api));
  after(() => service.stop());

  for (const { id, provider } of SAMPLE_CONNECTIONS) {
    it(`${provider}: add, browse, read, test, edit, remove`, async () => {
      const { settings, secrets } = service.valuesFor(id);
      const wrong = Object.fromEntries(Object.keys(secrets).map((name) => [name, 'wrong-key']));
      await assert.rejects(
        async () => run('addConnection', { provider, settings, secrets: wrong }),
        /^Error: (Auth|BadInput|Forbidden): /,
      );
      const { id: connectionId } = await run<Added>('addConnection', { provider, settings, secrets });
      await run('testConnection', { id: connectionId });

      const appId = provider === 'realtimekit' ? (await api.apps({ connectionId })).items[0]?.id : undefined;
      const rooms = await api.rooms({ connectionId, appId, pageSize: 10 });
      assert.ok(rooms.items.length > 1 && rooms.items.every((room) => room.id && room.name));
      const { items, issues } = await api.sessions({ connectionId, appId, live: false });
      assert.deepEqual(issues, []);
      const report = await firstReport(connectionId, appId, items);
      assert.equal(report.provider, provider);
      assert.deepEqual(report.issues, []);

      await run('editConnection', { id: connectionId, label: 'Renamed' });
      assert.deepEqual(api.connections(), [{ id: connectionId, provider, label: 'Renamed' }]);
      await run('removeConnection', { id: connectionId, confirm: false });
      assert.deepEqual(api.connections(), []);
    });
  }

  /** The first report among some sessions: not every stay has one. */
  async function firstReport(
    connectionId: string,
    appId: string | undefined,
    sessions: readonly { id: string; roomId?: string }[],
  ) {
    for (const session of sessions.slice(0, 5)) {
      const ref = { connectionId, appId, roomId: session.roomId, sessionId: session.id };
      for (const { id } of (await api.participants(ref)).items) {
        const report = await api.report({ ...ref, participantId: id }).catch((error: unknown) => {
          assert.equal((error as CallError).kind, 'NotYetAvailable');
        });
        if (report) return report;
      }
    }
    throw new Error('No report in five sessions.');
  }
});

describe('a file with a provider’s answer', () => {
  const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all.map(({ label }) => label));

  it('opens as a report', async () => {
    await activateExtension();
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    const file = vscode.Uri.joinPath(
      extension?.extensionUri as vscode.Uri,
      'test',
      'fixtures',
      'realtimekit',
      'peer-report.json',
    );
    await run('openCapture', file);
    const end = Date.now() + 20_000;
    // The tab is named after the file first, and after the participant once the file was read.
    while (!tabs().includes('Participant A') && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(tabs().includes('Participant A'), tabs().join(', '));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
