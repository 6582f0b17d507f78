import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCallError } from '../../../src/core/errors';
import { column, dump, internalsStats, only, read, START, seconds } from './captures';

const inbound = (members: Record<string, readonly unknown[]>) =>
  internalsStats({
    IT1: {
      type: 'inbound-rtp',
      members: { kind: Array(5).fill('audio'), ssrc: Array(5).fill(11), timestamp: seconds(5), ...members },
    },
  });

describe('a webrtc-internals dump', () => {
  it('gives rates, losses and means of what was received', async () => {
    const report = only(
      await read(
        dump(
          inbound({
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
          inbound({
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
          inbound({
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

  it('tells which pair was used, when that changed, and how far the relay is', async () => {
    const candidate = (type: string, more: Record<string, unknown>) => ({
      type: `${type}-candidate`,
      members: Object.fromEntries(Object.entries(more).map(([name, value]) => [name, [value, value]])),
    });
    const stats = internalsStats({
      T1: {
        type: 'transport',
        members: {
          timestamp: seconds(3),
          selectedCandidatePairId: ['CP1', 'CP1', 'CP2'],
          dtlsState: Array(3).fill('connected'),
        },
      },
      CP1: {
        type: 'candidate-pair',
        members: {
          timestamp: seconds(3),
          localCandidateId: Array(3).fill('L1'),
          remoteCandidateId: Array(3).fill('R1'),
          currentRoundTripTime: [0.02, 0.03, 0.04],
          bytesSent: [0, 1000, 3000],
          bytesReceived: [0, 0, 0],
          availableOutgoingBitrate: [300_000, 400_000, 500_000],
        },
      },
      CP2: {
        type: 'candidate-pair',
        members: {
          timestamp: seconds(3),
          localCandidateId: Array(3).fill('L2'),
          remoteCandidateId: Array(3).fill('R1'),
        },
      },
      CP3: {
        type: 'candidate-pair',
        members: { timestamp: seconds(3), nominated: Array(3).fill(true), state: Array(3).fill('succeeded') },
      },
      L1: candidate('local', {
        candidateType: 'host',
        protocol: 'udp',
        address: '192.0.2.1',
        port: 5000,
        networkType: 'wifi',
      }),
      L2: candidate('local', {
        candidateType: 'relay',
        protocol: 'udp',
        address: '198.51.100.1',
        port: 6000,
        url: 'turns:turn.example.com?transport=tcp',
      }),
      R1: candidate('remote', { candidateType: 'srflx', protocol: 'udp', address: '203.0.113.1', port: 7000 }),
    });
    const report = only(await read(dump(stats)));
    assert.deepEqual(
      report.transports.map(({ nominated, local }) => [nominated, local.type]),
      [
        [true, 'host'],
        [true, 'relay'],
        [false, undefined],
      ],
    );
    const [first, second] = report.transports;
    assert.deepEqual(first?.remote, { id: 'R1', type: 'srflx', address: '203.0.113.1', port: 7000, protocol: 'udp' });
    assert.equal(second?.local.url, 'turns:turn.example.com?transport=tcp');
    assert.equal(first?.rttMs, 40);
    assert.deepEqual([...(first?.series?.bitrateSent ?? [])].slice(1), [8000, 16_000]);
    assert.deepEqual([...(first?.series?.availableOutgoingBitrate ?? [])], [300_000, 400_000, 500_000]);
    assert.deepEqual(
      report.events.map(({ at, name, details }) => [(at - START) / 1000, name, details?.localType]),
      [
        [0, 'selectedCandidatePairChange', 'host'],
        [2, 'selectedCandidatePairChange', 'relay'],
      ],
    );
  });

  it('reads the log: calls, states, candidates and descriptions, old words and new', async () => {
    const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0\r\n';
    const line = 'candidate:1 1 udp 41885439 198.51.100.1 6000 typ relay raddr 192.0.2.1 rport 5000';
    const log = [
      { type: 'setLocalDescription', value: JSON.stringify({ type: 'offer', sdp }), timestamp: START },
      { type: 'setRemoteDescription', value: `type: answer, sdp: ${sdp}`, timestamp: START + 10 },
      { type: 'onicecandidate', value: JSON.stringify({ candidate: line, sdpMid: '0' }), timestamp: START + 20 },
      {
        type: 'icecandidate',
        value: `sdpMid: 0, sdpMLineIndex: 0, candidate: ${line}, url: turn:turn.example.com`,
        timestamp: START + 25,
      },
      { type: 'oniceconnectionstatechange', value: '"connected"', timestamp: START + 30 },
      { type: 'setRemoteDescriptionOnFailure', value: 'OperationError: no', timestamp: START + 40 },
      { type: 'close', value: '', timestamp: START + 50 },
      { value: 'no type' },
    ];
    const [connection] = (await read(dump({}, { updateLog: log }))).connections;
    assert.ok(connection);
    assert.deepEqual(
      connection.report.events.map(({ name, lane, details }) => [name, lane, details]),
      [
        ['setLocalDescription', 'other', { type: 'offer', lines: 3, mediaSections: 1 }],
        ['setRemoteDescription', 'other', { type: 'answer', lines: 3, mediaSections: 1 }],
        [
          'onicecandidate',
          'network',
          {
            candidateType: 'relay',
            protocol: 'udp',
            address: '198.51.100.1',
            port: 6000,
            relatedAddress: '192.0.2.1',
            relatedPort: 5000,
          },
        ],
        [
          'icecandidate',
          'network',
          {
            candidateType: 'relay',
            protocol: 'udp',
            address: '198.51.100.1',
            port: 6000,
            relatedAddress: '192.0.2.1',
            relatedPort: 5000,
            url: 'turn:turn.example.com',
          },
        ],
        ['oniceconnectionstatechange', 'network', { state: 'connected' }],
        ['setRemoteDescriptionOnFailure', 'other', { error: 'OperationError: no' }],
        ['close', 'presence', undefined],
      ],
    );
    assert.deepEqual(
      connection.descriptions.map(({ end, type, sdp: text }) => [end, type, text]),
      [
        ['local', 'offer', sdp],
        ['remote', 'answer', sdp],
      ],
    );
    assert.equal(connection.report.issues.length, 1);
    assert.match(connection.label, /^7-1 · meet\.example\.com · .*closed$/);
  });

  it('says whether TURN and STUN answered only where they were to', async () => {
    const configuration = (urls: string[]) => ({
      rtcConfiguration: JSON.stringify({ iceServers: [{ urls, credential: 'very-secret' }] }),
    });
    const done = { type: 'onicegatheringstatechange', value: '"complete"', timestamp: START };
    const reach = async (more: Record<string, unknown>) => {
      const [connection] = (await read(dump({}, more))).connections;
      assert.ok(connection && !new TextDecoder().decode(connection.raw).includes('very-secret'));
      const [first] = connection.report.connectivity;
      return first && [first.reflexive, first.relay];
    };
    assert.deepEqual(await reach({ ...configuration(['turn:turn.example.com']), updateLog: [done] }), [false, false]);
    assert.deepEqual(await reach({ ...configuration(['turns:turn.example.com?transport=tcp']), updateLog: [done] }), [
      undefined,
      false,
    ]);
    assert.deepEqual(await reach({ ...configuration(['stun:stun.example.com']), updateLog: [done] }), [
      false,
      undefined,
    ]);
    assert.equal(await reach({ ...configuration(['stun:stun.example.com']), updateLog: [] }), undefined);
    assert.equal(await reach({ updateLog: [done] }), undefined);
  });

  it('keeps the descriptions that were set, with end, type and time', async () => {
    const set = (type: string, method: string, at: number, sdp: string) => ({
      type: method,
      value: JSON.stringify({ type, sdp }),
      timestamp: START + at,
    });
    const updateLog = [
      set('offer', 'createOffer', 0, 'v=0\r\na=never-set\r\n'),
      set('offer', 'setLocalDescription', 10, 'v=0\r\na=one\r\n'),
      set('answer', 'setRemoteDescription', 20, 'v=0\r\na=two\r\n'),
    ];
    const [connection] = (await read(dump({}, { updateLog }))).connections;
    const [first] = connection?.report.connectivity ?? [];
    assert.deepEqual(first?.sdp, ['v=0\r\na=one\r\n', 'v=0\r\na=two\r\n']);
    assert.deepEqual(
      first?.sdpOf?.map(({ at, end, type }) => [at, end, type]),
      [
        [START + 10, 'local', 'offer'],
        [START + 20, 'remote', 'answer'],
      ],
    );
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

  it('that was cut off anywhere gives what is complete, and says so', async () => {
    const text = JSON.stringify(
      dump(inbound({ packetsReceived: [0, 1, 2, 3, 4], jitter: [0, 0, 0, 0, 0] })),
      undefined,
      1,
    );
    for (let length = 30; length < text.length; length += 37) {
      const capture = await read(text.slice(0, length)).catch((error: unknown) => error);
      if (capture instanceof Error)
        assert.ok(isCallError(capture) && capture.kind === 'BadInput', `${length}: ${capture.message}`);
      else
        assert.match((capture as Awaited<ReturnType<typeof read>>).issues[0]?.message ?? '', /cut off/, String(length));
    }
  });

  it('may hold anything in any place', async () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const values = fc.oneof(
      anything,
      anything.map((value) => JSON.stringify(value)),
      fc.array(fc.double()).map((list) => JSON.stringify(list)),
    );
    const entry = fc.record(
      {
        startTime: anything,
        endTime: anything,
        statsType: fc.oneof(fc.constantFrom('inbound-rtp', 'outbound-rtp', 'candidate-pair', 'transport'), anything),
        values,
      },
      { requiredKeys: [] },
    );
    const key = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('A', 'B', '__proto__', ''),
          fc.constantFrom('timestamp', 'kind', 'packetsLost', 'codecId', 'qualityLimitationDurations', 'constructor'),
        )
        .map((parts) => parts.join('-')),
      fc.string(),
    );
    const connection = fc.oneof(
      anything,
      fc.record(
        {
          stats: fc.oneof(anything, fc.dictionary(key, fc.oneof(entry, anything))),
          updateLog: fc.oneof(
            anything,
            fc.array(
              fc.record({
                type: fc.oneof(fc.constantFrom('onicecandidate', 'setLocalDescription', 'create'), anything),
                value: values,
                timestamp: fc.oneof(fc.double(), anything),
              }),
            ),
          ),
          url: anything,
          rtcConfiguration: values,
        },
        { requiredKeys: [] },
      ),
    );
    const file = fc.record({
      PeerConnections: fc.oneof(anything, fc.dictionary(fc.string(), connection)),
      getUserMedia: fc.oneof(
        anything,
        fc.array(
          fc.record({ timestamp: fc.double(), audio_track_info: values, error: anything }, { requiredKeys: [] }),
        ),
      ),
      UserAgent: anything,
      timestamp: anything,
    });
    await fc.assert(
      fc.asyncProperty(file, async (value) => {
        try {
          const { connections } = await read(value);
          for (const { report } of connections) {
            for (const { times, series } of report.streams) {
              for (const each of Object.values(series)) assert.equal(each?.length, times.length);
              for (let i = 1; i < times.length; i++) assert.ok((times[i] as number) > (times[i - 1] as number));
            }
          }
        } catch (error) {
          if (!isCallError(error)) throw error;
        }
      }),
    );
  });
});
