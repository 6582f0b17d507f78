import assert from 'node:assert/strict';
import type { Session } from '../../../src/core/model';
import type { Page } from '../../../src/core/page';
import { Pager } from '../../../src/core/page';
import type { CallProvider } from '../../../src/providers/contract';
import { type Recorded, ScriptedServer } from '../http/server';
import { connect, signal } from './connection';
import { row, T0 } from './rows';

const TOTAL = 1000;

/** Counters of an envelope for `count` rows of `all`, as different versions of the documentation mean them. */
const ENVELOPES: Record<string, (all: number, count: number, limit: number) => Record<string, number>> = {
  newer: (all, count, limit) => ({ totalcount: count, pagecount: Math.ceil(all / limit), totalrecords: all }),
  older: (all, count) => ({ totalcount: all, pagecount: count }),
  'of the page': (_all, count) => ({ totalcount: count, pagecount: count, totalrecords: count }),
  none: () => ({}),
};

describe('MediaMelon: a walk over 1000 rows while new ones arrive', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(() => server.stop());

  /** Newest first. `honest`: the period is applied, so that rows that came later are not among them. */
  function serve(envelope: (typeof ENVELOPES)[string], honest: boolean): void {
    const rows = Array.from({ length: TOTAL }, (_, n) => row(n)).reverse();
    let arrived = 0;
    server.always(({ query }: Recorded) => {
      const end = Number(/end=(\d+)/.exec(query.get('period') ?? '')?.[1]);
      const there = rows.filter(({ starttime }) => !honest || (starttime as number) <= end);
      const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
      const response = there.slice(offset, offset + limit);
      // Between two pages seven playbacks start.
      for (let n = 0; n < 7; n++) {
        arrived++;
        rows.unshift(row(TOTAL + arrived, { sessionid: `new-${arrived}`, viewstatus: 'RUNNING', endtime: 0 }));
      }
      return { body: { ...envelope(there.length, response.length, limit), response } };
    });
  }

  async function walk(provider: CallProvider): Promise<string[]> {
    const ids: string[] = [];
    let page: Page<Session> | undefined;
    do {
      // Up to the newest of the rows that are there at first.
      const range = { from: T0 * 1000, to: (T0 + (TOTAL - 1) * 60) * 1000 };
      page = await provider.listSessions({ ...range, cursor: page?.next, pageSize: 100 }, signal);
      ids.push(...page.items.map(({ id }) => id));
      assert.ok(server.requests.length <= 30, 'does not end');
    } while (page.next !== undefined);
    return ids;
  }

  for (const [name, envelope] of Object.entries(ENVELOPES)) {
    for (const honest of [true, false]) {
      it(`loses and doubles none: counters ${name}, period ${honest ? 'applied' : 'ignored'}`, async () => {
        serve(envelope, honest);
        const { provider } = await connect(server);
        const ids = await walk(provider);
        assert.equal(new Set(ids).size, ids.length, 'a row came twice');
        const old = ids.filter((id) => !id.startsWith('new-'));
        assert.deepEqual(
          old,
          Array.from({ length: TOTAL }, (_, n) => `session-${TOTAL - 1 - n}`),
        );
        const periods = new Set(server.requests.map(({ query }) => query.get('period')));
        assert.equal(periods.size, 1, 'the period is fixed with the first page');
      });
    }
  }

  it('can be walked by several at a time, and again from the beginning', async () => {
    serve(ENVELOPES.newer as (typeof ENVELOPES)[string], true);
    const { provider } = await connect(server);
    const read = (cursor: string | undefined) =>
      provider.listSessions({ from: T0 * 1000, to: (T0 + 59_940) * 1000, cursor, pageSize: 250 }, signal);
    const pagers = [new Pager<Session>(read), new Pager<Session>(read)];
    for (let page = 0; page < 4; page++) await Promise.all(pagers.map((pager) => pager.loadMore(signal)));
    await pagers[0]?.refresh(signal);
    for (const pager of pagers) {
      assert.deepEqual([pager.items.length, pager.hasMore, pager.total, pager.issues], [TOTAL, false, TOTAL, []]);
    }
  });
});
