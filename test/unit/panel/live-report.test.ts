import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';
import type { Session } from '../../../src/core/model';
import { ReportHost } from '../../../src/panel/report-host';
import type { LoadedReport } from '../../../src/panel/services';
import type { ToWebview } from '../../../src/protocol/messages';

const REF: ParticipantRef = { connectionId: 'c', sessionId: 's', participantId: 'p' };
const LIVE: Session = { id: 's', status: 'live' };

function loaded(samples: number, session: Session = LIVE, leftAt?: number): LoadedReport {
  const times = Float64Array.from({ length: samples }, (_, index) => index * 1000);
  return {
    result: {
      report: {
        provider: 'realtimekit',
        participant: { id: 'p', name: 'Agent', leftAt },
        streams: [{ id: 'mic', direction: 'send', kind: 'audio', source: 'camera-mic', times, series: { rtt: times } }],
        transports: [],
        connectivity: [],
        deviceChanges: [],
        events: [],
        aggregates: [],
        assumptions: [],
        issues: [],
      },
      raw: new TextEncoder().encode(`${samples}`),
    },
    session,
    connectionLabel: 'Acme',
  };
}

/** A host on a service that gives one report, or one error, at a time. */
function setUp(answer: LoadedReport | CallError, seconds = 10) {
  const world = { answer, seconds, asked: 0, hold: false };
  const posted: ToWebview[] = [];
  const titles: string[] = [];
  const host = new ReportHost(
    {
      async loadReport(_ref, signal, onSession) {
        world.asked++;
        if (world.hold) {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          signal.throwIfAborted();
        }
        if (world.answer instanceof CallError) {
          onSession?.(LIVE);
          throw world.answer;
        }
        return world.answer;
      },
      known: () => ({ title: 'Agent', session: LIVE }),
      liveRefreshSeconds: () => world.seconds,
      log: () => undefined,
      runCommand: async () => undefined,
    },
    {
      post: (message) => posted.push(structuredClone(message)),
      setTitle: (title) => titles.push(title),
      togglePin: () => undefined,
      copyText: async () => undefined,
      saveImage: async () => true,
    },
  );
  const ready = () => host.receive({ v: 1, type: 'ready', client: 'page' });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const pass = async (count: number) => {
    for (let second = 0; second < count; second++) {
      mock.timers.tick(1000);
      await settle();
    }
  };
  const status = () => posted.findLast((message) => message.type === 'status')?.status;
  const types = () => posted.map(({ type }) => type);
  return { host, titles, world, posted, ready, pass, settle, status, types };
}

describe('the report of a live session, host side', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  it('is read again by itself, and new samples are sent without a word of loading', async () => {
    const { host, world, posted, ready, pass, settle, types, status } = setUp(loaded(5));
    ready();
    host.open(REF);
    await settle();
    assert.equal(status()?.followsEvery, 10);
    posted.length = 0;
    world.answer = loaded(9);
    await pass(10);
    assert.deepEqual(types(), ['report']);
    const [report] = posted;
    assert.ok(report?.type === 'report');
    assert.equal(report.columns.byteLength, 9 * 8);
    assert.equal(report.readAt, 1_010_000);
  });

  it('that brought nothing new only says when that was', async () => {
    const { host, posted, ready, pass, settle } = setUp(loaded(5));
    ready();
    host.open(REF);
    await settle();
    posted.length = 0;
    await pass(10);
    assert.deepEqual(posted, [{ v: 1, type: 'status', status: { readAt: 1_010_000, followsEvery: 10 } }]);
  });

  it('costs nothing while the page is hidden, and what runs is given up', async () => {
    const { host, world, ready, pass, settle, posted, status } = setUp(loaded(5));
    ready();
    host.open(REF);
    await settle();
    world.hold = true;
    await pass(10);
    assert.equal(world.asked, 2);
    host.setVisible(false);
    await pass(600);
    assert.equal(world.asked, 2);
    posted.length = 0;
    world.hold = false;
    host.setVisible(true);
    ready();
    await pass(1);
    assert.equal(world.asked, 3);
    assert.equal(status()?.problem, undefined);
    assert.ok(posted.every(({ type }) => type !== 'failed'));
  });

  it('stays on screen when it cannot be read, with one quiet word, which goes by itself', async () => {
    const { host, world, posted, ready, pass, settle, status } = setUp(loaded(5));
    ready();
    host.open(REF);
    await settle();
    posted.length = 0;
    world.answer = new CallError('Network', 'No connection.');
    await pass(60);
    assert.equal(world.asked, 4, 'after 10, 20 and 40 seconds');
    assert.deepEqual(posted, [{ v: 1, type: 'status', status: { problem: 'No connection.', followsEvery: 10 } }]);
    world.answer = loaded(6);
    await pass(40);
    assert.equal(status()?.problem, undefined);
  });

  it('is not read any more once the session has ended, the participant is long gone, or it is switched off', async () => {
    const over = setUp(loaded(5));
    over.host.open(REF);
    const gone = setUp(loaded(5, LIVE, 1_000_000));
    gone.host.open(REF);
    const off = setUp(loaded(5), 0);
    off.host.open(REF);
    await over.settle();
    over.world.answer = loaded(6, { id: 's', status: 'ended' });
    await over.pass(1000);
    assert.deepEqual([over.titles.at(0), over.titles.at(-1)], ['Agent · live', 'Agent']);
    assert.equal(over.world.asked, 2);
    assert.ok(gone.world.asked <= 7, `${gone.world.asked}`);
    assert.equal(off.world.asked, 1);
  });

  it('appears by itself when it was not there yet, and says so meanwhile', async () => {
    const { host, world, ready, pass, settle, types, status } = setUp(new CallError('NotYetAvailable', 'Not yet.'));
    ready();
    host.open(REF);
    await settle();
    assert.deepEqual(types(), ['loading', 'failed', 'status']);
    assert.equal(status()?.followsEvery, 10);
    world.answer = loaded(2);
    await pass(10);
    assert.equal(types().at(-1), 'report');
  });

  it('follows a change of the setting at once', async () => {
    const { host, world, ready, pass, settle, status } = setUp(loaded(5), 0);
    ready();
    host.open(REF);
    await pass(30);
    world.seconds = 20;
    host.applySettings();
    await settle();
    assert.equal(status()?.followsEvery, 20);
    await pass(1);
    assert.equal(world.asked, 2);
  });

  it('lets the person read it in between: one reading at a time', async () => {
    const { host, world, ready, pass, settle } = setUp(loaded(5));
    ready();
    host.open(REF);
    await settle();
    world.hold = true;
    await pass(10);
    world.hold = false;
    host.refresh();
    await settle();
    assert.equal(world.asked, 3);
    await pass(9);
    assert.equal(world.asked, 3);
    await pass(1);
    assert.equal(world.asked, 4);
  });
});
