import assert from 'node:assert/strict';
import { readFilter } from '../../../src/commands/tree/filter-input';
import type { ConnectionRecord } from '../../../src/connections/record';
import { isCallError } from '../../../src/core/errors';
import type { CallProvider, RoomQuery, SessionQuery } from '../../../src/providers/contract';
import { describeFilter, hidesRows } from '../../../src/tree/filters';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;
const CONDITIONS = {
  dimensions: [{ name: 'country', values: ['US', 'Canada'] }],
  metrics: [{ name: 'latency', comparison: '>' as const, value: 3 }],
  orderBy: 'latency',
};

describe('MediaMelon in the tree', () => {
  const asked: (SessionQuery & RoomQuery)[] = [];
  const record: ConnectionRecord = {
    id: 'c1',
    provider: 'mediamelon',
    label: 'Playbacks',
    settings: { customerId: '1', periodHours: '6' },
  };
  const list = async (query: SessionQuery & RoomQuery) => {
    asked.push(query);
    return { items: [], issues: [] };
  };
  const provider = { capabilities: { sessions: {} }, listSessions: list, listRooms: list } as unknown as CallProvider;
  let model: CallTreeModel;
  let groups: CallNode[];
  beforeEach(async () => {
    asked.length = 0;
    model = new CallTreeModel(
      {
        records: () => [record],
        provider: async () => provider,
        settings: () => ({ pageSize: 25, sessionWindowDays: 7 }),
        log: () => undefined,
      },
      () => NOW,
    );
    const [connection] = await model.children();
    groups = await model.children(connection);
  });

  it('takes the length of its period from the connection, not from the setting of days', async () => {
    const recent = groups.find((node) => node.kind === 'group' && node.group === 'recent') as CallNode;
    await model.children(recent);
    assert.equal(asked[0]?.from, NOW - 6 * HOUR_MS);
    assert.equal(lookOf(recent, { now: NOW, sessionWindowDays: 7, period: '6 hours' }).description, '6 hours');
  });

  it('hands conditions to lists of sessions and of assets', async () => {
    for (const group of ['recent', 'live', 'rooms']) {
      const node = groups.find((one) => one.kind === 'group' && one.group === group);
      assert.ok(node?.kind === 'group');
      model.setFilter(node, { ...CONDITIONS, sortOrder: 'ascending', within: 'ended', anyStatus: true });
      await model.children(node);
      const query = asked.at(-1);
      assert.deepEqual(
        { dimensions: query?.dimensions, metrics: query?.metrics, orderBy: query?.orderBy },
        CONDITIONS,
        group,
      );
      assert.equal(query?.sortOrder, 'ascending', group);
      if (group !== 'rooms') assert.deepEqual([query.within, query.anyStatus], ['ended', true]);
    }
  });

  it('says that it is playback', () => {
    const context = { now: NOW, sessionWindowDays: 7, playback: true, period: '6 hours' };
    const [live, recent, rooms] = groups as [CallNode, CallNode, CallNode];
    assert.equal(lookOf(rooms, context).label, 'Assets');
    const empty = (parent: CallNode) => lookOf({ kind: 'empty', key: 'e', parent, filtered: false }, context).label;
    assert.equal(empty(live), 'Nothing is being played right now.');
    assert.match(empty(recent), /^Nothing was played in the last 6 hours\./);
    assert.match(empty(rooms), /"Period in hours"/);
  });

  it('says in a few words what a list is narrowed by', () => {
    assert.equal(
      describeFilter({ ...CONDITIONS, sortOrder: 'descending' }),
      'country is US or Canada · latency > 3 · by latency ↓',
    );
    assert.equal(describeFilter({ within: 'ended', anyStatus: true }), 'ended within · any status');
    assert.deepEqual(
      [
        {},
        { orderBy: 'latency' },
        { dimensions: [] },
        { metrics: CONDITIONS.metrics },
        { within: 'ended' as const },
      ].map(hidesRows),
      [false, false, false, true, true],
    );
  });

  it('takes the conditions as members of an argument, and nothing else for them', () => {
    const filter = { ...CONDITIONS, within: 'started', anyStatus: false };
    assert.deepEqual(readFilter({ connectionId: 'c1', ...filter }), filter);
    const wrong: [string, unknown][] = [
      ['dimensions', { name: 'country', values: ['US'] }],
      ['dimensions', [{ name: 'country', values: 'US' }]],
      ['dimensions', [null]],
      ['metrics', [{ name: 'latency', comparison: '>=', value: 3 }]],
      ['metrics', [{ name: 'latency', comparison: '>', value: '3' }]],
      ['orderBy', 3],
      ['within', 'now'],
      ['anyStatus', 1],
    ];
    for (const [name, value] of wrong) {
      assert.throws(
        () => readFilter({ [name]: value }),
        (error) => isCallError(error) && error.field === name,
        `${name} ${String(value)}`,
      );
    }
  });
});
