import type { Disposable } from 'vscode';

/** A panel of a {@link PanelSet}. */
export interface KeptPanel extends Disposable {
  readonly host: { readonly pinned: boolean; setPinned(pinned: boolean): void };
  /** It is the editor of a file: never used for anything else. */
  readonly ofFile?: boolean;
}

/** All panels of one kind: one that is reused for each thing that is opened, and pinned ones, which stay. */
export class PanelSet<Panel extends KeptPanel> {
  /** In the order of creation. */
  readonly #panels = new Set<Panel>();

  add(panel: Panel): void {
    this.#panels.add(panel);
  }

  delete(panel: Panel): void {
    this.#panels.delete(panel);
  }

  /** In the order of creation. */
  get all(): Panel[] {
    return [...this.#panels];
  }

  find(wanted: (panel: Panel) => boolean): Panel | undefined {
    return [...this.#panels].find(wanted);
  }

  /** The one that is not pinned. */
  reusable(): Panel | undefined {
    return this.find(({ host, ofFile }) => !host.pinned && !ofFile);
  }

  /** Pins a restored panel as it was. One is reused; further ones that were not pinned are kept rather than closed. */
  restorePin(panel: Panel, pinned: boolean): void {
    const other = this.find((each) => each !== panel && !each.host.pinned && !each.ofFile);
    panel.host.setPinned(pinned || other !== undefined);
  }

  /** Pins or unpins a panel. Unpinned, it is the one that is reused; the former one is kept. */
  togglePin({ host }: Panel): void {
    if (host.pinned) this.reusable()?.host.setPinned(true);
    host.setPinned(!host.pinned);
  }

  /** Closes all panels. */
  closeAll(): void {
    for (const panel of [...this.#panels]) panel.dispose();
  }
}
