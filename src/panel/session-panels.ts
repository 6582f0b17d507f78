import * as vscode from 'vscode';
import { CallError } from '../core/errors';
import { type SessionRef, sessionKey } from '../core/ids';
import { readSessionPanelState } from '../protocol/session-schema';
import { SessionPanel } from './session-panel';
import type { SessionPanelServices } from './session-services';

/** Names our kind of panel to VS Code. */
export const SESSION_VIEW_TYPE = 'peerscope.session';

/**
 * All session panels of this window: one that is reused for each session that is opened, and pinned ones, which stay. A
 * session is shown in one panel at most: opening it again brings that panel to the front.
 */
export class SessionPanels implements vscode.Disposable {
  /** In the order of creation. */
  readonly #panels = new Set<SessionPanel>();
  #disposed = false;

  constructor(private readonly services: SessionPanelServices) {}

  /** Opens or reveals a session. `title` is shown until its room's name is known. */
  open(ref: SessionRef, title?: string): void {
    if (this.#disposed) return;
    const shown = this.#find(ref);
    if (shown) {
      shown.reveal();
      return;
    }
    const panel = this.#reusable() ?? this.#create();
    panel.reveal();
    panel.host.open(ref, title);
  }

  /** Takes back a panel of the former window. What cannot be restored says so, with a way on. */
  restore(webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const read = readSessionPanelState(state);
    const panel = this.#adopt(webviewPanel);
    if (!read) {
      const text =
        'This session cannot be restored: which one it was is not known any more. Open it from the call list.';
      panel.host.showError(new CallError('BadInput', text));
      return;
    }
    // One panel is reused; further ones that were not pinned are kept rather than closed.
    const other = [...this.#panels].some((each) => each !== panel && !each.host.pinned);
    panel.host.setPinned(read.pinned || other);
    panel.host.open(read.ref, read.title);
  }

  /** Closes all panels. */
  dispose(): void {
    this.#disposed = true;
    for (const panel of [...this.#panels]) panel.dispose();
  }

  #find(ref: SessionRef): SessionPanel | undefined {
    const key = sessionKey(ref);
    return [...this.#panels].find(({ host }) => host.ref && sessionKey(host.ref) === key);
  }

  #reusable(): SessionPanel | undefined {
    return [...this.#panels].find(({ host }) => !host.pinned);
  }

  #create(): SessionPanel {
    return this.#adopt(
      vscode.window.createWebviewPanel(
        SESSION_VIEW_TYPE,
        'Session',
        { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
        { enableFindWidget: true, ...SessionPanel.webviewOptions(this.services.extensionUri) },
      ),
    );
  }

  #adopt(webviewPanel: vscode.WebviewPanel): SessionPanel {
    const panel: SessionPanel = new SessionPanel(webviewPanel, this.services, {
      togglePin: () => {
        // Unpinned, this is the one that is reused; the former one is kept.
        if (panel.host.pinned) this.#reusable()?.host.setPinned(true);
        panel.host.setPinned(!panel.host.pinned);
      },
      closed: () => this.#panels.delete(panel),
    });
    this.#panels.add(panel);
    return panel;
  }
}
