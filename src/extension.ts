import * as vscode from 'vscode';
import type { PeerscopeApi } from './api';
import { registerBadCallCommands } from './commands/bad-calls/commands';
import { registerCaptureCommands } from './commands/captures/commands';
import { registerCaptureEditors } from './commands/captures/editor';
import type { CaptureFiles } from './commands/captures/files';
import { OpenedCaptures } from './commands/captures/opened';
import { registerCompareCommands } from './commands/compare/commands';
import { registerConnectionCommands } from './commands/connections/commands';
import type { SessionFiles } from './commands/files/saved-sessions';
import { registerLookUpCommands } from './commands/look-up/commands';
import { CommandRegistry } from './commands/register';
import { registerReportCommands } from './commands/report/commands';
import { registerPageMenuCommands } from './commands/report/page-menu';
import { RawDocuments } from './commands/report/raw-documents';
import { registerSessionCommands } from './commands/session/commands';
import { registerTalkCommands } from './commands/talk/commands';
import { registerTreeCommands } from './commands/tree/commands';
import { KeptCalls } from './connections/kept-calls';
import { ProviderPool } from './connections/providers';
import { inOrder } from './connections/state-in-order';
import { ConnectionStore } from './connections/store';
import { Redactor } from './core/redact';
import type { PanelServices, ReportPanels } from './panel/index';
import { registerTools } from './tools/register';
import { CallTree } from './tree/call-tree';
import { FilterStore } from './tree/filter-store';
import { findSession } from './tree/find';
import { CallTreeModel } from './tree/model';
import { Log } from './ui/log';
import { readSettings } from './ui/settings';

let pool: ProviderPool | undefined;

/**
 * Builds the parts and registers them; nothing is read, asked or loaded before it is used.
 * Gives an API to tests and development only.
 */
export function activate(context: vscode.ExtensionContext): Promise<PeerscopeApi> | undefined {
  const began = performance.now();
  const api = compose(context);
  performance.measure('peerscope:activate', { start: began });
  return api;
}

function compose(context: vscode.ExtensionContext): Promise<PeerscopeApi> | undefined {
  const redactor = new Redactor();
  const log = new Log(redactor);
  const globalState = inOrder(context.globalState);
  const store = new ConnectionStore(globalState, context.secrets, redactor);
  pool = new ProviderPool(store, {
    redactor,
    log: (level, line) => log.write(level, line),
    timeoutMs: () => readSettings().requestTimeoutSeconds * 1000,
    reportWorkerPath: vscode.Uri.joinPath(context.extensionUri, 'dist', 'report-worker.js').fsPath,
  });
  const providers = pool;
  const kept = new KeptCalls(globalState, (id) => store.list().some((record) => record.id === id));
  const filters = new FilterStore(globalState);
  const model = new CallTreeModel({
    records: () => store.list(),
    provider: (id) => providers.provider(id),
    settings: readSettings,
    log: (level, line) => log.write(level, line),
    kept,
    filters,
  });
  const openedCaptures = new OpenedCaptures(context.workspaceState);
  const tree = new CallTree(model, readSettings, openedCaptures);
  const raw = new RawDocuments();
  const commands = new CommandRegistry(log);

  let captureFiles: Promise<CaptureFiles> | undefined;
  const captures = (): Promise<CaptureFiles> => {
    captureFiles ??= import('./commands/actions').then(
      ({ CaptureFiles }) =>
        new CaptureFiles(vscode.Uri.joinPath(context.extensionUri, 'dist', 'capture-worker.js').fsPath),
    );
    return captureFiles;
  };

  let panels: Promise<ReportPanels> | undefined;
  const panelServices = async (): Promise<PanelServices> => {
    const { createPanelServices } = await import('./commands/actions');
    const { extensionUri } = context;
    return createPanelServices({ extensionUri, store, pool: providers, captures, raw, tree, log, sessionFiles, kept });
  };
  const loadPanels = (): Promise<ReportPanels> => {
    panels ??= Promise.all([import('./panel/index'), panelServices()]).then(([{ ReportPanels }, services]) => {
      const made = new ReportPanels(services);
      context.subscriptions.push(made);
      return made;
    });
    return panels;
  };

  let files: Promise<SessionFiles> | undefined;
  const sessionFiles = (): Promise<SessionFiles> => {
    files ??= import('./commands/actions').then(
      ({ SessionFiles }) => new SessionFiles(providers.services.reportWorkerPath),
    );
    return files;
  };
  const sessions = registerSessionCommands(context, commands, {
    store,
    pool: providers,
    tree,
    log,
    sessionFiles,
    kept,
  });

  registerTreeCommands(commands, store, tree);
  const captureNeeds = {
    panels: loadPanels,
    files: captures,
    opened: openedCaptures,
    select: (uri: string) => tree.selectFile(uri),
    openSession: sessions.open,
  };
  registerCaptureCommands(commands, captureNeeds);
  const reports = registerReportCommands(commands, loadPanels, providers, raw, log);
  registerCompareCommands(context, commands, { pool: providers, tree, log, panels: loadPanels, panelServices });
  registerPageMenuCommands(commands, loadPanels);
  context.subscriptions.push(
    log,
    store,
    tree,
    raw,
    { dispose: () => void captureFiles?.then((made) => made.dispose()) },
    registerCaptureEditors(captureNeeds),
    commands,
    registerConnectionCommands(commands, store, providers),
    registerTools({
      records: () => store.list(),
      provider: (id) => providers.provider(id),
      redactor,
      log: (level, line) => log.write(level, line),
    }),
    registerLookUpCommands(commands, { store, pool: providers, tree, log, state: globalState }),
    registerBadCallCommands(commands, { store, pool: providers, log, state: context.workspaceState }),
    registerTalkCommands(commands, {
      provider: (id) => providers.provider(id),
      sessionFiles,
      records: () => store.list(),
      knownSession: (ref) => findSession(model, ref)?.session,
      knownSessions: () => [...model.known()].filter((node) => node.kind === 'session'),
      activeSession: async () => (await sessions.active()) ?? (await panels)?.activeRef,
      reports: async () => (await panels)?.loaded.map(({ ref }) => ref) ?? [],
      reportCursor: async () => (await panels)?.cursor,
      showTime: async (ref, at) => (await panels)?.showTime(ref, at),
      masked: (text) => redactor.mask(text),
    }),
    reports,
    store.onDidChange((id) => {
      model.forget(id);
      if (store.list().some((record) => record.id === id)) return;
      reports.forget(id);
      void kept.clean();
      void filters.forget(id);
    }),
    store.onDidRename(() => model.looksChanged()),
    kept.onDidChange(() => model.looksChanged()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('peerscope')) tree.applySettings();
    }),
    vscode.window.registerWebviewPanelSerializer('peerscope.participant', {
      deserializeWebviewPanel: async (panel, state) => (await loadPanels()).restore(panel, state),
    }),
  );

  const { Test, Development } = vscode.ExtensionMode;
  if (context.extensionMode === Development && process.env.PEERSCOPE_OPEN_SAMPLES === '1') void store.openSamples();
  if (![Test, Development].includes(context.extensionMode)) return undefined;
  return import('./api').then(({ createApi }) => createApi(store, providers, tree, context));
}

/** Ends what outlives the window's objects: the sample service's port and the report reader's thread. */
export async function deactivate(): Promise<void> {
  await pool?.dispose();
}
