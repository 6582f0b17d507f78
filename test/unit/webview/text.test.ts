import assert from 'node:assert/strict';
import { endpoint, pathWords, relayWords } from '../../../src/core/connection-words';
import type { Stream } from '../../../src/core/model';
import { chartCsv, chartTable, csvCell } from '../../../src/webview/charts/csv';
import { niceCeil, valueRange, valueTicks } from '../../../src/webview/charts/scale';
import { timeTicks } from '../../../src/webview/charts/ticks';
import {
  displayUnit,
  formatBitrate,
  formatBytes,
  formatNumber,
  formatShare,
  formatStay,
  MISSING,
  words,
} from '../../../src/webview/format';
import { lineStyle } from '../../../src/webview/line-style';
import { metricOf, type Source } from '../../../src/webview/report-model';
import { streamWords } from '../../../src/webview/sources';

function source(label: string, times: number[], rtt: number[]): Source {
  return {
    id: label,
    group: 'sent',
    label,
    times: Float64Array.from(times),
    series: { rtt: Float64Array.from(rtt) },
    style: lineStyle(0),
    maxGap: 1000,
  };
}

describe('a stream in words', () => {
  const received = { id: 's', direction: 'receive', kind: 'audio', source: 'camera-mic' } as const;
  const columns = { times: new Float64Array(), series: {} };

  it('takes the name of its sender from the report, in whatever language that was read', () => {
    const said = { label: 'Mikrofon empfangen von Kim', remoteParticipantId: 'p2', remoteName: 'Kim' };
    assert.deepEqual(streamWords({ ...received, ...columns, ...said }), {
      what: 'Microphone',
      who: 'Kim',
      layer: undefined,
    });
  });

  it('reads labels of reports that were saved without the name', () => {
    const said = { label: 'Microphone received from Kim', remoteParticipantId: 'p2' };
    assert.equal(streamWords({ ...received, ...columns, ...said }).who, 'Kim');
  });
});

describe('numbers as text', () => {
  it('show a dash for what is missing, never NaN, null or zero', () => {
    for (const value of [undefined, null, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(formatNumber(value, 1), MISSING);
    }
    assert.equal(formatBytes(undefined), MISSING);
    assert.equal(formatBitrate(Number.NaN), MISSING);
    assert.equal(formatShare(undefined), MISSING);
    assert.equal(formatStay(undefined, 5), MISSING);
  });

  it('have fixed digits, grouped from five digits on, and no negative zero', () => {
    assert.equal(formatNumber(135.7009, 1), '135.7');
    assert.equal(formatNumber(3188), '3188');
    assert.equal(formatNumber(31_880), '31,880');
    assert.equal(formatNumber(-0.001, 1), '0.0');
    assert.equal(formatNumber(0, 2), '0.00');
  });

  it('read bytes, bits and shares in decimal multiples', () => {
    assert.equal(formatBytes(999), '999 B');
    assert.equal(formatBytes(200_996), '201.0 kB');
    assert.equal(formatBitrate(54_858), '54.9 kbit/s');
    assert.equal(formatShare(0.2), '20 %');
    assert.equal(formatShare(0.125), '12.5 %');
    assert.deepEqual(displayUnit({ unit: 'bit/s', decimals: 0 }), { unit: 'kbit/s', factor: 0.001, decimals: 1 });
  });

  it('turn names of any style into words', () => {
    assert.equal(words('effectiveNetworkType'), 'Effective network type');
    assert.equal(words('audio_off'), 'Audio off');
    assert.equal(words('PEER_JOINING'), 'Peer joining');
  });
});

describe('axes', () => {
  it('end at a round number that holds every value', () => {
    assert.deepEqual([0.013, 1, 1.1, 2.2, 260, 1000].map(niceCeil), [0.02, 1, 2, 2.5, 500, 1000]);
    assert.deepEqual(valueRange('rtt', [9, 782.9]), [0, 1000]);
    assert.deepEqual(valueRange('packetLoss', [0, 0]), [0, 2]);
    assert.deepEqual(valueRange('mos', [1, 1]), [1, 5]);
    assert.deepEqual(valueRange('other', undefined), [0, 1]);
    assert.deepEqual(valueTicks([0, 50]), [0, 25, 50]);
  });

  it('have round times at a distance that leaves room for labels', () => {
    const origin = 1_700_000_123_456;
    const reading = { mode: 'offset' as const, origin };
    // An hour on 800 pixels, 76 a label: 342 s at least, so every 10 minutes.
    const ticks = timeTicks([origin, origin + 3_600_000], reading, 800);
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['0:00', '10:00', '20:00', '30:00', '40:00', '50:00', '1:00:00'],
    );
    assert.equal(ticks[1]?.at, origin + 600_000);
    assert.deepEqual(timeTicks([5, 5], reading, 800), []);
    assert.deepEqual(timeTicks([0, 5], reading, 0), []);
  });

  it('are round on the wall clock too', () => {
    const from = Date.UTC(2024, 5, 1, 10, 7, 13);
    for (const { at } of timeTicks([from, from + 3_600_000], { mode: 'clock', origin: from }, 800)) {
      assert.equal(new Date(at).getMinutes() % 10, 0);
      assert.equal(new Date(at).getSeconds(), 0);
    }
  });

  it('name the day where a new one begins', () => {
    const midnight = new Date(2024, 5, 2).getTime();
    const ticks = timeTicks([midnight - 7_200_000, midnight + 7_200_000], { mode: 'clock', origin: midnight }, 400);
    assert.deepEqual(
      ticks.map(({ label }) => label),
      ['22:00', '23:00', '2 Jun', '01:00', '02:00'],
    );
  });
});

