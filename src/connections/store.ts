import * as l10n from '@vscode/l10n';
import { Emitter } from '../core/emitter';
import { CallError } from '../core/errors';
import type { Redactor } from '../core/redact';
import { type ConnectionRecord, readRecords, SAMPLE_RECORDS } from './record';

/** The part of VS Code's `Memento` that is needed. */
export interface StateStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The part of VS Code's `SecretStorage` that is needed. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  onDidChange(listener: (event: { key: string }) => void): { dispose(): void };
}

/** Secrets by field name. */
export type Secrets = Readonly<Record<string, string>>;

const LIST_KEY = 'peerscope.connections';
const SAMPLES_KEY = 'peerscope.openSamples';
const SECRET_PREFIX = 'peerscope.connection.';

/**
 * The user's connections: records in global state, secrets in SecretStorage under the connection's id.
 * A secret is never cached here, so a key that was changed in another window is used at the next request.
 */
export class ConnectionStore {
  readonly #changed = new Emitter<string>();
  readonly #renamed = new Emitter<string>();
  readonly #subscription: { dispose(): void };
  /** Secrets of a machine without a keyring: they live as long as the window. */
  readonly #thisWindow = new Map<string, Secrets>();
  /** What the storage held when it was last read or written here, to tell this window's own changes from others'. */
  readonly #lastSeen = new Map<string, string | undefined>();
  #writes: Promise<unknown> = Promise.resolve();

  /** Fires with the id of a connection that was added, changed, removed, or whose secret changed in any window. */
  readonly onDidChange = this.#changed.event;
  /** Fires with the id of a connection of which only the label changed. */
  readonly onDidRename = this.#renamed.event;

  constructor(
    readonly state: StateStore,
    readonly secretStore: SecretStore,
    readonly redactor: Redactor,
  ) {
    this.#subscription = secretStore.onDidChange(({ key }) => {
      if (key.startsWith(SECRET_PREFIX)) void this.#secretChanged(key.slice(SECRET_PREFIX.length));
    });
  }

  /** All connections in the order in which they were added; the samples last, as far as they are open. */
  list(): ConnectionRecord[] {
    const open = this.#openSamples();
    return [...readRecords(this.state.get(LIST_KEY)), ...SAMPLE_RECORDS.filter(({ id }) => open.includes(id))];
  }

  /** Rejects with `NotFound` when there is no such connection. */
  get(id: string): ConnectionRecord {
    const found = this.list().find((record) => record.id === id);
    if (!found)
      throw new CallError(
        'NotFound',
        l10n.t('There is no connection with the id "{0}". It may have been removed.', id),
      );
    return found;
  }

  /** Shows all sample connections. */
  openSamples(): Promise<void> {
    return this.#setOpenSamples(SAMPLE_RECORDS.map(({ id }) => id));
  }

  /**
   * Adds or replaces a connection. The secret goes first: when it cannot be kept nothing else changes, and the call
   * rejects with `Auth` and the `field` "secretStorage". `thisWindowOnly` keeps it in memory instead.
   */
  async save(record: ConnectionRecord, secrets: Secrets | undefined, thisWindowOnly = false): Promise<void> {
    const before = this.list().find(({ id }) => id === record.id);
    const { needsKey, ...rest } = record;
    const kept: ConnectionRecord = needsKey && !secrets ? record : rest;
    const sameAccount = before?.provider === record.provider && isSameSettings(before.settings, record.settings);
    if (secrets) await this.#keepSecrets(record.id, secrets, thisWindowOnly);
    await this.#write((list) => {
      const at = list.findIndex(({ id }) => id === record.id);
      return at < 0 ? [...list, kept] : list.with(at, kept);
    });
    if (sameAccount && !secrets) this.#renamed.fire(record.id);
    else this.#changed.fire(record.id);
  }

  /** Removes the connection and deletes its secret. A secret that cannot be deleted rejects; the record stays then. */
  async remove(id: string): Promise<void> {
    if (this.get(id).sample) return this.#setOpenSamples(this.#openSamples().filter((open) => open !== id));
    const windowOnly = this.#thisWindow.delete(id);
    this.#lastSeen.set(id, undefined);
    if (!windowOnly) await this.#guard(notDeleted, () => this.secretStore.delete(SECRET_PREFIX + id));
    await this.#write((list) => list.filter((record) => record.id !== id));
    this.#changed.fire(id);
  }

  /** The secrets of a connection, or undefined when there are none: never entered here, lost, or unreadable. */
  async secrets(id: string): Promise<Secrets | undefined> {
    const kept = this.#thisWindow.get(id);
    if (kept) return kept;
    const stored = await this.#guard(notRead, () => this.secretStore.get(SECRET_PREFIX + id));
    this.#lastSeen.set(id, stored);
    const secrets = stored === undefined ? undefined : parseSecrets(stored);
    for (const secret of Object.values(secrets ?? {})) this.redactor.add(secret);
    return secrets;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Tells of a secret that another window changed. A storage that cannot be read says so when the secret is needed. */
  async #secretChanged(id: string): Promise<void> {
    const before = this.#lastSeen.get(id);
    const known = this.#lastSeen.has(id);
    const now = await Promise.resolve(this.secretStore.get(SECRET_PREFIX + id)).catch(() => undefined);
    if (!known || now !== before) this.#changed.fire(id);
  }

  async #keepSecrets(id: string, secrets: Secrets, thisWindowOnly: boolean): Promise<void> {
    for (const secret of Object.values(secrets)) this.redactor.add(secret);
    if (thisWindowOnly) {
      this.#thisWindow.set(id, secrets);
      return;
    }
    const text = JSON.stringify(secrets);
    this.#lastSeen.set(id, text);
    await this.#guard(notKept, () => this.secretStore.store(SECRET_PREFIX + id, text));
    this.#thisWindow.delete(id);
  }

  #openSamples(): string[] {
    const stored = this.state.get(SAMPLES_KEY);
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  }

  async #setOpenSamples(open: readonly string[]): Promise<void> {
    const before = this.#openSamples();
    await this.state.update(SAMPLES_KEY, open);
    for (const { id } of SAMPLE_RECORDS) {
      if (before.includes(id) !== open.includes(id)) this.#changed.fire(id);
    }
  }

  /** Changes of the list one after the other, each on what the one before left. */
  #write(change: (list: ConnectionRecord[]) => ConnectionRecord[]): Promise<void> {
    const write = this.#writes.then(() => this.state.update(LIST_KEY, change(readRecords(this.state.get(LIST_KEY)))));
    this.#writes = write.catch(() => undefined);
    return write;
  }

  async #guard<T>(failed: (reason: string) => string, work: () => PromiseLike<T>): Promise<T> {
    try {
      return await work();
    } catch {
      const reason = l10n.t(
        'the secret storage of VS Code does not work on this machine. On Linux install and unlock a keyring (gnome-keyring or kwallet), then try again.',
      );
      // The storage's own error text may hold what it failed to store, so it is not passed on.
      throw new CallError('Auth', failed(reason), { field: 'secretStorage' });
    }
  }
}

const notDeleted = (reason: string) => l10n.t('The key could not be deleted: {0}', reason);
const notRead = (reason: string) => l10n.t('The key could not be read: {0}', reason);
const notKept = (reason: string) => l10n.t('The key could not be kept: {0}', reason);

/** Whether two connections of a provider have the same settings; one that is empty is as good as none. */
export function isSameSettings(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] || undefined) === (b[name] || undefined));
}

function parseSecrets(stored: string): Secrets | undefined {
  try {
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    const pairs = Object.entries(parsed).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
  } catch {
    return undefined;
  }
}
