import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore } from '../../connections/store';
import type { CommandRegistry } from '../register';

/** Registers the commands that add, change, check and remove connections. Their work is loaded on first use. */
export function registerConnectionCommands(
  commands: CommandRegistry,
  store: ConnectionStore,
  pool: ProviderPool,
): void {
  const actions = async () => (await import('../dialogs')).connectionActions;
  commands.add('peerscope.addConnection', async (argument) => (await actions()).add(store, pool, argument));
  commands.add('peerscope.editConnection', async (argument) => (await actions()).edit(store, pool, argument));
  commands.add('peerscope.removeConnection', async (argument) => (await actions()).remove(store, argument));
  commands.add('peerscope.testConnection', async (argument) => (await actions()).test(store, pool, argument));
  commands.add('peerscope.openSampleCalls', async () => (await actions()).openSamples(store));
}