describe('a chart as table and CSV', () => {
  const a = source('mic', [1000, 2000, 3000], [9.5, Number.NaN, 11]);
  const b = source('cam "h", 720', [2000, 4000], [20, 30]);

  it('has a row for each time that any stream has', () => {
    const { times, columns } = chartTable([a, b], 'rtt');
    assert.deepEqual([...times], [1000, 2000, 3000, 4000]);
    assert.deepEqual([...(columns[0]?.values ?? [])], [9.5, Number.NaN, 11, Number.NaN]);
    assert.deepEqual([...(columns[1]?.values ?? [])], [Number.NaN, 20, Number.NaN, 30]);
    assert.deepEqual([...chartTable([a, b], 'rtt', [2000, 3000]).times], [2000, 3000]);
  });

  it('leaves cells empty where nothing was measured, and quotes as RFC 4180 says', () => {
    assert.equal(
      chartCsv(metricOf('rtt'), chartTable([a, b], 'rtt'), 500),
      [
        'time (UTC),into call (s),mic: Round-trip time (ms),"cam ""h"", 720: Round-trip time (ms)"',
        '1970-01-01T00:00:01.000Z,0.500,9.5,',
        '1970-01-01T00:00:02.000Z,1.500,,20',
        '1970-01-01T00:00:03.000Z,2.500,11,',
        '1970-01-01T00:00:04.000Z,3.500,,30',
        '',
      ].join('\r\n'),
    );
  });

  it('has a value as it came beside one whose unit is an assumption, and no time into a call where there is none', () => {
    const times = Float64Array.from([1000, 2000]);
    // The hundredths of these are not exact in binary: the digits that follow from that are not shown.
    const series = { packetLoss: Float64Array.from([7, 29]) };
    const stream: Stream = {
      id: 's',
      direction: 'send',
      kind: 'all',
      source: 'all',
      times,
      series,
      scaled: { packetLoss: 100 },
    };
    const sent = { ...source('Sent', [], []), stream, times, series };
    assert.equal(
      chartCsv(metricOf('packetLoss'), chartTable([sent], 'packetLoss'), undefined),
      [
        'time (UTC),Sent: Packet loss (%),"Sent, as it came"',
        '1970-01-01T00:00:01.000Z,7,0.07',
        '1970-01-01T00:00:02.000Z,29,0.29',
        '',
      ].join('\r\n'),
    );
  });

  it('cannot run as a formula', () => {
    assert.equal(csvCell('=1+1'), "'=1+1");
    assert.equal(csvCell('@SUM(A1)'), "'@SUM(A1)");
    assert.equal(csvCell('plain'), 'plain');
  });
});

describe('candidate pairs in words', () => {
  it('tell the leg to TURN by its URL (RFC 7065), not by the candidate’s protocol', () => {
    const relay = { type: 'relay' as const, protocol: 'udp' };
    assert.equal(relayWords({ ...relay, url: 'turn:turn.example:3478' }), 'relayed, TURN over UDP');
    assert.equal(relayWords({ ...relay, url: 'turn:turn.example:3478?transport=tcp' }), 'relayed, TURN over TCP');
    assert.equal(
      relayWords({ ...relay, url: 'turns:turn.example:443?transport=tcp' }),
      'relayed, TURN over TLS on TCP',
    );
    assert.equal(relayWords(relay), 'relayed; the leg to the TURN server is not stated');
    assert.equal(relayWords({ type: 'host' }), undefined);
  });

  it('write addresses with ports', () => {
    assert.equal(endpoint({ address: '203.0.113.21', port: 64799 }), '203.0.113.21:64799');
    assert.equal(endpoint({ address: '2001:db8::1', port: 443 }), '[2001:db8::1]:443');
    assert.equal(endpoint({}), undefined);
  });

  it('name the whole path', () => {
    assert.equal(
      pathWords({
        direction: 'send',
        local: { type: 'prflx', address: '203.0.113.21', port: 64799, protocol: 'udp', networkType: 'wifi' },
        remote: { type: 'host', address: '198.51.100.161', port: 46252, protocol: 'udp' },
      }),
      '203.0.113.21:64799 (Wi-Fi, prflx, UDP) ⟶ 198.51.100.161:46252 (host, UDP): direct',
    );
  });
});
