import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** A person keeps a call: starred in the tree, and saved to a file that opens without the provider. */
describe('a call to keep', () => {
  let workbench: Workbench;
  let folder: string;

  stepsOfOneJourney();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-keep-'));
    workbench = await Workbench.open({
      folder,
      viewport: { width: 1500, height: 1000 },
      env: { PEERSCOPE_OPEN_SAMPLES: '1' },
    });
  });
  after(async () => {
    await end(workbench);
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('keep-failure');
  });

  const page = () => workbench.webviewFrame();
  const field = (name: string) => page().locator(`[data-field="${name}"]`).first();
  const titled = (title: string) => page().locator('[data-section="header"] h1').filter({ hasText: title }).waitFor();
  const choice = (text: string) => workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const input = () => workbench.quickInput.locator('input[type="text"]').first();

  it('is starred on its page, and stands among the favorites', async () => {
    await workbench.openView('Peerscope');
    const session = await workbench.sampleCall('Lossy uplink');
    await session.hover();
    await session.getByRole('button', { name: 'Open Session', exact: true }).click();
    await titled('Lossy uplink');
    await page().locator('[data-participant]').first().waitFor();
    await page().getByRole('button', { name: 'Favorite', exact: true }).click();
    await workbench.row('Favorites').waitFor();
    const kept = workbench.row(/^Lossy uplink · /);
    await kept.waitFor();
    const spoken = /favorite call, RealtimeKit · Sample calls/;
    await eventually(async () => assert.match((await kept.getAttribute('aria-label')) ?? '', spoken));
    await workbench.screenshot('favorites');
  });

  it('is saved from its page, masked, with every report', async () => {
    await page().getByRole('button', { name: 'Save', exact: true }).click();
    await choice('Personal data masked').waitFor();
    await workbench.screenshot('save-session');
    await choice('Personal data masked').click();
    await workbench.page.waitForFunction(() => {
      const box = document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]');
      return box?.value.includes('/session-');
    });
    await input().fill(join(folder, 'call.json'));
    await input().press('Enter');
    const toast = workbench.page.locator('.notification-toast').filter({ hasText: 'was saved to call.json' }).first();
    await toast.waitFor();
    const { format, reports, participants } = JSON.parse(await readFile(join(folder, 'call.json'), 'utf8'));
    assert.equal(format, 'peerscope.session');
    assert.equal(reports.length, participants.length);
    await toast.getByRole('button', { name: 'Open', exact: true }).click();
  });

  it('opens from the file as its page, with everything read', async () => {
    await field('saved').filter({ hasText: 'personal data masked' }).waitFor();
    await field('reportsResult').filter({ hasText: 'reports read.' }).waitFor();
    await page().locator('[data-section="findings"] [data-field="verdict"]').waitFor();
    assert.equal(await page().getByRole('button', { name: 'Save', exact: true }).count(), 0);
    assert.equal(await page().getByRole('button', { name: /^Read/ }).count(), 0);
    await workbench.screenshot('saved-session');
    await page().locator('[data-participant]').filter({ hasText: 'Participant' }).first().locator('td').nth(1).click();
    await page().locator('[data-chart="rtt"] canvas').first().waitFor();
    await workbench.screenshot('saved-session-report');
  });

  it('stands in the tree as a saved session, opens from there, and is taken off the list', async () => {
    // The view was on screen when the file was opened: its row was shown and selected.
    const row = workbench.row('call.json').filter({ hasText: 'saved session' });
    await row.and(workbench.page.locator('.selected')).waitFor();
    await workbench.screenshot('saved-session-row');
    await workbench.runCommand('View: Close All Editors');
    await workbench.click('call.json');
    await field('saved').filter({ hasText: 'personal data masked' }).waitFor();
    await workbench.chooseFromMenu('call.json', 'Remove from Captures');
    await workbench.row('Captures').waitFor({ state: 'detached' });
    // A turn of the wheel goes only so far.
    await eventually(async () => {
      for (let turn = 0; turn < 5; turn++) await workbench.scrollTree(-1000);
      await workbench.row('Recent sessions').waitFor({ timeout: 500 });
    });
  });

  it('is narrowed to by a filter that says what it covers, and comes back after a reload', async () => {
    await workbench.openView('Peerscope');
    await workbench.row('Recent sessions').waitFor();
    await workbench.chooseFromMenu('Recent sessions', 'Filter and Sort…');
    await choice('At least so long…').waitFor();
    await workbench.screenshot('filter-sessions');
    await choice('At least so long…').click();
    await workbench.quickInput.getByText('Shortest duration in minutes').first().waitFor();
    await input().fill('30');
    await input().press('Enter');
    const described = workbench.row('Recent sessions').filter({ hasText: 'at least 30 min' });
    await described.waitFor();
    await workbench.expand('Recent sessions');
    await workbench.row('Recent sessions').filter({ hasText: 'loaded rows only' }).waitFor();
    await workbench.screenshot('filter-loaded-rows');
    await workbench.reload();
    await workbench.openView('Peerscope');
    await workbench.row('Favorites').waitFor();
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    await described.waitFor();
  });
});
