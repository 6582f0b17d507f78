import assert from 'node:assert/strict';
import { column, dump, inboundAudio, internalsStats, only, read, START, seconds } from './captures';

describe('streams of a webrtc-internals dump', () => {
  it('gives rates, losses and means of what was received', async () => {
    const report = only(
      await read(
        dump(
          inboundAudio({
            packetsReceived: [0, 50, 100, 145, 195],
            packetsLost: [0, 0, 0, 5, 4],
            bytesReceived: [0, 5000, 10_000, 14_500, 19_500],
            jitter: [0.001, 0.002, 0.003, 0.004, 0.005],
            jitterBufferDelay: [0, 2400, 4800, 9600, 9600],
            jitterBufferEmittedCount: [0, 48_000, 96_000, 144_000, 144_000],
            concealedSamples: [0, 0, 480, 1440, 1440],
            silentConcealedSamples: [0, 0, 0, 480, 480],
            totalSamplesReceived: [0, 48_000, 96_000, 144_000, 192_000],
          }),
        ),
      ),
    );
    const [stream] = report.streams;
    assert.ok(stream);
    assert.deepEqual([stream.direction, stream.kind, stream.source], ['receive', 'audio', 'camera-mic']);
    assert.deepEqual([...stream.times], seconds(5));
    assert.deepEqual(column(stream, 'bitrate'), [null, 40_000, 40_000, 36_000, 40_000]);
    // 5 of 50 in the fourth second; a total that falls lost nothing.
    assert.deepEqual(column(stream, 'packetLoss'), [null, 0, 0, 10, 0]);
    assert.deepEqual(column(stream, 'jitter'), [1, 2, 3, 4, 5]);
    // 2400 s of delay over 48,000 samples are 50 ms each.
    assert.deepEqual(column(stream, 'jitterBufferDelay'), [null, 50, 50, 100, null]);
    // 480 of 48,000 samples, then 960 of which 480 were silence.
    assert.deepEqual(column(stream, 'concealment'), [null, 0, 1, 1, 0]);
    assert.equal(report.provider, 'webrtc-internals');
    assert.equal(report.participant.id, '7-1');
    assert.equal(report.browser?.name, 'Chrome');
  });

  it('pairs what was sent with what the far end reports of it', async () => {
    const stats = internalsStats({
      OT1: {
        type: 'outbound-rtp',
        members: {
          kind: Array(6).fill('video'),
          ssrc: Array(6).fill(21),
          remoteId: Array(6).fill('RI1'),
          timestamp: seconds(6),
          packetsSent: [100, 200, 300, 400, 500, 600],
          qualityLimitationReason: ['none', 'none', 'bandwidth', 'bandwidth', 'none', 'none'],
          qualityLimitationDurations: [0, 0, 1, 2, 2, 2].map((bandwidth, i) => ({
            none: i - bandwidth,
            cpu: 0,
            bandwidth,
          })),
        },
      },
      RI1: {
        type: 'remote-inbound-rtp',
        members: {
          kind: Array(6).fill('video'),
          ssrc: Array(6).fill(21),
          // A report every two seconds keeps its time until the next one.
          timestamp: [0, 0, 2, 2, 4, 4].map((second) => START + second * 1000),
          packetsLost: [3, 3, 13, 13, 13, 13],
          roundTripTime: [0.05, 0.05, 0.15, 0.15, 0.08, 0.08],
          jitter: [0.001, 0.001, 0.002, 0.002, 0.003, 0.003],
        },
      },
    });
    const [stream] = only(await read(dump(stats))).streams;
    assert.ok(stream);
    assert.deepEqual(column(stream, 'rtt'), [50, 50, 150, 150, 80, 80]);
    assert.deepEqual(column(stream, 'packetsLost'), [null, null, 10, null, 0, null]);
    // 10 of the 200 packets that were sent between the first report and the second.
    assert.deepEqual(column(stream, 'packetLoss'), [null, 5, 5, 0, 0, null]);
    assert.deepEqual(column(stream, 'qualityLimitationBandwidth'), [null, 0, 100, 100, 0, 0]);
    assert.deepEqual(
      stream.states?.qualityLimitationReason?.map(({ at, value }) => [(at - START) / 1000, value]),
      [
        [0, 'none'],
        [2, 'bandwidth'],
        [4, 'none'],
      ],
    );
  });

  it('takes the far end’s own fraction of loss where it gives one', async () => {
    const stats = internalsStats({
      OT1: {
        type: 'outbound-rtp',
        members: { kind: Array(3).fill('audio'), ssrc: [1, 1, 1], timestamp: seconds(3), packetsSent: [0, 50, 100] },
      },
      RI1: {
        type: 'remote-inbound-rtp',
        members: { ssrc: [1, 1, 1], timestamp: seconds(3), packetsLost: [0, 1, 2], fractionLost: [0, 0.25, 0.5] },
      },
    });
    const [stream] = only(await read(dump(stats))).streams;
    assert.deepEqual(stream && column(stream, 'packetLoss'), [null, 25, 50]);
  });

  it('does not count what was sent again as carried packets when it has an SSRC of its own', async () => {
    const [stream] = only(
      await read(
        dump(
          inboundAudio({
            rtxSsrc: Array(5).fill(12),
            packetsReceived: [0, 100, 200, 300, 400],
            retransmittedPacketsReceived: [0, 0, 10, 20, 30],
            packetsLost: [0, 0, 10, 20, 30],
          }),
        ),
      ),
    ).streams;
    // 10 lost of 10 + (100 - 10).
    assert.deepEqual(stream && column(stream, 'packetLoss'), [null, 0, 10, 10, 10]);
  });

  it('puts a member that came late or ended early where it belongs', async () => {
    const base = { kind: Array(6).fill('audio'), ssrc: Array(6).fill(1), timestamp: seconds(6) };
    const stats = internalsStats({
      IT1: {
        type: 'inbound-rtp',
        members: {
          ...base,
          audioLevel: { values: [0.1, 0.2], from: 4 },
          jitter: { values: [0.001, 0.002], from: 0 },
          framesPerSecond: { values: [7, 8], from: 2 },
        },
      },
    });
    const [stream] = only(await read(dump(stats))).streams;
    assert.ok(stream);
    assert.deepEqual(column(stream, 'audioLevel'), [null, null, null, null, 0.1, 0.2]);
    assert.deepEqual(column(stream, 'jitter'), [1, 2, null, null, null, null]);
    assert.deepEqual(column(stream, 'fps'), [null, null, 7, 8, null, null]);
  });

  it('starts anew where a counter fell, and draws no rate over a gap', async () => {
    const times = [0, 1, 2, 3, 20].map((second) => START + second * 1000);
    const [stream] = only(
      await read(
        dump(
          inboundAudio({
            timestamp: times,
            bytesReceived: [1000, 2000, 500, 1500, 9500],
            packetsReceived: [10, 20, 5, 15, 95],
          }),
        ),
      ),
    ).streams;
    assert.ok(stream);
    assert.deepEqual(column(stream, 'bitrate'), [null, 8000, null, 8000, null]);
    assert.deepEqual(column(stream, 'packetsReceived'), [null, 10, null, 10, 80]);
  });

  it('spreads readings evenly where a dump has no times of its own, and says so', async () => {
    const stats = internalsStats({
      IT1: { type: 'inbound-rtp', members: { kind: ['audio', 'audio', 'audio'], jitter: [0.001, 0.002, 0.003] } },
    });
    const report = only(await read(dump(stats)));
    assert.deepEqual([...(report.streams[0]?.times ?? [])], seconds(3));
    assert.match(report.assumptions.join('\n'), /before 117/);
  });

  it('says what old statistics look like', async () => {
    const stats = internalsStats({ ssrc_11_recv: { type: 'ssrc', members: { googJitterReceived: ['1', '2'] } } });
    const report = only(await read(dump(stats)));
    assert.deepEqual(report.streams, []);
    assert.match(report.assumptions.join('\n'), /legacy callback API/);
  });

  it('leaves out streams that a server keeps ready, where others of their kind came', async () => {
    const object = (bytes: number) => ({
      type: 'inbound-rtp',
      members: { kind: ['video', 'video'], timestamp: seconds(2), bytesReceived: [0, bytes] },
    });
    const kept = async (...bytes: number[]) =>
      only(await read(dump(internalsStats(Object.fromEntries(bytes.map((value, i) => [`IT${i}`, object(value)]))))))
        .streams.length;
    assert.equal(await kept(1000, 0, 0), 1);
    // Nothing came at all: that is the finding.
    assert.equal(await kept(0, 0), 2);
  });
});
