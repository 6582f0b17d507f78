import * as vscode from 'vscode';
import { displayText } from '../core/text';
import type { ToWebview } from '../protocol/messages';
import { reportHtml } from './html';
import { ReportHost } from './report-host';
import type { PanelServices } from './services';

const TITLE_LENGTH = 30;

/** What a panel tells the one that keeps all of them. */
export interface PanelListener {
  togglePin(): void;
  active(): void;
  closed(): void;
}

/** One VS Code panel with its {@link ReportHost}. */
export class ReportPanel implements vscode.Disposable {
  readonly host: ReportHost;
  readonly #subscriptions: vscode.Disposable[] = [];
  #closed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly services: PanelServices,
    listener: PanelListener,
  ) {
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(services.extensionUri, 'media');
    webview.options = ReportPanel.webviewOptions(services.extensionUri);
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'report-light.svg'),
      dark: vscode.Uri.joinPath(media, 'report-dark.svg'),
    };
    this.host = new ReportHost(services, {
      post: (message) => this.#post(message),
      setTitle: (title) => {
        panel.title = displayText(title, TITLE_LENGTH);
      },
      togglePin: () => listener.togglePin(),
      copyText: async (text) => vscode.env.clipboard.writeText(text),
      saveImage: (name, png) => this.#saveImage(name, png),
    });
    let visible = panel.visible;
    this.#subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.host.receive(message)),
      panel.onDidChangeViewState(() => {
        // Without retainContextWhenHidden the page is destroyed on hide and made anew on show.
        if (visible && !panel.visible) this.host.hidden();
        visible = panel.visible;
        if (panel.active) listener.active();
      }),
      panel.onDidDispose(() => {
        this.#closed = true;
        this.host.dispose();
        for (const subscription of this.#subscriptions) subscription.dispose();
        listener.closed();
      }),
    );
    webview.html = reportHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'participant.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'participant.css')).toString(),
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

  #post(message: ToWebview): void {
    if (this.#closed) return;
    this.panel.webview.postMessage(message).then(undefined, () => {
      this.services.log('debug', `Report page: a ${message.type} message was not delivered.`);
    });
  }

  async #saveImage(name: string, png: Uint8Array): Promise<boolean> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      defaultUri: folder && vscode.Uri.joinPath(folder, name),
      filters: { 'PNG image': ['png'] },
    });
    if (!target) return false;
    await vscode.workspace.fs.writeFile(target, png);
    return true;
  }
}
