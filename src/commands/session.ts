import * as vscode from 'vscode';
import type { KeptCalls } from '../connections/kept-calls';
import type { ProviderPool } from '../connections/providers';
import type { ConnectionStore } from '../connections/store';
import { CallError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import { readSessionRef } from '../core/ref-input';
import type { SavedSession } from '../core/saved-session';
import type { KnownSession, SessionPanelServices, SessionPanels } from '../panel/index';
import { describeProvider } from '../providers/catalog';
import type { CallTree } from '../tree/call-tree';
import { appName, findSession } from '../tree/find';
import { isNode } from '../tree/nodes';
import type { Log } from '../ui/log';
import { readSettings } from '../ui/settings';
import { limitsInForce, shownSessionDiagnosis } from './diagnose';
import { callLabel } from './favorites';
import { fileName, fileOf } from './file-ref';
import type { CommandRegistry } from './register';
import type { SessionFiles } from './session-files';

/** What the session page needs of the extension. */
export interface SessionDependencies {
  store: ConnectionStore;
  pool: ProviderPool;
  tree: CallTree;
  log: Log;
  /** Sessions that were saved to files; loaded on first use. */
  sessionFiles(): Promise<SessionFiles>;
  kept: KeptCalls;
}

/** The session pages, for other commands. */
export interface SessionPages {
  open(ref: SessionRef, title?: string): Promise<void>;
  /** The session of the page in front. */
  active(): Promise<SessionRef | undefined>;
}

/**
 * Registers the session page: its commands, and what brings its panels back after a reload. Loaded on first use.
 */
export function registerSessionCommands(
  context: vscode.ExtensionContext,
  commands: CommandRegistry,
  { store, pool, tree, log, sessionFiles, kept }: SessionDependencies,
): SessionPages {
  const recordOf = (ref: SessionRef) => store.list().find(({ id }) => id === ref.connectionId);
  let files: SessionFiles | undefined;
  const services: SessionPanelServices = {
    extensionUri: context.extensionUri,
    async provider(ref) {
      if (!fileOf(ref)) return pool.provider(ref.connectionId);
      files = await sessionFiles();
      return files.provider(ref);
    },
    known(ref) {
      const file = fileOf(ref);
      if (file) return knownOfFile(fileName(file), files?.known(ref));
      const descriptor = describeProvider(recordOf(ref)?.provider ?? '');
      return {
        connectionLabel: recordOf(ref)?.label ?? ref.connectionId,
        providerName: descriptor?.label,
        appName: appName(tree.model, ref.connectionId, ref.appId),
        media: descriptor?.media,
        keeps: descriptor?.keeps,
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
    limits: limitsInForce,
    opened: (ref, session) => void kept.opened(ref, callLabel(session)),
    favorites: {
      has: (ref) => kept.isFavorite(ref),
      toggle: (ref, session) =>
        kept.isFavorite(ref) ? kept.removeFavorite(ref) : kept.addFavorite(ref, callLabel(session)),
      onDidChange: kept.onDidChange,
    },
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
  commands.add('peerscope.saveSession', async (argument) => {
    const { saveSession } = await import('./save-session');
    return saveSession({ store, pool, tree, log, panels: await load() }, argument);
  });
  commands.add('peerscope.openSession', async (argument) => {
    const ref = sessionOf(argument);
    (await load()).open(ref);
  });
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

/** What a file of a session says of it once it was read. */
function knownOfFile(name: string, saved: SavedSession | undefined): KnownSession {
  if (!saved) return { connectionLabel: name, saved: {} };
  const { savedAt, masked, provider, media, appName: app, findings, notEvaluated } = saved;
  return {
    connectionLabel: name,
    providerName: describeProvider(provider)?.label,
    ...(app !== undefined && { appName: app }),
    ...(media && { media }),
    saved: { at: savedAt, masked },
    found: { findings, notEvaluated },
  };
}

function sessionOf(argument: unknown): SessionRef {
  if (isNode(argument) && (argument.kind === 'session' || argument.kind === 'keptCall')) return argument.ref;
  if (argument === undefined) throw new CallError('BadInput', 'Select a session in the Calls view first.');
  return readSessionRef(argument);
}
