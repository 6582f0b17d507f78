import assert from 'node:assert/strict';
import type { ConnectionRecord } from '../../../src/connections/record';
import type { CallProvider } from '../../../src/providers/contract';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode, PagedNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { tooltipOf } from '../../../src/tree/tooltip';
import { ScriptedServer } from '../http/server';
import { connect, openSample } from './connection';

const RECORD: ConnectionRecord = { id: 'c1', provider: 'whereby', label: 'Test', settings: {} };

function treeOf(provider: CallProvider, pageSize = 5): CallTreeModel {
  return new CallTreeModel({
    records: () => [RECORD],
    provider: async () => provider,
    settings: () => ({ pageSize, sessionWindowDays: 7 }),
    log: () => undefined,
  });
}

const text = (node: CallNode): string => {
  const { label, description } = lookOf(node, { now: Date.now(), sessionWindowDays: 7 });
  return description ? `${label} | ${description}` : label;
};

describe('Whereby in the tree', () => {
  let sample: Awaited<ReturnType<typeof openSample>>;
  before(async () => {
    sample = await openSample(Date.now());
  });
  after(() => sample.stop());

  const groups = async (tree: CallTreeModel) => {
    const [connection] = await tree.children();
    return tree.children(connection);
  };
  const group = async (tree: CallTreeModel, name: string): Promise<PagedNode> => {
    const found = (await groups(tree)).find((node) => node.kind === 'group' && node.group === name);
    return found as PagedNode;
  };

  it('has recent sessions and rooms, and no list of live calls', async () => {
    const tree = treeOf(sample.provider);
    assert.deepEqual(
      (await groups(tree)).map((node) => lookOf(node, { now: 0, sessionWindowDays: 7 }).label),
      ['Recent sessions', 'Rooms'],
    );
    assert.equal(sample.requests.length, 0);
  });

  it('opens rooms, sessions and participants with a request each, and none when opened again', async () => {
    sample.requests.length = 0;
    const tree = treeOf(sample.provider);
    const rooms = await group(tree, 'rooms');
    tree.setFilter(rooms, { search: '/stand-up', searchMode: 'exact' });
    const [room] = await tree.children(rooms);
    assert.match(text(room as CallNode), /^\/stand-up \| created /);
    assert.match(tooltipOf(room as CallNode, Date.now()) ?? '', /Streamer\\-minutes: 0/, 'totals of zero are shown');
    const [session] = await tree.children(room);
    assert.match(text(session as CallNode), /min · \d people$/);
    const people = await tree.children(session);
    assert.ok(people.length >= 2);
    assert.match(text(people[0] as CallNode), /^Host \| .*host$/);
    await tree.children(room);
    await tree.children(session);
    assert.deepEqual(
      sample.requests.map((path) => path.replace(/^.*insights\/|\?.*$/g, '')),
      ['rooms', 'room-sessions', 'participants'],
    );
  });

  it('filters recent sessions by a person', async () => {
    const tree = treeOf(sample.provider);
    const recent = await group(tree, 'recent');
    tree.setFilter(recent, { personId: 'user-300' });
    const rows = await tree.children(recent);
    assert.ok(rows.some((node) => node.kind === 'session'));
    assert.match(tooltipOf(rows[0] as CallNode, Date.now()) ?? '', /The person joined/);
    assert.match(
      lookOf(recent, { now: 0, sessionWindowDays: 7, filter: tree.filter(recent) }).description ?? '',
      /person "user-300"/,
    );
  });

  it('shows how long to wait when the points are used up', async () => {
    const server = new ScriptedServer();
    await server.start();
    try {
      server.always({ status: 429, body: { error: 'Rate limit active', data: { msLeft: 38_689 } } });
      const { provider } = await connect(server);
      const tree = treeOf(provider);
      const [row] = await tree.children(await group(tree, 'rooms'));
      assert.match(text(row as CallNode), /^Too many requests \| Wait 39 s\. /);
    } finally {
      await server.stop();
    }
  });
});
