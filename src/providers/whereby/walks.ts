import * as l10n from '@vscode/l10n';
import type { ItemIssue, Session } from '../../core/model';
import type { Page } from '../../core/page';
import type { SessionQuery } from '../contract';
import { badCursor } from '../cursor';
import { limitOf } from './paging';
import { type RecentSources, startWalk, type Walk, walkOn } from './recent';

/** Walks through all rooms that can be gone on with; the oldest is forgotten first. */
const MOST = 50;

/** Pages of the sessions of all rooms. What a walk has read and not given out yet is kept here: a cursor only names it. */
export class Walks {
  readonly #walks = new Map<string, Walk>();
  #count = 0;

  /** The next page. A cursor that was not given out here, or too long ago, is `BadInput`. */
  async page(query: SessionQuery, sourcesFor: (limit: number) => RecentSources): Promise<Page<Session>> {
    const { from, to, live, cursor } = query;
    const known = cursor === undefined ? undefined : this.#walks.get(cursor);
    if (cursor !== undefined && !known) throw badCursor();
    const walk = known ?? startWalk({ from, to, live }, limitOf(query.pageSize));
    const { sessions, issues, next } = await walkOn(walk, sourcesFor(walk.size));
    return { items: sessions, issues: [...sortIssue(query), ...issues], ...(next && { next: this.#keep(next) }) };
  }

  #keep(walk: Walk): string {
    const cursor = `all-rooms:${++this.#count}`;
    this.#walks.set(cursor, walk);
    const oldest = this.#walks.size > MOST ? this.#walks.keys().next().value : undefined;
    if (oldest !== undefined) this.#walks.delete(oldest);
    return cursor;
  }
}

function sortIssue({ sortBy, sortOrder, cursor }: SessionQuery): ItemIssue[] {
  const standard = (sortBy ?? 'createdAt') === 'createdAt' && sortOrder !== 'ascending';
  if (standard || cursor !== undefined) return [];
  const message = l10n.t('Whereby sorts the sessions of one room only. Those of all rooms come newest first.');
  return [{ path: 'sortBy', message }];
}
