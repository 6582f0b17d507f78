import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ProviderPool } from '../../src/connections/providers';
import type { ConnectionRecord } from '../../src/connections/record';
import { ConnectionStore } from '../../src/connections/store';
import type { ParticipantRef, ProviderId } from '../../src/core/ids';
import { Redactor } from '../../src/core/redact';
import { ReportHost } from '../../src/panel/report-host';
import { SessionHost } from '../../src/panel/session-host';
import type { ToWebview } from '../../src/protocol/messages';
import type { ToSessionPage } from '../../src/protocol/session-messages';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type SampleService, startSampleService } from '../../src/sample/index';
import { CallTreeModel } from '../../src/tree/model';
import type { CallNode, PagedNode } from '../../src/tree/nodes';
import { DIST } from '../paths';
import { KeptState, SharedKeyring } from '../unit/connections/stores';
import { FaultProxy } from './fault-proxy';

/** The connections of a rig: one through the proxy, one past it. */
export type Way = 'through' | 'past';

/** Levels of the tree whose rows are read from a provider. */
export type Level = 'apps' | 'live' | 'recent' | 'rooms' | 'sessions of a room' | 'people';

/**
 * The extension's own store, pool, tree and pages for one provider, with two connections to a sample service: one through
 * a {@link FaultProxy}, one past it.
 */
export class Rig {
  readonly store: ConnectionStore;
  readonly pool: ProviderPool;
  readonly model: CallTreeModel;
  readonly lines: string[] = [];
  /** Of the connection through the proxy. */
  timeoutMs = 30_000;
  readonly #calm: ProviderPool;
  readonly #levels = new Map<string, PagedNode>();
  #record!: ConnectionRecord;
  participant!: ParticipantRef;

