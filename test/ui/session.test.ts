import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('the session page of a sample call', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 1000 },
      env: { PEERSCOPE_OPEN_SAMPLES: '1' },
      settings: { 'peerscope.liveRefreshSeconds': 5 },
    });
  });
  after(() => end(workbench));

  const page = () => workbench.webviewFrame();
  const field = (name: string) => page().locator(`[data-field="${name}"]`).first();
  const titled = (title: string) => page().locator('[data-section="header"] h1').filter({ hasText: title }).waitFor();
  const tabs = (...names: string[]) =>
    eventually(async () => {
      const shown = await workbench.page.locator('.tabs-container .tab').allInnerTexts();
      assert.deepEqual(
        shown.map((tab) => tab.trim()),
        names,
      );
    });
  const people = () => page().locator('.people .person-name').allInnerTexts();
  const peopleAre = (count: number) => eventually(async () => assert.equal((await people()).length, count));

  /** Opens the page of a session by the button on its row. */
  async function openPage(row: Locator): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: 'Open Session', exact: true }).click();
  }

  /** Opens the newest ended session of a room. */
  async function openNewest(room: string): Promise<void> {
    await openPage(await workbench.sampleCall(room));
    await titled(room);
    await page().locator('[data-participant]').first().waitFor();
    // Closed again, so that the next room's sessions are the only ones.
    await workbench.row(room).locator('.monaco-tl-twistie').click();
  }

  it('opens from the session’s row: rejoins of one person on one row', async () => {
    await workbench.openView('Peerscope');
    await openNewest('Rejoin churn');
    await eventually(async () => {
      assert.deepEqual((await people()).toSorted(), ['Caller A', 'Caller B', 'Host']);
      const bars = await page().locator('.person').filter({ hasText: 'Caller A' }).locator('.stay').count();
      assert.ok(bars >= 4, `${bars} stays`);
      assert.match(await field('people').innerText(), new RegExp(`^3 people, ${bars + 2} stays`));
    });
  });

  it('reads everybody’s report on demand', async () => {
    await page()
      .getByRole('button', { name: /^Read all reports/ })
      .click();
    await field('reportsResult').filter({ hasText: 'reports read.' }).waitFor();
    await field('rtt').filter({ hasText: /\d$/ }).waitFor();
    const verdict = page().locator('[data-section="findings"] [data-field="verdict"]');
    await verdict.filter({ hasText: /Side: .* · confidence/ }).waitFor();
    await page().locator('[data-section="findings"] .fold').click();
    await page().locator('[data-section="findings"] .finding').filter({ hasText: 'Caller A' }).first().waitFor();
    await workbench.screenshot('session-in-workbench');
  });

  it('opens a participant’s report beside it by a click on the row', async () => {
    await page().locator('[data-participant]').filter({ hasText: 'Caller B' }).first().click();
    await page().locator('[data-section="header"] [data-field="name"]').filter({ hasText: 'Caller B' }).waitFor();
    // The tree has not loaded the participants: their names come with the report all the same.
    await page().locator('[data-section="streams"]').filter({ hasText: 'Host' }).waitFor();
    await tabs('Rejoin churn', 'Caller B');
  });

  it('shows how most people left at once', async () => {
    await openNewest('Mass leave');
    await peopleAre(8);
    await eventually(async () => {
      const ends = await page()
        .locator('.stay')
        .evaluateAll((bars) => bars.map((bar) => Math.round(bar.getBoundingClientRect().right)));
      const most = Math.max(...ends.map((end) => ends.filter((other) => Math.abs(other - end) <= 8).length));
      assert.ok(most >= 4, `${most} bars end together`);
    });
    await workbench.screenshot('session-mass-leave-in-workbench');
  });

  it('comes back after a reload, without asking', async () => {
    await workbench.page.locator('.tab').filter({ hasText: 'Mass leave' }).click();
    await workbench.reload();
    await titled('Mass leave');
    await page().locator('[data-participant]').first().waitFor();
    await peopleAre(8);
  });

  it('keeps a live session fresh while it is seen', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    await workbench.expand('Live now');
    const live = workbench.sideBar.locator('[role="treeitem"][aria-label*="live session"]');
    await openPage(live.filter({ hasText: 'Live support desk' }).first());
    await titled('Live support desk');
    await field('live').waitFor();
    await page().locator('.stay.here').first().waitFor();
    const first = await field('asOf').innerText();
    await field('asOf').filter({ hasNotText: first }).waitFor();
    await workbench.screenshot('session-live-in-workbench');
  });
});
