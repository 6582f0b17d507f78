import assert from 'node:assert/strict';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

async function until(what: string, test: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await test())) {
    if (Date.now() > end) assert.fail(`Not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('findings on screen', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ env: { PEERSCOPE_OPEN_SAMPLES: '1' }, viewport: { width: 1500, height: 1000 } });
  });
  after(() => workbench?.close());

  const section = () => workbench.webviewFrame().locator('[data-section="findings"]');

  it('give a verdict at the top of the report, and a warning in the tree', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    await workbench.expand('Rooms');
    await workbench.expand('Lossy uplink');
    const session = workbench.sideBar
      .locator('[role="treeitem"][aria-level="5"]:not([aria-label*="live session"])')
      .first();
    await session.locator('.monaco-tl-twistie').click();
    await workbench.click('Caller A');
    const verdict = section().locator('[data-field="verdict"]');
    await verdict.waitFor();
    assert.match(await verdict.innerText(), /Uplink lost packets.*Side: this participant’s own end · confidence/s);
    await workbench.row('Caller A').filter({ hasText: 'Uplink lost packets' }).waitFor();
  });

  it('show an episode in every chart when it is chosen, and all of the call when it is let go', async () => {
    await section()
      .getByRole('button', { name: /\d+ findings/ })
      .click();
    const reset = workbench.webviewFrame().getByRole('button', { name: 'Reset zoom' });
    assert.equal(await reset.isDisabled(), true);
    const finding = section()
      .locator('[data-rule="rtk.loss.out"]')
      .first()
      .getByRole('button', { name: 'Uplink lost packets' });
    await finding.click();
    await section().locator('.finding.chosen').waitFor();
    assert.equal(await reset.isDisabled(), false);
    await workbench.screenshot('findings');
    await finding.click();
    assert.equal(await reset.isDisabled(), true);
  });

  it('say why: the rule, its numbers and its source', async () => {
    const first = section().locator('[data-rule="rtk.loss.out"]').first();
    await first.getByText('Why, and what to do').click();
    const text = await first.innerText();
    assert.match(text, /Packet loss: \d+\.\d+ % \(threshold \d/);
    assert.match(text, /Rule rtk\.loss\.out · \S+/);
  });

  it('can be filtered by text and by severity', async () => {
    const items = section().locator('.finding');
    const all = await items.count();
    const box = section().getByRole('searchbox', { name: 'Filter findings' });
    await box.fill('rtk.loss.out');
    await until(
      'only that rule',
      async () => (await section().locator('.finding:not([data-rule="rtk.loss.out"])').count()) === 0,
    );
    assert.ok((await items.count()) >= 1);
    await box.fill('no such words');
    await section().getByText('No finding matches the filter.').waitFor();
    await section().getByRole('button', { name: 'Clear filter' }).click();
    await until('all findings', async () => (await items.count()) === all);
    const worst = section().getByRole('group', { name: 'Severities that are listed' }).getByRole('button').first();
    const [, count] = /(\d+)$/.exec(await worst.innerText()) ?? [];
    await worst.click();
    await until('none of the worst', async () => (await items.count()) === all - Number(count));
    await worst.click();
    await until('all again', async () => (await items.count()) === all);
  });

  it('claim nothing for a healthy call', async () => {
    await workbench.expand('Healthy call');
    const session = await workbench.firstBelow('Healthy call', 5);
    await session.locator('.monaco-tl-twistie').click();
    const person = await workbench.firstBelow('Healthy call', 6);
    await person.click();
    await section().locator('[data-field="verdict"]').filter({ hasText: 'Nothing' }).waitFor();
  });
});
