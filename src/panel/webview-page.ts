import * as vscode from 'vscode';
import { displayText } from '../core/text';
import { reportHtml } from './html';
import type { LogLevel } from './services';

const TITLE_LENGTH = 30;

/** What the log calls each kind of page. */
const NAMES = { report: 'Report', session: 'Session', compare: 'Comparison' } as const;

/** Which page a panel shows. */
export interface PageKind {
  extensionUri: vscode.Uri;
  /** Names the page's script below `dist/webview`. */
  bundle: 'participant' | 'session' | 'compare';
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
    panel.webview.options = webviewOptions(kind.extensionUri);
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, `${kind.icon}-light.svg`),
      dark: vscode.Uri.joinPath(media, `${kind.icon}-dark.svg`),
    };
  }

  /** Listens, then loads the page. `subscriptions` end with the panel. */
  start(listener: PageListener, subscriptions: readonly vscode.Disposable[] = []): void {
    const { webview } = this.panel;
    const { bundle, extensionUri, title } = this.kind;
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
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.html = reportHtml({
      title,
      script: address(`${bundle}.js`),
      style: address('pages.css'),
      cspSource: webview.cspSource,
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
export function createPanel(viewType: string, title: string, extensionUri: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    viewType,
    title,
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
    { enableFindWidget: true, ...webviewOptions(extensionUri) },
  );
}

/** Scripts on; files from the webview bundles only. */
function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}
