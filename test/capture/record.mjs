/** Holds a real call in a full Chromium and saves what chrome://webrtc-internals makes of it. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startRelay } from './relay.mjs';

/** No sandbox: containers and root accounts have no user namespaces, and only our own page is opened. */
const FLAGS = [
  // The new headless mode is the whole browser: the old one has no chrome:// pages.
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--auto-select-tab-capture-source-by-title=Call',
  '--allow-loopback-in-peer-connection',
  // Host candidates with their address instead of a name that needs multicast DNS.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {number} seconds
 * @property {import('./relay.mjs').Path} [aToB]
 * @property {import('./relay.mjs').Path} [bToA]
 * @property {number} [screenShareAt]  seconds into the call at which A shares a screen, which negotiates anew
 */

/**
 * @typedef {object} Recording
 * @property {{ name: string, bytes: Uint8Array }} internals
 * @property {{ name: string, bytes: Uint8Array }} rtcstats
 * @property {{ a: object[][], b: object[][] }} stats  getStats of both ends, one list a poll
 * @property {{ aToB: import('./relay.mjs').Applied, bToA: import('./relay.mjs').Applied }} applied
 * @property {string} browser  version
 */

/**
 * Holds a call and returns the dumps, the getStats of both ends beside them, and what the relay did.
 * @param {string} executablePath  of a full Chromium
 * @param {Scenario} scenario
 * @returns {Promise<Recording>}
 */
export async function recordCall(executablePath, { seconds, aToB, bToA, screenShareAt }) {
  const relay = await startRelay({ aToB, bToA });
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Call</title><h1>Call</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: false });
  try {
    const context = await browser.newContext({ acceptDownloads: true });
    // First: it keeps what happens while it is open.
    const internals = await context.newPage();
    await internals.goto('chrome://webrtc-internals');
    const page = await context.newPage();
    await page.exposeFunction(
      'listensAt',
      (/** @type {Parameters<typeof relay.listens>[0]} */ peer, /** @type {number} */ port) =>
        relay.listens(peer, port),
    );
    await page.goto(`http://127.0.0.1:${port}/`);
    const options = { ports: relay.ports, seconds, screenShareAt, pollMs: 500 };
    await page.addScriptTag({ path: fileURLToPath(new URL('page/call.js', import.meta.url)) });
    /** @type {unknown} */
    const stats = await page.evaluate(`holdCall(${JSON.stringify(options)})`);
    return {
      internals: await download(internals, '#dump-click-target'),
      rtcstats: await download(internals, '#dump-click-target-rtcstats'),
      stats: /** @type {{ a: object[][]; b: object[][] }} */ (stats),
      applied: relay.applied,
      browser: browser.version(),
    };
  } finally {
    await browser.close();
    relay.close();
    server.close();
  }
}

/**
 * Presses one of the page's download buttons.
 * @param {import('playwright-core').Page} page
 * @param {string} button
 */
async function download(page, button) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(`document.querySelector('${button}').click()`),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}
