import * as vscode from 'vscode';
import type { KeptCalls } from '../../connections/kept-calls';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore } from '../../connections/store';
import { CallError } from '../../core/errors';
import type { SessionRef } from '../../core/ids';
import { readSessionRef } from '../../core/ref-input';
import type { SessionPanels } from '../../panel/index';
import type { CallTree } from '../../tree/call-tree';
import { isNode } from '../../tree/nodes';
import type { Log } from '../../ui/log';
import type { SessionFiles } from '../files/saved-sessions';
import type { CommandRegistry } from '../register';

/** What the session page needs of the extension. */
export interface SessionDependencies {
  store: ConnectionStore;
  pool: ProviderPool;
  tree: CallTree;
  log: Log;
  /** Sessions that were saved to files; loaded on first use. */
  sessionFiles: () => Promise<SessionFiles>;
  kept: KeptCalls;
}

/** The session pages, for other commands. */
export interface SessionPages {
  open: (ref: SessionRef, title?: string) => Promise<void>;
  /** The session of the page in front. */
  active(): Promise<SessionRef | undefined>;
}

/**
 * Registers the session page: its commands, and what brings its panels back after a reload. Loaded on first use.
 */
export function registerSessionCommands(
  context: vscode.ExtensionContext,
  commands: CommandRegistry,
  needs: SessionDependencies,
): SessionPages {
  const { store, pool, tree, log, kept } = needs;
  let panels: Promise<SessionPanels> | undefined;
  const load = (): Promise<SessionPanels> => {
    panels ??= Promise.all([import('../../panel/index'), import('../actions')]).then(([{ SessionPanels }, actions]) => {
      const made = new SessionPanels(actions.createSessionServices(context.extensionUri, needs));
      context.subscriptions.push(made);
      return made;
    });
    return panels;
  };
  commands.add('peerscope.saveSession', async (argument) => {
    const { saveSession } = await import('../actions');
    return saveSession({ store, pool, tree, log, panels: await load() }, argument);
  });
  commands.add('peerscope.openSession', async (argument) => {
    const ref = sessionOf(argument);
    (await load()).open(ref);
  });
  const favorites = async () => (await import('../actions')).favoriteActions;
  commands.add('peerscope.addFavorite', async (argument) => (await favorites()).add(kept, tree, argument));
  commands.add('peerscope.removeFavorite', async (argument) => (await favorites()).remove(kept, tree, argument));
  commands.add('peerscope.removeRecentCall', async (argument) =>
    (await favorites()).removeRecent(kept, tree, argument),
  );
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer('peerscope.session', {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
  return {
    open: async (ref, title) => (await load()).open(ref, { title, reread: true }),
    active: async () => (await panels)?.activeRef,
  };
}

function sessionOf(argument: unknown): SessionRef {
  if (isNode(argument) && (argument.kind === 'session' || argument.kind === 'keptCall')) return argument.ref;
  if (argument === undefined)
    throw new CallError('BadInput', vscode.l10n.t('Select a session in the Calls view first.'));
  return readSessionRef(argument);
}
