import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { SessionDescription } from '../../../src/captures/capture';
import { LineSplitter } from '../../../src/captures/lines';
import { streamContext } from '../../../src/captures/report/context';

function split(pieces: readonly Uint8Array[]): { lines: (string | undefined)[]; rest: string | undefined } {
  const lines: (string | undefined)[] = [];
  const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();
  const splitter = new LineSplitter((line) => lines.push(text(line)));
  for (const piece of pieces) {
    splitter.write(piece);
    // The memory of a piece is used again.
    piece.fill(0x3f);
  }
  return { lines, rest: text(splitter.end()) };
}

describe('lines of a text in pieces', () => {
  it('are the lines of the whole, wherever it was cut', () => {
    const cuts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (parts) => {
        const all = parts.join('').split('\n');
        const { lines, rest } = split(parts.map((part) => new TextEncoder().encode(part)));
        assert.deepEqual(lines, all.slice(0, -1));
        assert.equal(rest, all.at(-1) || undefined);
      }),
    );
  });

  it('that are too long are left out, and those after them are not', () => {
    const piece = () => new Uint8Array(16_000_000).fill(0x61);
    const end = () => new TextEncoder().encode('x\nshort\n');
    assert.deepEqual(split([piece(), piece(), piece(), piece(), piece(), end()]), {
      lines: [undefined, 'short'],
      rest: undefined,
    });
    assert.equal(split([piece(), piece(), piece(), piece(), piece()]).rest, undefined, 'without an end');
  });
});

describe('who sent what a connection received', () => {
  const senders = (
    descriptions: readonly Partial<SessionDescription>[],
    log: readonly { method: string; value: unknown }[] = [],
  ) => [
    ...streamContext(
      {} as never,
      log.map((one) => ({ at: 0, ...one })),
      descriptions as never,
      [],
    ).senders,
  ];
  const remote = (sdp: string): Partial<SessionDescription> => ({ end: 'remote', method: 'setRemoteDescription', sdp });
  const track = (id: unknown, streams: unknown) => ({ method: 'ontrack', value: { id, streams } });

  it('is told by the CNAME of an SSRC (RFC 5576), where there is more than one', () => {
    const two = remote('v=0\r\na=ssrc:1 cname:ann\r\na=ssrc:2 cname:ben\r\na=ssrc:3 cname:ann\r\n');
    assert.deepEqual(senders([two]), [
      ['1', 'ann'],
      ['2', 'ben'],
      ['3', 'ann'],
    ]);
    assert.deepEqual(senders([remote('v=0\r\na=ssrc:1 cname:ann\r\na=ssrc:3 cname:ann\r\n')]), []);
    assert.deepEqual(
      senders([
        { ...two, end: 'local' },
        { ...two, method: 'createAnswer' },
      ]),
      [],
    );
  });

  it('else by the stream of a track, as far as that is known', () => {
    assert.deepEqual(
      senders([], [track('t1', ['s1']), track('t2', ['s2', 's3']), track('t3', []), track('t4', 'x'), track(4, ['s'])]),
      [
        ['t1', 's1'],
        ['t2', 's2'],
      ],
    );
    assert.deepEqual(senders([], [{ method: 'addTrack', value: { id: 't', streams: ['s'] } }]), []);
  });

  it('a screen is what was asked for as one', () => {
    const tracks = [{ kind: 'video' as const, id: 'v', label: '' }];
    const { screens } = streamContext(
      {} as never,
      [],
      [],
      [
        { at: 0, method: 'getDisplayMedia', kind: 'success', tracks },
        { at: 0, method: 'getUserMedia', kind: 'success', tracks: [{ kind: 'video', id: 'c', label: '' }] },
        { at: 0, method: 'getDisplayMedia', kind: 'failure', error: 'x' },
      ],
    );
    assert.deepEqual([...screens], ['v']);
  });
});
