import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore } from '../../connections/store';
import type { CommandRegistry } from '../register';

/**
 * Registers the commands that add, change, check, pass around and remove connections, and keeps the context key that says
 * whether there are any. Their work is loaded on first use.
 */
export function registerConnectionCommands(
  commands: CommandRegistry,
  store: ConnectionStore,
  pool: ProviderPool,
): { dispose(): void } {
  const actions = async () => (await import('../actions')).connectionActions;
  commands.add('peerscope.addConnection', async (argument) => (await actions()).add(store, pool, argument));
  commands.add('peerscope.editConnection', async (argument) => (await actions()).edit(store, pool, argument));
  commands.add('peerscope.removeConnection', async (argument) => (await actions()).remove(store, argument));
  commands.add('peerscope.testConnection', async (argument) => (await actions()).test(store, pool, argument));
  commands.add('peerscope.openSampleCalls', async () => (await actions()).openSamples(store));
  commands.add('peerscope.openSampleReport', async () => (await actions()).openSampleReport(store, pool));
  const sharing = async () => (await import('../actions')).sharingActions;
  commands.add('peerscope.exportConnections', async (argument) => (await sharing()).exportList(store, argument));
  commands.add('peerscope.importConnections', async (argument) =>
    (await sharing()).importList(store, commands.log, argument),
  );

  const tellWhetherAny = (): void => {
    const any = store.list().some(({ sample }) => !sample);
    void vscode.commands.executeCommand('setContext', 'peerscope.hasConnection', any);
  };
  tellWhetherAny();
  return store.onDidChange(tellWhetherAny);
}
