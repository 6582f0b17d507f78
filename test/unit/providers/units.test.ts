import assert from 'node:assert/strict';
import { assumed, column, only, read, report, START, samples } from './reports';

describe('units and counters of a report', () => {
  describe('seconds or milliseconds', () => {
    const rtt = (values: number[], average?: number) =>
      read(
        report({
          audio_producer: samples({ rtt: values }),
          ...(average === undefined ? {} : { audio_producer_cumulative: { rtt: { avg: average } } }),
        }),
      );

    it('small values are seconds', () => {
      const found = rtt([0.1, 0.2, 0.5]);
      assert.deepEqual(column(only(found), 'rtt'), [100, 200, 500]);
      assert.match(assumed(found), /round-trip time .* is read as seconds: the largest sample is 0\.5/);
    });

    it('seconds of a bad network are seconds up to 10 s, as long as half of them are below 2 s', () => {
      assert.deepEqual(column(only(rtt([0.3, 1.5, 9.5])), 'rtt'), [300, 1500, 9500]);
      assert.deepEqual(column(only(rtt([0.3, 1.5, 10])), 'rtt'), [0.3, 1.5, 10]);
      assert.deepEqual(column(only(rtt([0.3, 2, 9.5])), 'rtt'), [0.3, 2, 9.5]);
    });

    it('large values are milliseconds', () => {
      const found = rtt([100, 200, 500]);
      assert.deepEqual(column(only(found), 'rtt'), [100, 200, 500]);
      assert.match(assumed(found), /is read as milliseconds: the largest sample is 500/);
    });

    it('the report’s own average decides against the size of the values', () => {
      // Seconds with one outlier of 12 s: (0.05 + 0.05 + 12) / 3 s is 4033 ms.
      assert.deepEqual(column(only(rtt([0.05, 0.05, 12], 4033.3)), 'rtt'), [50, 50, 12_000]);
      // A local network's milliseconds, all below 10.
      const found = rtt([0.4, 0.8, 0.6], 0.6);
      assert.deepEqual(column(only(found), 'rtt'), [0.4, 0.8, 0.6]);
      assert.match(assumed(found), /milliseconds: their average 0\.6 fits the report's own 0\.6 ms/);
    });

    it('jitter likewise; a quiet network’s milliseconds are not taken for seconds', () => {
      const jitter = (values: number[]) =>
        column(only(read(report({ audio_consumer: samples({ jitter: values }) }))), 'jitter');
      assert.deepEqual(jitter([0.004, 0.03, 0.2]), [4, 30, 200]);
      assert.deepEqual(jitter([4, 30, 200]), [4, 30, 200]);
      assert.deepEqual(jitter([1.2, 2.1, 0.9]), [1.2, 2.1, 0.9]);
    });

    it('all zeros are zeros', () => {
      assert.deepEqual(column(only(rtt([0, 0])), 'rtt'), [0, 0]);
    });

    it('the jitter buffer’s delay is the sum over the count', () => {
      const buffer = (delay: number[], emitted: number[], avg?: number) =>
        read(
          report({
            audio_consumer: samples({ jitter_buffer_delay: delay, jitter_buffer_emitted_count: emitted }),
            audio_consumer_cumulative: avg === undefined ? {} : { jitter_buffer_delay: { avg } },
          }),
        );
      // 4800 / 48000 s, 9600 / 48000 s, 2400 / 48000 s; no count, no mean
      const seconds = buffer([4800, 9600, 2400, 0], [48_000, 48_000, 48_000, 0]);
      assert.deepEqual(column(only(seconds), 'jitterBufferDelay'), [100, 200, 50, null]);
      // The same sums in ms.
      const ms = buffer([4_800_000, 9_600_000, 2_400_000], [48_000, 48_000, 48_000]);
      assert.deepEqual(column(only(ms), 'jitterBufferDelay'), [100, 200, 50]);
      // 1 and 2 ms, which only the report's own average tells from seconds.
      const average = buffer([48_000, 96_000, 48_000], [48_000, 48_000, 48_000], 1.33);
      assert.deepEqual(column(only(average), 'jitterBufferDelay'), [1, 2, 1]);
    });

    it('the average loss of the provider is percent, unless the samples say fraction', () => {
      const loss = (avg: number) =>
        read(
          report({
            video_producer: samples({ packets_sent: [100, 100, 90], packets_lost: [4, 6, 4] }),
            video_producer_cumulative: { packet_loss: { avg, '5_or_greater_event_fraction': 0.5 } },
          }),
        );
      const [percent] = loss(4.8).aggregates;
      assert.deepEqual([percent?.metric, percent?.avg, percent?.unit], ['packetLoss', 4.8, '%']);
      assert.deepEqual(percent?.shares, [{ atLeast: 5, fraction: 0.5 }]);
      const found = loss(0.048);
      assert.ok(Math.abs((found.aggregates[0]?.avg ?? 0) - 4.8) < 1e-9);
      assert.match(assumed(found), /read as a fraction/);
    });
  });

  describe('counts per interval or running totals', () => {
    const bytes = (values: unknown[], metadata?: unknown) =>
      read(report({ audio_producer: samples({ bytes_sent: values }) }, metadata));

    it('what falls is counted per interval', () => {
      const found = bytes([1000, 5000, 4000, 5000, 4500]);
      assert.deepEqual(column(only(found), 'bytesSent'), [1000, 5000, 4000, 5000, 4500]);
      // 5000 B in 5 s
      assert.deepEqual(column(only(found), 'bitrate'), [null, 8000, 6400, 8000, 7200]);
      assert.match(assumed(found), /counts per interval: they fall in 2 of 4 changes/);
    });

    it('what rises and never falls runs on', () => {
      const found = bytes([1000, 6000, 10_000, 15_000, 19_500, 25_000, 30_000]);
      assert.deepEqual(column(only(found), 'bytesSent'), [null, 5000, 4000, 5000, 4500, 5500, 5000]);
      assert.deepEqual(column(only(found), 'bitrate'), [null, 8000, 6400, 8000, 7200, 8800, 8000]);
      assert.match(assumed(found), /running totals.*rise in 6 of 6 changes/);
    });

    it('a reset of a running total is a hole, never a negative or giant rate', () => {
      const totals = [0, 5, 10, 15, 20, 25, 30, 35, 3, 8, 13].map((value) => value * 1000);
      const found = bytes(totals);
      const expected = [null, ...Array(7).fill(5000), null, 5000, 5000];
      assert.deepEqual(column(only(found), 'bytesSent'), expected);
      for (const rate of column(only(found), 'bitrate') ?? []) assert.ok(rate === null || rate === 8000);
    });

    it('a reset holds for all counters of the stream', () => {
      const lost = [0, 1, 2, 3, 4, 5, 6, 7, 7, 8];
      const sent = [0, 10, 20, 30, 40, 50, 60, 70, 5, 15];
      const found = read(report({ audio_producer: samples({ packets_sent: sent, packets_lost: lost }) }));
      assert.deepEqual(column(only(found), 'packetsLost'), [null, 1, 1, 1, 1, 1, 1, 1, null, 1]);
      // 1 of 10 sent
      assert.deepEqual(column(only(found), 'packetLoss'), [null, 10, 10, 10, 10, 10, 10, 10, null, 10]);
    });

    it('a running loss that falls is no loss', () => {
      const sent = [0, 10, 20, 30, 40, 50, 60, 70];
      const found = read(
        report({ audio_producer: samples({ packets_sent: sent, packets_lost: [0, 2, 1, 3, 3, 4, 5, 6] }) }),
      );
      assert.deepEqual(column(only(found), 'packetsLost'), [null, 2, 0, 2, 0, 1, 1, 1]);
    });

    it('with too few samples the transport’s own totals decide', () => {
      const metadata = (packets: number) => ({
        candidate_pairs: { producing_transport: [{ packets_sent: packets }], consuming_transport: [] },
      });
      const packets = (total: number) =>
        read(report({ audio_producer: samples({ packets_sent: [100, 200, 300] }) }, metadata(total)));
      // As counts 600, as totals 300.
      const counts = packets(610);
      assert.deepEqual(column(only(counts), 'packetsSent'), [100, 200, 300]);
      assert.match(assumed(counts), /600 against 610 packets of the transport/);
      const totals = packets(305);
      assert.deepEqual(column(only(totals), 'packetsSent'), [null, 100, 100]);
      assert.match(assumed(totals), /300 against 305 packets of the transport/);
    });

    it('without any evidence they are counted per interval, and that is said', () => {
      const found = bytes([100, 100]);
      assert.deepEqual(column(only(found), 'bytesSent'), [100, 100]);
      assert.match(assumed(found), /too few changes to tell/);
    });

    it('one counter may run on where the others do not', () => {
      const found = read(
        report({
          video_producer: samples({
            bytes_sent: [9, 5, 9, 5, 9, 5, 9, 5],
            pli_count: [1, 2, 3, 4, 5, 6, 7, 9],
            fir_count: [0, 0, 1, 0, 0, 0, 0, 1],
          }),
        }),
      );
      assert.deepEqual(column(only(found), 'pliCount'), [null, 1, 1, 1, 1, 1, 1, 2]);
      assert.deepEqual(column(only(found), 'firCount'), [0, 0, 1, 0, 0, 0, 0, 1]);
      assert.match(assumed(found), /pli_count is taken as a running total all the same/);
    });
  });

  describe('loss', () => {
    it('sent: lost over sent, at most 100 %', () => {
      const found = read(
        report({ audio_producer: samples({ packets_sent: [50, 40, 0, 10], packets_lost: [5, 0, 3, 30] }) }),
      );
      assert.deepEqual(column(only(found), 'packetLoss'), [10, 0, null, 100]);
    });

    it('received: lost over lost and received; below 0 is none', () => {
      const found = read(
        report({ audio_consumer: samples({ packets_received: [90, 40, 0, 0, 10], packets_lost: [10, -2, 0, 4, 0] }) }),
      );
      assert.deepEqual(column(only(found), 'packetLoss'), [10, 0, null, 100, 0]);
      assert.deepEqual(column(only(found), 'packetsLost'), [10, 0, 0, 4, 0]);
    });
  });

  describe('time', () => {
    it('no rate over a gap of more than twice the usual step and 5 s', () => {
      const rows = samples({ bytes_sent: [5000, 4000, 5000, 4000, 5000, 4000] }) as { timestamp: string }[];
      const late = START + 4 * 5000 + 30_000;
      for (const [index, at] of [
        [4, late],
        [5, late + 5000],
      ] as const)
        (rows[index] as { timestamp: string }).timestamp = new Date(at).toISOString();
      assert.deepEqual(column(only(read(report({ audio_producer: rows }))), 'bitrate'), [
        null,
        6400,
        8000,
        6400,
        null,
        6400,
      ]);
    });

    it('samples are put in order, and of two at one time the later one stays', () => {
      const rows = samples({ rtt: [0.1, 0.2, 0.3] });
      const again = { ...rows[1], rtt: 0.25 };
      const stream = only(read(report({ audio_producer: [rows[2], rows[1], rows[0], again] })));
      assert.deepEqual(column(stream, 'rtt'), [100, 250, 300]);
      assert.deepEqual([...stream.times], [START, START + 5000, START + 10_000]);
    });

    it('other forms of time are read as well', () => {
      const rows = [
        '2024-05-06T10:00:00Z',
        '2024-05-06 10:00:05.123456Z',
        '2024-05-06T10:00:10.000Z"',
        '2024-05-06T12:00:15.000+02:00',
      ];
      const stream = only(read(report({ audio_producer: rows.map((timestamp) => ({ timestamp, rtt: 0.1 })) })));
      assert.deepEqual(
        [...stream.times].map((time) => time - START),
        [0, 5123, 10_000, 15_000],
      );
    });
  });

  describe('quality limitation', () => {
    const limited = (spent: object[]) =>
      read(
        report({
          video_producer: samples({
            quality_limitation_durations: spent,
            bytes_sent: spent.map((_, i) => 10 + (i % 2)),
          }),
        }),
      );
    const split = (cpu: number, none: number) => ({ cpu, bandwidth: 0, other: 0, none });

    it('running seconds become the share of each interval', () => {
      const stream = only(limited([split(0, 5), split(1, 9), split(5, 10), split(5, 15)]));
      assert.deepEqual(column(stream, 'qualityLimitationCpu'), [null, 20, 80, 0]);
      assert.deepEqual(column(stream, 'qualityLimitationNone'), [null, 80, 20, 100]);
      assert.deepEqual(column(stream, 'qualityLimitationBandwidth'), [null, 0, 0, 0]);
    });

    it('so do seconds of the interval, and milliseconds', () => {
      const seconds = limited([split(0, 5), split(1, 4), split(4, 1), split(0, 5)]);
      assert.deepEqual(column(only(seconds), 'qualityLimitationCpu'), [null, 20, 80, 0]);
      assert.match(assumed(seconds), /read as seconds of the interval/);
      const ms = limited([split(0, 5000), split(1000, 9000), split(5000, 10_000), split(5000, 15_000)]);
      assert.deepEqual(column(only(ms), 'qualityLimitationCpu'), [null, 20, 80, 0]);
      assert.match(assumed(ms), /running milliseconds/);
    });

    it('the reason is kept where it changes', () => {
      const reasons = ['none', 'none', 'cpu', 'cpu', 'bandwidth'];
      const stream = only(read(report({ video_producer: samples({ quality_limitation_reason: reasons }) })));
      assert.deepEqual(stream.states?.qualityLimitationReason, [
        { at: START, value: 'none' },
        { at: START + 10_000, value: 'cpu' },
        { at: START + 20_000, value: 'bandwidth' },
      ]);
    });
  });
});
