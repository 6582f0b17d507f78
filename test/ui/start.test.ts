import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/vscode-server/browser.mjs';
import { ROOT } from '../paths';

describe('npm start', () => {
  let child: ChildProcess | undefined;
  let browser: Browser | undefined;
  let address = '';

  after(async () => {
    await browser?.close();
    if (child) await interrupt(child);
  });

  it('prints an address where VS Code shows Peerscope with the sample calls', async () => {
    child = spawn('npm', ['start'], { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    address = await printedAddress(child);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/\?folder=/);

    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Peerscope/ })
      .waitFor();
    // Samples are opened without a further click, so the tree holds their connection.
    const tab = page.locator('.activitybar').getByRole('tab', { name: /^Peerscope/ });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await page
      .locator('.part.sidebar .monaco-list-row[role="treeitem"]')
      .filter({ hasText: /RealtimeKit/ })
      .first()
      .waitFor();
  });

  it('ends with everything it started on Ctrl+C', async () => {
    assert.ok(child, 'npm start was not run');
    await interrupt(child);
    await assert.rejects(fetch(address), 'the server still answers');
  });
});

/** Waits until the child has printed where to go, and that it can be stopped. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const address = /http:\/\/\S+payload=\S+/.exec(output)?.[0];
      if (address && output.includes('Press Ctrl+C to stop')) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`npm start ended with code ${code}:\n${output}`)));
  });
}

/** Ctrl+C goes to the whole process group of a terminal's command. */
async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  process.kill(-Number(child.pid), 'SIGINT');
  await ended;
}
