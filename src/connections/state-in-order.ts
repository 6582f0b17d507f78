import type { StateStore } from './store';

/**
 * A state whose writes wait for one another. VS Code keeps all keys of an extension as one value and, after each write, puts
 * that value as it was written back in place: a write that begins before the former one has come back is undone by it.
 * What is being written is read back at once.
 */
export function inOrder(state: StateStore): StateStore {
  let last: Promise<unknown> = Promise.resolve();
  /** Values on their way, by key; the latest write of a key counts. */
  const pending = new Map<string, { value: unknown }>();
  return {
    get: (key) => {
      const written = pending.get(key);
      return written ? written.value : state.get(key);
    },
    update: (key, value) => {
      const written = { value };
      pending.set(key, written);
      const write = last
        .then(() => state.update(key, value))
        .finally(() => {
          if (pending.get(key) === written) pending.delete(key);
        });
      last = write.catch(() => undefined);
      return write;
    },
  };
}
