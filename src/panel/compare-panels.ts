import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CallError } from '../core/errors';
import { type ParticipantRef, participantKey } from '../core/ids';
import { readComparePanelState } from '../protocol/compare-schema';
import type { CompareOptions } from './compare-host';
import { ComparePanel, type ComparePanelServices } from './compare-panel';
import { createPanel } from './webview-page';

export type { ComparePanelServices } from './compare-panel';

/** Names our kind of panel to VS Code. */
export const COMPARE_VIEW_TYPE = 'peerscope.compare';

/**
 * All comparisons of this window, each in a panel of its own, as VS Code's own comparisons of files are. Two participants
 * are compared in one panel at most, whichever comes first: comparing them again brings it to the front.
 */
export class ComparePanels implements vscode.Disposable {
  readonly #panels = new Set<ComparePanel>();
  #disposed = false;

  constructor(private readonly services: ComparePanelServices) {}

  /** Opens or reveals the comparison of two participants. */
  open(refs: readonly [ParticipantRef, ParticipantRef], options: CompareOptions = {}): void {
    if (this.#disposed) return;
    const shown = [...this.#panels].find(({ host }) => host.refs && pairKey(host.refs) === pairKey(refs));
    if (shown) {
      shown.reveal();
      if (options.stream) shown.host.want(options.stream);
      return;
    }
    this.#adopt(createPanel(COMPARE_VIEW_TYPE, l10n.t('Comparison'))).host.open(refs, options);
  }

  /** Takes back a panel of the former window. What cannot be restored says so, with a way on. */
  restore(webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const read = readComparePanelState(state);
    const { host } = this.#adopt(webviewPanel);
    if (read) {
      host.open(read.refs, { titles: read.titles, stream: read.stream });
      return;
    }
    const text = l10n.t(
      'This comparison cannot be restored: whom it compared is not known any more. Compare them again.',
    );
    host.showError(new CallError('BadInput', text));
  }

  /** Closes all panels. */
  dispose(): void {
    this.#disposed = true;
    for (const panel of [...this.#panels]) panel.dispose();
  }

  #adopt(webviewPanel: vscode.WebviewPanel): ComparePanel {
    const panel: ComparePanel = new ComparePanel(webviewPanel, this.services, () => this.#panels.delete(panel));
    this.#panels.add(panel);
    return panel;
  }
}

function pairKey(refs: readonly [ParticipantRef, ParticipantRef]): string {
  return refs.map(participantKey).sort().join(' ');
}
