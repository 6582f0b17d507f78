import * as vscode from 'vscode';
import { displayText } from '../core/text';
import type { ToSessionPage } from '../protocol/session-messages';
import { reportHtml } from './html';
import { SessionHost } from './session-host';
import type { SessionPanelServices } from './session-services';

const TITLE_LENGTH = 30;

/** What a panel tells the one that keeps all of them. */
export interface SessionPanelListener {
  togglePin(): void;
  closed(): void;
}

/** One VS Code panel with its {@link SessionHost}. */
export class SessionPanel implements vscode.Disposable {
  readonly host: SessionHost;
  readonly #subscriptions: vscode.Disposable[] = [];
  #closed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly services: SessionPanelServices,
    listener: SessionPanelListener,
  ) {
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(services.extensionUri, 'media');
    webview.options = SessionPanel.webviewOptions(services.extensionUri);
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'session-light.svg'),
      dark: vscode.Uri.joinPath(media, 'session-dark.svg'),
    };
    this.host = new SessionHost(services, {
      post: (message) => this.#post(message),
      setTitle: (title) => {
        panel.title = displayText(title, TITLE_LENGTH);
      },
      togglePin: () => listener.togglePin(),
      copyText: async (text) => {
        await vscode.env.clipboard.writeText(text);
        vscode.window.setStatusBarMessage('$(check) ID copied', 3000);
      },
      openExternal: async (url) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
    });
    this.host.setVisible(panel.visible);
    this.#subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.host.receive(message)),
      // Without retainContextWhenHidden the page is destroyed on hide and made anew on show.
      panel.onDidChangeViewState(() => this.host.setVisible(panel.visible)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('peerscope.liveRefreshSeconds')) this.host.applySettings();
      }),
      panel.onDidDispose(() => {
        this.#closed = true;
        this.host.dispose();
        for (const subscription of this.#subscriptions) subscription.dispose();
        listener.closed();
      }),
    );
    webview.html = reportHtml({
      title: 'Session',
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'session.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'session.css')).toString(),
      cspSource: webview.cspSource,
    });
  }

  /** Scripts on; files from the webview bundles only. */
  static webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
  }

  /** Brings the tab to the front where it is. */
  reveal(): void {
    if (!this.#closed) this.panel.reveal(undefined, false);
  }

  dispose(): void {
    if (!this.#closed) this.panel.dispose();
  }

  #post(message: ToSessionPage): void {
    if (this.#closed) return;
    this.panel.webview.postMessage(message).then(undefined, () => {
      this.services.log('debug', `Session page: a ${message.type} message was not delivered.`);
    });
  }
}
