import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { disposeCaptureReader } from '../../../src/captures/index';
import { diagnoseReport } from '../../../src/diagnosis/index';
import { fixture, open } from './open';

/** The lines of a file. */
function lines(name: string): unknown[][] {
  const text = gunzipSync(readFileSync(fixture(`published/${name}`))).toString('utf8');
  return text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as unknown[]] : []));
}

describe('captures that others published', () => {
  after(() => disposeCaptureReader());

  for (const [browser, name] of [
    ['Chrome', 'chrome-relay.jsonl.gz'],
    ['Firefox', 'firefox-relay.jsonl.gz'],
    ['Safari', 'safari-relay.jsonl.gz'],
  ] as const) {
    it(`Jitsi, ${browser}: streams, the relay, the log`, async () => {
      const rows = lines(name);
      const capture = await open(fixture(`published/${name}`));
      const [connection, other] = capture.connections;
      assert.ok(connection && !other);
      const { report } = connection;
      assert.deepEqual([report.provider, report.browser?.name], ['rtcstats', browser]);
      assert.deepEqual(report.issues, []);
      const polls = rows.filter(([method]) => method === 'getstats').length;
      const longest = Math.max(...report.streams.map(({ times }) => times.length));
      assert.ok(longest <= polls && longest >= polls - 1, `${longest} of ${polls}`);
      const logged = rows.filter(([method, id]) => method !== 'getstats' && id === 'PC_0').length;
      const own = report.events.filter(({ name: event }) => event !== 'selectedCandidatePairChange').length;
      assert.equal(own, logged);
      assert.ok(report.streams.some(({ direction, kind }) => direction === 'send' && kind === 'video'));
      assert.ok(report.streams.some(({ direction, kind }) => direction === 'receive' && kind === 'video'));
      for (const { series } of report.streams) {
        for (const values of [series.bitrate, series.packetLoss, series.jitter])
          assert.ok(!values?.some((value) => value < 0));
      }
      const used = report.transports.find(({ nominated }) => nominated);
      assert.equal(used?.local.type, 'relay');
      if (browser !== 'Firefox') {
        assert.match(used.local.url ?? '', /^turns:.*transport=tcp$/);
        assert.ok(diagnoseReport(report, {}).findings.some(({ ruleId }) => ruleId === 'rtk.ice.tcp'));
      }
    });
  }

  for (const name of ['gumonly.jsonl', 'gumonly.webrtc_internals_dump.gz']) {
    it(`rtcstats, ${name}: a page that only asked for a camera`, async () => {
      const capture = await open(fixture(`published/${name}`));
      assert.deepEqual(capture.connections, []);
      assert.deepEqual(capture.issues, []);
      assert.deepEqual(
        capture.mediaRequests.map(({ method, kind, tracks }) => [method, kind, tracks?.map((track) => track.kind)]),
        [
          ['getUserMedia', 'request', undefined],
          ['getUserMedia', 'success', ['video']],
        ],
      );
    });
  }
});
