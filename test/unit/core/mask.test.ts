import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isOpaqueId, Masker } from '../../../src/core/mask';
import { readClient } from '../../../src/core/user-agent';

describe('masking', () => {
  it('numbers people, and knows them again by any of their ids', () => {
    const masker = new Masker();
    assert.equal(masker.person({ id: 'stay-1', name: 'Anna', userId: 'u1' }), 'Participant 1');
    assert.equal(masker.person({ id: 'stay-2', name: 'Bert', userId: 'u2' }), 'Participant 2');
    assert.equal(masker.person({ id: 'stay-3', name: 'Anna B.', userId: 'u1' }), 'Participant 1');
    assert.equal(masker.person({ id: 'stay-4', name: 'Anna', customId: 'c9' }), 'Participant 3');
    assert.equal(masker.person({ id: 'stay-4' }), 'Participant 3');
  });

  it('says of an address whether it is private', () => {
    const masker = new Masker();
    const cases: Record<string, string> = {
      '10.1.2.3': 'private IPv4 1',
      '172.31.0.1': 'private IPv4 2',
      '172.32.0.1': 'public IPv4 1',
      '100.64.0.1': 'private IPv4 3',
      '100.128.0.1': 'public IPv4 2',
      'fe80::1': 'private IPv6 1',
      'fd12:3456::1': 'private IPv6 2',
      '2001:db8::1': 'public IPv6 1',
      'abc.local': 'mDNS host 1',
      '10.1.2.4': 'private IPv4 4',
    };
    for (const [address, placeholder] of Object.entries(cases)) assert.equal(masker.address(address), placeholder);
    assert.equal(masker.address('10.1.2.3'), 'private IPv4 1');
  });

  it('finds addresses in any text and leaves times, versions and ids alone', () => {
    const masker = new Masker();
    assert.equal(
      masker.text('at 10:15:30 from 198.51.100.7:443, [2001:db8::5]:443, ip-10-0-0-12.internal, 00:1b:44:11:3a:b7'),
      'at 10:15:30 from public IPv4 1:443, [public IPv6 1]:443, ip-private IPv4 1.internal, hardware address 1',
    );
    const kept = 'SDK 1.2.3, 3.5 %, 12:00, std::vector, 2025-04-01T09:00:00.000Z, 7d0b9c52-4f1e-4a53-9a4e-0b3c6f6f0a01';
    assert.equal(masker.text(kept), kept);
    assert.equal(masker.text('anna@corp and anna%40corp.example'), 'e-mail 1 and e-mail 2');
  });

  it('hides what it finds only because two letters are one in any case of letters', () => {
    const masker = new Masker();
    masker.person({ id: '1', name: 'Jessica Miles' });
    // U+017F is a small s to a search in any case, and has no small form that is "s".
    assert.equal(masker.text('with Je\u017F\u017Fica Mile\u017F'), 'with •••');
  });

  it('takes a run of colons for no address', () => {
    const kept = 'a:b: 10: :5 f:: ab:cd';
    assert.equal(new Masker().text(kept.replace(' f::', '')), kept.replace(' f::', ''));
    assert.equal(new Masker().text('x :1:2:3:4:5:6:7 y'), 'x :1:2:3:4:5:6:7 y');
  });

  it('a number of three digits and a single letter are in every text', () => {
    const masker = new Masker();
    for (const value of ['123', 'x', '1234']) masker.know(value);
    assert.equal(masker.text('123 x 1234'), '123 x •••');
  });

  it('finds a name in other letters and forms, but not within words', () => {
    const masker = new Masker();
    masker.person({ id: '1', name: 'Al' });
    masker.person({ id: '2', name: 'Zoë  Müller' });
    assert.equal(masker.text('signal of Al, also'), 'signal of Participant 1, also');
    assert.equal(masker.text('ZOË MÜLLER'.normalize('NFD')), 'Participant 2');
    assert.equal(masker.text(`?u=${encodeURIComponent('Zoë Müller')}`), '?u=Participant 2');
  });

  it('cuts a user agent down to browser and system', () => {
    const masker = new Masker();
    const safari =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
    assert.equal(readClient(safari), 'Safari 17 on macOS');
    assert.equal(masker.text(`agent "${safari}" said`), 'agent "Safari 17 on macOS" said');
    const edge =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.68';
    assert.equal(readClient(edge), 'Edge 126 on Windows');
  });

  it('tells ids of machines from those of people', () => {
    assert.ok(isOpaqueId('7d0b9c52-4f1e-4a53-9a4e-0b3c6f6f0a01') && isOpaqueId('65a1b2c3d4e5f60718293a4b'));
    assert.ok(!isOpaqueId('anna@mail.example') && !isOpaqueId('anna-1') && !isOpaqueId(''));
  });

  it('never throws and never lets a known name through, whatever the name', () => {
    return fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
        fc.string({ maxLength: 20 }),
        (name, text) => {
          const masker = new Masker();
          masker.person({ id: 'x', name });
          const plain = name.toWellFormed().trim();
          const said = masker.text(`<${plain}> ${text}`);
          const small = /^\d*$/.test(plain) ? plain.length < 4 : Array.from(plain).length < 2;
          if (!small) assert.ok(said.startsWith('<Participant 1> '), said);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a name with a capital that grows when it is made small', () => {
  it('is found as it is written, in capitals and in small letters', () => {
    const masker = new Masker();
    masker.know('İzmir Çağrı Masası', 'Participant 1');
    assert.equal(masker.text('İzmir Çağrı Masası joined'), 'Participant 1 joined');
    assert.equal(masker.text('İzmir çağrı masası joined'), 'Participant 1 joined');
  });
});
