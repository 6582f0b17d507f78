#!/usr/bin/env node
/**
 * Stands in for the `code` executable of `@vscode/test-electron`: takes VS Code's own flags, runs the extension's tests
 * in the VS Code server with a headless browser as its window, and ends with the tests' exit code.
 *
 * Flags read: --extensionDevelopmentPath=, --extensionTestsPath=; the others concern desktop VS Code only.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import clock from '../../clock/clock.cjs';
import { Authority } from '../../faults/authority.mjs';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { chosenVersion, OLDEST } from './versions.mjs';

/** Lines of the tests begin with it; the rest is the workbench's own log, shown on failure or with PEERSCOPE_VERBOSE. */
const MARK = '[test] ';

/**
 * The oldest VS Code adds the system's certificates to each connection, and its Node then forgets NODE_EXTRA_CA_CERTS, by
 * which the tests' own authority is known.
 */
const SETTINGS = chosenVersion() === OLDEST ? { 'http.systemCertificates': false } : {};

/** What the workbench said, in case the tests never got to say anything. @type {string[]} */
const workbenchLog = [];
let testsSpoke = false;

/** @param {string} name */
function flag(name) {
  const value = process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  if (!value) throw new Error(`--${name}= is missing.`);
  return value;
}

/**
 * Runs the tests.
 * @returns {Promise<number>} what the tests' `run()` came to: 0 when all passed
 */
async function main() {
  const extensionDevelopmentPath = flag('extensionDevelopmentPath');
  const extensionTestsPath = flag('extensionTestsPath');
  const folder = await mkdtemp(join(tmpdir(), 'peerscope-workspace-'));
  /** @type {(() => Promise<unknown>)[]} */
  const cleanup = [() => rm(folder, { recursive: true, force: true })];
  const interrupted = new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130));
    process.once('SIGTERM', () => resolve(143));
  });
  try {
    const authority = await writeAuthority();
    cleanup.push(() => rm(authority, { recursive: true, force: true }));
    clock.lead();
    const server = await startServer({
      settings: SETTINGS,
      extension: clock.EXTENSION,
      env: {
        ...clock.environment(),
        PEERSCOPE_TEST_MARK: MARK,
        PEERSCOPE_TEST_AUTHORITY: authority,
        // Node reads it once, when the process starts.
        NODE_EXTRA_CA_CERTS: join(authority, 'authority.pem'),
      },
    });
    cleanup.push(server.stop);
    const browser = await launchBrowser();
    cleanup.push(() => browser.close());
    const page = await browser.newPage();
    await page.addInitScript(clock.pageScript());

    const ended = new Promise((resolve, reject) => {
      page.on('crash', () => reject(new Error('The browser page crashed.')));
      page.on('close', () => reject(new Error('The browser page was closed.')));
      void server.exited.then(() => reject(new Error(`The VS Code server ended early:\n${server.log()}`)));
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', print);
    await page.goto(server.pageUrl({ folder, extensionDevelopmentPath, extensionTestsPath }));
    const code = Number(await Promise.race([ended, interrupted]));
    if (code !== 0 && !testsSpoke) console.error(workbenchLog.join('\n'));
    return code;
  } finally {
    for (const step of cleanup.reverse()) await step();
  }
}

/**
 * Makes the authority that signs the certificates of the tests' own servers.
 * @returns {Promise<string>} the folder that holds it
 */
async function writeAuthority() {
  const folder = await mkdtemp(join(tmpdir(), 'peerscope-authority-'));
  const { key, cert } = await (await Authority.create()).identity();
  await writeFile(join(folder, 'authority.pem'), cert);
  await writeFile(join(folder, 'authority.key'), key, { mode: 0o600 });
  return folder;
}

/**
 * A console line of the window or of the extension host in it.
 * @param {string} type  a method of console
 * @param {unknown[]} args
 */
function print(type, args) {
  const line = format(...args);
  const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
  if (line.startsWith(MARK)) {
    testsSpoke = true;
    stream.write(`${line.slice(MARK.length)}\n`);
  } else if (process.env.PEERSCOPE_VERBOSE) {
    stream.write(`${line}\n`);
  } else {
    workbenchLog.push(line);
  }
}

process.exitCode = await main().catch((/** @type {unknown} */ error) => {
  console.error(error);
  return 1;
});
