import assert from 'node:assert/strict';
import { RecentLookUps } from '../../../src/lookup/recent';

function state(kept?: unknown) {
  let value = kept;
  return {
    get: () => value,
    update: async (_key: string, next: unknown) => {
      // As VS Code keeps it.
      value = JSON.parse(JSON.stringify(next));
    },
    kept: () => value,
  };
}

describe('recent look-ups', () => {
  const all = () => true;

  it('come back with the latest first, each once', async () => {
    const recent = new RecentLookUps(state());
    await recent.add({ connectionId: 'c', sessionId: 'a' }, 'A', 1);
    await recent.add({ connectionId: 'c', appId: 'x', sessionId: 'b', participantId: 'p' }, 'B', 2);
    await recent.add({ connectionId: 'c', sessionId: 'a', roomId: 'r' }, 'A again', 3);
    assert.deepEqual(recent.list(all), [
      { ref: { connectionId: 'c', sessionId: 'a', roomId: 'r' }, label: 'A again', at: 3 },
      { ref: { connectionId: 'c', appId: 'x', sessionId: 'b', participantId: 'p' }, label: 'B', at: 2 },
    ]);
  });

  it('are kept to twenty, and to connections that are there', async () => {
    const recent = new RecentLookUps(state());
    for (let index = 0; index < 30; index++) {
      await recent.add({ connectionId: index % 2 ? 'odd' : 'even', sessionId: `s${index}` }, 'x', index);
    }
    assert.equal(recent.list(all).length, 20);
    assert.equal(recent.list((id) => id === 'odd').length, 10);
  });

  it('keep ids and a label and nothing else', async () => {
    const store = state();
    const ref = { connectionId: 'c', sessionId: 's', name: 'Ann Example', apiToken: 'canary' };
    await new RecentLookUps(store).add(ref, 'x'.repeat(500), 1);
    assert.deepEqual(store.kept(), [{ ref: { connectionId: 'c', sessionId: 's' }, label: 'x'.repeat(100), at: 1 }]);
  });

  it('survive a state that was kept by something else', () => {
    for (const rubbish of [
      undefined,
      null,
      5,
      'x',
      {},
      [null, 1, {}, { ref: {}, label: 'x', at: 1 }, { ref: { connectionId: 'c', sessionId: 1 }, label: 'x', at: 1 }],
    ]) {
      assert.deepEqual(new RecentLookUps(state(rubbish)).list(all), []);
    }
  });
});
