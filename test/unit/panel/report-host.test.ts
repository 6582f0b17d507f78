import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';
import type { CallReport } from '../../../src/core/model';
import { ReportHost } from '../../../src/panel/report-host';
import type { LoadedReport } from '../../../src/panel/services';
import type { FromWebview, ToWebview } from '../../../src/protocol/messages';

const REF: ParticipantRef = { connectionId: 'c', appId: 'a', sessionId: 's', participantId: 'p1' };
const OTHER: ParticipantRef = { ...REF, participantId: 'p2' };
const CANARY = 'canary-token-4711';

function loaded(name: string, raw = `{"name":"${name}"}`): LoadedReport {
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: 'p', name },
    streams: [
      { id: 's', direction: 'send', kind: 'audio', source: 'camera-mic', times: Float64Array.of(1, 2), series: {} },
    ],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
  return { result: { report, raw: new TextEncoder().encode(raw) }, connectionLabel: 'Acme' };
}

interface Asked {
  ref: ParticipantRef;
  signal: AbortSignal;
  answer(report: LoadedReport): Promise<void>;
  fail(error: Error): Promise<void>;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A host whose loads are answered by hand. */
function setUp() {
  const asked: Asked[] = [];
  const posted: ToWebview[] = [];
  const commands: unknown[][] = [];
  const copied: string[] = [];
  const saved: string[] = [];
  const logged: string[] = [];
  const titles: string[] = [];
  let toggled = 0;
  const host = new ReportHost(
    {
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
      liveRefreshSeconds: () => 0,
      log: (level, line) => logged.push(`${level} ${line}`),
      runCommand: async (...args) => commands.push(args),
    },
    {
      post: (message) => posted.push(structuredClone(message)),
      setTitle: (title) => titles.push(title),
      togglePin: () => {
        toggled++;
      },
      copyText: async (text) => {
        copied.push(text);
      },
      saveImage: async (name) => {
        saved.push(name);
        return true;
      },
    },
  );
  const send = (message: FromWebview) => host.receive(structuredClone(message));
  const ready = () => send({ v: 1, type: 'ready', client: 'page' });
  const types = () => posted.map((message) => message.type);
  return { host, asked, posted, commands, copied, saved, logged, titles, send, ready, types, toggled: () => toggled };
}

describe('one report page, host side', () => {
  it('posts nothing before the page is ready, then what there is', async () => {
    const { host, asked, posted, ready, types } = setUp();
    host.open(REF, 'Caller A');
    await asked[0]?.answer(loaded('Caller A'));
    assert.deepEqual(posted, []);
    ready();
    assert.deepEqual(types(), ['report']);
  });

  it('sends loading, then the report with its columns in one buffer', async () => {
    const { host, asked, posted, ready, titles } = setUp();
    ready();
    host.open(REF, 'Row title');
    await asked[0]?.answer(loaded('Caller A'));
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['loading', 'report'],
    );
    const report = posted[1];
    assert.ok(report?.type === 'report');
    assert.equal(report.columns.byteLength, 2 * 8);
    assert.equal(report.subject.title, 'Caller A');
    assert.equal(report.subject.connectionLabel, 'Acme');
    assert.deepEqual(titles, ['Row title', 'Caller A']);
  });

  it('aborts the former load when another participant is opened, and ignores its answer', async () => {
    const { host, asked, posted, ready } = setUp();
    ready();
    host.open(REF);
    host.open(OTHER);
    assert.equal(asked[0]?.signal.aborted, true);
    await asked[1]?.answer(loaded('Second'));
    await asked[0].answer(loaded('First'));
    const names = posted.flatMap((message) => (message.type === 'report' ? [message.subject.title] : []));
    assert.deepEqual(names, ['Second']);
    assert.deepEqual(host.ref, OTHER);
  });

  it('keeps the report while a page is hidden, posts nothing to it, and fills the next page', async () => {
    const { host, asked, posted, ready, types } = setUp();
    ready();
    host.open(REF);
    await asked[0]?.answer(loaded('A'));
    host.setVisible(false);
    posted.length = 0;
    host.setPinned(true);
    assert.deepEqual(posted, []);
    ready();
    assert.deepEqual(types(), ['report']);
    assert.equal(asked.length, 1, 'no second request');
  });

  it('keeps what is on screen while it reads again, also when that fails', async () => {
    const { host, asked, posted, ready, send } = setUp();
    ready();
    host.open(REF);
    await asked[0]?.answer(loaded('A'));
    posted.length = 0;
    send({ v: 1, type: 'action', action: 'refresh' });
    await asked[1]?.fail(new CallError('Network', 'No connection.'));
    assert.deepEqual(
      posted.map((message) => [message.type, 'keep' in message && message.keep]),
      [
        ['loading', true],
        ['report', false],
        ['failed', true],
      ],
    );
    host.setVisible(false);
    posted.length = 0;
    ready();
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['report', 'failed'],
    );
  });

