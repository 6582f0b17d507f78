import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore, StateStore } from '../../connections/store';
import type { Log } from '../../ui/log';
import type { CommandRegistry } from '../register';
import { BAD_CALLS_KEY } from './query';
import type { BadCallsView } from './view';

/** What the search for bad calls needs of the extension. */
export interface BadCallsDependencies {
  store: ConnectionStore;
  pool: ProviderPool;
  log: Log;
  /** Where what was found is kept over a reload: the workspace's. */
  state: StateStore;
}

/** Registers the search for bad calls. Its view is loaded with the first search, or where the last window had one. */
export function registerBadCallCommands(commands: CommandRegistry, needs: BadCallsDependencies): vscode.Disposable {
  let loaded: Promise<BadCallsView> | undefined;
  const load = (): Promise<BadCallsView> => {
    loaded ??= import('../actions').then(({ BadCallsView }) => new BadCallsView(needs));
    return loaded;
  };
  commands.add('peerscope.findBadCalls', async (argument) => (await load()).find(argument));
  commands.add('peerscope.continueBadCalls', async () => (await load()).goOn());
  commands.add('peerscope.stopBadCalls', async () => (await load()).stop());
  commands.add('peerscope.clearBadCalls', async () => (await load()).clear());
  if (needs.state.get(BAD_CALLS_KEY) !== undefined) {
    void vscode.commands.executeCommand('setContext', 'peerscope.hasBadCalls', true);
    void load();
  }
  return vscode.Disposable.from(
    { dispose: () => void loaded?.then((view) => view.dispose()) },
    needs.store.onDidChange((id) => void loaded?.then((view) => view.forget(id))),
  );
}
