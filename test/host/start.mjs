/**
 * `npm start`: a real VS Code with the extension in Development mode and its sample calls, to look around in.
 *
 *   npm start                 on Linux x64: a VS Code server; open the printed address in a browser. PORT chooses the port
 *   npm start -- --desktop    desktop VS Code; on other systems always
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadDesktop } from './desktop.mjs';
import { CACHE, ROOT } from './vscode-server/install.mjs';
import { QUIET_SETTINGS } from './vscode-server/quiet-settings.mjs';
import { startServer } from './vscode-server/server.mjs';

/** The extension opens its sample calls when it finds this in Development mode. */
const ENV = { PEERSCOPE_OPEN_SAMPLES: '1' };
const WORKSPACE = join(CACHE, 'workspace');
const desktop = process.argv.includes('--desktop') || process.platform !== 'linux' || process.arch !== 'x64';

/** Runs a program with its output passed through, until it ends. @type {(file: string, args: string[], env?: object) => Promise<number>} */
const run = (file, args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

async function startDesktop() {
  const code = await downloadDesktop('stable');
  const profile = join(CACHE, 'desktop-start');
  const flags = [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${join(profile, 'user-data')}`,
    `--extensions-dir=${join(profile, 'extensions')}`,
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-workspace-trust',
    WORKSPACE,
  ];
  console.log('Opening desktop VS Code. Close its window to end.');
  process.exitCode = await run(code, flags, ENV);
}

async function startInServer() {
  const port = Number(process.env.PORT ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT=${process.env.PORT} is no port number.`);
  const server = await startServer({ port, env: ENV, settings: QUIET_SETTINGS });
  const address = server.pageUrl({ folder: WORKSPACE, extensionDevelopmentPath: ROOT });
  console.log(`\nVS Code with Peerscope and its sample calls:\n\n  ${address}\n\nPress Ctrl+C to stop`);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const asked = await Promise.race([interrupted, server.exited.then(() => undefined)]);
  await server.stop();
  if (!asked) throw new Error(`The VS Code server ended:\n${server.log()}`);
}

try {
  if ((await run(process.execPath, ['esbuild.mjs', '--production'])) !== 0) throw new Error('The build failed.');
  await mkdir(WORKSPACE, { recursive: true });
  await (desktop ? startDesktop() : startInServer());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
