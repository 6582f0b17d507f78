import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Capture, disposeCaptureReader, openCapture } from '../../src/captures/index';
import { DIST, FIXTURES } from '../paths';
import { record } from './record';

const ROUNDS = 9;
/** From the file to the report, against `JSON.parse` of its text. */
const MOST_TIME = 3;
/** Resident memory at its peak, against the size of the file. */
const MOST_MEMORY = 4;
const MEGABYTES = 50;

interface Dump {
  PeerConnections: Record<string, { stats: Record<string, { values: string; startTime: string; endTime: string }> }>;
}

/**
 * A recorded dump, made as long as Chrome lets one become (1000 readings of each member) and with as many connections as
 * it takes: what a long conference in a mesh leaves behind.
 */
function largeDump(): Buffer {
  const file = join(FIXTURES, 'captures', 'recorded', 'lossy.webrtc_internals_dump.gz');
  const dump = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Dump;
  const [connection] = Object.values(dump.PeerConnections);
  assert.ok(connection);
  for (const [key, entry] of Object.entries(connection.stats)) {
    entry.values = JSON.stringify(stretched(JSON.parse(entry.values) as unknown[], key.endsWith('-timestamp')));
    entry.endTime = new Date(Date.parse(entry.startTime) + 999_000).toISOString();
  }
  const one = JSON.stringify(connection, undefined, 1);
  const count = Math.ceil((MEGABYTES * 1e6) / one.length);
  const connections = Array.from({ length: count }, (_, index) => `"8-${index}": ${one}`);
  return Buffer.from(`{"getUserMedia": [], "PeerConnections": {${connections.join(',\n')}}, "UserAgent": "Chrome"}`);
}

/** Values over and over up to 1000; counters and times go on from where they were. */
function stretched(values: readonly unknown[], time: boolean): unknown[] {
  const first = values[0];
  const last = values.at(-1);
  const rises =
    typeof first === 'number' && typeof last === 'number' && (time || (Number.isInteger(last) && last > first));
  return Array.from({ length: 1000 }, (_, index) => {
    const value = values[index % values.length];
    const round = Math.floor(index / values.length);
    return rises ? (value as number) + round * (last - first + (time ? 1000 : 0)) : value;
  });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('opening a large capture', () => {
  it(`takes at most ${MOST_TIME} times as long as JSON.parse and ${MOST_MEMORY} times the file's size in memory`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'peerscope-captures-'));
    const path = join(folder, 'webrtc_internals_dump.txt');
    let size = 0;
    {
      const body = largeDump();
      size = body.length;
      await writeFile(path, body);
    }
    const options = {
      name: 'webrtc_internals_dump.txt',
      signal: new AbortController().signal,
      workerPath: join(DIST, 'capture-worker.js'),
    };
    let capture: Capture | undefined;
    const open = async () => {
      capture = await openCapture({ path }, options);
    };

    // Memory first, before anything else has been read; the file is not in it.
    global.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    let longestBlock = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
      longestBlock = Math.max(longestBlock, performance.now() - last);
      last = performance.now();
    }, 5);
    const first = await timed(open);
    clearInterval(watch);
    assert.ok(capture);
    const { connections, issues } = capture;
    assert.deepEqual(issues, []);
    assert.ok(connections.every(({ report }) => report.streams.every(({ times }) => times.length === 1000)));

    const text = readFileSync(path, 'utf8');
    const parse: number[] = [];
    const read: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      parse.push(await timed(() => JSON.parse(text)));
      read.push(await timed(open));
    }
    await disposeCaptureReader();
    await rm(folder, { recursive: true, force: true });
    const ratio = median(read.map((ms, round) => ms / (parse[round] as number)));
    const memory = most / size;
    console.log(
      `      ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${ROUNDS} rounds, medians`,
    );
    console.log(
      `      ${(size / 1e6).toFixed(1)} MB, ${connections.length} connections: JSON.parse ${median(parse).toFixed(0)} ms, opened in ${median(read).toFixed(0)} ms, ratio ${ratio.toFixed(2)}; first, cold ${first.toFixed(0)} ms`,
    );
    console.log(
      `      memory at its peak ${(most / 1e6).toFixed(0)} MB (${memory.toFixed(2)} times the file), event loop blocked at most ${longestBlock.toFixed(0)} ms`,
    );
    const what = `webrtc-internals dump of ${(size / 1e6).toFixed(1)} MB, ${connections.length} connections`;
    record({
      topic: 'reading',
      what: `${what}: file to reports, against \`JSON.parse\``,
      value: ratio,
      unit: 'times',
      most: MOST_TIME,
      beside: `\`JSON.parse\` ${median(parse).toFixed(0)} ms, opened in ${median(read).toFixed(0)} ms, the first time ${first.toFixed(0)} ms`,
    });
    record({
      topic: 'reading',
      what: `${what}: memory at its peak, against the file`,
      value: memory,
      unit: 'times',
      most: MOST_MEMORY,
      beside: `${(most / 1e6).toFixed(0)} MB; event loop blocked at most ${longestBlock.toFixed(0)} ms`,
    });
    assert.ok(ratio <= MOST_TIME, `ratio ${ratio.toFixed(2)}`);
    assert.ok(memory <= MOST_MEMORY, `memory ${memory.toFixed(2)}`);
  });
});
