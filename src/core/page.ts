import * as l10n from '@vscode/l10n';
import type { ItemIssue } from './model';

/** One page of a list. `next` is opaque: hand it back to get the next page; it is missing on the last one. */
export interface Page<T> {
  items: T[];
  next?: string;
  /** How many there are in all, where the provider says so. */
  total?: number;
  /** Records that could not be read, and anything odd about the page. */
  issues: ItemIssue[];
}

/** Reads one page; `cursor` is missing for the first. */
export type PageReader<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/**
 * Walks a list page by page and keeps what was read.
 *
 * One request is in flight at a time: asking again while it runs gives the same promise. Items are de-duplicated by
 * id, first come first kept, because a live list shifts under the walk. A failed page changes nothing.
 */
export class Pager<T extends { id: string }> {
  #items: T[] = [];
  #issues: ItemIssue[] = [];
  #seen = new Set<string>();
  #next: string | undefined;
  #total: number | undefined;
  #loaded = false;
  #inFlight: Promise<void> | undefined;

  constructor(readonly read: PageReader<T>) {}

  /** What was read so far, in the provider's order. */
  get items(): readonly T[] {
    return this.#items;
  }

  get issues(): readonly ItemIssue[] {
    return this.#issues;
  }

  /** In all, where the provider says so; never less than what was read. */
  get total(): number | undefined {
    return this.#total === undefined ? undefined : Math.max(this.#total, this.#items.length);
  }

  /** Whether the first page was read. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get hasMore(): boolean {
    return !this.#loaded || this.#next !== undefined;
  }

  /** Reads the next page, or does nothing when there is none. Rejects with what the reader threw. */
  loadMore(signal: AbortSignal): Promise<void> {
    if (!this.hasMore) return Promise.resolve();
    return this.#once(async () => this.#append(await this.read(this.#next, signal)));
  }

  /**
   * Reads the list anew, as many items as were there before, and replaces what is kept only when all came.
   * When it fails the old items stay.
   */
  refresh(signal: AbortSignal): Promise<void> {
    return this.#once(async () => {
      const fresh = new Pager<T>(this.read);
      do {
        await fresh.loadMore(signal);
      } while (fresh.hasMore && fresh.items.length < this.#items.length);
      this.#items = fresh.#items;
      this.#issues = fresh.#issues;
      this.#seen = fresh.#seen;
      this.#next = fresh.#next;
      this.#total = fresh.#total;
      this.#loaded = true;
    });
  }

  #append(page: Page<T>): void {
    const fresh = page.items.filter((item) => !this.#seen.has(item.id) && this.#seen.add(item.id));
    this.#items = [...this.#items, ...fresh];
    this.#issues = [...this.#issues, ...page.issues];
    if (this.#loaded && page.items.length > 0 && fresh.length === 0) {
      this.#issues.push({ path: 'page', message: l10n.t('The provider sent a page again that was already read.') });
    }
    const repeats = page.next !== undefined && page.next === this.#next;
    this.#next = repeats ? undefined : page.next;
    this.#total = page.total ?? this.#total;
    this.#loaded = true;
  }

  #once(work: () => Promise<void>): Promise<void> {
    this.#inFlight ??= work().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }
}
