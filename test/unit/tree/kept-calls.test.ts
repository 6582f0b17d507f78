import assert from 'node:assert/strict';
import { KeptCalls } from '../../../src/connections/kept-calls';
import type { ConnectionRecord } from '../../../src/connections/record';
import { CallTreeModel } from '../../../src/tree/model';
import { lookOf } from '../../../src/tree/present';

function setUp(gone: readonly string[] = []) {
  const kept = new Map<string, unknown>();
  const state = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => {
      // As VS Code keeps it.
      kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
  const connections = new Set(['c1', 'c2']);
  for (const id of gone) connections.delete(id);
  const calls = new KeptCalls(state, (id) => connections.has(id));
  return { kept, state, connections, calls };
}

const ref = (sessionId: string, connectionId = 'c1') => ({ connectionId, appId: 'a', sessionId });
const labels = (calls: readonly { label: string }[]) => calls.map(({ label }) => label);

describe('kept calls', () => {
  it('are starred once each, and taken away', async () => {
    const { calls } = setUp();
    await calls.addFavorite(ref('s1'), 'One');
    await calls.addFavorite(ref('s2', 'c2'), 'Two');
    await calls.addFavorite(ref('s1'), 'One, renamed');
    assert.deepEqual(labels(calls.favorites()), ['One, renamed', 'Two']);
    assert.ok(calls.isFavorite(ref('s1')) && !calls.isFavorite(ref('s1', 'c2')));
    await calls.removeFavorite(ref('s1'));
    assert.deepEqual(labels(calls.favorites()), ['Two']);
  });

  it('that were opened come latest first, each once, the oldest go', async () => {
    const { calls } = setUp();
    for (let index = 0; index < 20; index++) await calls.opened(ref(`s${index}`), `${index}`);
    await calls.opened(ref('s10'), '10 again');
    const found = labels(calls.recent());
    assert.equal(found.length, 15);
    assert.deepEqual(found.slice(0, 3), ['10 again', '19', '18']);
    await calls.removeRecent(ref('s19'));
    assert.deepEqual(labels(calls.recent()).slice(0, 2), ['10 again', '18']);
  });

  it('lose nothing when many are added at once', async () => {
    const { calls } = setUp();
    await Promise.all(Array.from({ length: 10 }, (_, index) => calls.addFavorite(ref(`s${index}`), `${index}`)));
    assert.equal(calls.favorites().length, 10);
  });

  it('go with their connection', async () => {
    const { calls, kept, connections } = setUp();
    await calls.addFavorite(ref('s1'), 'One');
    await calls.opened(ref('s2', 'c2'), 'Two');
    connections.delete('c2');
    assert.deepEqual(labels(calls.recent()), []);
    await calls.clean();
    assert.ok(!JSON.stringify([...kept]).includes('c2'));
    assert.deepEqual(labels(calls.favorites()), ['One']);
  });

  it('are ids and a label and nothing else, whatever is kept or given', async () => {
    const { calls, kept } = setUp();
    await calls.addFavorite({ ...ref('s1'), apiToken: 'secret' } as never, 'x'.repeat(500));
    assert.deepEqual(kept.get('peerscope.favorites'), [{ ref: ref('s1'), label: 'x'.repeat(120) }]);
    for (const rubbish of [undefined, null, 5, 'x', {}, [null, 3, {}, { label: 'x' }, { label: 'x', ref: {} }]]) {
      kept.set('peerscope.favorites', rubbish);
      assert.deepEqual(calls.favorites(), []);
    }
  });
});

describe('kept calls in the tree', () => {
  const record: ConnectionRecord = { id: 'c1', provider: 'realtimekit', label: 'Acme', settings: {} };

  it('stand above and below the connections, and nowhere where there are none', async () => {
    const { calls } = setUp();
    const model = new CallTreeModel({
      records: () => [record],
      provider: () => Promise.reject(new Error('Nothing is asked.')),
      settings: () => ({ pageSize: 25, sessionWindowDays: 7 }),
      log: () => undefined,
      kept: calls,
    });
    const kinds = async () => (await model.children()).map(({ kind }) => kind);
    assert.deepEqual(await kinds(), ['connection']);
    await calls.opened(ref('s1'), 'One · 20 Nov, 10:42');
    assert.deepEqual(await kinds(), ['connection', 'section']);
    await calls.addFavorite(ref('s1'), 'One · 20 Nov, 10:42');
    assert.deepEqual(await kinds(), ['section', 'connection', 'section']);
    const [favorites, , recent] = await model.children();
    const context = { now: 0, sessionWindowDays: 7, where: 'RealtimeKit · Acme' };
    const looks = await Promise.all(
      [favorites, recent].map(async (section) => {
        const [row] = await model.children(section);
        assert.ok(row?.kind === 'keptCall');
        return lookOf(row, context);
      }),
    );
    assert.deepEqual(
      looks.map(({ label, description, contextValue, icon }) => [label, description, contextValue, icon]),
      [
        ['One · 20 Nov, 10:42', 'RealtimeKit · Acme', 'keptCall+favorite', 'star-full'],
        ['One · 20 Nov, 10:42', 'RealtimeKit · Acme', 'keptCall+favorite+recent', 'star-full'],
      ],
    );
  });
});
