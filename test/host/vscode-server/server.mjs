/** Starts the VS Code server and makes the addresses of workbench pages on it. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { installHost } from './install.mjs';

/** The server is up in about half a second; a machine under load gets a minute. */
const START_TIMEOUT_MS = 60_000;

/** What a server gets to end by itself before it is killed. */
const STOP_TIMEOUT_MS = 5_000;

/**
 * @typedef {object} ServerOptions
 * @property {number} [port]                        0 or left out: any free port
 * @property {string} [dataDir]                     kept after `stop`; left out: a temporary folder that `stop` removes
 * @property {Record<string, string>} [env]         added to the environment of server and extension host
 * @property {Record<string, unknown>} [settings]   user settings
 * @property {import('./versions.mjs').HostVersion} [version]
 * @property {boolean} [workspaceTrust]             folders are not trusted unless the person says so
 * @property {string} [vsix]                        an extension's package, absolute, that is installed before the start; no
 *                                                  extension is loaded from a folder then
 * @property {string} [extension]                   the folder, absolute, of one that is installed as it stands
 */

/**
 * A running VS Code server.
 * @typedef {object} Server
 * @property {string} authority                     host and port, as the page must be addressed
 * @property {(page: PageOptions) => string} pageUrl
 * @property {string} extensionsDir                 where installed extensions are, absolute
 * @property {() => string} log                     what the server printed
 * @property {() => Promise<void>} stop             ends it with all its children and removes a temporary data folder
 * @property {Promise<void>} exited                 settles when the server ended, for whatever reason
 */

/**
 * What a page opens, all absolute paths.
 * @typedef {object} PageOptions
 * @property {string} folder                        workspace folder
 * @property {string} [extensionDevelopmentPath]    left out: installed extensions only
 * @property {string} [extensionTestsPath]          left out: the extension runs in Development mode
 */

/**
 * Starts a server, installing it on first use.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 * @throws when the package cannot be installed or it does not listen within a minute; the message holds what was printed
 */
export async function startServer({
  port = 0,
  dataDir,
  env = {},
  settings = {},
  version,
  workspaceTrust = false,
  vsix,
  extension,
} = {}) {
  const host = await installHost(version);
  const temporary = await mkdtemp(join(tmpdir(), 'peerscope-vscode-'));
  const data = dataDir ?? join(temporary, 'server');
  const userDir = join(data, 'data', 'User');
  await mkdir(userDir, { recursive: true });
  await writeFile(join(userDir, 'settings.json'), JSON.stringify(settings, null, 2));

  const extensionsDir = join(data, 'extensions');
  if (extension) {
    await mkdir(extensionsDir, { recursive: true });
    await symlink(extension, join(extensionsDir, basename(extension)));
  }
  const folders = ['--server-data-dir', data, '--extensions-dir', extensionsDir];
  const flags = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    ...folders,
    ...['--telemetry-level', 'off'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    // Only with this does a built workbench honour the development and test paths of the page's address.
    ...(vsix ? [] : ['--enable-smoke-test-driver']),
  ];
  const main = join(host.vscode, 'out', 'server-main.js');
  // Sockets and temporary files of the server and its extensions go when it goes.
  const environment = { ...cleanEnvironment(), TMPDIR: temporary, XDG_RUNTIME_DIR: temporary, ...env };
  if (vsix) {
    try {
      await promisify(execFile)(host.node, [main, ...folders, '--install-extension', vsix], { env: environment });
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }
  // Its own process group, so that the extension host and the other children end with it.
  const child = spawn(host.node, [main, ...flags], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) running.add(child.pid);
  endWithThisProcess();
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('close', () => resolve()));

  let log = '';
  /** @type {Promise<number>} */
  const listening = new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`VS Code server did not start in time:\n${log}`)),
      START_TIMEOUT_MS,
    );
    const read = (/** @type {Buffer} */ chunk) => {
      log = (log + chunk.toString('utf8')).slice(-100_000);
      const found = /Extension host agent listening on (\d+)/.exec(log);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Error(`VS Code server ended before it listened:\n${log}`));
    });
  });

  const stop = async () => {
    signalGroup(child.pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
    signalGroup(child.pid, 'SIGKILL');
    if (child.pid !== undefined) running.delete(child.pid);
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    const authority = `127.0.0.1:${await listening}`;
    return { authority, pageUrl: (page) => pageUrl(authority, page), extensionsDir, log: () => log, stop, exited };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The address of a workbench page, with an extension loaded from its folder where one is named.
 * @param {string} authority
 * @param {PageOptions} page
 */
function pageUrl(authority, { folder, ...paths }) {
  const payload = Object.entries(paths).map(([name, path]) => [name, `vscode-remote://${authority}${encodeURI(path)}`]);
  const query = payload.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : '';
  return `http://${authority}/?folder=${encodeURIComponent(folder)}${query}`;
}

/** This process's environment without what another VS Code, or npm, put there for its own children. */
function cleanEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Process groups of servers that were not stopped yet. @type {Set<number>} */
const running = new Set();
let endingArranged = false;

/** A test run that is cut short leaves no server behind. */
function endWithThisProcess() {
  if (endingArranged) return;
  endingArranged = true;
  const endAll = () => {
    for (const pid of running) signalGroup(pid, 'SIGKILL');
  };
  process.once('exit', endAll);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      endAll();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
