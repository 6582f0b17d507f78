import assert from 'node:assert/strict';
import { endpoint, pathWords, relayLeg, relayWords, typeWords } from '../../../src/core/connection-words';
import type { Candidate } from '../../../src/core/model';
import { networkWord } from '../../../src/core/network-word';

describe('words of a connection', () => {
  // RFC 7065: `turns` is TLS, over TCP unless the transport says UDP (DTLS); `turn` is UDP unless it says TCP.
  const urls: [url: string | undefined, leg: string | undefined, words: string][] = [
    ['turn:turn.example', 'udp', 'relayed, TURN over UDP'],
    ['turn:turn.example?transport=tcp', 'tcp', 'relayed, TURN over TCP'],
    ['turns:turn.example', 'tls', 'relayed, TURN over TLS on TCP'],
    ['TURNS:turn.example:443?transport=UDP', 'dtls', 'relayed, TURN over DTLS'],
    [undefined, undefined, 'relayed; the leg to the TURN server is not stated'],
  ];
  for (const [url, leg, words] of urls) {
    it(`of a relay at ${url ?? 'no address'}`, () => {
      const candidate: Candidate = { type: 'relay', url, protocol: 'udp' };
      assert.deepEqual([relayLeg(candidate), relayWords(candidate)], [leg, words]);
    });
  }

  it('a candidate that is not relayed has no leg', () => {
    const candidate: Candidate = { type: 'srflx', url: 'stun:stun.example' };
    assert.deepEqual([relayLeg(candidate), relayWords(candidate)], [undefined, undefined]);
  });

  it('types of candidates with what they mean; others as they came', () => {
    assert.match(typeWords({ type: 'srflx' }) ?? '', /NAT.*STUN/);
    assert.equal(typeWords({}), undefined);
  });

  const endpoints: [Candidate, string | undefined][] = [
    [{ address: '203.0.113.21', port: 64_799 }, '203.0.113.21:64799'],
    [{ address: '2001:db8::1', port: 9 }, '[2001:db8::1]:9'],
    [{ address: '2001:db8::1' }, '2001:db8::1'],
    [{ port: 9 }, 'port 9'],
    [{}, undefined],
  ];
  for (const [candidate, expected] of endpoints) {
    it(`endpoint of ${JSON.stringify(candidate)}`, () => assert.equal(endpoint(candidate), expected));
  }

  it('a path names both ends as far as they are known, and runs as the media does', () => {
    assert.equal(
      pathWords({
        local: { address: '192.0.2.1', port: 5, type: 'host', protocol: 'udp', networkType: 'wifi' },
        remote: { address: '203.0.113.1', port: 7, type: 'host' },
      }),
      '192.0.2.1:5 (Wi-Fi, host, UDP) ⟶ 203.0.113.1:7 (host): direct',
    );
    assert.equal(
      pathWords({ direction: 'receive', local: { protocol: 'TCP' }, remote: {} }),
      'this client (TCP) ⟵ the server: over TCP: slow to recover from loss',
    );
    assert.equal(pathWords({ local: {}, remote: {} }), 'this client ⟶ the server: direct');
  });

  it('a network of an unknown type is told in the provider’s word, whatever that is', () => {
    const words = ['wifi', 'ETHERNET', 'satellite', 'constructor', '__proto__'].map(networkWord);
    assert.deepEqual(words, ['Wi-Fi', 'Ethernet', 'satellite', 'constructor', '__proto__']);
    assert.deepEqual(['unknown', undefined].map(networkWord), [undefined, undefined]);
  });

  it('a protocol that is none does not run on', () => {
    const [text] = pathWords({ local: { protocol: 'x'.repeat(500) }, remote: {} }).split(' ⟶');
    assert.ok((text ?? '').length < 40, text);
  });
});
