import * as vscode from 'vscode';
import type { ToSessionPage } from '../protocol/session-messages';
import { SessionHost } from './session-host';
import type { SessionPanelServices } from './session-services';
import { WebviewPage } from './webview-page';

/** What a panel tells the one that keeps all of them. */
export interface SessionPanelListener {
  togglePin(): void;
  closed(): void;
}

/** One VS Code panel with its {@link SessionHost}. */
export class SessionPanel implements vscode.Disposable {
  readonly host: SessionHost;
  readonly #page: WebviewPage<ToSessionPage>;
  readonly #panel: vscode.WebviewPanel;

  constructor(panel: vscode.WebviewPanel, services: SessionPanelServices, listener: SessionPanelListener) {
    this.#panel = panel;
    this.#page = new WebviewPage(panel, {
      extensionUri: services.extensionUri,
      page: 'session',
      icon: 'session',
      title: vscode.l10n.t('Session'),
      log: (level, line) => services.log(level, line),
    });
    this.host = new SessionHost(services, {
      post: (message) => this.#page.post(message),
      setTitle: (title) => this.#page.setTitle(title),
      togglePin: () => listener.togglePin(),
      copyText: async (text) => {
        await vscode.env.clipboard.writeText(text);
        vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) ID copied'), 3000);
      },
      openExternal: async (url) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
    });
    this.host.setVisible(panel.visible);
    const settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('peerscope.liveRefreshSeconds')) this.host.applySettings();
    });
    this.#page.start(
      {
        receive: (message) => this.host.receive(message),
        // Without retainContextWhenHidden the page is destroyed on hide and made anew on show.
        viewChanged: () => this.host.setVisible(panel.visible),
        closed: () => {
          this.host.dispose();
          listener.closed();
        },
      },
      [settings],
    );
  }

  /** It has the focus. */
  get active(): boolean {
    return this.#panel.active;
  }

  /** Brings the tab to the front where it is. */
  reveal(): void {
    this.#page.reveal();
  }

  dispose(): void {
    this.#page.dispose();
  }
}
