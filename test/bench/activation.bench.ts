/** How long `activate()` takes in a real VS Code, and how large the bundles are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST, ROOT } from '../paths';
import { record } from './record';

const ROUNDS = 5;
/** The budget of `activate()`, ms; a figure to read here, since machines differ. */
const MOST_MS = 10;
/** The budget of the bundle that VS Code loads when the view is first shown, bytes. */
const MOST_BYTES = 60 * 1024;

describe('the extension', () => {
  it('activates', () => {
    const folder = mkdtempSync(join(tmpdir(), 'peerscope-bench-'));
    const file = join(folder, 'times');
    const env = { ...process.env, PEERSCOPE_BENCH_FILE: file, PEERSCOPE_TEST_GREP: 'activation' };
    for (let round = 0; round < ROUNDS; round++) {
      const { status } = spawnSync(process.execPath, ['test/host/run.mjs'], { cwd: ROOT, env });
      assert.equal(status, 0);
    }
    const times = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    rmSync(folder, { recursive: true });
    assert.equal(times.length, ROUNDS);
    const middle = times.toSorted((a, b) => a - b)[ROUNDS >> 1] as number;
    const all = times.map((time) => time.toFixed(1)).join(', ');
    console.log(
      `      activate(): median ${middle.toFixed(1)} ms of ${all} on ${cpus()[0]?.model}, ${cpus().length} cores (budget ${MOST_MS} ms)`,
    );
    record({
      topic: 'size',
      what: '`activate()` in a real VS Code',
      value: middle,
      unit: 'ms',
      most: MOST_MS,
      beside: `of ${all} ms`,
    });
  });

  it('has a small entry bundle', () => {
    for (const name of ['extension', 'actions', 'panel', 'providers', 'report-worker', 'sample']) {
      const size = statSync(join(DIST, `${name}.js`)).size / 1024;
      console.log(`      ${name}.js: ${size.toFixed(1)} KB`);
      const most = name === 'extension' ? MOST_BYTES / 1024 : undefined;
      const beside = name === 'extension' ? 'loaded when the view is first shown' : 'loaded on first use';
      record({ topic: 'size', what: `\`${name}.js\``, value: size, unit: 'KB', ...(most && { most }), beside });
    }
    assert.ok(statSync(join(DIST, 'extension.js')).size <= MOST_BYTES);
  });
});
