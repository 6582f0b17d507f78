import assert from 'node:assert/strict';
import { summarize } from '../../../src/core/series';
import { assumed, column, only, publishedReport, read } from './reports';

for (const name of ['peer-report.json', 'peer-report.dyte-v2.json']) {
  describe(`the published report ${name}`, () => {
    const found = read(publishedReport(name));
    const microphone = only(found);

    it('has ten samples of a microphone', () => {
      assert.equal(microphone.times.length, 10);
      assert.deepEqual([microphone.direction, microphone.kind, microphone.source], ['send', 'audio', 'camera-mic']);
      assert.equal(microphone.label, 'Microphone sent');
      assert.deepEqual(microphone.identifiers, {
        producerId: 'fb6e75d3-d353-42a9-87cb-ce57f30e44b5',
        ssrc: '2051826975',
        mid: '0',
      });
      assert.equal(microphone.times[0], Date.UTC(2023, 11, 14, 13, 35, 36, 554));
      assert.equal(microphone.times[9], Date.UTC(2023, 11, 14, 13, 36, 40, 138));
    });

    it('has the same average round-trip time in its samples and in its aggregate', () => {
      const fromSamples = summarize(microphone.series.rtt ?? new Float64Array())?.mean ?? Number.NaN;
      // (0 + 782.913 + 14.374 + 495.3 + 9.659 + 8.514 + 13.321 + 9.888 + 11.932 + 11.108) / 10
      assert.ok(Math.abs(fromSamples - 135.7009) < 1e-9, String(fromSamples));
      const aggregate = found.aggregates.find(({ metric }) => metric === 'rtt');
      assert.equal(aggregate?.avg, 135.7009);
      assert.equal(aggregate.unit, 'ms');
      assert.deepEqual(aggregate.shares, [
        { atLeast: 100, fraction: 0.2 },
        { atLeast: 250, fraction: 0.2 },
        { atLeast: 500, fraction: 0.1 },
      ]);
      assert.match(assumed(found), /round-trip time of the samples is read as seconds: their average 0\.1357 fits/);
    });

    it('counts packets per interval: 3188 in all', () => {
      assert.equal(summarize(microphone.series.packetsSent ?? new Float64Array())?.sum, 3188);
      assert.match(assumed(found), /taken as counts per interval/);
    });

    it('has a bitrate of bytes × 8 over the time since the sample before', () => {
      const rates = column(microphone, 'bitrate');
      assert.equal(rates?.[0], null);
      // 8162 B in 7.586 s, 6300 B in 7.000 s, 6318 B in 7.002 s
      assert.equal(rates[1], Number(((8162 * 8) / 7.586).toFixed(6)));
      assert.equal(rates[2], 7200);
      assert.equal(rates[3], Number(((6318 * 8) / 7.002).toFixed(6)));
    });

    it('keeps the raw score, without a loss', () => {
      assert.deepEqual(column(microphone, 'mos'), Array(10).fill(1));
      assert.deepEqual(column(microphone, 'packetLoss'), Array(10).fill(0));
    });

    it('has one candidate pair that sends, its times in ms', () => {
      assert.equal(found.transports.length, 1);
      const [pair] = found.transports;
      assert.deepEqual([pair?.direction, pair?.nominated], ['send', true]);
      assert.deepEqual([pair?.rttMs, pair?.totalRttMs], [9, 4055]);
      assert.deepEqual([pair?.packetsSent, pair?.bytesSent], [3203, 200_996]);
      assert.equal(pair?.lastPacketSentAt, 1_702_561_000_139);
      assert.deepEqual(pair.local, {
        id: 'IKf7CPY3N',
        type: 'prflx',
        address: '203.0.113.21',
        port: 64_799,
        protocol: 'udp',
        networkType: 'wifi',
        relatedAddress: '192.0.2.119',
        relatedPort: 64_799,
      });
    });

    it('has the client, the network and the events', () => {
      assert.deepEqual(found.device, { os: 'macOS', osVersion: '10.15.7', cpus: 8, isMobile: false });
      assert.equal(found.browser?.name, 'Chrome');
      assert.equal(found.browser.webgl, undefined);
      assert.deepEqual(found.sdk, { name: 'web-core', version: '1.21.1-staging.3', viewType: 'groupCall' });
      assert.equal(found.network?.asn, 'AS135248');
      assert.equal(found.network.city, 'Nashik');
      assert.deepEqual(found.connectivity, [
        {
          at: Date.UTC(2023, 11, 14, 13, 35, 41, 144),
          effectiveNetworkType: '4g',
          reflexive: false,
          relay: true,
          turn: true,
          sdp: undefined,
        },
      ]);
      const lanes = found.events.map(({ name: event, lane }) => `${event} ${lane}`);
      assert.ok(lanes.includes('precall_begin network'));
      assert.ok(lanes.includes('audio_off media'));
      assert.ok(lanes.includes('meeting_view_backgrounded page'));
      // 1.109 minutes
      assert.ok(Math.abs((found.participant.durationMs ?? 0) - 66_540) < 1e-6);
      assert.deepEqual(found.issues, []);
    });
  });
}
