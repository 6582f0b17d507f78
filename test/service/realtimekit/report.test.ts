import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';
import { disposeReportReader } from '../../../src/providers/index';
import { ReportReader } from '../../../src/providers/report-reader';
import { DIST, FIXTURES } from '../../paths';
import { ScriptedServer } from '../http/server';
import { APP, CANARY, connect, PREFIX } from './connection';

const never = () => new AbortController().signal;
const published = readFileSync(join(FIXTURES, 'realtimekit', 'peer-report.json'));
const ref: ParticipantRef = { connectionId: 'c1', sessionId: 's1', participantId: 'p1' };
const gone = { status: 404, body: { success: false, error: { code: 404, message: 'Peer not found' } } };

describe('RealtimeKit report over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  beforeEach(() => server.reset());

  const getReport = (signal = never()) => connect(server, { appId: APP }).provider.getReport(ref, signal);
  const paths = () => server.requests.map(({ path }) => path.slice(`${PREFIX}/${APP}`.length));

  it('reads the published report in the worker and gives the bytes back', async () => {
    server.always({ body: published });
    const { report, raw } = await getReport();
    assert.deepEqual(paths(), ['/sessions/peer-report/p1']);
    assert.equal(report.streams[0]?.times.length, 10);
    assert.ok(report.streams[0].series.rtt instanceof Float64Array);
    assert.deepEqual(Buffer.from(raw), published);
  });

  it('reads several at a time, each its own', async () => {
    server.always(({ path }) => ({
      body: {
        success: true,
        data: { participant: { id: path.split('/').at(-1), peer_report: { metadata: { sdk_name: 'x' } } } },
      },
    }));
    const { provider } = connect(server, { appId: APP });
    const asked = ['a', 'b', 'c', 'd', 'e'].map((participantId) =>
      provider.getReport({ ...ref, participantId }, never()),
    );
    const ids = (await Promise.all(asked)).map(({ report }) => report.participant.id);
    assert.deepEqual(ids, ['a', 'b', 'c', 'd', 'e']);
  });

  it('tries the peers that the participant’s events name when its own id has no report', async () => {
    const peer_events = ['p1', 'p2', 'p2', 'p3'].map((peer_id) => ({ peer_id, event_name: 'PEER_CREATED' }));
    server.always(({ path }) => {
      if (path.endsWith('/participants/p1')) return { body: { success: true, data: { id: 'p1', peer_events } } };
      return path.endsWith('/peer-report/p3') ? { body: published } : gone;
    });
    const { report } = await getReport();
    assert.equal(report.streams.length, 1);
    assert.deepEqual(paths(), [
      '/sessions/peer-report/p1',
      '/sessions/s1/participants/p1',
      '/sessions/peer-report/p2',
      '/sessions/peer-report/p3',
    ]);
    for (const { query } of server.requests) assert.equal(query.get('include_peer_events'), 'true');
  });

  it('a participant without a report, still in the call, is not available yet', async () => {
    const data = { id: 'p1', joined_at: new Date().toISOString(), updated_at: new Date().toISOString() };
    server.always(({ path }) => (path.endsWith('/participants/p1') ? { body: { success: true, data } } : gone));
    await assert.rejects(getReport(), (error: CallError) => {
      assert.equal(error.kind, 'NotYetAvailable');
      assert.match(error.text, /has not left/);
      return true;
    });
  });

  it('a participant that does not exist is not found', async () => {
    server.always(gone);
    await assert.rejects(getReport(), (error: CallError) => {
      assert.equal(error.kind, 'NotFound');
      assert.match(error.text, /does not know the report of this participant \(404\).*"Peer not found"/);
      return true;
    });
    assert.equal(server.requests.length, 2);
  });

  const bodies: [string, string, string, RegExp][] = [
    [
      'empty arrays',
      '{"success":true,"data":{"participant":{"id":"p1","left_at":"2020-01-01T00:00:00Z","peer_report":{"metadata":{},"quality":{"audio_producer":[]}}}}}',
      'NotYetAvailable',
      /may have expired/,
    ],
    ['a web page', '<html><title>Login</title></html>', 'BadResponse', /web page titled "Login"/],
    ['truncated JSON', published.toString().slice(0, 5000), 'BadResponse', /cut off or damaged/],
    ['an empty body', '', 'BadResponse', /empty body/],
  ];
  for (const [name, body, kind, text] of bodies) {
    it(`${name}: a sentence across the worker`, async () => {
      server.always({ body });
      await assert.rejects(getReport(), (error: CallError) => {
        assert.equal(error.kind, kind);
        assert.match(error.text, text);
        assert.ok(!`${error.message}${error.stack}`.includes(CANARY));
        return true;
      });
    });
  }

  describe('the worker', () => {
    const path = join(DIST, 'report-worker.js');
    const job = (participantId: string, body: Uint8Array = Uint8Array.from(published)) => ({
      provider: 'realtimekit' as const,
      body,
      who: 'RealtimeKit',
      participantId,
      now: Date.now(),
    });

    it('takes the memory of the bytes and gives it back', async () => {
      const reader = new ReportReader(path);
      const body = Uint8Array.from(published);
      const asked = reader.read(job('p', body), never());
      assert.equal(body.byteLength, 0, 'the bytes were copied');
      const { raw } = await asked;
      assert.equal(raw.byteLength, published.byteLength);
      await reader.dispose();
    });

    it('can be cancelled while it reads and while it waits; the others go on', async () => {
      const reader = new ReportReader(path);
      const stops = [new AbortController(), new AbortController(), new AbortController()];
      const asked = stops.map(({ signal }, index) => reader.read(job(String(index)), signal));
      const outcome = Promise.allSettled(asked);
      stops[0]?.abort();
      stops[1]?.abort();
      const [first, second, third] = await outcome;
      assert.deepEqual([first?.status, second?.status, third?.status], ['rejected', 'rejected', 'fulfilled']);
      for (const one of [first, second]) assert.equal((one as PromiseRejectedResult).reason.kind, 'Cancelled');
      await assert.rejects(reader.read(job('x'), AbortSignal.abort()), { kind: 'Cancelled' });
      await reader.dispose();
    });

    it('what waits is cancelled when it is disposed of, and a later job starts a new one', async () => {
      const reader = new ReportReader(path);
      const waiting = [reader.read(job('1'), never()), reader.read(job('2'), never())];
      const outcome = Promise.allSettled(waiting);
      await reader.dispose();
      for (const one of await outcome) assert.equal((one as PromiseRejectedResult).reason.kind, 'Cancelled');
      assert.ok((await reader.read(job('3'), never())).report);
      await reader.dispose();
    });

    it('a worker that cannot start is an error, not a wait without end', async () => {
      const reader = new ReportReader(join(DIST, 'no-such-worker.js'));
      await assert.rejects(reader.read(job('1'), never()), { kind: 'BadResponse' });
      await reader.dispose();
    });
  });
});
