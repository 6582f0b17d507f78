import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore, StateStore } from '../../connections/store';
import type { CallTree } from '../../tree/call-tree';
import type { Log } from '../../ui/log';
import { readSettings } from '../../ui/settings';
import type { CommandRegistry } from '../register';

/** What look-ups, links and the dialogs around them need of the extension. */
export interface LookUpServices {
  store: ConnectionStore;
  pool: ProviderPool;
  tree: CallTree;
  log: Log;
  /** Where recent look-ups are kept. */
  state: StateStore;
}

/**
 * Registers look-up, links to sessions, and ids as links in editors and terminals. Their work is loaded on first use; for
 * links in editors that is when the setting is on.
 */
export function registerLookUpCommands(commands: CommandRegistry, services: LookUpServices): vscode.Disposable {
  const load = () => import('../actions');
  commands.add('peerscope.lookUpSession', async (argument) => (await load()).lookUpSession(services, argument));
  commands.add('peerscope.lookUpSelection', async (argument) => (await load()).lookUpSelection(services, argument));
  commands.add('peerscope.copyLink', async (argument) => (await load()).copyLink(services, argument));

  let links: { dispose(): void } | undefined;
  const applySettings = async (): Promise<void> => {
    if (!readSettings().editorLinks) links?.dispose();
    else {
      const { EditorLinks } = await load();
      // Asked again: it may have been turned off meanwhile, or on twice.
      links?.dispose();
      if (readSettings().editorLinks) links = new EditorLinks(services);
    }
  };
  void applySettings();
  return vscode.Disposable.from(
    { dispose: () => links?.dispose() },
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await load()).openDeepLink(services, uri) }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('peerscope.editorLinks')) void applySettings();
    }),
  );
}
