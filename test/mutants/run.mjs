/**
 * Puts one mistake after the other into a copy of the sources and runs the tests that must notice it. A mutant that no
 * test notices has survived. Ends with an error when fewer than four of five are killed.
 *
 *   node test/mutants/run.mjs [part of a file's path]
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { MUTANTS, TESTS } from './mutants.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const KILLED_AT_LEAST = 0.8;
/** A mutant that makes a test run on for ever is noticed too. */
const TIMEOUT_MS = 180_000;
const part = process.argv[2] ?? '';

/** As in the build: plain scripts are not bundled. @type {esbuild.Plugin} */
const scriptsStayOutside = {
  name: 'scripts-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^\..*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    }));
  },
};

// In the repository, so that packages are found from there.
const folder = await mkdtemp(join(ROOT, 'dist', 'mutants-'));
/** @type {string[]} */
const survivors = [];
let tried = 0;
try {
  // Told before an hour of work, not in the middle of it.
  for (const mutant of Object.values(MUTANTS).flat()) putIn(mutant);
  for (const [group, mutants] of Object.entries(MUTANTS)) {
    const chosen = mutants.filter(({ file }) => file.includes(part));
    if (chosen.length === 0) continue;
    if (!(await passes(group))) throw new Error(`The tests of ${group} fail without a mutant.`);
    for (const mutant of chosen) {
      const killed = !(await passes(group, mutant));
      tried++;
      if (!killed) survivors.push(`${mutant.file}: ${mutant.from} -> ${mutant.to}`);
      console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${mutant.file}: ${mutant.to.trim() || '(nothing)'}`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const killed = tried - survivors.length;
console.log(`\n${killed} of ${tried} mutants killed (${Math.round((100 * killed) / tried)} %)`);
for (const survivor of survivors) console.log(`  survived: ${survivor}`);
process.exitCode = tried > 0 && killed / tried >= KILLED_AT_LEAST ? 0 : 1;

/**
 * Whether the tests of a group pass, with a mutant in place.
 * @param {string} group
 * @param {import('./mutants.mjs').Mutant} [mutant]
 */
async function passes(group, mutant) {
  const wanted = TESTS[group] ?? [];
  const entryPoints = ['unit', 'service']
    .map((name) => join('test', name))
    .flatMap((name) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
    )
    .filter((file) => file.endsWith('.test.ts') && wanted.some((one) => file.includes(one)));
  const result = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: folder,
    outbase: 'test',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    metafile: true,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
    define: { 'process.env.PEERSCOPE_ROOT': JSON.stringify(ROOT), __dirname: JSON.stringify(join(ROOT, 'dist')) },
    plugins: [scriptsStayOutside, ...(mutant ? [putIn(mutant)] : [])],
  });
  const files = Object.keys(result.metafile.outputs);
  return (await run(files)) === 0;
}

/**
 * Replaces the text of one source while it is bundled.
 * @param {import('./mutants.mjs').Mutant} mutant
 * @returns {esbuild.Plugin}
 */
function putIn({ file, from, to }) {
  const path = join(ROOT, 'src', file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} must hold this exactly once: ${from}`);
  return {
    name: 'mutant',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) =>
        loaded === path ? { contents: text.replace(from, () => to), loader: 'ts' } : undefined,
      );
    },
  };
}

/**
 * @param {string[]} files
 * @returns {Promise<number>}
 */
function run(files) {
  const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');
  if (!existsSync(join(ROOT, mocha))) throw new Error('Run npm install first.');
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        mocha,
        '--bail',
        '--exit',
        '--timeout',
        '60000',
        '--require',
        './test/fixed-seed.mjs',
        '--reporter',
        'dot',
        ...files,
      ],
      { cwd: ROOT, stdio: process.env.PEERSCOPE_VERBOSE ? 'inherit' : 'ignore', timeout: TIMEOUT_MS },
    );
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
