/** Takes the pictures of the README from the sample calls in a real VS Code: `npm run screenshots`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { end } from '../end';
import { ROOT } from '../paths';
import { stepsOfOneJourney } from '../ui/journey';
import { Workbench } from '../ui/workbench';
import { LOOKS, type Picture, pictureFile } from './pictures';
import { smallPng } from './png';

/** The window without what would draw the eye: title and layout buttons. */
const SETTINGS = {
  'window.title': 'Peerscope',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.navigationControl.enabled': false,
  'peerscope.liveRefreshSeconds': 0,
};

for (const look of LOOKS) {
  describe(`pictures of the README, ${look}`, () => {
    let workbench: Workbench;

    stepsOfOneJourney();
    before(async () => {
      workbench = await Workbench.open({
        theme: look,
        env: { PEERSCOPE_OPEN_SAMPLES: '1' },
        settings: SETTINGS,
        viewport: { width: 1440, height: 900 },
        deviceScaleFactor: 1.5,
      });
    });
    after(() => end(workbench));

    const page = () => workbench.webviewFrame();
    const section = (name: string) => page().locator(`[data-section="${name}"]`);
    const titled = (title: string) => section('header').locator('h1').filter({ hasText: title }).waitFor();

    /** The newest ended session of the room that is open. */
    const newest = (): Locator =>
      workbench.sideBar.locator('[role="treeitem"][aria-level="5"]:not([aria-label*="live session"])').first();

    async function openRoom(room: string): Promise<void> {
      await workbench.openView('Peerscope');
      await workbench.expand('RealtimeKit · Sample calls');
      await workbench.expand('telehealth-prod');
      await workbench.expand('Rooms');
      await workbench.expand(room);
    }

    async function openSession(room: string): Promise<void> {
      await newest().hover();
      await newest().getByRole('button', { name: 'Open Session', exact: true }).click();
      await titled(room);
      await page().locator('[data-participant]').first().waitFor();
    }

    /** Closes the room, so that the next one's sessions are the only ones. */
    async function closeRoom(room: string): Promise<void> {
      await workbench.row(room).locator('.monaco-tl-twistie').click();
    }

    /** Waits until the charts on screen are drawn and no tooltip is shown, and takes the picture. */
    async function take(picture: Picture): Promise<void> {
      await workbench.page.mouse.move(720, 1);
      await workbench.page.locator('.workbench-hover-container:visible').waitFor({ state: 'detached' });
      await workbench.page.waitForTimeout(1000);
      const file = join(ROOT, pictureFile(picture, look));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, smallPng(await workbench.page.screenshot()));
    }

    it('the report', async () => {
      await openRoom('Lossy uplink');
      await newest().locator('.monaco-tl-twistie').click();
      await workbench.click('Caller A');
      await section('findings').locator('[data-field="verdict"]').waitFor();
      await page().locator('[data-chart="packetLoss"] canvas').first().waitFor();
      await workbench.row('Caller A').filter({ hasText: 'Uplink lost packets' }).waitFor();
      await take('report');
    });

    it('its findings', async () => {
      await section('findings')
        .getByRole('button', { name: /\d+ findings/ })
        .click();
      const finding = section('findings').locator('[data-rule="rtk.loss.out"]').first();
      await finding.getByRole('button', { name: 'Uplink lost packets' }).click();
      await section('findings').locator('.finding.chosen').waitFor();
      await finding.getByText('Why, and what to do').click();
      await take('findings');
    });

    it('the way of its media', async () => {
      await section('connection').scrollIntoViewIfNeeded();
      await section('connection').evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await take('connection');
      await closeRoom('Lossy uplink');
    });

    it('a session', async () => {
      await workbench.expand('Rejoin churn');
      await openSession('Rejoin churn');
      await page()
        .getByRole('button', { name: /^Read all reports/ })
        .click();
      await page().locator('[data-field="reportsResult"]').filter({ hasText: 'reports read.' }).waitFor();
      await section('findings').locator('[data-field="verdict"]').waitFor();
      await take('session');
      await closeRoom('Rejoin churn');
    });

    it('a comparison', async () => {
      await workbench.expand('Lossy uplink');
      await openSession('Lossy uplink');
      await page().getByRole('checkbox', { name: 'Compare Caller A' }).click();
      await page().getByRole('checkbox', { name: 'Compare Caller B' }).click();
      await page().getByRole('button', { name: 'Compare Caller A and Caller B' }).click();
      await titled('Caller A ↔ Caller B');
      await section('words').getByText('Found for Caller A only: Uplink lost packets').waitFor();
      await page().locator('[data-chart="packetLoss"] canvas').first().waitFor();
      await take('compare');
      await closeRoom('Lossy uplink');
    });

    it('the bad calls', async () => {
      await workbench.chooseFromMenu('telehealth-prod', 'Find Bad Calls…');
      for (const choice of ['Last 20 calls', 'Any time']) {
        await workbench.quickInput.locator('.monaco-list-row').filter({ hasText: choice }).first().click();
      }
      const pane = workbench.sideBar.locator('.pane').filter({ hasText: 'Bad Calls' }).last();
      await pane
        .locator('.message')
        .filter({ hasText: /bad calls? among 20\./ })
        .waitFor();
      const first = pane.locator('.monaco-list-row[role="treeitem"]').first();
      const name = (await first.locator('.label-name').innerText()).trim();
      await first.click();
      await titled(name);
      await page().locator('[data-participant]').first().waitFor();
      await first.locator('.monaco-tl-twistie').click();
      await pane.locator('.monaco-list-row[aria-level="2"]').first().waitFor();
      await take('bad-calls');
    });
  });
}
