import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('secrets', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  /** Wrong keys that were tried, and the right one. */
  const canaries = ['canary-wrong-5d1f', 'canary-edited-77aa'];
  const errors: string[] = [];

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    canaries.push(...Object.values(service.secrets));
  });
  after(async () => {
    await removeAll(api);
    await service.stop();
  });

  const keep = async (work: () => PromiseLike<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      errors.push(`${error} ${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`);
    }
  };

  it('are used on every path', async () => {
    const input = { provider: 'realtimekit', settings: service.settings };
    await keep(() => run('addConnection', { ...input, secrets: { apiToken: canaries[0] } }));
    await keep(() => run('addConnection', { ...input, secrets: { apiToken: canaries[0], other: canaries[1] } }));
    const added = await run<Added>('addConnection', { ...input, secrets: service.secrets });
    const connectionId = added.id;
    const [app] = (await api.apps({ connectionId })).items;
    const [session] = (await api.sessions({ connectionId, appId: app?.id, live: false })).items;
    const ref = { connectionId, appId: app?.id, sessionId: session?.id ?? '' };
    const [participant] = (await api.participants(ref)).items;
    await run('openParticipant', { ...ref, participantId: participant?.id });
    await api.report({ ...ref, participantId: participant?.id ?? '' });
    await keep(() => api.report({ ...ref, participantId: 'nobody' }));
    await run('editConnection', { id: connectionId, secrets: { apiToken: canaries[1] }, skipCheck: true });
    await keep(() => api.apps({ connectionId }));
    await keep(() => run('testConnection', { id: connectionId }));
    assert.ok(errors.length >= 5, `${errors.length} errors were made`);
  });

  it('are in no error', () => {
    for (const error of errors) {
      for (const canary of canaries) assert.ok(!error.includes(canary), error.replaceAll(canary, 'CANARY'));
    }
  });

  it('are in no state, setting or open document', () => {
    const states = [api.kept.globalState, api.kept.workspaceState].map((state) =>
      JSON.stringify(state.keys().map((key) => [key, state.get(key)])),
    );
    const settings = JSON.stringify(vscode.workspace.getConfiguration('peerscope'));
    const documents = vscode.workspace.textDocuments.map((document) => document.getText());
    for (const text of [...states, settings, ...documents]) {
      for (const canary of canaries) assert.ok(!text.includes(canary), text.replaceAll(canary, 'CANARY'));
    }
    assert.match(states.join(), /accountId/, 'the state that was searched holds the connection');
  });

  it('are in no log file', async () => {
    // The channel writes behind: its file is complete once it has been flushed to disk.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const folder = api.kept.logUri.fsPath;
    const files = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
      : [];
    const logs = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
    assert.match(logs.join('\n'), /Auth/, `the log of the refused key, in ${files}`);
    for (const canary of canaries) assert.ok(!logs.join('\n').includes(canary));
  });

  it('are deleted with their connection', async () => {
    await removeAll(api);
    assert.doesNotMatch(
      JSON.stringify(api.kept.globalState.keys().map((key) => api.kept.globalState.get(key))),
      /accountId/,
    );
  });
});
