import assert from 'node:assert/strict';
import type { ConnectionRecord } from '../../../src/connections/record';
import type { Session } from '../../../src/core/model';
import type { CallProvider, SessionQuery } from '../../../src/providers/contract';
import { FilterStore } from '../../../src/tree/filter-store';
import { describeFilter, localFilter, passes } from '../../../src/tree/filters';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode, PagedNode } from '../../../src/tree/nodes';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 20, 10);

const session = (id: string, minutes: number, people: number, roomName = `Room ${id}`): Session => ({
  id,
  roomName,
  status: 'ended',
  startedAt: T0,
  endedAt: T0 + minutes * MINUTE,
  maxConcurrentParticipants: people,
});

function store() {
  let kept: unknown;
  return {
    get: () => kept,
    update: async (_key: string, value: unknown) => {
      kept = JSON.parse(JSON.stringify(value));
    },
    set: (value: unknown) => {
      kept = value;
    },
  };
}

/** A tree of one connection whose recent sessions come two a page. */
function setUp(can: { search: boolean; participantCount: boolean }, state = store()) {
  const queries: SessionQuery[] = [];
  const rows = [session('a', 5, 2), session('b', 30, 6, 'Stand-up'), session('c', 31, 2), session('d', 2, 9)];
  const provider = {
    capabilities: { sessions: { ...can } },
    async listSessions(query: SessionQuery) {
      queries.push(query);
      const from = Number(query.cursor ?? 0);
      return { items: rows.slice(from, from + 2), total: 4, issues: [], ...(from < 2 && { next: '2' }) };
    },
  } as unknown as CallProvider;
  const record: ConnectionRecord = { id: 'c1', provider: '100ms', label: 'Test', settings: {} };
  const model = new CallTreeModel(
    {
      records: () => [record],
      provider: async () => provider,
      settings: () => ({ pageSize: 2, sessionWindowDays: 7 }),
      log: () => undefined,
      filters: new FilterStore(state),
    },
    () => T0,
  );
  const recent = () => model.findList({ connectionId: 'c1' }) as PagedNode;
  const names = async () =>
    (await model.children(recent())).map((row: CallNode) => (row.kind === 'session' ? row.session.id : row.kind));
  return { model, queries, recent, names, state };
}

describe('filters of sessions', () => {
  it('go to the provider as far as it can, and cover loaded rows beyond that', async () => {
    const { model, queries, recent, names } = setUp({ search: true, participantCount: true });
    model.setFilter(recent(), { search: 'x', minParticipants: 3, minMinutes: 10 });
    assert.deepEqual(await names(), ['b', 'loadMore']);
    assert.equal(queries[0]?.search, 'x');
    assert.equal(queries[0].participants?.min, 3);
    assert.ok(!('minMinutes' in queries[0]));
    assert.deepEqual(model.localFilter(recent()), { minMinutes: 10 });
    const more = (await model.children(recent())).at(-1);
    assert.ok(more?.kind === 'loadMore');
    assert.deepEqual([more.shown, more.hidden, more.total], [2, 1, 4]);
    await model.loadMore(recent());
    assert.deepEqual(await names(), ['b', 'c']);
  });

  it('are done here where the provider cannot, and ask it for nothing that it would refuse', async () => {
    const { model, queries, recent, names } = setUp({ search: false, participantCount: false });
    model.setFilter(recent(), { search: 'STAND', minParticipants: 3 });
    assert.deepEqual(await names(), ['b', 'loadMore']);
    assert.deepEqual([queries[0]?.search, queries[0]?.participants], [undefined, undefined]);
    model.setFilter(recent(), { search: 'nowhere' });
    await names();
    await model.loadMore(recent());
    assert.deepEqual(await names(), ['empty']);
  });

  it('say which part covers loaded rows only', () => {
    const filter = { search: 'stand', minParticipants: 3, minMinutes: 10 };
    const can = { search: true, participantCount: false } as never;
    assert.equal(
      describeFilter(filter, localFilter(filter, can)),
      '"stand" · at least 3 people (loaded rows only) · at least 10 min (loaded rows only)',
    );
    assert.equal(
      localFilter({ search: 'x', minParticipants: 2 }, { search: true, participantCount: true } as never),
      undefined,
    );
  });

  it('hide nothing of which they know nothing', () => {
    const bare: Session = { id: 's', status: 'ended' };
    assert.ok(passes(bare, { minMinutes: 10, minParticipants: 3 }, T0));
    assert.ok(!passes({ ...bare, startedAt: T0, endedAt: T0 + MINUTE }, { minMinutes: 10 }, T0));
    assert.ok(passes({ ...bare, status: 'live', startedAt: T0 }, { minMinutes: 10 }, T0 + 11 * MINUTE));
  });

  it('are kept for their connection over a reload, until they are cleared or the connection is gone', async () => {
    const first = setUp({ search: true, participantCount: true });
    first.model.setFilter(first.recent(), { minMinutes: 10 });
    const second = setUp({ search: true, participantCount: true }, first.state);
    assert.deepEqual(second.model.filter(second.recent()), { minMinutes: 10 });
    assert.deepEqual(await second.names(), ['b', 'loadMore']);
    second.model.setFilter(second.recent(), undefined);
    const third = setUp({ search: true, participantCount: true }, first.state);
    assert.equal(third.model.filter(third.recent()), undefined);
    third.model.setFilter(third.recent(), { search: 'x' });
    await new FilterStore(third.state).forget('c1');
    const fourth = setUp({ search: true, participantCount: true }, third.state);
    assert.equal(fourth.model.filter(fourth.recent()), undefined);
  });

  it('that cannot be read are none', () => {
    const state = store();
    const filters = new FilterStore(state);
    for (const rubbish of [
      5,
      [],
      { c1: 5 },
      { c1: { l: 5 } },
      { c1: { l: { metrics: 'x' } } },
      { c1: { l: { from: {} } } },
    ]) {
      state.set(rubbish);
      assert.equal(filters.get('c1', 'l'), undefined);
    }
  });
});
