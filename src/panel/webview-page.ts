import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { displayText } from '../core/text';
import { reportHtml } from './html';
import type { LogLevel } from './services';

const TITLE_LENGTH = 30;

/** What the log calls each kind of page. */
const NAMES = { report: 'Report', session: 'Session', compare: 'Comparison' } as const;

/** Scripts on; no files: a page comes in one piece. */
const WEBVIEW_OPTIONS: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** Which page a panel shows. */
export interface PageKind {
  extensionUri: vscode.Uri;
  /** Which of the pages in their common script. */
  page: 'participant' | 'session' | 'compare';
  /** Names the tab's icon; also what the log calls the page. */
  icon: 'report' | 'session' | 'compare';
  /** For screen readers; the page's own when left out. */
  title?: string;
  /** The text holds no provider data. */
  log(level: LogLevel, line: string): void;
}

/** What a panel's page and its tab tell the side that answers. */
export interface PageListener {
  receive(message: unknown): void;
  /** The tab was hidden, shown, or got or lost the focus. */
  viewChanged(): void;
  /** The panel is gone. */
  closed(): void;
}

/** One VS Code panel with a page of ours: the same for every kind of page. */
export class WebviewPage<Message extends { type: string }> implements vscode.Disposable {
  #closed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly kind: PageKind,
  ) {
    const media = vscode.Uri.joinPath(kind.extensionUri, 'media');
    panel.webview.options = WEBVIEW_OPTIONS;
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, `${kind.icon}-light.svg`),
      dark: vscode.Uri.joinPath(media, `${kind.icon}-dark.svg`),
    };
  }

  /** Listens, then loads the page. `subscriptions` end with the panel. */
  start(listener: PageListener, subscriptions: readonly vscode.Disposable[] = []): void {
    const { webview } = this.panel;
    const { page, extensionUri, title } = this.kind;
    const all = [
      ...subscriptions,
      webview.onDidReceiveMessage((message: unknown) => listener.receive(message)),
      this.panel.onDidChangeViewState(() => listener.viewChanged()),
      this.panel.onDidDispose(() => {
        this.#closed = true;
        for (const subscription of all) subscription.dispose();
        listener.closed();
      }),
    ];
    const read = (file: string) => readFileSync(join(extensionUri.fsPath, 'dist', 'webview', file), 'utf8');
    webview.html = reportHtml({
      title,
      page,
      script: read('pages.js'),
      style: read('pages.css'),
      ...(vscode.l10n.bundle && { words: { language: vscode.env.language, bundle: vscode.l10n.bundle } }),
    });
  }

  setTitle(title: string): void {
    this.panel.title = displayText(title, TITLE_LENGTH);
  }

  /** Sends a message; nothing once the panel is closed. */
  post(message: Message): void {
    if (this.#closed) return;
    this.panel.webview.postMessage(message).then(undefined, () => {
      this.kind.log('debug', `${NAMES[this.kind.icon]} page: a ${message.type} message was not delivered.`);
    });
  }

  /** Brings the tab to the front where it is. */
  reveal(keepFocus = false): void {
    if (!this.#closed) this.panel.reveal(undefined, keepFocus);
  }

  dispose(): void {
    if (!this.#closed) this.panel.dispose();
  }
}

/** A new tab for one kind of page, with the focus. */
export function createPanel(viewType: string, title: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    viewType,
    title,
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
    { enableFindWidget: true, ...WEBVIEW_OPTIONS },
  );
}
