import * as vscode from 'vscode';
import type { ProviderPool } from '../connections/providers';
import type { ConnectionStore } from '../connections/store';
import { CallError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import { readSessionRef } from '../core/ref-input';
import type { SessionPanelServices, SessionPanels } from '../panel/index';
import { describeProvider } from '../providers/catalog';
import type { CallTree } from '../tree/call-tree';
import { appName, findSession } from '../tree/find';
import { isNode } from '../tree/nodes';
import type { Log } from '../ui/log';
import { readSettings } from '../ui/settings';
import { shownSessionDiagnosis } from './diagnose';
import type { CommandRegistry } from './register';

/** Registers the session page: its command, and what brings its panels back after a reload. Loaded on first use. */
export function registerSessionCommands(
  context: vscode.ExtensionContext,
  commands: CommandRegistry,
  store: ConnectionStore,
  pool: ProviderPool,
  tree: CallTree,
  log: Log,
): void {
  const recordOf = (ref: SessionRef) => store.list().find(({ id }) => id === ref.connectionId);
  const services: SessionPanelServices = {
    extensionUri: context.extensionUri,
    provider: (id) => pool.provider(id),
    known(ref) {
      const descriptor = describeProvider(recordOf(ref)?.provider ?? '');
      return {
        connectionLabel: recordOf(ref)?.label ?? ref.connectionId,
        providerName: descriptor?.label,
        appName: appName(tree.model, ref.connectionId, ref.appId),
        media: descriptor?.media,
        session: findSession(tree.model, ref)?.session,
      };
    },
    dashboardUrl(ref) {
      const record = recordOf(ref);
      // The accounts of sample connections are made up.
      if (!record || record.sample) return undefined;
      return describeProvider(record.provider)?.dashboardUrl?.(record.settings, ref);
    },
    diagnose: shownSessionDiagnosis,
    liveRefreshSeconds: () => readSettings().liveRefreshSeconds,
    log: (level, line) => log.write(level, line),
    runCommand: (id, ...args) => vscode.commands.executeCommand(id, ...args),
  };
  let panels: Promise<SessionPanels> | undefined;
  const load = (): Promise<SessionPanels> => {
    panels ??= import('../panel/index').then(({ SessionPanels }) => {
      const made = new SessionPanels(services);
      context.subscriptions.push(made);
      return made;
    });
    return panels;
  };
  commands.add('peerscope.openSession', async (argument) => {
    const ref = sessionOf(argument);
    (await load()).open(ref);
  });
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer('peerscope.session', {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
}

function sessionOf(argument: unknown): SessionRef {
  if (isNode(argument) && argument.kind === 'session') return argument.ref;
  if (argument === undefined) throw new CallError('BadInput', 'Select a session in the Calls view first.');
  return readSessionRef(argument);
}
