import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CaptureProgress, LARGE_BYTES } from '../../../src/captures/capture';
import { readCapture } from '../../../src/captures/read';
import { openSource } from '../../../src/captures/source';
import { isCallError } from '../../../src/core/errors';

/** A megabyte, in which no stretch repeats soon, so that it is not packed to nothing. */
const MEGABYTE = (() => {
  let state = 7;
  return Uint8Array.from({ length: 1_000_000 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state >> 16;
  });
})();

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

describe('the pieces of a capture', () => {
  let folder = '';
  const file = async (content: Uint8Array): Promise<string> => {
    const path = join(folder, 'capture');
    await writeFile(path, content);
    return path;
  };
  const refused = (reading: Promise<unknown>, kind: string, field: string, words: RegExp) =>
    assert.rejects(
      reading,
      (error) => isCallError(error) && error.kind === kind && error.field === field && words.test(error.text),
    );

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-source-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [what, packed] of [
    ['plain', false],
    ['packed', true],
  ] as const) {
    it(`of a ${what} file and of ${what} bytes are what was written, with progress to the last byte`, async () => {
      const content = Buffer.concat(Array.from({ length: 6 }, () => MEGABYTE));
      const stored = packed ? gzipSync(content, { level: 1 }) : content;
      for (const source of [{ path: await file(stored) }, { bytes: Uint8Array.from(stored) }]) {
        const told: CaptureProgress[] = [];
        const opened = await openSource(source, { name: 'x', progress: (one) => told.push(one) });
        assert.ok((await bytesOf(opened.pieces)).equals(content));
        assert.deepEqual([opened.count(), opened.damage()], [content.length, undefined]);
        assert.deepEqual(told.at(-1), { read: stored.length, total: stored.length });
        assert.ok(told.length < 4, 'every four megabytes');
      }
    });
  }

  it('of nothing are none', async () => {
    const opened = await openSource({ path: await file(new Uint8Array()) }, { name: 'x' });
    assert.equal((await bytesOf(opened.pieces)).length, 0);
    assert.equal(opened.damage(), undefined);
  });

  it('of a packed file that was cut off or damaged are those before it, with the reason', async () => {
    const stored = gzipSync(MEGABYTE, { level: 0 });
    const cut = await openSource({ bytes: Uint8Array.from(stored.subarray(0, stored.length / 2)) }, { name: 'x' });
    const came = await bytesOf(cut.pieces);
    assert.ok(came.length > 0 && came.equals(Buffer.from(MEGABYTE.subarray(0, came.length))));
    const bad = Uint8Array.from(stored);
    // The second stored block says that it is of a reserved kind (RFC 1951, 3.2.3).
    bad.fill(0xff, 70_000);
    const damaged = await openSource({ bytes: bad }, { name: 'x' });
    await bytesOf(damaged.pieces);
    assert.match(damaged.damage() ?? '', /packed data are damaged/);
    await refused(
      readCapture({ bytes: Uint8Array.from([0x1f, 0x8b, 0xff, 0xff]) }, { name: 'x.gz' }),
      'BadInput',
      'file',
      /cannot be unpacked: its packed data are damaged/,
    );
  });

  it('begin as gzip does by both of its bytes', async () => {
    const opened = await openSource({ bytes: Uint8Array.from([0x1f, 0x20, 0x30]) }, { name: 'x' });
    assert.deepEqual([...(await bytesOf(opened.pieces))], [0x1f, 0x20, 0x30]);
  });

  it('of a file that is none are not found', async () => {
    await refused(openSource({ path: join(folder, 'none') }, { name: 'x' }), 'NotFound', 'file', /^x cannot be read/);
    await refused(openSource({ path: folder }, { name: 'x' }), 'NotFound', 'file', /moved or deleted/);
  });

  it('of a large file come only to somebody who said so', async () => {
    const path = await file(new Uint8Array());
    await truncate(path, LARGE_BYTES + 1);
    await refused(
      openSource({ path }, { name: 'x' }),
      'BadInput',
      'size',
      new RegExp(`^x has ${LARGE_BYTES / 1e6} MB\\.`),
    );
    const opened = await openSource({ path }, { name: 'x', large: true });
    for await (const piece of opened.pieces) {
      assert.equal(piece[0], 0);
      break;
    }
  });

  it('what is packed within a packed file is told as such', () =>
    refused(
      readCapture({ bytes: Uint8Array.from(gzipSync(gzipSync('{}'))) }, { name: 'x.gz.gz' }),
      'BadInput',
      'file',
      /a packed file within a packed one/,
    ));
});
