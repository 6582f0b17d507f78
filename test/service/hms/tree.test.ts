import assert from 'node:assert/strict';
import type { ConnectionRecord } from '../../../src/connections/record';
import { disposeReportReader } from '../../../src/providers/index';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode, GroupName } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { tooltipOf } from '../../../src/tree/tooltip';
import { openSample } from './connection';

const NOW = Date.now();

describe('100ms in the tree', () => {
  let sample: Awaited<ReturnType<typeof openSample>>;
  let model: CallTreeModel;
  before(async () => {
    sample = await openSample(NOW);
  });
  after(async () => {
    await sample.stop();
    await disposeReportReader();
  });
  beforeEach(() => {
    const record: ConnectionRecord = { id: 'c1', provider: '100ms', label: 'Test', settings: {} };
    model = new CallTreeModel({
      records: () => [record],
      provider: async () => sample.provider,
      settings: () => ({ pageSize: 25, sessionWindowDays: 7 }),
      log: () => undefined,
    });
    sample.requests.length = 0;
  });
  const group = async (name: GroupName): Promise<CallNode> => {
    const [connection] = await model.children();
    const groups = await model.children(connection);
    return groups.find((node) => node.kind === 'group' && node.group === name) as CallNode;
  };
  const look = (node: CallNode) => lookOf(node, { now: NOW, sessionWindowDays: 7 });
  /** The requests since the last time, by path and what tells the two lists apart. */
  const asked = () =>
    sample.requests.splice(0).map((path) => /\/v2(\/[^?]*(?:\?(?:active|enabled)=\w+)?)/.exec(path)?.[1]);

  it('costs one request for recent sessions and for more of them, none for their people', async () => {
    const recent = await group('recent');
    assert.deepEqual(asked(), []);
    const rows = await model.children(recent);
    assert.deepEqual(asked(), ['/sessions?active=false']);
    assert.equal(rows.at(-1)?.kind, 'loadMore');
    assert.equal(look(rows.at(-1) as CallNode).description, '25 shown', 'no total is known');
    await model.loadMore(recent);
    assert.deepEqual(asked(), ['/sessions?active=false']);
    for (const session of rows.slice(0, 5)) {
      const people = await model.children(session);
      assert.ok(people.every(({ kind }) => kind === 'participant'));
      assert.match(tooltipOf(session, NOW) ?? '', /Duration: [\s\S]*Participant\\-minutes: /);
    }
    assert.deepEqual(asked(), []);
    model.refresh(rows[0]);
    await model.children(rows[0]);
    assert.equal(asked().length, 1, 'asked for');
  });

  it('costs one request for live sessions and one for who is in a room', async () => {
    const live = await group('live');
    const [session] = await model.children(live);
    assert.deepEqual(asked(), ['/sessions?active=true']);
    assert.match(look(session as CallNode).description ?? '', /^live/);
    const people = await model.children(session);
    assert.match(asked().join(), /^\/active-rooms\/\w+\/peers$/);
    assert.ok(people.some((node) => (look(node).description ?? '').includes('here now')));
  });

  it('shows enabled rooms first, and the live session of a room with its ended ones', async () => {
    const rooms = await group('rooms');
    const rows = await model.children(rooms);
    assert.deepEqual(asked(), ['/rooms?enabled=true']);
    const desk = rows.filter((node) => look(node).label.startsWith('Live support desk'));
    const sessions = (await Promise.all(desk.map((node) => model.children(node)))).flat();
    assert.ok(sessions.some((node) => look(node).contextValue === 'session+live'));
    assert.ok(sessions.some((node) => look(node).contextValue === 'session'));
    assert.equal(asked().length, 2 * desk.length);
    assert.ok(
      sessions.every((node) => node.kind !== 'session' || node.session.roomName?.startsWith('Live support desk')),
    );
  });
});
