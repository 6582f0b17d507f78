import * as l10n from '@vscode/l10n';
import type { ConnectionRecord } from '../connections/record';
import { Emitter } from '../core/emitter';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import { type ParticipantRef, participantKey, type SessionRef } from '../core/ids';
import type { Session } from '../core/model';
import { Pager } from '../core/page';
import type { CallProvider } from '../providers/contract';
import type { FilterStore } from './filter-store';
import { hidesRows, type ListFilter, type LocalFilter, localFilter, passes } from './filters';
import { type KeptSource, keptCallNodes } from './kept';
import { isSession, type ListContext, type ListItem, readList, recentFrom } from './lists';
import {
  type CallNode,
  type ConnectionNode,
  childKey,
  connectionOf,
  holdsSessions,
  keepsFilter,
  type PagedNode,
  type SessionNode,
} from './nodes';
import type { ParticipantMark } from './present';
import { breakoutNodes, connectionNodes, groupNodes, hasApps, itemNodes, rootNodes } from './rows';

/** What the tree needs of its surroundings. */
export interface TreeSource {
  records(): ConnectionRecord[];
  provider(connectionId: string): Promise<CallProvider>;
  settings(): { pageSize: number; sessionWindowDays: number };
  log(level: 'info' | 'warn', line: string): void;
  /** Favourite and recent calls; missing: none are shown. */
  kept?: KeptSource;
  /** Where filters are kept over a reload; missing: they are not. */
  filters?: Pick<FilterStore, 'get' | 'set'>;
}

/** What is known below one row. It outlives the row's being collapsed, and the object stays the same for a key. */
interface Branch {
  node: PagedNode;
  pager: Pager<ListItem>;
  error?: PlainError;
  filter?: ListFilter;
  /** The part of the filter that is done here, once the provider was asked. */
  local?: LocalFilter;
  /** Read again, as many rows as there are, before they are shown the next time. */
  stale: boolean;
  loading?: AbortController;
  breakoutRooms?: Session[];
}

/**
 * The tree without VS Code: rows, what was loaded below them, and what changed. Nothing is fetched until the children
 * of a row are asked for; each page costs one request; what is loaded is not asked for again.
 */
export class CallTreeModel {
  readonly #branches = new Map<string, Branch>();
  readonly #nodes = new Map<string, CallNode>();
  readonly #keyMissing = new Set<string>();
  readonly #marks = new Map<string, ParticipantMark>();
  readonly #changed = new Emitter<CallNode | undefined>();
  readonly #loadingChanged = new Emitter<boolean>();
  #loads = 0;

  /** Fires with the row whose children or looks changed; undefined for the whole tree. */
  readonly onDidChange = this.#changed.event;
  /** Fires when the first load begins and when the last one ends. */
  readonly onDidChangeLoading = this.#loadingChanged.event;

  constructor(
    readonly source: TreeSource,
    readonly now: () => number = Date.now,
  ) {}

