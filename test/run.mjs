/**
 * Builds and tests. The last line is the sum over all stages: `N passed, N failed`.
 *
 *   node test/run.mjs                       everything that must pass
 *   node test/run.mjs unit [part of path]   unit, service and manifest tests
 *   node test/run.mjs host                  tests inside a real VS Code; PEERSCOPE_TEST_GREP narrows them by title
 *   node test/run.mjs ui [part of path]     a person's clicks in a real VS Code
 *   PEERSCOPE_TEST_VSCODE=oldest            before host or ui: in the oldest supported VS Code; everything runs host in both
 *   PEERSCOPE_TEST_CLOCK=<ISO time>         before any: tests begin at another moment, with the sample calls of then; or real
 *   node test/run.mjs coverage              how much of the pure code the unit stage goes through
 *   node test/run.mjs bench [part of path]  figures of speed and size; asserts sizes, counts and ratios only. Without a part
 *                                           it writes media/docs/benchmarks.md
 *   node test/run.mjs screenshots           takes the README's pictures
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [wanted = 'all', ...rest] = process.argv.slice(2);
const part = (wanted !== 'host' && rest.find((arg) => !arg.startsWith('-'))) || '';

/** A stage that hangs is ended, so that the others still run. */
const STAGE_TIMEOUT_MS = 25 * 60_000;

/** @typedef {{ passed: number, failed: number, pending?: number }} Count */

/**
 * What a stage runs with Node: one after the other, or `together`. Those with `tests` write their counts, the others are
 * one test in all.
 * @typedef {{ commands: () => string[][], tests: boolean, together?: boolean, env?: Record<string, string> }} Stage
 */

const folder = await mkdtemp(join(tmpdir(), 'peerscope-test-'));
/** What V8 records of the unit stage. */
const recorded = join(folder, 'coverage');

const host = { commands: () => [['test/host/run.mjs']], tests: true };

