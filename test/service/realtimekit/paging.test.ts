import assert from 'node:assert/strict';
import { Pager } from '../../../src/core/page';
import { ScriptedServer } from '../http/server';
import { APP, connect } from './connection';

const never = () => new AbortController().signal;

/** A list of sessions with these ids; `paging` as it stands at the top of the answer. */
function sessions(ids: readonly unknown[], paging?: unknown) {
  return { body: { success: true, data: { sessions: ids.map((id) => ({ id, status: 'ENDED' })) }, paging } };
}

describe('pages of RealtimeKit over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const provider = (settings: Record<string, string> = { appId: APP }) => connect(server, settings).provider;
  const list = (cursor?: string, pageSize?: number) => provider().listSessions({ cursor, pageSize }, never());

  it('starts at page 1 and goes on by the offsets until the total', async () => {
    server.next(sessions(['a', 'b'], { total_count: 3, start_offset: 1, end_offset: 2 }));
    server.next(sessions(['c'], { total_count: 3, start_offset: 3, end_offset: 3 }));
    const first = await list(undefined, 2);
    const second = await list(first.next);
    assert.deepEqual([first.total, second.total, second.next], [3, 3, undefined]);
    assert.deepEqual(
      server.requests.map(({ query }) => [query.get('page_no'), query.get('per_page')]),
      [
        ['1', '2'],
        ['2', '2'],
      ],
    );
  });

  it('counts rows where there is a total only, unreadable ones too', async () => {
    server.next(sessions(['a', 7], { total_count: 3 }));
    server.next(sessions(['c'], { total_count: 3 }));
    const first = await list(undefined, 2);
    assert.equal(first.items.length, 1);
    assert.ok(first.next);
    assert.equal((await list(first.next)).next, undefined);
  });

  it('goes on without paging while pages are full, by the server’s own size', async () => {
    const rows = (from: number, to: number) => sessions(Array.from({ length: to - from }, (_, i) => `s${from + i}`));
    server.next(rows(0, 10), rows(10, 20), rows(20, 23));
    const first = await list(undefined, 25);
    const second = await list(first.next);
    const third = await list(second.next);
    assert.deepEqual(
      [first, second, third].map(({ items, issues }) => [items.length, issues.length]),
      [
        [10, 0],
        [10, 0],
        [3, 0],
      ],
    );
    assert.equal(third.next, undefined);
  });

  it('ends without paging at a short page, and at an empty one', async () => {
    server.next(sessions(['a', 'b']));
    assert.equal((await list(undefined, 25)).next, undefined);
    server.next(sessions(['a', 'b']), sessions([]));
    const full = await list(undefined, 2);
    const end = await list(full.next);
    assert.deepEqual([end.items, end.next, end.issues], [[], undefined, []]);
  });

  it('passes one empty page in the middle and says so', async () => {
    const paging = { total_count: 4 };
    server.next(sessions(['a', 'b'], paging), sessions([], paging), sessions(['c', 'd'], paging));
    const pager = new Pager((cursor, signal) => provider().listSessions({ cursor, pageSize: 2 }, signal));
    await pager.loadMore(never());
    await pager.loadMore(never());
    assert.match(pager.issues[0]?.message ?? '', /Page 2 came empty with 2 of 4 rows read; the list goes on/);
    await pager.loadMore(never());
    assert.deepEqual(
      pager.items.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    assert.equal(pager.hasMore, false);
  });

  it('stops after two empty pages in a row', async () => {
    const paging = { total_count: 4 };
    server.next(sessions(['a', 'b'], paging), sessions([], paging), sessions([], paging));
    const first = await list(undefined, 2);
    const second = await list(first.next);
    const third = await list(second.next);
    assert.equal(third.next, undefined);
    assert.match(third.issues[0]?.message ?? '', /the list ends here/);
  });

  it('stops at a page that repeats the one before', async () => {
    server.always(sessions(['a', 'b'], { total_count: 90 }));
    const first = await list(undefined, 2);
    const second = await list(first.next);
    assert.equal(second.next, undefined);
    assert.match(second.issues[0]?.message ?? '', /Page 2 repeats page 1/);
  });

  it('an empty list is a page without rows', async () => {
    server.always(sessions([], { total_count: 0, start_offset: 0, end_offset: 0 }));
    assert.deepEqual(await list(), { items: [], issues: [], total: 0 });
  });

  it('forgives a paging object that makes no sense', async () => {
    server.always(sessions(['a'], { total_count: 'many', end_offset: -3 }));
    const page = await list(undefined, 5);
    assert.equal(page.items.length, 1);
    assert.match(page.issues[0]?.path ?? '', /^paging\.total_count$/);
  });

  it('clamps the page size to 1..100', async () => {
    server.always(sessions([]));
    for (const size of [0, -4, 1000, 3.4, Number.NaN]) await list(undefined, size);
    assert.deepEqual(
      server.requests.map(({ query }) => query.get('per_page')),
      ['25', '1', '100', '3', '25'],
    );
  });

  it('refuses a cursor that it did not give out', async () => {
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const good = { page: 2, size: 25, seen: 25, longest: 25, empty: 0 };
    const bad = ['', 'x', '!!', forged(null), forged({ ...good, page: -1 }), forged({ ...good, size: 1e9 })];
    for (const cursor of [...bad, forged({ ...good, first: 3 }), forged({ ...good, page: '2' })]) {
      await assert.rejects(list(cursor), { kind: 'BadInput', field: 'cursor' });
    }
    assert.equal(server.requests.length, 0);
  });
});