  private constructor(
    readonly provider: ProviderId,
    readonly service: SampleService,
    readonly proxy: FaultProxy,
  ) {
    const redactor = new Redactor();
    const log = (level: string, line: string) => this.lines.push(`${level} ${line}`);
    this.store = new ConnectionStore(new KeptState(), new SharedKeyring().window(), redactor);
    const services = { redactor, log, backOffMs: 1, reportWorkerPath: join(DIST, 'report-worker.js') };
    this.pool = new ProviderPool(this.store, { ...services, timeoutMs: () => this.timeoutMs });
    this.#calm = new ProviderPool(this.store, { ...services, timeoutMs: () => 30_000 });
    this.model = new CallTreeModel({
      records: () => this.store.list(),
      provider: (id) => (id === 'past' ? this.#calm : this.pool).provider(id),
      settings: () => ({ pageSize: 5, sessionWindowDays: 7 }),
      log,
    });
  }

  /** Starts service and proxy, and walks to every level once so that all are known. */
  static async open(provider: ProviderId): Promise<Rig> {
    const now = Date.now();
    const service = await startSampleService({ now: () => now });
    const { id } = SAMPLE_CONNECTIONS.find((sample) => sample.provider === provider) ?? assert.fail(provider);
    const { settings, secrets } = service.valuesFor(id);
    const origin = new URL(settings.baseUrl ?? '').origin;
    const proxy = new FaultProxy(origin);
    await proxy.start();
    const rig = new Rig(provider, service, proxy);
    rig.#record = { id: 'past', provider, label: 'Past the proxy', settings };
    await rig.store.save(rig.#record, secrets);
    await rig.store.save({ ...rig.#record, id: 'through', label: 'Through' }, secrets);
    await rig.pointTo(proxy.origin);
    try {
      for (const way of ['past', 'through'] as const) await rig.#walk(way);
    } catch (error) {
      await rig.stop();
      throw error;
    }
    return rig;
  }

  /** The origin that the connection through the proxy asks from now on. */
  async pointTo(origin: string): Promise<void> {
    const { settings } = this.#record;
    const baseUrl = `${origin}${new URL(settings.baseUrl ?? '').pathname}`;
    await this.store.save({ ...this.#record, id: 'through', settings: { ...settings, baseUrl } }, undefined);
  }

  /** Every level that the provider has, from the top. */
  get levels(): Level[] {
    return [...this.#levels.keys()].flatMap((key) => (key.startsWith('past ') ? [key.slice(5) as Level] : []));
  }

  node(way: Way, level: Level): PagedNode {
    return this.#levels.get(`${way} ${level}`) ?? assert.fail(`${this.provider} has no level ${level}`);
  }

  /** A report page and what it was sent. */
  reportPage() {
    const posted: ToWebview[] = [];
    const host = new ReportHost(
      {
        loadReport: async (ref, signal) => {
          const provider = await this.pool.provider(ref.connectionId);
          return { result: await provider.getReport(ref, signal), connectionLabel: 'Through' };
        },
        liveRefreshSeconds: () => 0,
        log: (level, line) => this.lines.push(`${level} ${line}`),
        runCommand: async () => undefined,
      },
      {
        post: (message) => posted.push(message),
        setTitle: () => undefined,
        togglePin: () => undefined,
        copyText: async () => undefined,
        saveImage: async () => false,
      },
    );
    host.receive({ v: 1, type: 'ready', client: 'page' });
    return { host, posted };
  }

  /** A session page and what it was sent. */
  sessionPage() {
    const posted: ToSessionPage[] = [];
    const host = new SessionHost(
      {
        provider: ({ connectionId }) => this.pool.provider(connectionId),
        known: () => ({}),
        dashboardUrl: () => undefined,
        liveRefreshSeconds: () => 0,
        diagnose: async () => ({ thin: true, findings: [], notEvaluated: [] }),
        log: (level, line) => this.lines.push(`${level} ${line}`),
        runCommand: async () => undefined,
      },
      {
        post: (message) => posted.push(message),
        setTitle: () => undefined,
        togglePin: () => undefined,
        copyText: async () => undefined,
        openExternal: async () => undefined,
      },
    );
    host.receive({ v: 1, type: 'ready' });
    return { host, posted };
  }

  async stop(): Promise<void> {
    await Promise.all([this.pool.dispose(), this.#calm.dispose()]);
    await this.proxy.stop();
    await this.service.stop();
  }

  async #walk(way: Way): Promise<void> {
    const keep = (level: Level, node: CallNode | undefined): PagedNode => {
      assert.ok(node, `${this.provider}: ${level}`);
      this.#levels.set(`${way} ${level}`, node as PagedNode);
      return node as PagedNode;
    };
    const [top] = await this.model.children();
    const rows = await this.model.children(top);
    let parent = rows.find((row) => row.kind === 'connection' && row.record.id === way);
    if (this.provider === 'realtimekit') {
      keep('apps', parent);
      parent = (await this.model.children(parent)).find((row) => row.kind === 'app');
    }
    for (const row of await this.model.children(parent)) {
      if (row.kind !== 'group') continue;
      keep(row.group, row);
      const below = await this.model.children(row);
      if (row.group === 'rooms') {
        const room = below.find((one) => one.kind === 'room');
        await this.model.children(keep('sessions of a room', room));
      }
      if (row.group === 'recent') {
        const { session, participant } = await this.#readable(row, below);
        keep('people', session);
        if (way === 'through') this.participant = participant;
      }
    }
  }

  /** The first session of a list that is over and whose first person has a report, on whatever page it stands. */
  async #readable(
    list: CallNode,
    rows: readonly CallNode[],
  ): Promise<{ session: CallNode; participant: ParticipantRef }> {
    for (const session of rows) {
      if (session.kind !== 'session' || session.session.status !== 'ended') continue;
      const person = (await this.model.children(session)).find((one) => one.kind === 'participant');
      if (person?.kind !== 'participant') continue;
      const provider = await this.#calm.provider(person.ref.connectionId);
      const readable = await provider.getReport(person.ref, new AbortController().signal).then(
        () => true,
        () => false,
      );
      if (readable) return { session, participant: person.ref };
    }
    assert.ok(
      rows.some(({ kind }) => kind === 'loadMore'),
      `${this.provider}: a session with a report`,
    );
    await this.model.loadMore(list);
    return this.#readable(list, await this.model.children(list));
  }
}

/** A rig for each provider. Those that were opened are stopped when one cannot be. */
export async function openRigs(providers: readonly ProviderId[]): Promise<Rig[]> {
  const opened = await Promise.allSettled(providers.map((provider) => Rig.open(provider)));
  const rigs = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (!failed) return rigs;
  await Promise.all(rigs.map((rig) => rig.stop()));
  throw failed.reason;
}
