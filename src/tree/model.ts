import { Emitter } from '../core/emitter';
import type { PlainError } from '../core/errors';
import { type ParticipantRef, participantKey, type SessionRef } from '../core/ids';
import { hidesRows, type ListFilter, type LocalFilter, passes } from './filters';
import { keptCallNodes } from './kept';
import { isSession } from './lists';
import { type LoadedList, LoadedLists } from './loaded-lists';
import { type CallNode, type ConnectionNode, childKey, connectionOf, type PagedNode, type SessionNode } from './nodes';
import type { ParticipantMark } from './row-look';
import { breakoutNodes, connectionNodes, groupNodes, hasApps, itemNodes, rootNodes } from './rows';
import type { TreeSource } from './source';

/**
 * The tree without VS Code: rows, what was loaded below them, and what changed. Nothing is fetched until the children
 * of a row are asked for; each page costs one request; what is loaded is not asked for again.
 */
export class CallTreeModel {
  readonly #lists: LoadedLists;
  readonly #nodes = new Map<string, CallNode>();
  readonly #keyMissing = new Set<string>();
  readonly #marks = new Map<string, ParticipantMark>();
  readonly #changed = new Emitter<CallNode | undefined>();

  /** Fires with the row whose children or looks changed; undefined for the whole tree. */
  readonly onDidChange = this.#changed.event;
  /** Fires when the first load begins and when the last one ends. */
  readonly onDidChangeLoading: LoadedLists['onDidChangeLoading'];

  constructor(
    readonly source: TreeSource,
    readonly now: () => number = () => Date.now(),
  ) {
    const listener = {
      changed: (node: CallNode) => this.#changed.fire(node),
      failed: (node: CallNode, error: PlainError) => this.#noteError(node, error),
    };
    this.#lists = new LoadedLists(source, listener, now);
    this.onDidChangeLoading = this.#lists.onDidChangeLoading;
  }

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
        return hasApps(node.record) ? this.#listRows(node) : this.#groups(node, node.record.id);
      case 'app':
        return this.#groups(node, node.connectionId, node.app.id);
      case 'group':
      case 'room':
      case 'session':
        return this.#listRows(node);
      default:
        return [];
    }
  }

  /** Reads the next page below a row. */
  loadMore(node: CallNode): Promise<void> {
    return this.#lists.loadMore(node);
  }

  /**
   * Reads a row's list again, as many rows as were paged in. Lists below it are read again when they are next shown.
   * Without a row: every list of the tree. A row that failed is tried again.
   */
  refresh(node?: CallNode): void {
    this.#lists.makeStale(node);
    const connectionId = node ? connectionOf(node) : undefined;
    if (connectionId === undefined) this.#keyMissing.clear();
    const forgotten = connectionId !== undefined && this.#keyMissing.delete(connectionId);
    this.#changed.fire(forgotten ? undefined : node);
  }

  /** Reads the list of a live row again without a sign of it unless something changed. */
  async refreshQuietly(node: CallNode): Promise<void> {
    if (await this.#lists.readAgainQuietly(node)) this.#changed.fire(node);
  }

  /** Narrows or sorts the list of a row, on the provider's side; undefined takes the filter away. */
  setFilter(node: PagedNode, filter: ListFilter | undefined): void {
    this.#lists.setFilter(node, filter);
    this.#changed.fire(node);
  }

  filter(node: CallNode): ListFilter | undefined {
    return this.#lists.filter(node);
  }

  /** The part of a row's filter that only covers what is loaded. */
  localFilter(node: CallNode): LocalFilter | undefined {
    return this.#lists.known(node)?.local;
  }

  /** In all and loaded, below a row that was opened. */
  counts(node: CallNode): { loaded: number; total?: number } | undefined {
    const pager = this.#lists.known(node)?.pager;
    return pager?.loaded ? { loaded: pager.items.length, total: pager.total } : undefined;
  }

  isKeyMissing(connectionId = ''): boolean {
    return (
      this.#keyMissing.has(connectionId) ||
      this.source.records().some(({ id, needsKey }) => needsKey && id === connectionId)
    );
  }

  isLoading(node: CallNode): boolean {
    return this.#lists.known(node)?.loading !== undefined;
  }

  /** Asks for a session's breakout rooms and shows them below it, as sessions of their own. Gives how many there are. */
  async showBreakoutRooms(node: SessionNode, signal: AbortSignal): Promise<number> {
    const provider = await this.source.provider(node.ref.connectionId);
    const session = await provider.getSession(node.ref, signal);
    const rooms = session.breakoutRooms ?? [];
    this.#lists.of(node).breakoutRooms = rooms;
    this.#changed.fire(node);
    return rooms.length;
  }

  /** Stops every load that is under way; the rows say so and offer to try again. */
  cancelLoading(): void {
    this.#lists.cancelLoading();
  }

  /** Forgets what was loaded of a connection: it was changed, removed, or its key is new. */
  forget(connectionId: string): void {
    this.#lists.forget(connectionId);
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

  async #listRows(node: PagedNode): Promise<CallNode[]> {
    return this.#rows(node, await this.#lists.read(node));
  }

  #rows(node: PagedNode, list: LoadedList): CallNode[] {
    const connectionId = connectionOf(node) as string;
    if (this.isKeyMissing(connectionId)) return [];
    const { pager, error, local } = list;
    const items = local
      ? pager.items.filter((item) => !isSession(item) || passes(item, local, this.now()))
      : pager.items;
    const hidden = pager.items.length - items.length;
    const rows: CallNode[] = [...breakoutNodes(node, list.breakoutRooms), ...itemNodes(node, items)];
    if (pager.issues.length > 0) {
      rows.push({ kind: 'issues', key: childKey(node, '#issues'), parent: node, issues: pager.issues });
    }
    if (error) {
      rows.push({ kind: 'error', key: childKey(node, '#error'), parent: node, connectionId, error });
    } else if (pager.loaded && pager.hasMore) {
      const { loaded: shown, total } = this.counts(node) ?? { loaded: pager.items.length };
      rows.push({ kind: 'loadMore', key: childKey(node, '#more'), parent: node, shown, total, hidden });
    } else if (pager.loaded && rows.length === 0) {
      rows.push({ kind: 'empty', key: childKey(node, '#empty'), parent: node, filtered: hidesRows(list.filter) });
    }
    return rows.map((row) => this.#intern(row));
  }

  #noteError(node: CallNode, error: PlainError): void {
    this.source.log('warn', `${node.kind} ${node.key}: ${error.kind}: ${error.text}`);
    const connectionId = connectionOf(node);
    if (error.keyMissing && connectionId !== undefined) {
      this.#keyMissing.add(connectionId);
      this.#changed.fire(undefined);
    }
  }

  /** One object for each key: VS Code knows rows by the object, and what changed is seen at the next look. */
  #intern<T extends CallNode>(node: T): T {
    const known = this.#nodes.get(node.key);
    if (known?.kind === node.kind) return Object.assign(known, node);
    this.#nodes.set(node.key, node);
    return node;
  }
}