  /** The rows below a row, the root rows without one. Never rejects: what fails is a row of its own. */
  async children(node?: CallNode): Promise<CallNode[]> {
    if (!node) return this.#roots();
    if (this.isKeyMissing(connectionOf(node))) return [];
    switch (node.kind) {
      case 'section':
        return keptCallNodes(node, this.source.kept).map((row) => this.#intern(row));
      case 'provider':
        return this.#connections(node.provider, node);
      case 'connection':
        return hasApps(node.record) ? this.#pagedChildren(node) : this.#groups(node, node.record.id);
      case 'app':
        return this.#groups(node, node.connectionId, node.app.id);
      case 'group':
      case 'room':
      case 'session':
        return this.#pagedChildren(node);
      default:
        return [];
    }
  }

  /** Reads the next page below a row. */
  async loadMore(node: CallNode): Promise<void> {
    const branch = this.#branches.get(node.key);
    if (!branch || branch.loading) return;
    await this.#load(branch, (signal) => branch.pager.loadMore(signal));
  }

  /**
   * Reads a row's list again, as many rows as were paged in. Lists below it are read again when they are next shown.
   * Without a row: every list of the tree. A row that failed is tried again.
   */
  refresh(node?: CallNode): void {
    for (const branch of this.#branches.values()) {
      const below = !node || branch.node.key === node.key || branch.node.key.startsWith(`${node.key}/`);
      if (!below) continue;
      branch.error = undefined;
      branch.stale = branch.pager.loaded;
    }
    const connectionId = node ? connectionOf(node) : undefined;
    if (connectionId === undefined) this.#keyMissing.clear();
    const forgotten = connectionId !== undefined && this.#keyMissing.delete(connectionId);
    this.#changed.fire(forgotten ? undefined : node);
  }

  /** Reads the list of a live row again without a sign of it unless something changed. */
  async refreshQuietly(node: CallNode): Promise<void> {
    const branch = this.#branches.get(node.key);
    if (!branch?.pager.loaded || branch.loading || branch.error) return;
    const before = JSON.stringify(branch.pager.items);
    await this.#load(branch, (signal) => branch.pager.refresh(signal), true);
    if (branch.error || before !== JSON.stringify(branch.pager.items)) this.#changed.fire(node);
  }

  /** Narrows or sorts the list of a row, on the provider's side; undefined takes the filter away. */
  setFilter(node: PagedNode, filter: ListFilter | undefined): void {
    const branch = this.#branch(node);
    branch.loading?.abort();
    this.#branches.set(node.key, { ...this.#newBranch(node), filter });
    const connectionId = connectionOf(node);
    if (connectionId !== undefined && keepsFilter(node)) {
      void this.source.filters?.set(connectionId, node.key, filter);
    }
    this.#changed.fire(node);
  }

  filter(node: CallNode): ListFilter | undefined {
    const branch = this.#branches.get(node.key);
    return branch ? branch.filter : this.#keptFilter(node);
  }

  /** The part of a row's filter that only covers what is loaded. */
  localFilter(node: CallNode): LocalFilter | undefined {
    return this.#branches.get(node.key)?.local;
  }

  /** In all and loaded, below a row that was opened. */
  counts(node: CallNode): { loaded: number; total?: number } | undefined {
    const pager = this.#branches.get(node.key)?.pager;
    return pager?.loaded ? { loaded: pager.items.length, total: pager.total } : undefined;
  }

  isKeyMissing(connectionId = ''): boolean {
    return (
      this.#keyMissing.has(connectionId) ||
      this.source.records().some(({ id, needsKey }) => needsKey && id === connectionId)
    );
  }

  isLoading(node: CallNode): boolean {
    return this.#branches.get(node.key)?.loading !== undefined;
  }

  /** Asks for a session's breakout rooms and shows them below it, as sessions of their own. Gives how many there are. */
  async showBreakoutRooms(node: SessionNode, signal: AbortSignal): Promise<number> {
    const provider = await this.source.provider(node.ref.connectionId);
    const session = await provider.getSession(node.ref, signal);
    const branch = this.#branch(node);
    branch.breakoutRooms = session.breakoutRooms ?? [];
    this.#changed.fire(node);
    return branch.breakoutRooms.length;
  }

  /** Stops every load that is under way; the rows say so and offer to try again. */
  cancelLoading(): void {
    for (const branch of this.#branches.values()) branch.loading?.abort();
  }

  /** Forgets what was loaded of a connection: it was changed, removed, or its key is new. */
  forget(connectionId: string): void {
    for (const [key, branch] of this.#branches) {
      if (connectionOf(branch.node) !== connectionId) continue;
      branch.loading?.abort();
      this.#branches.delete(key);
    }
    for (const [key, node] of this.#nodes) {
      if (connectionOf(node) === connectionId) this.#nodes.delete(key);
    }
    this.#keyMissing.delete(connectionId);
    this.#changed.fire(undefined);
  }

  isFavorite(ref: SessionRef): boolean {
    return this.source.kept?.isFavorite(ref) ?? false;
  }

  /** What rows look like changed, not what is below them: a label, or calls that are kept. */
  looksChanged(): void {
    this.#changed.fire(undefined);
  }

  /** Says what was found in a participant's report, on every row of theirs. */
  mark(ref: ParticipantRef, mark: ParticipantMark | undefined): void {
    const key = participantKey(ref);
    if (JSON.stringify(this.#marks.get(key)) === JSON.stringify(mark)) return;
    if (mark) this.#marks.set(key, mark);
    else this.#marks.delete(key);
    for (const node of this.#nodes.values()) {
      if (node.kind === 'participant' && participantKey(node.ref) === key) this.#changed.fire(node);
    }
  }

  /** What was found in the report of a participant's row, when it was read. */
  markOf(node: CallNode): ParticipantMark | undefined {
    return node.kind === 'participant' ? this.#marks.get(participantKey(node.ref)) : undefined;
  }

  /** Every row that was made so far, shown or not. */
  known(): Iterable<CallNode> {
    return this.#nodes.values();
  }

  /**
   * The list of sessions that ids name, whether or not it was opened: of `roomId`, or else the `group` of an app
   * ("recent" when missing). Undefined for a connection that does not exist.
   */
  findList({ connectionId, appId, roomId, group }: Readonly<Record<string, unknown>>): CallNode | undefined {
    const connection = this.#connectionNode(connectionId);
    if (!connection) return undefined;
    const named = typeof appId === 'string' && hasApps(connection.record) ? [{ id: appId, name: appId }] : [];
    const app = this.#known(itemNodes(connection, named)[0]) ?? connection;
    const groups = this.#groups(app, connection.record.id, app.kind === 'app' ? app.app.id : undefined);
    const wanted = typeof roomId === 'string' ? 'rooms' : (group ?? 'recent');
    const list = groups.find((node) => node.kind === 'group' && node.group === wanted);
    if (typeof roomId !== 'string' || list?.kind !== 'group') return list;
    return this.#known(itemNodes(list, [{ id: roomId, name: roomId }])[0]);
  }

  #connectionNode(connectionId: unknown): ConnectionNode | undefined {
    const provider = this.source.records().find(({ id }) => id === connectionId)?.provider;
    if (!provider) return undefined;
    const roots = this.#roots();
    const above = roots.find((node) => node.kind === 'provider' && node.provider === provider);
    const rows = above ? this.#connections(provider, above) : roots;
    return rows.find((node): node is ConnectionNode => node.kind === 'connection' && node.record.id === connectionId);
  }

  /** The row of the same key, with what was read of it; else the given one. */
  #known(node: CallNode | undefined): CallNode | undefined {
    return node && (this.#nodes.get(node.key) ?? this.#intern(node));
  }

  #roots(): CallNode[] {
    return rootNodes(this.source.records(), this.source.kept).map((row) => this.#intern(row));
  }

  #connections(provider: string, parent: CallNode | undefined): CallNode[] {
    return connectionNodes(this.source.records(), provider, parent).map((row) => this.#intern(row));
  }

  #groups(parent: CallNode, connectionId: string, appId?: string): CallNode[] {
    const record = this.source.records().find(({ id }) => id === connectionId);
    return groupNodes(parent, connectionId, record, appId).map((row) => this.#intern(row));
  }

  async #pagedChildren(node: PagedNode): Promise<CallNode[]> {
    const branch = this.#branch(node);
    if (branch.stale && !branch.loading) {
      branch.stale = false;
      await this.#load(branch, (signal) => branch.pager.refresh(signal), true);
    } else if (!branch.pager.loaded && !branch.error && !branch.loading) {
      await this.#load(branch, (signal) => branch.pager.loadMore(signal), true);
    } else if (branch.loading && !branch.pager.loaded) {
      // A load of this list is under way already: share it.
      await branch.pager.loadMore(branch.loading.signal).catch(() => undefined);
    }
    return this.#rows(node, this.#branch(node));
  }

  #rows(node: PagedNode, branch: Branch): CallNode[] {
    const connectionId = connectionOf(node) as string;
    if (this.isKeyMissing(connectionId)) return [];
    const { pager, error, local } = branch;
    const items = local
      ? pager.items.filter((item) => !isSession(item) || passes(item, local, this.now()))
      : pager.items;
    const hidden = pager.items.length - items.length;
    const rows: CallNode[] = [...breakoutNodes(node, branch.breakoutRooms), ...itemNodes(node, items)];
    if (pager.issues.length > 0) {
      rows.push({ kind: 'issues', key: childKey(node, '#issues'), parent: node, issues: pager.issues });
    }
    if (error) {
      rows.push({ kind: 'error', key: childKey(node, '#error'), parent: node, connectionId, error });
    } else if (pager.loaded && pager.hasMore) {
      const { loaded: shown, total } = this.counts(node) ?? { loaded: pager.items.length };
      rows.push({ kind: 'loadMore', key: childKey(node, '#more'), parent: node, shown, total, hidden });
    } else if (pager.loaded && rows.length === 0) {
      rows.push({ kind: 'empty', key: childKey(node, '#empty'), parent: node, filtered: hidesRows(branch.filter) });
    }
    return rows.map((row) => this.#intern(row));
  }

  /** Runs one load of a branch: at most one at a time, an error becomes the branch's error. */
  async #load(branch: Branch, work: (signal: AbortSignal) => Promise<void>, quiet = false): Promise<void> {
    const controller = new AbortController();
    branch.loading = controller;
    branch.error = undefined;
    this.#countLoads(1);
    if (!quiet) this.#changed.fire(branch.node);
    try {
      await work(controller.signal);
    } catch (error) {
      branch.error = isCancelled(error) ? { kind: 'Cancelled', text: l10n.t('Stopped.') } : toPlainError(error);
      this.#noteError(branch);
    } finally {
      branch.loading = undefined;
      this.#countLoads(-1);
    }
    if (!quiet) this.#changed.fire(branch.node);
  }

  #noteError({ node, error }: Branch): void {
    if (!error || error.kind === 'Cancelled') return;
    this.source.log('warn', `${node.kind} ${node.key}: ${error.kind}: ${error.text}`);
    const connectionId = connectionOf(node);
    if (error.keyMissing && connectionId !== undefined) {
      this.#keyMissing.add(connectionId);
      this.#changed.fire(undefined);
    }
  }

