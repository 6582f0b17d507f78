import assert from 'node:assert/strict';
import { dump, internalsStats, only, read, START, seconds } from './captures';

describe('the connection in a webrtc-internals dump', () => {
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
    assert.equal(first.rttMs, 40);
    assert.deepEqual([...(first.series?.bitrateSent ?? [])].slice(1), [8000, 16_000]);
    assert.deepEqual([...(first.series?.availableOutgoingBitrate ?? [])], [300_000, 400_000, 500_000]);
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
      first.sdpOf?.map(({ at, end, type }) => [at, end, type]),
      [
        [START + 10, 'local', 'offer'],
        [START + 20, 'remote', 'answer'],
      ],
    );
  });
});
