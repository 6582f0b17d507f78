import * as l10n from '@vscode/l10n';
import { Emitter } from '../core/emitter';
import { CallError, isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { Session } from '../core/model';
import { Pager } from '../core/page';
import { type ListFilter, type LocalFilter, localFilter } from './filters';
import { type ListContext, type ListItem, readList, recentFrom } from './lists';
import { type CallNode, connectionOf, holdsSessions, keepsFilter, type PagedNode } from './nodes';
import type { TreeSource } from './source';

/** What is known below one row. It outlives the row's being collapsed, and the object stays the same for a key. */
export interface LoadedList {
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

/** Who shows the lists. */
export interface ListListener {
  /** What is below a row is another, or about to be. */
  changed(node: CallNode): void;
  /** A list could not be read; not told when a person stopped it. */
  failed(node: CallNode, error: PlainError): void;
}

/** The lists that were read below rows: what is loaded is not asked for again, and each page costs one request. */
export class LoadedLists {
  readonly #lists = new Map<string, LoadedList>();
  readonly #loadingChanged = new Emitter<boolean>();
  #loads = 0;

  /** Fires when the first load begins and when the last one ends. */
  readonly onDidChangeLoading = this.#loadingChanged.event;

  constructor(
    private readonly source: TreeSource,
    private readonly listener: ListListener,
    private readonly now: () => number,
  ) {}

  /** What was read below a row, if anything was. */
  known(node: CallNode): LoadedList | undefined {
    return this.#lists.get(node.key);
  }

  /** The list of a row, made on first use. */
  of(node: PagedNode): LoadedList {
    const known = this.#lists.get(node.key);
    if (known) return known;
    const made = this.#make(node, this.#keptFilter(node));
    this.#lists.set(node.key, made);
    return made;
  }

  /** The list of a row with its first page, or as many rows as there were before it went stale. */
  async read(node: PagedNode): Promise<LoadedList> {
    const list = this.of(node);
    const { pager, loading } = list;
    if (list.stale && !loading) {
      list.stale = false;
      await this.#load(list, (signal) => pager.refresh(signal), true);
    } else if (!pager.loaded && !list.error && !loading) {
      await this.#load(list, (signal) => pager.loadMore(signal), true);
    } else if (loading && !pager.loaded) {
      // A load of this list is under way already: share it.
      await pager.loadMore(loading.signal).catch(() => undefined);
    }
    return this.of(node);
  }

  /** Reads the next page below a row. */
  async loadMore(node: CallNode): Promise<void> {
    const list = this.known(node);
    if (!list || list.loading) return;
    await this.#load(list, (signal) => list.pager.loadMore(signal));
  }

  /** The lists of a row and of those below it, or all, are read again when they are next shown. */
  makeStale(node?: CallNode): void {
    for (const list of this.#lists.values()) {
      const below = !node || list.node.key === node.key || list.node.key.startsWith(`${node.key}/`);
      if (!below) continue;
      list.error = undefined;
      list.stale = list.pager.loaded;
    }
  }

  /** Reads a list again, if it was read before. Gives whether anything is other than it was. */
  async readAgainQuietly(node: CallNode): Promise<boolean> {
    const list = this.known(node);
    if (!list?.pager.loaded || list.loading || list.error) return false;
    const before = JSON.stringify(list.pager.items);
    const read = await this.#load(list, (signal) => list.pager.refresh(signal), true);
    return !read || before !== JSON.stringify(list.pager.items);
  }

  /** Narrows or sorts the list of a row; undefined takes the filter away. What was read with the former one is gone. */
  setFilter(node: PagedNode, filter: ListFilter | undefined): void {
    this.of(node).loading?.abort();
    this.#lists.set(node.key, this.#make(node, filter));
    const connectionId = connectionOf(node);
    if (connectionId !== undefined && keepsFilter(node)) {
      void this.source.filters?.set(connectionId, node.key, filter);
    }
  }

  filter(node: CallNode): ListFilter | undefined {
    const list = this.known(node);
    return list ? list.filter : this.#keptFilter(node);
  }

  /** Stops every load that is under way; the rows say so and offer to try again. */
  cancelLoading(): void {
    for (const list of this.#lists.values()) list.loading?.abort();
  }

  /** Forgets what was read of a connection. */
  forget(connectionId: string): void {
    for (const [key, list] of this.#lists) {
      if (connectionOf(list.node) !== connectionId) continue;
      list.loading?.abort();
      this.#lists.delete(key);
    }
  }

  /** Runs one load of a list, at most one at a time. Resolves to whether it worked; an error becomes the list's error. */
  async #load(list: LoadedList, work: (signal: AbortSignal) => Promise<void>, quiet = false): Promise<boolean> {
    let read = true;
    const controller = new AbortController();
    list.loading = controller;
    list.error = undefined;
    this.#countLoads(1);
    if (!quiet) this.listener.changed(list.node);
    try {
      await work(controller.signal);
    } catch (error) {
      read = false;
      list.error = isCancelled(error) ? { kind: 'Cancelled', text: l10n.t('Stopped.') } : toPlainError(error);
      if (list.error.kind !== 'Cancelled') this.listener.failed(list.node, list.error);
    } finally {
      list.loading = undefined;
      this.#countLoads(-1);
    }
    if (!quiet) this.listener.changed(list.node);
    return read;
  }

  #countLoads(step: 1 | -1): void {
    const before = this.#loads > 0;
    this.#loads += step;
    if (before !== this.#loads > 0) this.#loadingChanged.fire(this.#loads > 0);
  }

  #make(node: PagedNode, filter: ListFilter | undefined): LoadedList {
    let context: ListContext | undefined;
    const pager = new Pager<ListItem>(async (cursor, signal) => {
      const connectionId = connectionOf(node);
      if (connectionId === undefined) throw new CallError('NotFound', l10n.t('This row belongs to no connection.'));
      const provider = await this.source.provider(connectionId);
      if (cursor === undefined || !context) context = this.#context(node);
      const list = this.known(node);
      if (list && holdsSessions(node)) list.local = localFilter(context.filter, provider.capabilities.sessions);
      const page = await readList(provider, node, context, cursor, signal);
      for (const issue of page.issues) this.source.log('warn', `${node.key}: ${issue.path}: ${issue.message}`);
      return page;
    });
    return { node, pager, stale: false, filter };
  }

  #keptFilter(node: CallNode): ListFilter | undefined {
    const connectionId = connectionOf(node);
    if (connectionId === undefined || !keepsFilter(node)) return undefined;
    return this.source.filters?.get(connectionId, node.key);
  }

  #context(node: PagedNode): ListContext {
    const { pageSize, sessionWindowDays } = this.source.settings();
    const record = this.source.records().find(({ id }) => id === connectionOf(node));
    return {
      filter: this.known(node)?.filter,
      pageSize,
      recentFrom: recentFrom(record, sessionWindowDays, this.now()),
    };
  }
}
