import * as vscode from 'vscode';
import type { ToComparePage } from '../protocol/compare-messages';
import { CompareHost, type CompareServices } from './compare-host';
import { saveImage } from './save-image';
import { WebviewPage } from './webview-page';

/** What the comparisons need of the extension. */
export interface ComparePanelServices extends CompareServices {
  extensionUri: vscode.Uri;
}

/** One VS Code panel with its {@link CompareHost}. */
export class ComparePanel implements vscode.Disposable {
  readonly host: CompareHost;
  readonly #page: WebviewPage<ToComparePage>;

  constructor(panel: vscode.WebviewPanel, services: ComparePanelServices, closed: () => void) {
    this.#page = new WebviewPage(panel, {
      extensionUri: services.extensionUri,
      page: 'compare',
      icon: 'compare',
      title: vscode.l10n.t('Comparison of two participants'),
      log: (level, line) => services.log(level, line),
    });
    this.host = new CompareHost(services, {
      post: (message) => this.#page.post(message),
      setTitle: (title) => this.#page.setTitle(title),
      copyText: async (text) => vscode.env.clipboard.writeText(text),
      saveImage,
    });
    let visible = panel.visible;
    this.#page.start({
      receive: (message) => this.host.receive(message),
      viewChanged: () => {
        // Without retainContextWhenHidden the page is destroyed on hide and made anew on show.
        if (visible && !panel.visible) this.host.hidden();
        visible = panel.visible;
      },
      closed: () => {
        this.host.dispose();
        closed();
      },
    });
  }

  /** Brings the tab to the front where it is. */
  reveal(): void {
    this.#page.reveal();
  }

  dispose(): void {
    this.#page.dispose();
  }
}
