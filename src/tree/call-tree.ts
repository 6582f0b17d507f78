import * as vscode from 'vscode';
import type { ConnectionRecord } from '../connections/record';
import { type ParticipantRef, participantKey } from '../core/ids';
import { displayText } from '../core/text';
import { describeProvider } from '../providers/catalog';
import { type CaptureSource, captureRow, captureRows, capturesRoot } from './captures';
import { openDroppedFiles } from './drop';
import { findParticipant } from './find';
import type { CallTreeModel } from './model';
import { type CallNode, type ConnectionNode, connectionOf } from './nodes';
import { lookOf } from './present';
import type { LookContext } from './row-look';

/** What the view asks its surroundings. */
export interface CallTreeSettings {
  sessionWindowDays: number;
  /** 0 is off. */
  liveRefreshSeconds: number;
}

/** The view `peerscope.calls`: rows of the model as VS Code draws them, and live rows kept fresh while they are seen. */
export class CallTree implements vscode.TreeDataProvider<CallNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<CallNode | undefined>();
  readonly #open = new Map<string, CallNode>();
  readonly #disposables: { dispose(): void }[] = [this.#changed];
  readonly #view: vscode.TreeView<CallNode>;
  #liveTimer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    readonly model: CallTreeModel,
    readonly settings: () => CallTreeSettings,
    readonly captures: CaptureSource,
  ) {
    this.#view = vscode.window.createTreeView('peerscope.calls', {
      treeDataProvider: this,
      showCollapseAll: true,
      dragAndDropController: openDroppedFiles,
      canSelectMany: true,
    });
    this.#disposables.push(
      this.#view,
      captures.onDidChange(() => this.#changed.fire(undefined)),
      model.onDidChange((node) => this.#changed.fire(node)),
      model.onDidChangeLoading((loading) => {
        void vscode.commands.executeCommand('setContext', 'peerscope.loading', loading);
      }),
      this.#view.onDidExpandElement(({ element }) => {
        this.#open.set(element.key, element);
      }),
      this.#view.onDidCollapseElement(({ element }) => {
        this.#open.delete(element.key);
      }),
      this.#view.onDidChangeVisibility(() => this.#scheduleLive()),
    );
    this.#scheduleLive();
  }

  async getChildren(node?: CallNode): Promise<CallNode[]> {
    const ofCaptures = node && captureRows(node, this.captures.list());
    if (ofCaptures) return ofCaptures;
    const before = node && this.model.counts(node);
    const children = await this.model.children(node);
    // The first load tells how many there are, which the row itself shows.
    if (node?.kind === 'group' && !before && this.model.counts(node)) this.#changed.fire(node);
    return node ? children : [...children, ...capturesRoot(this.captures.list())];
  }

  getParent(node: CallNode): CallNode | undefined {
    return node.parent;
  }

  getTreeItem(node: CallNode): vscode.TreeItem {
    const look = lookOf(node, this.#context(node));
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(look.label, look.expandable ? (look.open ? Expanded : Collapsed) : None);
    item.id = node.key;
    item.description = look.description;
    item.contextValue = this.#hasDashboard(node) ? look.contextValue : `${look.contextValue}+noDashboard`;
    if (look.icon) {
      item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
    }
    if (look.command) item.command = { command: look.command.id, title: look.command.title, arguments: [node] };
    if (look.spoken) item.accessibilityInformation = { label: look.spoken };
    // Without a tooltip of its own VS Code shows the label; undefined asks for `resolveTreeItem` on hover.
    item.tooltip = look.hasTooltip ? undefined : look.label;
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: CallNode): Promise<vscode.TreeItem> {
    const { tooltipOf } = await import('./tooltip');
    const text = tooltipOf(node, this.model.now(), this.#context(node).playback);
    item.tooltip = text === undefined ? undefined : new vscode.MarkdownString(text, false);
    return item;
  }

  /** Selects the row of a participant when it is loaded and the view is on screen; otherwise does nothing. */
  async select(ref: ParticipantRef): Promise<void> {
    const node = findParticipant(this.model, ref);
    if (!node || !this.#view.visible) return;
    const selected = this.#view.selection[0];
    if (selected?.kind === 'participant' && participantKey(selected.ref) === participantKey(ref)) return;
    await this.#view.reveal(node, { select: true, focus: false });
  }

  /** Selects the row of an opened file when the view is on screen; otherwise does nothing. */
  async selectFile(uri: string): Promise<void> {
    const node = captureRow(this.captures.list(), uri);
    if (node && this.#view.visible) await this.show(node);
  }

  /** Whether the view is on screen. */
  get visible(): boolean {
    return this.#view.visible;
  }

  /**
   * Selects a row and scrolls to it; the rows above it must be loaded. Opens a hidden view. Asks again where rows were drawn
   * anew meanwhile: VS Code then gives up on its way down to the row.
   */
  async show(node: CallNode): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.#view.reveal(node, { select: true, focus: false });
      if (await this.#isSelected(node)) return;
    }
  }

  /** Whether a row is selected soon: VS Code tells some moments after it was asked to. */
  #isSelected(node: CallNode): Promise<boolean> {
    const selected = () => this.#view.selection[0]?.key === node.key;
    if (selected()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        listener.dispose();
        resolve(selected());
      };
      const listener = this.#view.onDidChangeSelection(() => selected() && end());
      const timer = setTimeout(end, 1000);
    });
  }

  /** Takes up settings that changed. */
  applySettings(): void {
    this.#scheduleLive();
    this.#changed.fire(undefined);
  }

  /** The row that is selected, for commands that were started without one. */
  get selection(): CallNode | undefined {
    return this.#view.selection[0];
  }

  dispose(): void {
    clearTimeout(this.#liveTimer);
    this.model.cancelLoading();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Whether the provider has a page for the row, so that its menu offers it. */
  #hasDashboard(node: CallNode): boolean {
    const record = this.model.source.records().find(({ id }) => id === connectionOf(node));
    const ref = 'ref' in node ? node.ref : undefined;
    return !record || describeProvider(record.provider)?.dashboardUrl?.(record.settings, ref) !== undefined;
  }

  #context(node: CallNode): LookContext {
    const list = node.kind === 'loadMore' ? node.parent : node;
    const record = this.model.source.records().find(({ id }) => id === connectionOf(node));
    const descriptor = record && describeProvider(record.provider);
    const hours = record && descriptor?.tree.recentHours?.(record.settings);
    return {
      now: this.model.now(),
      sessionWindowDays: this.settings().sessionWindowDays,
      period:
        hours === undefined ? undefined : hours === 1 ? vscode.l10n.t('1 hour') : vscode.l10n.t('{0} hours', hours),
      playback: descriptor?.media === 'playback',
      keeps: descriptor?.keeps,
      filter: this.model.filter(node),
      local: this.model.localFilter(node),
      mark: this.model.markOf(node),
      counts: this.model.counts(node),
      loading: this.model.isLoading(list),
      keyMissing: node.kind === 'connection' && this.model.isKeyMissing(node.record.id),
      alone: node.kind === 'connection' && isAlone(node),
      favorite: node.kind === 'session' && this.model.isFavorite(node.ref),
      where: node.kind === 'keptCall' && record ? whereOf(record) : undefined,
    };
  }

  #scheduleLive(): void {
    clearTimeout(this.#liveTimer);
    const seconds = this.settings().liveRefreshSeconds;
    if (!this.#view.visible || seconds === 0) return;
    this.#liveTimer = setTimeout(() => {
      void this.#refreshLive().finally(() => this.#scheduleLive());
    }, seconds * 1000);
  }

  async #refreshLive(): Promise<void> {
    const seen = [...this.#open.values()].filter((node) => isLive(node) && this.#isSeen(node) && this.#isTimely(node));
    await Promise.all(seen.map((node) => this.model.refreshQuietly(node)));
  }

  /** The provider tells of live calls while they go on: reading what comes minutes late again and again is no use. */
  #isTimely(node: CallNode): boolean {
    const record = this.model.source.records().find(({ id }) => id === connectionOf(node));
    return describeProvider(record?.provider ?? '')?.tree.live ?? false;
  }

  /** Every row above it is open. */
  #isSeen(node: CallNode): boolean {
    for (let above = node.parent; above; above = above.parent) {
      if (!this.#open.has(above.key)) return false;
    }
    return true;
  }
}

function isLive(node: CallNode): boolean {
  return (
    (node.kind === 'group' && node.group === 'live') || (node.kind === 'session' && node.session.status === 'live')
  );
}

/** Where a call comes from: `RealtimeKit · Acme`. */
function whereOf({ provider, label }: ConnectionRecord): string {
  const name = describeProvider(provider)?.label ?? provider;
  return label === name ? name : `${name} · ${displayText(label, 40)}`;
}

/** A connection at the root is the only one of its provider: several stand below the provider's row. */
function isAlone(node: ConnectionNode): boolean {
  return node.parent === undefined;
}
