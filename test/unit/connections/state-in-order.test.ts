import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { inOrder } from '../../../src/connections/state-in-order';
import type { StateStore } from '../../../src/connections/store';

/** VS Code's: all keys are one value, sent a moment after a write, which comes back as it was sent and takes its place. */
function echoing(): StateStore {
  let value: Record<string, unknown> = {};
  return {
    get: (key) => value[key],
    update: async (key, next) => {
      value[key] = next;
      await wait(1);
      const sent = structuredClone(value);
      await wait(5);
      value = sent;
    },
  };
}

/** Sets a, then b while a is on its way, then adds to b. */
async function walk(state: StateStore): Promise<unknown> {
  const first = state.update('a', 1);
  await wait(3);
  const second = state.update('b', ['x']);
  await first;
  await state.update('b', [...((state.get('b') as string[] | undefined) ?? []), 'y']);
  await second;
  return state.get('b');
}

describe('a state whose writes wait for one another', () => {
  it('loses nothing where VS Code’s own would', async () => {
    assert.deepEqual(await walk(inOrder(echoing())), ['x', 'y']);
  });

  it('reads back what is on its way, the latest first', async () => {
    const state = inOrder(echoing());
    const writes = [state.update('a', 1), state.update('a', 2), state.update('b', undefined)];
    assert.deepEqual([state.get('a'), state.get('b')], [2, undefined]);
    await Promise.all(writes);
    assert.equal(state.get('a'), 2);
  });

  it('goes on after a write that failed, which is told to whoever made it', async () => {
    let fails = true;
    const kept = new Map<string, unknown>();
    const state = inOrder({
      get: (key) => kept.get(key),
      update: async (key, value) => {
        if (fails) throw new Error('full');
        kept.set(key, value);
      },
    });
    await assert.rejects(async () => state.update('a', 1), /full/);
    assert.equal(state.get('a'), undefined, 'what is not kept is not read');
    fails = false;
    await state.update('a', 2);
    assert.equal(state.get('a'), 2);
  });
});
