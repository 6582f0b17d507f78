import type { SecretStore, StateStore } from '../../../src/connections/store';

/** Global state that keeps, as VS Code's does over a reload. */
export class KeptState implements StateStore {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return structuredClone(this.values.get(key));
  }

  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
  }
}

/** A keyring that keeps and is shared: every window sees what another one stores, after a moment. */
export class SharedKeyring {
  readonly values = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();
  broken = false;

  /** One window's view of the keyring. */
  window(): SecretStore {
    const fail = (): void => {
      if (this.broken) throw new Error('org.freedesktop.secrets: canary-in-keyring-error');
    };
    return {
      get: async (key) => {
        fail();
        return this.values.get(key);
      },
      store: async (key, value) => {
        fail();
        this.values.set(key, value);
        this.#tell(key);
      },
      delete: async (key) => {
        fail();
        this.values.delete(key);
        this.#tell(key);
      },
      onDidChange: (listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener({ key });
  }
}
