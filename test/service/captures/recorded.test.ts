import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Capture, CaptureConnection } from '../../../src/captures/index';
import { disposeCaptureReader } from '../../../src/captures/index';
import type { CallReport, Stream } from '../../../src/core/model';
import { summarize } from '../../../src/core/series';
import { sessionDescriptions } from '../../../src/core/session-descriptions';
import { diagnoseReport } from '../../../src/diagnosis/index';
import { compare, type Polls } from './against-getstats';
import { fixture, open } from './open';

const ENDINGS = ['webrtc_internals_dump.gz', 'rtcstats_dump.gz'] as const;

function recorded(name: string): unknown {
  const bytes = readFileSync(fixture(`recorded/${name}`));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** The two ends of a call by the SSRCs that the page's getStats has as sent: A first. */
function ends({ connections }: Capture, stats: { a: Polls; b: Polls }): [CaptureConnection, CaptureConnection] {
  const sentBy = (polls: Polls) =>
    new Set(polls.flat().flatMap(({ type, ssrc }) => (type === 'outbound-rtp' ? [String(ssrc)] : [])));
  const of = (polls: Polls) => {
    const own = sentBy(polls);
    const found = connections.find(({ report }) =>
      report.streams.some(({ direction, identifiers }) => direction === 'send' && own.has(identifiers?.ssrc ?? '')),
    );
    assert.ok(found);
    return found;
  };
  return [of(stats.a), of(stats.b)];
}

const problems = ({ report }: CaptureConnection) =>
  diagnoseReport(report, {}).findings.filter(({ severity }) => severity !== 'info');

const meanOf = (
  streams: readonly Stream[],
  name: keyof Stream['series'],
  kind: Stream['kind'],
  direction: Stream['direction'],
) => {
  const stream = streams.find((one) => one.kind === kind && one.direction === direction && one.source === 'camera-mic');
  return summarize(stream?.series[name] ?? new Float64Array())?.mean ?? Number.NaN;
};

describe('calls that were recorded in Chromium', () => {
  after(() => disposeCaptureReader());

  for (const ending of ENDINGS) {
    describe(ending, () => {
      for (const name of ['healthy', 'lossy', 'screen-share']) {
        it(`${name}: figures agree with getStats of the same call within 1 %`, async () => {
          const stats = recorded(`${name}.getstats.json.gz`) as { a: Polls; b: Polls };
          const capture = await open(fixture(`recorded/${name}.${ending}`));
          assert.deepEqual(capture.issues, []);
          const [a, b] = ends(capture, stats);
          assert.ok(compare(a, stats.a) > 30);
          assert.ok(compare(b, stats.b) > 30);
          for (const { report } of [a, b]) {
            const nominated = report.transports.filter((pair) => pair.nominated);
            assert.equal(nominated.length, 1);
            assert.equal(nominated[0]?.local.address, '127.0.0.1');
            assert.equal(nominated[0].remote.type, 'host');
          }
        });
      }

      it('healthy: nothing to complain of', async () => {
        const { connections } = await open(fixture(`recorded/healthy.${ending}`));
        assert.deepEqual(connections.flatMap(problems), []);
        for (const { report } of connections)
          assert.deepEqual(report.streams.map(({ kind }) => kind).sort(), ['audio', 'audio', 'video', 'video']);
      });

      it('lossy: what the relay dropped is seen at both ends', async () => {
        const { applied } = recorded('lossy.applied.json') as { applied: { aToB: { rtp: number; dropped: number } } };
        const dropped = (100 * applied.aToB.dropped) / applied.aToB.rtp;
        const stats = recorded('lossy.getstats.json.gz') as { a: Polls; b: Polls };
        const [a, b] = ends(await open(fixture(`recorded/lossy.${ending}`)), stats);
        for (const kind of ['audio', 'video'] as const) {
          // Half a per cent: the relay counts padding and what was sent again, which lie in no stream's sequence.
          assert.ok(
            Math.abs(meanOf(a.report.streams, 'packetLoss', kind, 'send') - dropped) < 1,
            `${kind} as A hears of it`,
          );
          assert.ok(
            Math.abs(meanOf(b.report.streams, 'packetLoss', kind, 'receive') - dropped) < 0.5,
            `${kind} as B counts it`,
          );
          assert.equal(meanOf(a.report.streams, 'packetLoss', kind, 'receive'), 0);
        }
        assert.deepEqual(
          problems(a).map(({ ruleId, severity, side }) => [ruleId, severity, side]),
          [['rtk.loss.out', 'high', 'local']],
        );
        const [worst, ...others] = problems(b);
        assert.deepEqual([worst?.ruleId, worst?.severity], ['rtk.loss.in', 'high']);
        assert.ok(others.every(({ ruleId }) => ruleId === 'rtk.conceal'));
      });

      it('screen-share: the delay, the screen and the renegotiation', async () => {
        const stats = recorded('screen-share.getstats.json.gz') as { a: Polls; b: Polls };
        const capture = await open(fixture(`recorded/screen-share.${ending}`));
        const [a, b] = ends(capture, stats);
        for (const { report } of [a, b]) {
          // 200 ms each way.
          const rtt = meanOf(report.streams, 'rtt', 'audio', 'send');
          assert.ok(rtt >= 400 && rtt < 420, `${rtt} ms`);
          assert.deepEqual(
            problems({ ...a, report }).map(({ ruleId, side }) => [ruleId, side]),
            [['rtk.rtt', 'network']],
          );
          assert.equal(report.streams.filter(({ source }) => source === 'screen').length, 1);
        }
        const sets = a.descriptions.filter(({ method }) => method.startsWith('set'));
        assert.deepEqual(
          sets.map(({ end, type }) => `${end} ${type}`),
          ['local offer', 'remote answer', 'local offer', 'remote answer'],
        );
        const offers = sessionDescriptions(a.report.connectivity).filter(({ name }) => name.startsWith('Local'));
        assert.deepEqual(
          offers.map(({ name, former }) => [name, former]),
          [
            ['Local offer 1', undefined],
            ['Local offer 2', 0],
          ],
        );
        const pictures = offers.map(({ text }) => text.match(/^m=video/gm)?.length ?? 0);
        assert.equal(pictures[1], (pictures[0] ?? 0) + 1, 'the screen came as one more video section');
        assert.equal(
          capture.mediaRequests.filter(({ method, kind }) => method === 'getDisplayMedia' && kind === 'success').length,
          1,
        );
      });
    });
  }

  it('say the same in both of Chromium’s files', async () => {
    for (const name of ['healthy', 'lossy', 'screen-share']) {
      const [internals, rtcstats] = await Promise.all(
        ENDINGS.map((ending) => open(fixture(`recorded/${name}.${ending}`))),
      );
      assert.ok(internals && rtcstats);
      assert.deepEqual(
        internals.connections.map(({ id }) => id),
        rtcstats.connections.map(({ id }) => id),
      );
      for (const [index, { report }] of internals.connections.entries()) {
        const other: CallReport | undefined = rtcstats.connections[index]?.report;
        const columns = ({ id, times, series, source, layer }: Stream) => {
          const { rtt: _, ...same } = series;
          const rounded = Object.entries(same).map(([key, values]) => [
            key,
            values.map((value) => Number(value.toPrecision(9))),
          ]);
          return { id, times, series: Object.fromEntries(rounded), source, layer };
        };
        assert.deepEqual(report.streams.map(columns), other?.streams.map(columns));
      }
    }
  });
});
