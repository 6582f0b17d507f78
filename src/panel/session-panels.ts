import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CallError } from '../core/errors';
import { type SessionRef, sessionKey } from '../core/ids';
import type { CallReport } from '../core/model';
import { readSessionPanelState } from '../protocol/session-schema';
import { PanelSet } from './panel-set';
import { SessionPanel } from './session-panel';
import type { SessionPanelServices } from './session-services';
import { createPanel } from './webview-page';

/** Names our kind of panel to VS Code. */
export const SESSION_VIEW_TYPE = 'peerscope.session';

/**
 * All session panels of this window: one that is reused for each session that is opened, and pinned ones, which stay. A
 * session is shown in one panel at most: opening it again brings that panel to the front.
 */
export class SessionPanels implements vscode.Disposable {
  readonly #panels = new PanelSet<SessionPanel>();
  #disposed = false;

  constructor(private readonly services: SessionPanelServices) {}

  /** The session in the panel that has the focus. */
  get activeRef(): SessionRef | undefined {
    return this.#panels.find(({ active }) => active)?.host.ref;
  }

  /** The reports of a session that its panel has read, by participant id; none where it is in no panel. */
  reportsOf(ref: SessionRef): ReadonlyMap<string, CallReport> {
    return this.#find(ref)?.host.reports ?? new Map();
  }

  /**
   * Opens or reveals a session. `title` is shown until its room's name is known; with `reread` one that is shown already is
   * read again, as a file may have changed.
   */
  open(ref: SessionRef, { title, reread = false }: { title?: string; reread?: boolean } = {}): void {
    if (this.#disposed) return;
    const shown = this.#find(ref);
    if (shown) {
      shown.reveal();
      if (reread) shown.host.refresh();
      return;
    }
    const panel = this.#panels.reusable() ?? this.#create();
    panel.reveal();
    panel.host.open(ref, title);
  }

  /** Takes back a panel of the former window. What cannot be restored says so, with a way on. */
  restore(webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const read = readSessionPanelState(state);
    const panel = this.#adopt(webviewPanel);
    if (!read) {
      const text = l10n.t(
        'This session cannot be restored: which one it was is not known any more. Open it from the call list.',
      );
      panel.host.showError(new CallError('BadInput', text));
      return;
    }
    this.#panels.restorePin(panel, read.pinned);
    panel.host.open(read.ref, read.title);
  }

  /** Closes all panels. */
  dispose(): void {
    this.#disposed = true;
    this.#panels.closeAll();
  }

  #find(ref: SessionRef): SessionPanel | undefined {
    const key = sessionKey(ref);
    return this.#panels.find(({ host }) => host.ref !== undefined && sessionKey(host.ref) === key);
  }

  #create(): SessionPanel {
    return this.#adopt(createPanel(SESSION_VIEW_TYPE, l10n.t('Session')));
  }

  #adopt(webviewPanel: vscode.WebviewPanel): SessionPanel {
    const panel: SessionPanel = new SessionPanel(webviewPanel, this.services, {
      togglePin: () => this.#panels.togglePin(panel),
      closed: () => this.#panels.delete(panel),
    });
    this.#panels.add(panel);
    return panel;
  }
}
