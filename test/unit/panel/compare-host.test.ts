import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';
import type { CallReport } from '../../../src/core/model';
import { CompareHost } from '../../../src/panel/compare-host';
import type { LoadedReport } from '../../../src/panel/services';
import type { CompareScreen, ToComparePage } from '../../../src/protocol/compare-messages';

const A: ParticipantRef = { connectionId: 'c', appId: 'a', sessionId: 's', participantId: 'p1' };
const B: ParticipantRef = { ...A, participantId: 'p2' };

function loaded(name: string): LoadedReport {
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: name, name },
    streams: [
      {
        id: 'camera',
        direction: 'receive',
        kind: 'video',
        source: 'camera-mic',
        remoteParticipantId: 'p1',
        times: Float64Array.of(1, 2),
        series: {},
      },
    ],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
  return { result: { report, raw: new Uint8Array() }, connectionLabel: 'Acme' };
}

interface Asked {
  ref: ParticipantRef;
  signal: AbortSignal;
  answer(report: LoadedReport): Promise<void>;
  fail(error: Error): Promise<void>;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A host whose loads are answered by hand. Differences are the labels of both. */
function setUp(shown?: (ref: ParticipantRef) => LoadedReport | undefined) {
  const asked: Asked[] = [];
  const posted: ToComparePage[] = [];
  const commands: unknown[][] = [];
  const titles: string[] = [];
  let compared = 0;
  const host = new CompareHost(
    {
      shown,
      loadReport: (ref, signal) =>
        new Promise((resolve, reject) => {
          const done = (settleWith: () => void) => {
            settleWith();
            return settle();
          };
          asked.push({
            ref,
            signal,
            answer: (report) => done(() => resolve(report)),
            fail: (error) => done(() => reject(error)),
          });
        }),
      compare: async (first, second) => {
        compared++;
        const pair = { key: 'k', what: 'w', ends: true, streams: [['other'], ['camera']] as const };
        const differences = [`${first.label} and ${second.label}`];
        return { differences, alike: [], notComparable: [], cautions: [], overlap: true, pairs: [pair] };
      },
      log: () => undefined,
      runCommand: async (...args) => commands.push(args),
    },
    {
      post: (message) => posted.push(structuredClone(message)),
      setTitle: (title) => titles.push(title),
      copyText: async () => undefined,
      saveImage: async () => true,
    },
  );
  const screen = (): CompareScreen => {
    const last = posted.findLast((each) => each.type === 'screen');
    assert.ok(last?.type === 'screen');
    return last.screen;
  };
  return {
    host,
    asked,
    posted,
    commands,
    titles,
    screen,
    compared: () => compared,
    ready: () => host.receive({ v: 1, type: 'ready', client: 'x' }),
    act: (action: string) => host.receive({ v: 1, type: 'action', action }),
    sideReports: () => posted.flatMap((each) => (each.type === 'sideReport' ? [each.side] : [])),
  };
}

describe('a comparison’s host', () => {
  it('reads both at once and compares them when both are here', async () => {
    const { host, asked, screen, ready, titles, sideReports } = setUp();
    ready();
    host.open([A, B]);
    assert.deepEqual(
      asked.map(({ ref }) => ref.participantId),
      ['p1', 'p2'],
    );
    await asked[1]?.answer(loaded('Ben'));
    assert.deepEqual(
      screen().sides.map(({ phase }) => phase),
      ['loading', 'report'],
    );
    assert.equal(screen().comparison, undefined);
    await asked[0]?.answer(loaded('Ann'));
    assert.deepEqual(screen().comparison?.differences, ['Ann and Ben']);
    assert.equal(titles.at(-1), 'Ann ↔ Ben');
    assert.deepEqual(sideReports(), [1, 0]);
  });

  it('keeps one side when the other fails, and reads that one again', async () => {
    const { host, asked, screen, ready } = setUp();
    ready();
    host.open([A, B]);
    await asked[0]?.answer(loaded('Ann'));
    await asked[1]?.fail(new CallError('NotYetAvailable', 'No report yet.'));
    assert.deepEqual(
      screen().sides.map(({ phase, error }) => [phase, error?.kind]),
      [
        ['report', undefined],
        ['failed', 'NotYetAvailable'],
      ],
    );
    host.receive({ v: 1, type: 'side', side: 1, action: 'retry' });
    assert.equal(asked.length, 3);
    assert.equal(asked[2]?.ref.participantId, 'p2');
    await asked[2].answer(loaded('Ben'));
    assert.deepEqual(screen().comparison?.differences, ['Ann and Ben']);
  });

  it('takes a report that is on screen already, and a refresh reads both anew', async () => {
    const { host, asked, screen, ready, act, compared } = setUp(() => loaded('Ann'));
    ready();
    host.open([A, B]);
    await settle();
    assert.equal(asked.length, 0);
    assert.deepEqual(screen().comparison?.differences, ['Ann (1) and Ann (2)']);
    act('refresh');
    // What is on screen stays until the answers are here.
    assert.deepEqual(screen().comparison?.differences, ['Ann (1) and Ann (2)']);
    assert.equal(compared(), 1);
    await asked[0]?.answer(loaded('Ann'));
    await asked[1]?.fail(new CallError('Network', 'No connection.'));
    assert.deepEqual(
      screen().sides.map(({ phase, error }) => [phase, error?.kind]),
      [
        ['report', undefined],
        ['report', 'Network'],
      ],
    );
  });

  it('swaps the two', async () => {
    const { host, asked, screen, ready, act, sideReports } = setUp();
    ready();
    host.open([A, B]);
    await asked[0]?.answer(loaded('Ann'));
    await asked[1]?.answer(loaded('Ben'));
    act('swap');
    await settle();
    assert.deepEqual(screen().comparison?.differences, ['Ben and Ann']);
    assert.deepEqual(sideReports(), [0, 1, 0, 1]);
  });

  it('stops reading on demand, for others, and for good', async () => {
    const { host, asked, ready, act, screen } = setUp();
    ready();
    host.open([A, B]);
    act('cancel');
    assert.ok(asked.every(({ signal }) => signal.aborted));
    for (const each of asked) await each.fail(new CallError('Cancelled', 'Cancelled.'));
    assert.deepEqual(
      screen().sides.map(({ error }) => error?.kind),
      ['Cancelled', 'Cancelled'],
    );
    host.open([B, A]);
    host.open([A, B]);
    assert.deepEqual(
      asked.map(({ signal }) => signal.aborted),
      [true, true, true, true, false, false],
    );
    host.dispose();
    assert.ok(asked.every(({ signal }) => signal.aborted));
  });

  it('says which pair shows the stream that was asked for', async () => {
    const { host, asked, screen, ready } = setUp();
    ready();
    host.open([A, B], { stream: { senderId: 'p1', kind: 'video', source: 'camera-mic' } });
    await asked[0]?.answer(loaded('Ann'));
    await asked[1]?.answer(loaded('Ben'));
    assert.deepEqual(screen().wanted, ['k']);
    host.want({ senderId: 'p1', kind: 'audio', source: 'camera-mic' });
    assert.equal(screen().wanted, undefined);
  });

  it('sends all of it again to a page that was hidden, and nothing before it is ready', async () => {
    const { host, asked, posted, ready, screen } = setUp();
    host.open([A, B]);
    await asked[0]?.answer(loaded('Ann'));
    await asked[1]?.answer(loaded('Ben'));
    assert.deepEqual(posted, []);
    ready();
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['sideReport', 'sideReport', 'screen'],
    );
    host.hidden();
    posted.length = 0;
    ready();
    assert.equal(posted.length, 3);
    assert.equal(screen().sides[1].subject.title, 'Ben');
  });

  it('opens one of the two, drops what it does not understand, and tells a page of another version', () => {
    const { host, commands, ready, screen } = setUp();
    ready();
    host.open([A, B]);
    host.receive({ v: 1, type: 'side', side: 1, action: 'open' });
    host.receive({ v: 1, type: 'side', side: 0, action: 'rm' });
    assert.deepEqual(commands, [['peerscope.openParticipant', B]]);
    host.receive({ v: 2, type: 'ready', client: 'x' });
    assert.equal(screen().error?.kind, 'BadInput');
  });
});
