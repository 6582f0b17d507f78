import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { CallProvider, ConnectionValues, ProviderServices } from '../providers/contract';
import type { SampleService } from '../sample/index';
import type { ConnectionRecord } from './record';
import type { ConnectionStore } from './store';

/** What the pool hands on to every provider. */
export type SharedServices = Omit<ProviderServices, 'connectionId'>;

/**
 * One provider object for each connection, made on first use. HTTP client, schemas and the sample service are loaded
 * then and not before. A connection that changes gets a new one.
 */
export class ProviderPool {
  readonly #providers = new Map<string, Promise<CallProvider>>();
  readonly #subscription: { dispose(): void };
  #samples: Promise<SampleService> | undefined;
  #loaded = false;

  constructor(
    readonly store: ConnectionStore,
    readonly services: SharedServices,
  ) {
    this.#subscription = store.onDidChange((id) => this.#providers.delete(id));
  }

  /** The provider of a connection. Rejects with `NotFound`, or with `Auth` and `keyMissing` when its secret is gone. */
  provider(connectionId: string): Promise<CallProvider> {
    const known = this.#providers.get(connectionId);
    if (known) return known;
    const made = this.#make(this.store.get(connectionId));
    this.#providers.set(connectionId, made);
    // A failure is not kept: the key may be entered meanwhile.
    made.catch(() => {
      if (this.#providers.get(connectionId) === made) this.#providers.delete(connectionId);
    });
    return made;
  }

  /** A provider for values that are not saved, to check them. */
  async candidate(record: ConnectionRecord, secrets: Readonly<Record<string, string>>): Promise<CallProvider> {
    return this.#create(record, { settings: record.settings, secrets });
  }

  /** Stops the sample service and the report reader, where they were started. */
  async dispose(): Promise<void> {
    this.#subscription.dispose();
    this.#providers.clear();
    await Promise.allSettled([
      this.#samples?.then((service) => service.stop()),
      this.#loaded ? import('../providers/index').then((providers) => providers.disposeReportReader()) : undefined,
    ]);
  }

  async #make(record: ConnectionRecord): Promise<CallProvider> {
    return this.#create(record, record.sample ? await this.#sampleValues(record) : await this.#ownValues(record));
  }

  async #ownValues(record: ConnectionRecord): Promise<ConnectionValues> {
    const secrets = await this.store.secrets(record.id);
    if (!secrets) {
      throw new CallError('Auth', l10n.t('Key missing: enter it again.'), { keyMissing: true });
    }
    return { settings: record.settings, secrets };
  }

  async #sampleValues(record: ConnectionRecord): Promise<ConnectionValues> {
    this.#samples ??= import('../sample/index').then((sample) => sample.startSampleService());
    const started = this.#samples;
    started.catch(() => {
      if (this.#samples === started) this.#samples = undefined;
    });
    return (await started).valuesFor(record.id);
  }

  async #create(record: ConnectionRecord, values: ConnectionValues): Promise<CallProvider> {
    for (const secret of Object.values(values.secrets)) this.services.redactor.add(secret);
    this.#loaded = true;
    const { createProvider } = await import('../providers/index');
    return createProvider(record.provider, values, { ...this.services, connectionId: record.id });
  }
}
