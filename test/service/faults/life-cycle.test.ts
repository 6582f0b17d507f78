import assert from 'node:assert/strict';
import { Server } from 'node:net';
import { mock } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CallError } from '../../../src/core/errors';
import type { Session } from '../../../src/core/model';
import { LiveRefresh } from '../../../src/panel/live-refresh';
import { SessionHost } from '../../../src/panel/session-host';
import { startSampleService } from '../../../src/sample/index';
import { until } from '../../faults/check';
import { Rig } from '../../faults/rig';

const DAY_MS = 86_400_000;

describe('life cycle', () => {
  let rig: Rig;
  before(async function () {
    this.timeout(60_000);
    rig = await Rig.open('realtimekit');
  });
  after(() => rig.stop());
  beforeEach(() => rig.proxy.reset());

  /** Requests that hang at the proxy, and how many of them the client has given up. */
  function hang() {
    const count = { open: 0, closed: 0 };
    rig.proxy.reset(({ response }) => {
      count.open++;
      response.on('close', () => count.closed++);
    });
    return count;
  }

  for (const kind of ['reportPage', 'sessionPage'] as const) {
    it(`closing a ${kind === 'reportPage' ? 'report' : 'session'} page ends its requests, and nothing comes after`, async () => {
      const count = hang();
      const page = rig[kind]();
      page.host.open(rig.participant);
      await until(() => count.open > 0);
      page.host.dispose();
      page.posted.length = 0;
      await until(() => count.closed === count.open);
      await new Promise((resolve) => setTimeout(resolve, 30));
      assert.deepEqual(page.posted, []);
    });
  }

  it('what the tree reads is ended when the extension stops, and says so', async () => {
    const count = hang();
    const node = rig.node('through', 'recent');
    rig.model.setFilter(node, undefined);
    const rows = rig.model.children(node);
    await until(() => count.open > 0);
    rig.model.cancelLoading();
    assert.deepEqual(
      (await rows).map((row) => row.kind === 'error' && row.error.kind),
      ['Cancelled'],
    );
    await until(() => count.closed === count.open);
  });

  it('a hundred pages, opened and closed, leave nothing behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const hosts: WeakRef<object>[] = [];
    const openAll = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const page = index % 2 === 0 ? rig.reportPage() : rig.sessionPage();
        page.host.open(rig.participant);
        // Half of them are closed while they still load.
        if (index % 4 < 2) await until(() => page.posted.length > 1);
        page.host.dispose();
        hosts.push(new WeakRef(page.host));
      }
      await until(() => rig.proxy.open === 0);
    };
    await openAll(8);
    hosts.length = 0;
    const before = timers();
    await openAll(100);
    // What is still on its way to a page that is gone comes to its end.
    for (let round = 0; round < 50 && hosts.some((host) => host.deref()); round++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      collect();
    }
    assert.equal(hosts.filter((host) => host.deref()).length, 0, 'pages that are still held');
    assert.ok(timers() <= before + 2, `${timers()} timers, ${before} before`);
  }).timeout(60_000);

  describe('a day of live refresh', () => {
    const START = Date.UTC(2026, 10, 22);
    const live: Session = { id: 's1', status: 'live', startedAt: START };

    function page(answer: () => Promise<Session>) {
      let asked = 0;
      let posted = 0;
      const provider = {
        getSession: () => {
          asked++;
          return answer();
        },
        listParticipants: async () => ({ items: [], issues: [] }),
        getReport: () => Promise.reject(new CallError('NotFound', 'none')),
      };
      const host = new SessionHost(
        {
          provider: async () => provider,
          known: () => ({}),
          dashboardUrl: () => undefined,
          liveRefreshSeconds: () => 15,
          diagnose: async () => ({ thin: true, findings: [], notEvaluated: [] }),
          log: () => undefined,
          runCommand: async () => undefined,
        },
        {
          post: () => posted++,
          setTitle: () => undefined,
          togglePin: () => undefined,
          copyText: async () => undefined,
          openExternal: async () => undefined,
        },
      );
      host.receive({ v: 1, type: 'ready' });
      return { host, asked: () => asked, posted: () => posted };
    }

    beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START }));
    afterEach(() => mock.timers.reset());

    /** Lets time pass, with all that is awaited in between. */
    async function pass(ms: number, step = 5000): Promise<void> {
      for (let gone = 0; gone < ms; gone += step) {
        mock.timers.tick(step);
        for (let turn = 0; turn < 8; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
      }
    }

    it('asks every 15 seconds while it is visible, and never while it is hidden', async () => {
      const { host, asked } = page(async () => live);
      host.open({ connectionId: 'c', sessionId: 's1' });
      await pass(DAY_MS / 2);
      const half = DAY_MS / 2 / 15_000;
      assert.ok(asked() > half * 0.7 && asked() <= half + 2, `${asked()} requests, at most ${half} are right`);
      host.setVisible(false);
      const before = asked();
      await pass(DAY_MS / 2, 60_000);
      assert.equal(asked(), before);
      host.dispose();
    }).timeout(60_000);

    it('asks less and less while it fails, and at most every five minutes in the end', async () => {
      let broken = false;
      const { host, asked } = page(async () => {
        if (broken) throw new CallError('Network', 'gone');
        return live;
      });
      host.open({ connectionId: 'c', sessionId: 's1' });
      await pass(30_000);
      broken = true;
      const before = asked();
      await pass(DAY_MS, 30_000);
      const most = DAY_MS / 300_000 + 10;
      assert.ok(asked() - before > 100 && asked() - before <= most, `${asked() - before} requests`);
      host.dispose();
    }).timeout(60_000);
  });

  it('a provider that asks for years of patience is not asked at once: timers end at 24 days', async () => {
    let read = 0;
    const refresh = new LiveRefresh({
      seconds: () => 15,
      state: () => ({ live: true, readAt: Date.now() }),
      read: () => {
        read++;
      },
      now: Date.now,
    });
    refresh.settled({ kind: 'RateLimited', text: 'Wait.', retryAfterMs: 1e14 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    refresh.stop();
    assert.equal(read, 0);
  });

  describe('the sample service', () => {
    it('two of them run side by side, each on a port and with a key of its own', async () => {
      const [one, two] = [await startSampleService(), await startSampleService()];
      const [a, b] = [one.valuesFor('sample-whereby'), two.valuesFor('sample-whereby')];
      assert.notEqual(a.settings.baseUrl, b.settings.baseUrl);
      assert.notDeepEqual(a.secrets, b.secrets);
      await Promise.all([one.stop(), two.stop()]);
    });

    it('a port that cannot be opened is one error in the tree, and it starts when tried again', async () => {
      await rig.store.openSamples();
      const listen = mock.method(Server.prototype, 'listen', function (this: Server) {
        queueMicrotask(() => this.emit('error', Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })));
        return this;
      });
      try {
        await assert.rejects(rig.pool.provider('sample-whereby'), /EADDRINUSE/);
      } finally {
        listen.mock.restore();
      }
      const provider = await rig.pool.provider('sample-whereby');
      assert.ok((await provider.listRooms({}, new AbortController().signal)).items.length > 0);
    });
  });

  it('the pool ends at once though requests hang, and the service’s port with it', async () => {
    const own = await Rig.open('whereby');
    let asked = 0;
    own.proxy.reset(() => {
      asked++;
    });
    const provider = await own.pool.provider('through');
    const stop = new AbortController();
    const hanging = provider.listRooms({}, stop.signal);
    await until(() => asked > 0);
    await own.pool.dispose();
    stop.abort();
    await assert.rejects(hanging, { kind: 'Cancelled' });
    await own.stop();
  });
});