  #countLoads(step: 1 | -1): void {
    const before = this.#loads > 0;
    this.#loads += step;
    if (before !== this.#loads > 0) this.#loadingChanged.fire(this.#loads > 0);
  }

  #branch(node: PagedNode): Branch {
    const known = this.#branches.get(node.key);
    if (known) return known;
    const made = this.#newBranch(node);
    this.#branches.set(node.key, made);
    return made;
  }

  #newBranch(node: PagedNode): Branch {
    let context: ListContext | undefined;
    const pager = new Pager<ListItem>(async (cursor, signal) => {
      const connectionId = connectionOf(node);
      if (connectionId === undefined) throw new CallError('NotFound', l10n.t('This row belongs to no connection.'));
      const provider = await this.source.provider(connectionId);
      if (cursor === undefined || !context) context = this.#context(node);
      const branch = this.#branches.get(node.key);
      if (branch && holdsSessions(node)) branch.local = localFilter(context.filter, provider.capabilities.sessions);
      const page = await readList(provider, node, context, cursor, signal);
      for (const issue of page.issues) this.source.log('warn', `${node.key}: ${issue.path}: ${issue.message}`);
      return page;
    });
    return { node, pager, stale: false, filter: this.#keptFilter(node) };
  }

  #keptFilter(node: CallNode): ListFilter | undefined {
    const connectionId = connectionOf(node);
    if (connectionId === undefined || !keepsFilter(node)) return undefined;
    return this.source.filters?.get(connectionId, node.key);
  }

  #context(node: PagedNode): ListContext {
    const { pageSize, sessionWindowDays } = this.source.settings();
    const record = this.source.records().find(({ id }) => id === connectionOf(node));
    const filter = this.#branches.get(node.key)?.filter;
    return { filter, pageSize, recentFrom: recentFrom(record, sessionWindowDays, this.now()) };
  }

  /** One object for each key: VS Code knows rows by the object, and what changed is seen at the next look. */
  #intern<T extends CallNode>(node: T): T {
    const known = this.#nodes.get(node.key);
    if (known?.kind === node.kind) return Object.assign(known, node) as T;
    this.#nodes.set(node.key, node);
    return node;
  }
}
