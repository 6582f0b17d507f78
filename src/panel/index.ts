import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CallError } from '../core/errors';
import { type ParticipantRef, participantKey } from '../core/ids';
import type { CallReport } from '../core/model';
import type { ChartAction } from '../protocol/messages';
import { readPanelState } from '../protocol/schema';
import { PanelSet } from './panel-set';
import { type PanelListener, ReportPanel } from './report-panel';
import type { LoadedReport, PanelServices } from './services';
import { createPanel } from './webview-page';

export { type ComparePanelServices, ComparePanels } from './compare-panels';
export type { KnownParticipant, LoadedReport, PanelServices } from './services';
export { SESSION_VIEW_TYPE, SessionPanels } from './session-panels';
export type { KnownSession, SessionPanelServices } from './session-services';

/** Names our kind of panel to VS Code. */
export const REPORT_VIEW_TYPE = 'peerscope.participant';

/** How a report is opened. */
export interface OpenOptions {
  /** Keep it in a panel of its own. */
  pin?: boolean;
  /** Shown until the report names the participant. */
  title?: string;
  /** Where it is shown already, it is read again: a file may have changed. */
  reread?: boolean;
}

/**
 * All report panels of this window: one that is reused for each participant that is opened, and pinned ones, which
 * stay. A participant is shown in one panel at most: opening it again brings that panel to the front.
 */
export class ReportPanels implements vscode.Disposable {
  readonly #panels = new PanelSet<ReportPanel>();
  #active?: ReportPanel;
  /** Keys of participants whose report is waited for. */
  readonly #waiting = new Set<string>();
  #disposed = false;

  readonly #pageServices: PanelServices;

  constructor(private readonly services: PanelServices) {
    this.#pageServices = { ...services, waiting: (ref) => this.#waiting.has(participantKey(ref)) };
  }

  /** The participant in the panel that has the focus, or had it last among the visible ones. */
  get activeRef(): ParticipantRef | undefined {
    return this.#active?.host.ref;
  }

  /** The participants in all panels, with their names. */
  get opened(): { ref: ParticipantRef; title: string }[] {
    return this.#panels.all.flatMap(({ host: { ref, title } }) => (ref ? [{ ref, title }] : []));
  }

  /** The provider's answer for a participant whose report is in one of the panels. */
  rawOf(ref: ParticipantRef): Uint8Array | undefined {
    return this.#find(ref)?.host.raw;
  }

  /** A report that is on screen in one of the panels; costs no request. */
  shown(ref: ParticipantRef): LoadedReport | undefined {
    return this.#find(ref)?.host.loaded;
  }

  /** A participant's report: as one of the panels shows it, else read now. Rejects with a `CallError`. */
  async read(ref: ParticipantRef, signal: AbortSignal): Promise<LoadedReport> {
    return this.shown(ref) ?? this.services.loadReport(ref, signal);
  }

  /** Opens or reveals a participant's report. */
  open(ref: ParticipantRef, options: OpenOptions = {}): void {
    if (this.#disposed) return;
    const shown = this.#find(ref);
    if (shown) {
      shown.reveal();
      this.#active = shown;
      if (options.pin) shown.host.setPinned(true);
      if (options.reread) shown.host.refresh();
      this.#changed();
      return;
    }
    const panel = (options.pin ? undefined : this.#panels.reusable()) ?? this.#create(options.pin === true);
    panel.reveal();
    this.#active = panel;
    panel.host.open(ref, options.title);
    this.#changed();
  }

  /** Takes back a panel of the former window. What cannot be restored says so, with a way on. */
  restore(webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const read = readPanelState(state);
    const panel = this.#adopt(webviewPanel);
    if (!read) {
      panel.host.showError(
        new CallError(
          'BadInput',
          l10n.t('This report cannot be restored: what it showed is not known any more. Open it from the call list.'),
        ),
      );
      this.#changed();
      return;
    }
    this.#panels.restorePin(panel, read.pinned);
    panel.host.open(read.ref, read.title);
    this.#changed();
  }

  /** The reports that are read, the one in front first. */
  get loaded(): { ref: ParticipantRef; title: string; report: CallReport }[] {
    const panels = [...(this.#active ? [this.#active] : []), ...this.#panels.all.filter((one) => one !== this.#active)];
    return panels.flatMap(({ host: { ref, title, loaded } }) =>
      ref && loaded ? [{ ref, title, report: loaded.result.report }] : [],
    );
  }

  /** Where the cursor of the report in front rests, epoch ms; undefined while it is away. */
  get cursor(): number | undefined {
    return this.#active?.host.cursor;
  }

  /** Moves the cursor of a report that is shown, and shows its panel; the focus stays where it is. */
  showTime(ref: ParticipantRef, at: number): void {
    const panel = this.#find(ref);
    panel?.reveal(true);
    panel?.host.showTime(at);
  }

  /** Shows a file's report in the editor that VS Code opened for it. */
  adoptEditor(webviewPanel: vscode.WebviewPanel, ref: ParticipantRef, title: string): void {
    this.#adopt(webviewPanel, true).host.open(ref, title);
    this.#changed();
  }

  /** What the tab of a participant is called. */
  titleOf(ref: ParticipantRef): string | undefined {
    return this.#find(ref)?.host.title;
  }

  /** A report is waited for, or not any more; its page says so, now or when it is opened. */
  setWaiting(ref: ParticipantRef, waiting: boolean): void {
    if (waiting) this.#waiting.add(participantKey(ref));
    else this.#waiting.delete(participantKey(ref));
    this.#find(ref)?.host.tellStatus();
  }

  /** Pins or unpins the active panel; the editor of a file stays what it is. */
  pinActive(): void {
    if (this.#active) this.#togglePin(this.#active);
  }

  /** Does to a chart of the active panel what was chosen in its context menu. */
  chart(chart: string, action: ChartAction): void {
    this.#active?.host.chart(chart, action);
  }

  refreshActive(): void {
    this.#active?.host.refresh();
  }

  /** Closes all panels. */
  dispose(): void {
    this.#disposed = true;
    this.#panels.closeAll();
  }

  #find(ref: ParticipantRef): ReportPanel | undefined {
    const key = participantKey(ref);
    return this.#panels.find(({ host }) => host.ref !== undefined && participantKey(host.ref) === key);
  }

  #create(pinned: boolean): ReportPanel {
    const panel = this.#adopt(createPanel(REPORT_VIEW_TYPE, l10n.t('Participant')));
    panel.host.setPinned(pinned);
    return panel;
  }

  #adopt(webviewPanel: vscode.WebviewPanel, ofFile = false): ReportPanel {
    const listener: PanelListener = {
      togglePin: () => this.#togglePin(panel),
      active: () => {
        this.#active = panel;
        this.#changed();
      },
      closed: () => {
        this.#panels.delete(panel);
        if (this.#active === panel) this.#active = undefined;
        this.#changed();
      },
    };
    const panel: ReportPanel = new ReportPanel(webviewPanel, this.#pageServices, listener, ofFile);
    this.#panels.add(panel);
    if (webviewPanel.active || !this.#active) this.#active = panel;
    return panel;
  }

  #togglePin(panel: ReportPanel): void {
    if (panel.ofFile) return;
    this.#panels.togglePin(panel);
    this.#changed();
  }

  #changed(): void {
    this.services.setContext('peerscope.reportOpen', this.#panels.all.length > 0);
    this.services.setContext('peerscope.reportPinned', this.#active?.host.pinned === true);
    this.services.activeChanged(this.activeRef);
  }
}
