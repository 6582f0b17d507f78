import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('the sample calls', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ viewport: { width: 1500, height: 1000 } });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('samples-failure');
  });
  after(() => end(workbench));

  const header = () => workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]');
  const tabs = (count: number) =>
    eventually(async () => assert.equal(await workbench.page.locator('.tabs-container .tab').count(), count));

  it('open from the welcome view, and a participant is four clicks away', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    const session = await workbench.sampleCall('Rejoin churn');
    await session.locator('.monaco-tl-twistie').click();
    await workbench.row('Caller A (2)').waitFor();
    await workbench.click('Caller A');
    await header().filter({ hasText: 'Caller A' }).waitFor();
  });

  it("are told by the tests' clock in window, page and extension host", async () => {
    const near = (time: number) => assert.ok(Math.abs(time - Date.now()) < 60_000, new Date(time).toISOString());
    near(await workbench.page.evaluate(() => Date.now()));
    const root = workbench.webviewFrame().locator('#root');
    near(await root.evaluate(() => Date.now()));
    // The extension host's own: the newest call of a room that has one every 12 hours.
    const when = await root.locator('[data-section="header"] [data-field="when"]').innerText();
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
    const days = [0, 1].map((ago) => day.format(Date.now() - ago * 86_400_000));
    assert.ok(
      days.some((text) => when.includes(text)),
      when,
    );
  });

  it('reuse one panel until it is pinned', async () => {
    await workbench.click('Caller B');
    await header().filter({ hasText: 'Caller B' }).waitFor();
    await tabs(1);
    await workbench.runCommand('Peerscope: Pin or Unpin Report');
    await workbench.webviewFrame().locator('[data-section="header"] [aria-pressed="true"]').first().waitFor();
    await workbench.click('Caller A');
    await header().filter({ hasText: 'Caller A' }).waitFor();
    await tabs(2);
  });

  it('come back after a reload with their panels, without asking', async () => {
    await workbench.reload();
    await workbench.openView('Peerscope');
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await header().filter({ hasText: 'Caller A' }).waitFor();
    await workbench.webviewFrame().locator('[data-chart="rtt"] canvas').first().waitFor();
    await tabs(2);
  });

  it('show a list of meetings that can be filtered by the provider', async () => {
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    const recent = workbench.row('Recent sessions');
    await recent.click();
    await recent.hover();
    await recent.getByRole('button', { name: 'Filter and Sort…' }).click();
    await workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'Search…' }).first().click();
    await workbench.quickInput.getByText('Room title').first().waitFor();
    await workbench.page.keyboard.type('Stand-up');
    await workbench.page.keyboard.press('Enter');
    await workbench.sideBar.getByText('"Stand-up"').first().waitFor();
    await eventually(async () => {
      const names = (await workbench.treeRows()).filter(({ level }) => level === 4).map(({ label }) => label);
      assert.ok(names.length > 1);
      assert.deepEqual([...new Set(names.filter((name) => name !== 'Load more'))], ['Stand-up']);
    });
    await workbench.screenshot('filtered');
  });

  it('open the raw answer in an editor', async () => {
    await workbench.runCommand('Peerscope: Open Raw JSON');
    await workbench.page.locator('.tab.active').filter({ hasText: '.json' }).waitFor();
    await workbench.page.locator('.monaco-editor .view-line').filter({ hasText: '"success"' }).first().waitFor();
  });
});
