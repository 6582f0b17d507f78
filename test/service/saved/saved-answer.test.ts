import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isCallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import { summarize } from '../../../src/core/series';
import { makeDocument } from '../../../src/export/document';
import { jsonParts } from '../../../src/export/json';
import { disposeReportReader, readSavedAnswer } from '../../../src/providers/index';
import { DIST, FIXTURES } from '../../paths';

const published = (path: string): Uint8Array => new Uint8Array(readFileSync(join(FIXTURES, path)));
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('a provider’s answer in a file', () => {
  after(() => disposeReportReader());

  const worker = join(DIST, 'report-worker.js');
  const read = async (body: Uint8Array) =>
    (await readSavedAnswer(body, 'saved.json', worker, new AbortController().signal)).report;

  it('is read as the API’s own: RealtimeKit', async () => {
    const report = await read(published('realtimekit/peer-report.json'));
    assert.equal(report.provider, 'realtimekit');
    assert.equal(report.participant.id, 'bd45f5a3-44d0-4d48-a9e5-b880b39d9e1c');
    // 1000 times the mean of the ten samples in seconds, as the report's own aggregate says.
    assert.ok(Math.abs((summarize(report.streams[0]?.series.rtt ?? new Float64Array())?.mean ?? 0) - 135.7009) < 1e-4);
  });

  it('is found in a webhook’s envelope too', async () => {
    const { data } = JSON.parse(new TextDecoder().decode(published('realtimekit/peer-report.json')));
    const report = await read(json({ event: 'peer', participant: data.participant }));
    assert.equal(report.streams[0]?.times.length, 10);
  });

  it('is read as the API’s own: 100ms', async () => {
    const body = published('hms/peer-stats.json');
    const stats = JSON.parse(new TextDecoder().decode(body));
    const report = await read(body);
    assert.equal(report.provider, '100ms');
    assert.equal(report.participant.id, stats.peer_id);
    assert.ok(report.streams.length > 0);
  });

  it('is read as the API’s own: Whereby', async () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    const samples = {
      packetLossSend: [0.5, 0.25],
      packetLossRecv: [0, 0],
      bitrateSend: [1000, 2000],
      bitrateRecv: [3000, 4000],
    };
    const report = await read(
      json([{ timeStamp: new Date(at).toISOString(), sampleRateMs: 5000, samples, displayName: 'Caller A' }]),
    );
    assert.equal(report.provider, 'whereby');
    assert.deepEqual([...(report.streams[0]?.times ?? [])].map((time) => time - at).at(-1), 5000);
  });

  it('is read as the API’s own: MediaMelon', async () => {
    const report = await read(json({ totalcount: 1, response: [{ sessionid: 's-1', latency: '1.5', watchtime: 60 }] }));
    assert.equal(report.provider, 'mediamelon');
    assert.equal(report.participant.id, 's-1');
    assert.equal(report.media, 'playback');
  });

  it('is told apart from a saved report, which comes back as it was, with what stands around it', async () => {
    const report = await read(published('realtimekit/peer-report.json'));
    const ref = { connectionId: 'c', sessionId: 's', participantId: report.participant.id };
    const savedAt = Date.UTC(2026, 0, 2);
    const save = (one: CallReport) => {
      const source = { ref, report: one, people: [], findings: [], notEvaluated: [] };
      return new TextEncoder().encode([...jsonParts(makeDocument(source, false), savedAt)].join(''));
    };
    const file = save(report);
    const back = await readSavedAnswer(file.slice(), 'call.json', worker, new AbortController().signal);
    assert.deepEqual(save(back.report), file);
    assert.deepEqual(
      back.report.streams.map(({ times, series }) => [times, series]),
      report.streams.map(({ times, series }) => [times, series]),
    );
    assert.deepEqual([back.saved?.savedAt, back.saved?.masked], [savedAt, false]);
    assert.deepEqual(back.raw, file);
  });

  const bad: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(), /saved\.json is empty/],
    ['a binary', new Uint8Array([137, 80, 78, 71, 0, 1]), /binary/],
    ['a cut-off answer', published('realtimekit/peer-report.json').slice(0, 900), /no complete JSON/],
    ['text', new TextEncoder().encode('hello'), /no complete JSON/],
    ['a saved report of a newer version', json({ format: 'peerscope.report', version: 9 }), /by a newer Peerscope/],
    ['a damaged saved report', json({ format: 'peerscope.report', version: 1, savedAt: 1 }), /^savedAt: expected text/],
    ['foreign JSON', json({ compilerOptions: {} }), /no call report that is known/],
    ['a list of numbers', json([1, 2, 3]), /no call report that is known/],
  ];
  for (const [what, body, expected] of bad) {
    it(`says what is wrong with ${what}`, async () => {
      await assert.rejects(read(body), (error) => {
        assert.ok(isCallError(error));
        assert.equal(error.kind, 'BadInput');
        assert.match(error.text, expected);
        return true;
      });
    });
  }

  it('never fails with anything but an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await read(json(value)).catch((error: unknown) => assert.ok(isCallError(error), String(error)));
      }),
      { numRuns: 200 },
    );
  });
});
