import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import type { ParticipantRef } from '../../core/ids';
import { labelText } from '../../core/text';
import type { ReportPanels } from '../../panel/index';
import { ReportWatch, type WatchEnd } from './watch';

interface WaitingItem extends vscode.QuickPickItem {
  ref: ParticipantRef;
}

/** Waits for reports with a word in the status bar, and tells when one is there. */
export class ReadyReports implements vscode.Disposable {
  readonly #watch: ReportWatch;
  readonly #status = vscode.window.createStatusBarItem(
    'peerscope.waiting',
    vscode.StatusBarAlignment.Right,
    // Far to the right: it is in nobody's way.
    -100,
  );

  constructor(
    pool: ProviderPool,
    private readonly panels: ReportPanels,
  ) {
    this.#status.name = vscode.l10n.t('Peerscope: reports waited for');
    this.#status.command = 'peerscope.stopWaiting';
    this.#watch = new ReportWatch({
      read: async (ref, signal) => (await pool.provider(ref.connectionId)).getReport(ref, signal),
      changed: (ref, waiting) => {
        panels.setWaiting(ref, waiting);
        this.#show();
      },
      ended: (ref, title, end) => void this.#tell(ref, title, end),
    });
  }

  /** Waits for a participant's report. */
  start(ref: ParticipantRef, title: string): void {
    this.#watch.start(ref, title);
  }

  /** Stops waiting for one, or asks for which. */
  async stop(ref: ParticipantRef | undefined): Promise<void> {
    if (ref) {
      this.#watch.stop(ref);
      return;
    }
    const items = this.#watch.waiting.map(
      ({ ref: one, title }): WaitingItem => ({
        ref: one,
        label: `$(clock) ${labelText(title, 80)}`,
        detail: vscode.l10n.t('Stop waiting'),
      }),
    );
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No report is waited for.'));
      return;
    }
    const title = vscode.l10n.t('Reports That Are Waited For');
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Stop waiting for…') });
    if (chosen) this.#watch.stop(chosen.ref);
  }

  dropConnection(id: string): void {
    this.#watch.dropConnection(id);
  }

  dispose(): void {
    this.#watch.dispose();
    this.#status.dispose();
  }

  #show(): void {
    const { waiting } = this.#watch;
    if (waiting.length === 0) {
      this.#status.hide();
      return;
    }
    const names = waiting.map(({ title }) => labelText(title, 60)).join(', ');
    this.#status.text = `$(clock) ${waiting.length === 1 ? vscode.l10n.t('1 report') : vscode.l10n.t('{0} reports', waiting.length)}`;
    this.#status.tooltip = vscode.l10n.t('Peerscope looks for the report of {0}. Select to stop waiting.', names);
    this.#status.accessibilityInformation = {
      label: vscode.l10n.t('Peerscope waits for the report of {0}', names),
      role: 'button',
    };
    this.#status.show();
  }

  async #tell(ref: ParticipantRef, title: string, end: WatchEnd): Promise<void> {
    const who = labelText(title, 80);
    if (end.kind === 'ready') {
      const open = vscode.l10n.t('Open Report');
      const chosen = await vscode.window.showInformationMessage(
        vscode.l10n.t('The report of {0} is ready.', who),
        open,
      );
      if (chosen === open) this.panels.open(ref, { title, reread: true });
      return;
    }
    const again = vscode.l10n.t('Keep Waiting');
    const text =
      end.kind === 'gaveUp'
        ? vscode.l10n.t(
            'There is still no report of {0} after an hour. The client may never have sent any statistics.',
            who,
          )
        : vscode.l10n.t('The report of {0} is not waited for any more: {1}', who, end.error.text);
    const offers = end.kind === 'gaveUp' ? [again] : [];
    if ((await vscode.window.showWarningMessage(text, ...offers)) === again) this.start(ref, title);
  }
}