/** @type {Record<string, Stage>} */
const STAGES = {
  build: { commands: () => [['esbuild.mjs', '--production', part ? `--tests=${part}` : '--tests']], tests: false },
  lint: {
    commands: () => [
      [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'],
      [bin('eslint', 'bin/eslint.js'), '--config', '.eslint.config.mjs', '--max-warnings', '0', '.'],
    ],
    tests: false,
  },
  types: {
    commands: () => ['.', 'src/webview', 'test/ui'].map((project) => [bin('@typescript/7', 'bin/tsc'), '-p', project]),
    tests: false,
  },
  unused: {
    commands: () => [[], ['--production']].map((mode) => [bin('knip', 'bin/knip.js'), '--no-progress', ...mode]),
    tests: false,
  },
  // About as long each.
  unit: {
    commands: () => [...mocha(['service'], 30_000), ...mocha(['unit', 'manifest'], 30_000)],
    tests: true,
    together: true,
    ...(['all', 'coverage'].includes(wanted) && { env: { NODE_V8_COVERAGE: recorded } }),
  },
  coverage: { commands: () => [['test/coverage.mjs', recorded, ...rest]], tests: false },
  host,
  'host, oldest VS Code': { ...host, env: { PEERSCOPE_TEST_VSCODE: 'oldest' } },
  ui: { commands: () => mocha(['ui'], 180_000), tests: true },
  // Each in a process of its own: what one leaves behind, garbage to collect above all, takes no time from the next.
  bench: { commands: () => mocha(['bench'], 300_000, { apart: true }), tests: true },
  'page of benchmarks': { commands: () => [['test/bench/page/write.mjs']], tests: false },
  screenshots: { commands: () => mocha(['screenshots'], 180_000), tests: true },
};

/** @type {Record<string, string[]>} */
const PLANS = {
  all: ['build', 'lint', 'types', 'unused', 'unit', 'coverage', 'host', 'host, oldest VS Code', 'ui'],
  lint: ['lint', 'types', 'unused'],
  unit: ['build', 'unit'],
  coverage: ['build', 'unit', 'coverage'],
  host: ['build', 'host'],
  ui: ['build', 'ui'],
  // A part of a run leaves the page alone.
  bench: part ? ['build', 'bench'] : ['build', 'bench', 'page of benchmarks'],
  screenshots: ['build', 'screenshots'],
};

const plan = PLANS[wanted];
if (!plan) throw new Error(`Unknown: ${wanted}. Known: ${Object.keys(PLANS).join(', ')}.`);

process.env.PEERSCOPE_BENCH_FIGURES = join(folder, 'figures.jsonl');
/** @type {Count} */
const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const summary = [];
for (const name of plan) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  const began = Date.now();
  process.env.PEERSCOPE_BENCH_FAILED = String(sum.failed);
  const count = await runStage(name);
  // A build that works is not a test; one that fails is a failure.
  if (name === 'build') count.passed = 0;
  sum.passed += count.passed;
  sum.failed += count.failed;
  const pending = count.pending ? `, ${count.pending} pending` : '';
  const seconds = Math.round((Date.now() - began) / 1000);
  summary.push(`${name}: ${count.passed} passed, ${count.failed} failed${pending} (${seconds} s)`);
}
await rm(folder, { recursive: true, force: true });
console.log(`\n${summary.join('\n')}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
console.log(`${sum.passed} passed, ${sum.failed} failed`);

/**
 * Runs one stage. A crash, a time-out or a stage without a single test counts as one failure.
 * @param {string} name
 * @returns {Promise<Count>}
 */
async function runStage(name) {
  const stage = STAGES[name];
  if (!stage) throw new Error(`There is no stage ${name}.`);
  /** @param {string[]} args @param {number} index */
  const runOne = async (args, index) => {
    const resultFile = join(folder, `${Object.keys(STAGES).indexOf(name)}-${index}.json`);
    // Of two at a time the first is seen at work; what the others say comes when it has ended, in one piece.
    const held = stage.together && index > 0;
    const { code, output } = await runNode(args, { ...stage.env, PEERSCOPE_TEST_RESULT: resultFile }, held);
    return { code, output, count: stage.tests ? countOf(name, code, resultFile) : { passed: 0, failed: 0 } };
  };
  const commands = stage.commands();
  const running = [];
  for (const [index, args] of commands.entries()) {
    const one = runOne(args, index);
    running.push(one);
    if (!stage.together) await one;
  }
  /** @type {Count} */
  const sum = { passed: 0, failed: 0, pending: 0 };
  let code = 0;
  for (const one of running) {
    const { output, count, code: ownCode } = await one;
    process.stdout.write(output);
    code ||= ownCode;
    sum.passed += count.passed;
    sum.failed += count.failed;
    sum.pending = (sum.pending ?? 0) + (count.pending ?? 0);
  }
  if (!stage.tests) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (commands.length > 0) return sum;
  console.error(`${name}: there is no such test.`);
  return { passed: 0, failed: 1 };
}

/**
 * What a process that ran tests wrote of them.
 * @param {string} name
 * @param {number} code  its exit code
 * @param {string} resultFile
 * @returns {Count}
 */
function countOf(name, code, resultFile) {
  /** @type {unknown} */
  const written = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : { passed: 0, failed: 0 };
  const count = /** @type {Count} */ (written);
  const ran = count.passed + count.failed;
  if (ran === 0) console.error(`${name}: no test ran.`);
  else if (code !== 0 && count.failed === 0) console.error(`${name}: ended with code ${code} though no test failed.`);
  else return count;
  return { ...count, failed: count.failed + 1 };
}

/**
 * Runs this Node on a script.
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {boolean} [held]  its output is returned, not passed through
 * @returns {Promise<{ code: number, output: string }>} the exit code, 1 for a signal
 */
function runNode(args, env, held = false) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    }
    /** @type {NodeJS.Timeout | undefined} */
    let kill;
    const timer = setTimeout(() => {
      console.error(`Ended after ${STAGE_TIMEOUT_MS / 60_000} minutes.`);
      // As Ctrl+C does it, so that servers and browsers are ended too.
      child.kill('SIGINT');
      kill = setTimeout(() => child.kill('SIGKILL'), 20_000);
    }, STAGE_TIMEOUT_MS);
    child.on('error', (error) => {
      console.error(error.message);
      resolve({ code: 1, output });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      clearTimeout(kill);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Node arguments that run the built tests of some folders with mocha; none where the wanted part is not there.
 * @param {string[]} folders    below `test`
 * @param {number} timeoutMs    for one test
 * @param {{ apart?: boolean }} [options]  `apart`: each file in a process of its own
 * @returns {string[][]}
 */
function mocha(folders, timeoutMs, { apart = false } = {}) {
  const files = folders
    .map((name) => join('dist', 'test', name))
    .filter((name) => existsSync(join(ROOT, name)))
    .flatMap((name) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
    )
    .filter((file) => file.endsWith('.mjs') && file.includes(part.replace(/^test\//, '').replace(/\.ts$/, '')))
    .sort();
  const options = [
    '--require',
    './test/fixed-seed.mjs',
    '--require',
    './test/clock/lead.cjs',
    '--reporter',
    'test/count-reporter.cjs',
    '--timeout',
    String(timeoutMs),
  ];
  if (files.length === 0) return [];
  const runs = apart ? files.map((file) => [file]) : [files];
  return runs.map((run) => ['--enable-source-maps', bin('mocha', 'bin/mocha.js'), ...options, ...run]);
}

/**
 * @param {string} name  a package of this project
 * @param {string} file  in it
 */
function bin(name, file) {
  return join('node_modules', name, file);
}
