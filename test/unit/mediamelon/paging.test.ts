import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { Answer } from '../../../src/providers/mediamelon/answer';
import type { Row } from '../../../src/providers/mediamelon/cells';
import { beginning, readCursor, toRowPage, Walks } from '../../../src/providers/mediamelon/paging';

const PERIOD = { start: 1_700_000_000_000, end: 1_700_086_400_000 };
const idOf = (row: Row) => row.cells.get('sessionid') as string | undefined;
const rowsOf = (ids: readonly string[]): Row[] =>
  ids.map((id, index) => ({ cells: new Map([['sessionid', id]]), path: `response[${index}]` }));
const all = Array.from({ length: 1000 }, (_, index) => `s${index}`);

type Counters = (all: number, count: number) => Partial<Answer>;

/** Every meaning that versions of the documentation and their examples give the counters. */
const MEANINGS: Record<string, Counters> = {
  'totalrecords all, totalcount of this answer': (total, count) => ({ totalrecords: total, totalcount: count }),
  'totalcount all, no totalrecords': (total) => ({ totalcount: total }),
  'all counters all': (total) => ({ totalrecords: total, totalcount: total }),
  'both of this answer': (_total, count) => ({ totalrecords: count, totalcount: count }),
  'totalcount of this answer, no totalrecords': (_total, count) => ({ totalcount: count }),
  zero: () => ({ totalrecords: 0, totalcount: 0 }),
  none: () => ({}),
};

/** Walks a list to its end: what came, and how many requests it took. */
function walk(serve: (offset: number, limit: number) => string[], counters: Counters, limit = 100) {
  const walks = new Walks();
  const seen: string[] = [];
  const issues: string[] = [];
  let at = beginning(PERIOD, limit);
  for (let requests = 1; ; requests++) {
    assert.ok(requests <= 1200, 'does not end');
    const ids = serve(at.offset, at.limit);
    const answer = { rows: rowsOf(ids), count: ids.length, issues: [], ...counters(all.length, ids.length) };
    const page = toRowPage(answer, at, walks, idOf);
    seen.push(...page.rows.map((row) => idOf(row) as string));
    issues.push(...page.issues.map(({ message }) => message));
    if (page.next === undefined) return { seen, issues, requests };
    at = readCursor(page.next);
    assert.deepEqual({ start: at.start, end: at.end }, PERIOD);
  }
}

describe('MediaMelon: paging', () => {
  for (const [name, counters] of Object.entries(MEANINGS)) {
    it(`reads 1000 rows once each, whatever the counters mean: ${name}`, () => {
      const { seen, requests } = walk((offset, limit) => all.slice(offset, offset + limit), counters);
      assert.deepEqual(seen, all);
      assert.ok(requests <= 11, `${requests} requests`);
    });
  }

  it('goes on by the rows that came where the server gives fewer than asked for', () => {
    const { seen } = walk((offset) => all.slice(offset, offset + 30), MEANINGS['all counters all'] as Counters);
    assert.deepEqual(seen, all);
  });

  it('ends where a server ignores the offset', () => {
    const { seen, issues, requests } = walk(() => all.slice(0, 100), MEANINGS['all counters all'] as Counters);
    assert.deepEqual([seen.length, requests], [100, 2]);
    assert.match(issues.join(), /those that came before/);
  });

  it('ends where a server takes the offset for a page number', () => {
    const pageNumber = (offset: number, limit: number) => all.slice(offset * limit, (offset + 1) * limit);
    const { issues, requests } = walk(pageNumber, MEANINGS['all counters all'] as Counters);
    assert.equal(requests, 2);
    assert.match(issues.join(), /No rows came from 100 on/);
  });

  it('drops rows that come again and keeps those without an id', () => {
    const walks = new Walks();
    const first = beginning(PERIOD, 3);
    const nameless: Row = { cells: new Map(), path: 'response[2]' };
    const page = toRowPage({ rows: [...rowsOf(['a', 'b']), nameless], count: 3, issues: [] }, first, walks, idOf);
    const second = readCursor(page.next as string);
    const answer = () => ({ rows: [...rowsOf(['b', 'c', 'c']), nameless], count: 4, issues: [] });
    const ids = () => toRowPage(answer(), second, walks, idOf).rows.map(idOf);
    assert.deepEqual(ids(), ['c', undefined]);
    assert.deepEqual(ids(), ['c', undefined], 'the same page asked for again is the same page');
  });

  it('refuses cursors that are not its own', () => {
    const good = { ...beginning(PERIOD, 25), offset: 25 };
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    assert.deepEqual(readCursor(cursor(good)), good);
    for (const bad of [
      { ...good, offset: -1 },
      { ...good, end: 0 },
      { ...good, limit: 1e9 },
      { ...good, walk: 1 },
      null,
      'x',
    ]) {
      assert.throws(
        () => readCursor(cursor(bad)),
        (error) => isCallError(error) && error.field === 'cursor',
      );
    }
    assert.throws(
      () => readCursor('%'),
      (error) => isCallError(error) && error.kind === 'BadInput',
    );
  });

  it('clamps the page size', () => {
    assert.deepEqual(
      [undefined, 0, 7.4, 5000, Number.NaN].map((size) => beginning(PERIOD, size).limit),
      [25, 25, 7, 1000, 25],
    );
  });
});
