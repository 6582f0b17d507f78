import * as vscode from 'vscode';
import type { ToWebview } from '../protocol/messages';
import { ReportHost } from './report-host';
import { saveImage } from './save-image';
import type { PanelServices } from './services';
import { WebviewPage } from './webview-page';

/** What a panel tells the one that keeps all of them. */
export interface PanelListener {
  togglePin(): void;
  active(): void;
  closed(): void;
}

/** One VS Code panel with its {@link ReportHost}. */
export class ReportPanel implements vscode.Disposable {
  readonly host: ReportHost;
  readonly #page: WebviewPage<ToWebview>;

  constructor(
    panel: vscode.WebviewPanel,
    services: PanelServices,
    listener: PanelListener,
    readonly ofFile = false,
  ) {
    this.#page = new WebviewPage(panel, {
      extensionUri: services.extensionUri,
      page: 'participant',
      icon: 'report',
      log: (level, line) => services.log(level, line),
    });
    this.host = new ReportHost(services, {
      post: (message) => this.#page.post(message),
      setTitle: (title) => this.#page.setTitle(title),
      ofFile,
      togglePin: () => listener.togglePin(),
      copyText: async (text) => vscode.env.clipboard.writeText(text),
      saveImage,
    });
    this.host.setVisible(panel.visible);
    const settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('peerscope.liveRefreshSeconds')) this.host.applySettings();
    });
    this.#page.start(
      {
        receive: (message) => this.host.receive(message),
        viewChanged: () => {
          // Without retainContextWhenHidden the page is destroyed on hide and made anew on show.
          this.host.setVisible(panel.visible);
          if (panel.active) listener.active();
        },
        closed: () => {
          this.host.dispose();
          listener.closed();
        },
      },
      [settings],
    );
  }

  /** Brings the tab to the front where it is. */
  reveal(keepFocus = false): void {
    this.#page.reveal(keepFocus);
  }

  dispose(): void {
    this.#page.dispose();
  }
}
