import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type CaptureProgress, disposeCaptureReader, LARGE_BYTES } from '../../../src/captures/index';
import { toPlainError } from '../../../src/core/errors';
import { fixture, open } from './open';

describe('files that are no whole capture', () => {
  let folder = '';
  const file = async (name: string, content: Uint8Array | string) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const refused = async (path: string, kind: string, words: RegExp) => {
    const error = toPlainError(
      await open(path).then(
        () => new Error('opened'),
        (reason: unknown) => reason,
      ),
    );
    assert.equal(error.kind, kind, error.text);
    assert.match(error.text, words);
    return error;
  };
  const dump = async () => gunzipSync(await readFile(fixture('recorded/healthy.webrtc_internals_dump.gz')));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-captures-'));
  });
  after(async () => {
    await disposeCaptureReader();
    await rm(folder, { recursive: true, force: true });
  });

  it('are refused with what they look like', async () => {
    await refused(join(folder, 'none.json'), 'NotFound', /none\.json cannot be read/);
    await refused(folder, 'NotFound', /cannot be read/);
    await refused(
      await file('empty.json', ''),
      'BadInput',
      /empty\.json is no call capture: it looks like an empty file/,
    );
    await refused(await file('noise.bin', new Uint8Array(5000)), 'BadInput', /looks like a binary file/);
    await refused(await file('noise.gz', gzipSync(randomBytes(5000))), 'BadInput', /looks like/);
    await refused(await file('page.html', '<!doctype html><p>Sign in'), 'BadInput', /looks like a web page/);
    await refused(await file('packed.json', '{"name": "x"}'), 'BadInput', /JSON of another kind/);
    await refused(await file('twice.gz', gzipSync(gzipSync('{}'))), 'BadInput', /packed file within a packed one/);
    await refused(
      await file('bad.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff)),
      'BadInput',
      /cannot be unpacked/,
    );
    await refused(
      await file('webrtc_internals_dump.txt', '{"a": 1}'),
      'BadInput',
      /begins like a webrtc-internals dump, but/,
    );
  });

  it('of a page without a call are opened without connections', async () => {
    const empty = JSON.stringify({ getUserMedia: [], PeerConnections: {}, UserAgent: 'Chrome' });
    const capture = await open(await file('webrtc_internals_dump(2).txt', empty));
    assert.deepEqual([capture.connections, capture.mediaRequests, capture.issues], [[], [], []]);
  });

  it('that were cut off give what is complete: JSON, lines, packed', async () => {
    const whole = await dump();
    const half = await open(await file('half.json', whole.subarray(0, whole.length >> 1)));
    assert.match(half.issues[0]?.message ?? '', /ends in the middle/);
    assert.ok((half.connections[0]?.report.streams.length ?? 0) > 0);

    const packed = await readFile(fixture('recorded/healthy.webrtc_internals_dump.gz'));
    const piece = await open(await file('piece.gz', packed.subarray(0, packed.length * 0.7)));
    assert.match(piece.issues[0]?.message ?? '', /ends in the middle/);
    assert.ok((piece.connections[0]?.report.streams.length ?? 0) > 0);

    const lines = gunzipSync(await readFile(fixture('recorded/healthy.rtcstats_dump.gz')));
    const cut = await open(await file('cut.jsonl', lines.subarray(0, lines.length - 5000)));
    assert.match(cut.issues.at(-1)?.message ?? '', /last line is cut off/);
    assert.ok((cut.connections[0]?.report.streams[0]?.times.length ?? 0) > 30);
  });

  it('that are longer than one piece say the same, packed or not', async () => {
    for (const name of ['screen-share.webrtc_internals_dump', 'screen-share.rtcstats_dump']) {
      const packed = await open(fixture(`recorded/${name}.gz`));
      const text = gunzipSync(await readFile(fixture(`recorded/${name}.gz`)));
      // Blanks before the first line end put every piece's edge elsewhere.
      const shifted = name.includes('internals') ? Buffer.concat([Buffer.alloc(50_000, ' '), text]) : text;
      const plain = await open(await file(name, shifted));
      assert.ok(shifted.length > 1 << 20);
      assert.deepEqual(plain.connections, packed.connections);
    }
  });

  it('that are damaged in the middle give what stands before', async () => {
    const whole = await dump();
    whole.fill(0x7d, whole.length >> 1, (whole.length >> 1) + 40);
    const broken = await open(await file('broken.json', whole));
    assert.match(broken.issues.map(({ message }) => message).join('\n'), /no JSON|ends in the middle/);
    assert.ok(broken.connections.length > 0);
    const packed = Uint8Array.from(gzipSync(Buffer.concat([await dump(), randomBytes(300_000)])));
    packed.fill(0, packed.length - 100_000, packed.length - 90_000);
    const damaged = await open(await file('damaged.gz', packed));
    assert.match(damaged.issues[0]?.message ?? '', /cannot be unpacked to its end|no JSON/);
    assert.equal(damaged.connections.length, 2);
  });

  it('that are too large are opened only by agreement, packed or not', async () => {
    const large = await file('large.json', await dump());
    await truncate(large, 1_000_000_000);
    assert.equal((await refused(large, 'BadInput', /has 1000 MB/)).field, 'size');

    const bomb = Buffer.concat([gzipSync('{"PeerConnections": {}, '), ...blanks(LARGE_BYTES / 1e6 + 4)]);
    const error = await refused(await file('bomb.gz', bomb), 'BadInput', /unpacks to more than 256 MB/);
    assert.equal(error.field, 'size');
  });

  it('of 1 GB are read by agreement, with progress and little memory', async () => {
    const whole = await dump();
    // A dump, and then a gigabyte of blanks, which JSON allows. Packed files may follow each other as one (RFC 1952, 2.2).
    const path = await file('blanks.gz', Buffer.concat([gzipSync(whole), ...blanks(1000)]));
    const told: CaptureProgress[] = [];
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const capture = await open(path, { large: true, progress: (progress) => told.push(progress) });
    clearInterval(watch);
    assert.equal(capture.connections.length, 2);
    assert.equal(capture.bytes, whole.length + 1_000_000_000);
    assert.ok(told.every(({ read }, i) => i === 0 || read >= (told[i - 1]?.read ?? 0)));
    assert.ok(told.length > 0 && told.at(-1)?.read === told.at(-1)?.total);
    assert.ok(most - before < 300_000_000, `${Math.round((most - before) / 1e6)} MB more`);
  });

  it('can be stopped, and tell how far they are', async () => {
    const controller = new AbortController();
    const path = await file('stopped.json', Buffer.concat([await dump(), Buffer.alloc(30_000_000, ' ')]));
    const told: CaptureProgress[] = [];
    const opening = open(path, {
      signal: controller.signal,
      progress: (progress) => {
        told.push(progress);
        controller.abort();
      },
    });
    assert.equal(toPlainError(await opening.catch((error: unknown) => error)).kind, 'Cancelled');
    assert.ok(told.length > 0 && (told[0]?.read ?? 0) < (told[0]?.total ?? 0));
    const again = open(path, { signal: controller.signal });
    assert.equal(toPlainError(await again.catch((error: unknown) => error)).kind, 'Cancelled');
  });
});

/** So many megabytes of blanks, packed. */
function blanks(megabytes: number): Buffer[] {
  return Array<Buffer>(Math.ceil(megabytes / 10)).fill(gzipSync(Buffer.alloc(10_000_000, ' ')));
}
