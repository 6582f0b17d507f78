import assert from 'node:assert/strict';
import { end } from '../end';
import type { ScriptedServer } from '../service/http/server';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { ACCOUNT_ID, CANARY_TOKEN, startPublishedService } from './published-service';
import { Workbench } from './workbench';

/** A person's first call: from the empty view to the published report, with the keyboard and the mouse. */
describe('from an empty view to the published report', () => {
  let server: ScriptedServer;
  let workbench: Workbench;
  /** Everything that the pages said on their console. */
  const said: string[] = [];

  stepsOfOneJourney();
  before(async () => {
    server = await startPublishedService();
    workbench = await Workbench.open({ viewport: { width: 1500, height: 1000 } });
    // Frames that come from now on keep every message that is posted to them: the webview's come from the extension.
    await workbench.page.addInitScript(() => {
      const kept: unknown[] = [];
      const post = window.postMessage.bind(window) as (...args: unknown[]) => void;
      const keep = (...args: unknown[]): void => {
        kept.push(args[0]);
        post(...args);
      };
      Object.assign(window, { keptMessages: kept, postMessage: keep });
    });
    workbench.page.on('console', (message) => said.push(message.text()));
    workbench.page.on('pageerror', (error) => said.push(error.message));
  });
  after(async () => {
    await end(workbench);
    await end(server);
  });

  const field = (section: string, name: string) =>
    workbench.webviewFrame().locator(`[data-section="${section}"] [data-field="${name}"]`).first();
  const asked = (text: string) => workbench.quickInput.getByText(text).first().waitFor();
  const answer = async (text: string): Promise<void> => {
    const input = workbench.quickInput.locator('input').first();
    await input.fill(text);
    await input.press('Enter');
  };

  it('says what to do when there is no connection', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Add Connection', exact: true }).waitFor();
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls' }).waitFor();
    await workbench.screenshot('welcome');
  });

  it('adds a connection step by step and explains what is wrong at each', async () => {
    await workbench.sideBar.getByRole('button', { name: 'Add Connection', exact: true }).click();
    const { quickInput } = workbench;
    const provider = quickInput.locator('.monaco-list-row').filter({ hasText: 'RealtimeKit' });
    await provider.click();
    await asked('Account ID.');
    await answer('not an account');
    await asked('Account ID: expected 32 hexadecimal digits');
    const advanced = quickInput.getByRole('button', { name: 'Ask for advanced settings too' });
    await advanced.click();
    await advanced.waitFor({ state: 'detached' });
    await answer(`https://dash.cloudflare.com/${ACCOUNT_ID}/realtime/kit`);
    await asked('App ID (optional)');
    await answer('');
    await asked('Base URL (optional)');
    await answer('http://calls.example/v4');
    await asked('Base URL: must start with https://');
    await answer(`${server.origin}/client/v4`);
    await asked('API token.');
    await quickInput.locator('input[type="password"]').first().waitFor();
    await workbench.screenshot('add-connection');
    assert.equal(server.requests.length, 0, 'nothing is asked before all is entered');
    await answer('wrong-token');
    await asked('How the connection is called');
    await answer('Published');
  });

  it('says that the key was not accepted, and lets it be corrected', async () => {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('could not be confirmed').waitFor();
    await workbench.screenshot('add-connection-refused');
    await dialog.getByRole('button', { name: 'Edit' }).click();
    for (const prompt of ['Account ID.', 'App ID (optional)', 'Base URL (optional)']) {
      await asked(prompt);
      await workbench.page.keyboard.press('Enter');
    }
    await asked('API token.');
    await answer(CANARY_TOKEN);
    await asked('How the connection is called');
    await workbench.page.keyboard.press('Enter');
    await workbench.row('RealtimeKit · Published').waitFor();
  });

  it('browses to the participant, one level after the other', async () => {
    await workbench.expand('RealtimeKit · Published');
    await workbench.expand('my-first-app');
    await workbench.expand('Recent sessions');
    await workbench.expand('Published call');
    await workbench.row('Participant A').waitFor();
    await workbench.screenshot('tree');
  });

  it('shows the published report with its figures', async () => {
    await workbench.click('Participant A');
    const says = (section: string, name: string, hasText: RegExp) => field(section, name).filter({ hasText }).waitFor();
    await says('summary', 'samples', /^10\b/);
    await says('summary', 'rtt.mean', /^135\.7\b/);
    await says('summary', 'packetsSent.sum', /^3,?188\b/);
    await says('aggregates', 'rtt.avg', /^135\.7\b/);
    await says('header', 'name', /Participant A/);
  });

  it('drew something in every plot', async () => {
    const charts = workbench.webviewFrame().locator('[data-chart]');
    for (const name of ['rtt', 'packetLoss', 'jitter', 'bitrate', 'mos'])
      await charts.and(workbench.webviewFrame().locator(`[data-chart="${name}"]`)).waitFor();
    const names = await charts.evaluateAll((all) => all.map((chart) => chart.getAttribute('data-chart')));
    for (const [index, name] of names.entries()) {
      const canvas = charts.nth(index).locator('canvas').first();
      await canvas.scrollIntoViewIfNeeded();
      await eventually(async () => assert.ok((await coloursOf(canvas)) >= 3, `only background in ${name}`));
    }
    await workbench.screenshot('published-report');
  });

  it('keeps the key out of everything that can be seen or was said', async () => {
    const frames = workbench.page.frames();
    for (const frame of frames) {
      const html = await frame.evaluate(() => document.documentElement.outerHTML).catch(() => '');
      assert.ok(!html.includes(CANARY_TOKEN), frame.url());
    }
    const messages = await Promise.all(
      frames.map((frame) =>
        frame.evaluate(() => JSON.stringify(Reflect.get(window, 'keptMessages') ?? [])).catch(() => '[]'),
      ),
    );
    assert.ok(
      messages.some((text) => text.includes('"type":"report"')),
      'the report was among the messages',
    );
    assert.ok(!messages.join().includes(CANARY_TOKEN), 'messages to the webview');
    const stored = await workbench.page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    assert.ok(!stored.includes(CANARY_TOKEN), 'browser storage');
    assert.deepEqual(
      said.filter((line) => line.includes(CANARY_TOKEN)),
      [],
    );
    assert.ok(server.requests.some(({ headers }) => headers.authorization === `Bearer ${CANARY_TOKEN}`));
    assert.deepEqual(
      server.requests.filter(({ path, query }) => `${path}?${query}`.includes('canary')),
      [],
    );
  });

  it('broke no rule of the content security policy', () => {
    assert.deepEqual(
      said.filter((line) => /content security policy/i.test(line)),
      [],
    );
  });

  it('pins a report, and opens the next one beside it', async () => {
    await workbench.runCommand('Peerscope: Pin or Unpin Report');
    await workbench.webviewFrame().locator('[data-section="header"] [aria-pressed="true"]').first().waitFor();
  });

  it('comes back after a reload, and says what is missing: this host forgets keys', async () => {
    await workbench.reload();
    await workbench.page.locator('.tab').filter({ hasText: 'Participant A' }).waitFor();
    await workbench.webviewFrame().locator('[data-field="error"]').filter({ hasText: 'Key missing' }).waitFor();
    await workbench.openView('Peerscope');
    await workbench.row('RealtimeKit · Published').waitFor();
    await workbench.screenshot('key-missing');
  });
});

/** How many different colours a canvas holds. */
function coloursOf(canvas: import('playwright-core').Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d');
    const pixels = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    return new Set(pixels).size;
  });
}
