import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Page, Pager } from '../../../src/core/page';

interface Item {
  id: string;
  text?: string;
}

const never = () => new AbortController().signal;

/** A list in pages of two, its cursor the number of the next row; counts what it was asked. */
function listOf(rows: () => readonly string[]) {
  const asked: (string | undefined)[] = [];
  const read = async (cursor: string | undefined): Promise<Page<Item>> => {
    asked.push(cursor);
    await Promise.resolve();
    const from = Number(cursor ?? 0);
    const all = rows();
    const next = from + 2 < all.length ? { next: String(from + 2) } : {};
    return { items: all.slice(from, from + 2).map((id) => ({ id })), total: all.length, issues: [], ...next };
  };
  return { asked, read };
}

const ids = (pager: Pager<Item>) => pager.items.map(({ id }) => id).join('');

describe('Pager', () => {
  it('reads page by page and knows when it is done', async () => {
    const { asked, read } = listOf(() => ['a', 'b', 'c']);
    const pager = new Pager(read);
    assert.deepEqual([pager.loaded, pager.hasMore, pager.total], [false, true, undefined]);
    await pager.loadMore(never());
    assert.deepEqual([ids(pager), pager.loaded, pager.hasMore, pager.total], ['ab', true, true, 3]);
    await pager.loadMore(never());
    assert.deepEqual([ids(pager), pager.hasMore], ['abc', false]);
    await pager.loadMore(never());
    assert.deepEqual(asked, [undefined, '2']);
  });

  it('has one request in flight: asking again waits for the same', async () => {
    const { asked, read } = listOf(() => ['a', 'b', 'c', 'd', 'e']);
    const pager = new Pager(read);
    await Promise.all([pager.loadMore(never()), pager.loadMore(never()), pager.refresh(never())]);
    assert.equal(asked.length, 1);
    assert.equal(ids(pager), 'ab');
  });

  it('keeps the first of two rows with one id, within a page and across pages', async () => {
    const pages: Page<Item>[] = [
      {
        items: [
          { id: 'a', text: '1' },
          { id: 'a', text: '2' },
        ],
        next: 'x',
        issues: [],
      },
      { items: [{ id: 'b' }, { id: 'a', text: '3' }], issues: [] },
    ];
    const pager = new Pager<Item>(async () => pages.shift() as Page<Item>);
    await pager.loadMore(never());
    await pager.loadMore(never());
    assert.equal(ids(pager), 'ab');
    assert.equal(pager.items[0]?.text, '1');
  });

  it('a page that fails changes nothing, and can be read again', async () => {
    const { read } = listOf(() => ['a', 'b', 'c']);
    let broken = false;
    const pager = new Pager<Item>((cursor) => (broken ? Promise.reject(new Error('down')) : read(cursor)));
    await pager.loadMore(never());
    broken = true;
    await assert.rejects(pager.loadMore(never()), /down/);
    await assert.rejects(pager.refresh(never()), /down/);
    assert.deepEqual([ids(pager), pager.hasMore, pager.total], ['ab', true, 3]);
    broken = false;
    await pager.loadMore(never());
    assert.equal(ids(pager), 'abc');
  });

  it('a refresh reads as many rows as there were and replaces them', async () => {
    let rows = ['a', 'b', 'c', 'd', 'e'];
    const { asked, read } = listOf(() => rows);
    const pager = new Pager(read);
    await pager.loadMore(never());
    await pager.loadMore(never());
    rows = ['z', 'a', 'b', 'c', 'd', 'e'];
    asked.length = 0;
    await pager.refresh(never());
    assert.deepEqual(asked, [undefined, '2']);
    assert.deepEqual([ids(pager), pager.hasMore, pager.total], ['zabc', true, 6]);
    rows = ['a'];
    await pager.refresh(never());
    assert.deepEqual([ids(pager), pager.hasMore, pager.total], ['a', false, 1]);
  });

  it('stops where a page hands back its own cursor, and says that a page came twice', async () => {
    const pager = new Pager<Item>(async () => ({ items: [{ id: 'a' }], next: 'same', issues: [] }));
    await pager.loadMore(never());
    await pager.loadMore(never());
    assert.equal(pager.hasMore, false);
    assert.match(pager.issues[0]?.message ?? '', /already read/);
  });

  it('a total below what was read gives way', async () => {
    const pager = new Pager<Item>(async () => ({ items: [{ id: 'a' }, { id: 'b' }], total: 1, issues: [] }));
    await pager.loadMore(never());
    assert.equal(pager.total, 2);
  });

  it('passes the signal on and collects remarks', async () => {
    const seen: AbortSignal[] = [];
    const pager = new Pager<Item>(async (_cursor, signal) => {
      seen.push(signal);
      return { items: [], issues: [{ path: 'x', message: 'y' }] };
    });
    const { signal } = new AbortController();
    await pager.loadMore(signal);
    assert.deepEqual(seen, [signal]);
    assert.equal(pager.issues.length, 1);
  });

  it('whatever the pages hold: ids are unique, none is lost, order is that of the first sight', async () => {
    const page = fc.array(fc.constantFrom(...Array.from('abcdefgh')), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 8 }), async (pages) => {
        let index = 0;
        const pager = new Pager<Item>(async () => {
          const items = (pages[index++] ?? []).map((id) => ({ id }));
          return { items, issues: [], ...(index < pages.length ? { next: String(index) } : {}) };
        });
        while (pager.hasMore) await pager.loadMore(never());
        assert.equal(ids(pager), [...new Set(pages.flat())].join(''));
      }),
    );
  });
});
