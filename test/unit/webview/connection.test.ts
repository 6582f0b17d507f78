import assert from 'node:assert/strict';
import type { CandidatePair } from '../../../src/core/model';
import { icePath, pairFigures, reachWords } from '../../../src/webview/ice-path';
import { outlineSdp } from '../../../src/webview/sdp';

describe('a session description by its parts', () => {
  it('reads the example of RFC 8866', () => {
    const text = [
      'v=0',
      'o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1',
      's=Call to John Smith',
      'i=SDP Offer #1',
      'u=http://www.jdoe.example.com/home.html',
      'e=Jane Doe <jane@jdoe.example.com>',
      'p=+1 617 555-6011',
      'c=IN IP4 198.51.100.1',
      't=0 0',
      'm=audio 49170 RTP/AVP 0',
      'm=audio 49180 RTP/AVP 0',
      'm=video 51372 RTP/AVP 99',
      'c=IN IP6 2001:db8::2',
      'a=rtpmap:99 h263-1998/90000',
      '',
    ].join('\r\n');
    const { sections, lines, role } = outlineSdp(text);
    assert.equal(lines, 14);
    assert.equal(role, undefined, 'there is no DTLS role');
    assert.deepEqual(
      sections.map(({ title, facts, start }) => [title, facts.join(' · '), start]),
      [
        ['Session', '3 media', 0],
        ['audio', 'sendrecv · PCMU · RTP/AVP', 9],
        ['audio', 'sendrecv · PCMU · RTP/AVP', 10],
        ['video', 'sendrecv · h263-1998 · RTP/AVP', 11],
      ],
    );
    assert.deepEqual(sections[3]?.lines, [
      'm=video 51372 RTP/AVP 99',
      'c=IN IP6 2001:db8::2',
      'a=rtpmap:99 h263-1998/90000',
    ]);
  });

  it('tells what WebRTC adds: roles, bundles, refused media, layers, data channels', () => {
    const { role, sections } = outlineSdp(
      [
        'v=0',
        'a=group:BUNDLE 0 1',
        'a=ice-lite',
        'a=recvonly',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
        'a=setup:passive',
        'a=mid:0',
        'a=rtpmap:63 red/48000/2',
        'a=rtpmap:111 opus/48000/2',
        'a=candidate:1 1 udp 1 198.51.100.1 9 typ host',
        'm=video 0 UDP/TLS/RTP/SAVPF 96 97 98',
        'a=mid:1',
        'a=sendonly',
        'a=rtpmap:96 VP8/90000',
        'a=rtpmap:97 rtx/90000',
        'a=rtpmap:98 VP8/90000',
        'a=simulcast:send h;m;l',
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        'a=mid:2',
      ].join('\n'),
    );
    assert.equal(role, 'answer');
    assert.deepEqual(
      sections.map(({ facts }) => facts.join(' · ')),
      [
        '3 media · bundle 0 1 · ICE lite',
        'recvonly · opus, red · mid 0 · 1 candidate · UDP/TLS/RTP/SAVPF',
        'refused · VP8, rtx · mid 1 · simulcast · UDP/TLS/RTP/SAVPF',
        'webrtc-datachannel · mid 2 · UDP/DTLS/SCTP',
      ],
    );
  });

  it('keeps what is no description, fit to show', () => {
    const { sections, lines } = outlineSdp('\u202ehello\nm=\u0007');
    assert.equal(lines, 2);
    assert.deepEqual(
      sections.map(({ title, lines }) => [title, lines]),
      [
        ['Session', ['hello']],
        ['', ['m=']],
      ],
    );
    assert.deepEqual(outlineSdp('').sections, []);
  });
});

describe('the way of a candidate pair', () => {
  const far = { type: 'host', address: '198.51.100.7', port: 443, protocol: 'udp' } as const;

  it('goes through the TURN server, over the leg that its URL names', () => {
    const pair: CandidatePair = {
      nominated: true,
      local: {
        type: 'relay',
        address: '203.0.113.240',
        port: 50_000,
        protocol: 'udp',
        url: 'turns:turn.example:443?transport=tcp',
        relatedAddress: '192.0.2.1',
        relatedPort: 1234,
        networkType: 'wifi',
      },
      remote: far,
      rttMs: 80,
      availableOutgoingBitrate: 54_858,
    };
    const { nodes, edges, stun } = icePath(pair);
    assert.deepEqual(nodes, [
      { title: 'This client', lines: ['Wi-Fi', '192.0.2.1:1234'] },
      { title: 'TURN server', lines: ['turn.example:443', 'relays from 203.0.113.240:50000'] },
      { title: 'Far end', lines: ['198.51.100.7:443'] },
    ]);
    assert.deepEqual(edges, [
      { text: 'TURN over TLS on TCP', slow: true },
      { text: 'UDP', slow: false },
    ]);
    assert.equal(stun, undefined);
    assert.deepEqual(pairFigures(pair), ['80.0 ms round trip', '54.9 kbit/s available to send']);
    assert.deepEqual(reachWords([pair], [{ reflexive: false, turn: true, relay: true }]), [
      'STUN found no reflexive address: UDP to the STUN server may be blocked.',
      'TURN was reached and is in use.',
    ]);
  });

  it('goes through a NAT, whose address a STUN server told', () => {
    const pair: CandidatePair = {
      nominated: true,
      local: {
        type: 'srflx',
        address: '203.0.113.5',
        port: 61_000,
        protocol: 'udp',
        url: 'stun:stun.example:3478',
        relatedAddress: '192.0.2.9',
        relatedPort: 61_000,
      },
      remote: far,
    };
    const { nodes, stun } = icePath(pair);
    assert.deepEqual(
      nodes.map(({ title }) => title),
      ['This client', 'NAT', 'Far end'],
    );
    assert.deepEqual(stun, { server: 'stun.example:3478', node: 1 });
    assert.deepEqual(reachWords([pair], [{ turn: false }]), [
      'A NAT shows 192.0.2.9:61000 as 203.0.113.5:61000, keeping the port.',
      'No TURN server answered: where the direct way is blocked there is no other.',
    ]);
  });

  it('says TCP, and does not make up what is not told', () => {
    const direct = icePath({ local: { type: 'host', protocol: 'tcp' }, remote: { type: 'host', protocol: 'tcp' } });
    assert.deepEqual(direct.edges, [{ text: 'TCP', slow: true }]);
    const unknown = icePath({ local: {}, remote: {} });
    assert.deepEqual(unknown, {
      nodes: [
        { title: 'This client', lines: [] },
        { title: 'Far end', lines: [] },
      ],
      edges: [{ text: '', slow: false }],
      stun: undefined,
    });
    assert.deepEqual(reachWords([{ local: {}, remote: {} }], []), []);
  });

  it('goes through the far end’s relay or NAT in a call without a server between', () => {
    const titles = (type: 'relay' | 'prflx') =>
      icePath({ local: { type: 'host' }, remote: { type, address: '198.51.100.9' } }).nodes.map(({ title }) => title);
    assert.deepEqual(titles('relay'), ['This client', 'Far end’s TURN server', 'Far end']);
    assert.deepEqual(titles('prflx'), ['This client', 'Far end’s NAT', 'Far end']);
  });
});