  it('tells why nothing came, with the kind; a cancelled load can be started again', async () => {
    const { host, asked, posted, ready, send } = setUp();
    ready();
    host.open(REF);
    await asked[0]?.fail(new CallError('Auth', 'The key was not accepted. Edit the connection.', { status: 401 }));
    const failed = posted.at(-1);
    assert.ok(failed?.type === 'failed');
    assert.deepEqual([failed.error.kind, failed.error.status, failed.keep], ['Auth', 401, false]);
    send({ v: 1, type: 'action', action: 'refresh' });
    send({ v: 1, type: 'action', action: 'cancel' });
    assert.equal(asked[1]?.signal.aborted, true);
    await asked[1].fail(new Error('aborted'));
    const stopped = posted.at(-1);
    assert.ok(stopped?.type === 'failed');
    assert.equal(stopped.error.kind, 'Cancelled');
  });

  it('runs only the commands that its buttons stand for', async () => {
    const { host, commands, copied, send, ready, toggled } = setUp();
    ready();
    host.open(REF);
    for (const action of ['editConnection', 'openRaw', 'showLog', 'showCalls', 'copyId', 'togglePin'] as const) {
      send({ v: 1, type: 'action', action });
    }
    await settle();
    assert.deepEqual(commands, [
      ['peerscope.editConnection', { id: 'c' }],
      ['peerscope.openRaw', REF],
      ['peerscope.showLog'],
      ['peerscope.calls.focus'],
    ]);
    assert.deepEqual(copied, ['p1']);
    assert.equal(toggled(), 1);
  });

  it('answers requests: raw bytes without the rest of their buffer, copies, images', async () => {
    const { host, asked, posted, saved, copied, send, ready } = setUp();
    ready();
    host.open(REF);
    const whole = new TextEncoder().encode('before{"a":1}after');
    const report = loaded('A');
    await asked[0]?.answer({ ...report, result: { ...report.result, raw: whole.subarray(6, 13) } });
    posted.length = 0;
    send({ v: 1, type: 'request', id: 'r', request: { kind: 'raw' } });
    send({ v: 1, type: 'request', id: 't', request: { kind: 'copyText', text: 'csv' } });
    send({
      v: 1,
      type: 'request',
      id: 'i',
      request: { kind: 'saveImage', name: '../a/b: c', png: new ArrayBuffer(1) },
    });
    await settle();
    const raw = posted.find((message) => message.type === 'reply' && message.id === 'r');
    assert.ok(raw?.type === 'reply' && 'bytes' in raw.result);
    assert.equal(new TextDecoder().decode(raw.result.bytes), '{"a":1}');
    assert.equal(raw.result.bytes.buffer.byteLength, 7);
    assert.deepEqual(copied, ['csv']);
    assert.deepEqual(saved, ['_a_b_ c.png']);
  });

  it('answers a request for raw data that is not there with an error, not with silence', async () => {
    const { host, posted, send, ready } = setUp();
    ready();
    host.open(REF);
    send({ v: 1, type: 'request', id: 'r', request: { kind: 'raw' } });
    await settle();
    const error = posted.at(-1);
    assert.ok(error?.type === 'error');
    assert.equal(error.id, 'r');
  });

  it('drops what is no message of ours, and says so in the log without its content', () => {
    const { host, posted, logged, commands } = setUp();
    for (const message of [null, 'x', { type: 'action', action: CANARY }, { v: 1, type: 'action', action: CANARY }]) {
      host.receive(message);
    }
    assert.deepEqual([posted, commands], [[], []]);
    assert.equal(logged.length, 4);
    assert.doesNotMatch(logged.join(), new RegExp(CANARY));
  });

  it('is silent after it was disposed, and its load is aborted', async () => {
    const { host, asked, posted, ready, send } = setUp();
    ready();
    host.open(REF);
    posted.length = 0;
    host.dispose();
    assert.equal(asked[0]?.signal.aborted, true);
    await asked[0].answer(loaded('A'));
    send({ v: 1, type: 'request', id: 'r', request: { kind: 'raw' } });
    host.setPinned(true);
    assert.deepEqual(posted, []);
  });

  it('tells a page of another version to be opened again', () => {
    const { host, posted, send } = setUp();
    send({ v: 2, type: 'ready', client: 'old' });
    const failed = posted.at(-1);
    assert.ok(failed?.type === 'failed');
    assert.match(failed.error.text, /another version/);
    assert.equal(host.ref, undefined);
  });

  it('says so also after a reading that was under way has ended', async () => {
    const { host, asked, posted, send } = setUp();
    host.open(REF, 'Caller A');
    send({ v: 2, type: 'ready', client: 'old' });
    assert.equal(asked[0]?.signal.aborted, true);
    await asked[0].fail(new DOMException('stopped', 'AbortError'));
    const failed = posted.at(-1);
    assert.ok(failed?.type === 'failed');
    assert.match(failed.error.text, /another version/);
  });

  it('takes only the ids of a ref: nothing else of the caller’s object crosses', () => {
    const { host, posted, ready } = setUp();
    ready();
    host.open({ ...REF, apiToken: CANARY } as ParticipantRef);
    assert.doesNotMatch(JSON.stringify(posted), new RegExp(CANARY));
    assert.deepEqual(host.ref, REF);
  });
});
