import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('findings on screen', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ env: { PEERSCOPE_OPEN_SAMPLES: '1' }, viewport: { width: 1500, height: 1000 } });
  });
  after(() => end(workbench));

  const section = () => workbench.webviewFrame().locator('[data-section="findings"]');

  it('give a verdict at the top of the report, and a warning in the tree', async () => {
    await workbench.openView('Peerscope');
    const session = await workbench.sampleCall('Lossy uplink');
    await session.locator('.monaco-tl-twistie').click();
    await workbench.click('Caller A');
    const verdict = section().locator('[data-field="verdict"]');
    await verdict.filter({ hasText: /Uplink lost packets.*Side: this participant’s own end · confidence/s }).waitFor();
    await workbench.row('Caller A').filter({ hasText: 'Uplink lost packets' }).waitFor();
  });

  it('show an episode in every chart when it is chosen, and all of the call when it is let go', async () => {
    await section()
      .getByRole('button', { name: /\d+ findings/ })
      .click();
    const reset = workbench.webviewFrame().getByRole('button', { name: 'Reset zoom' });
    const resets = (can: boolean) => eventually(async () => assert.equal(await reset.isEnabled(), can));
    await resets(false);
    const finding = section()
      .locator('[data-rule="rtk.loss.out"]')
      .first()
      .getByRole('button', { name: 'Uplink lost packets' });
    await finding.click();
    await section().locator('.finding.chosen').waitFor();
    await resets(true);
    await workbench.screenshot('findings');
    await finding.click();
    await resets(false);
  });

  it('say why: the rule, its numbers and its source', async () => {
    const first = section().locator('[data-rule="rtk.loss.out"]').first();
    await first.getByText('Why, and what to do').click();
    await first
      .getByText(/Packet loss: \d+\.\d+ % \(threshold \d+\)/)
      .first()
      .waitFor();
    await first
      .getByText(/Rule rtk\.loss\.out · \S+/)
      .first()
      .waitFor();
  });

  it('can be filtered by text and by severity', async () => {
    const items = section().locator('.finding');
    const all = await items.count();
    const box = section().getByRole('searchbox', { name: 'Filter findings' });
    await box.fill('rtk.loss.out');
    await section().locator('.finding:not([data-rule="rtk.loss.out"])').first().waitFor({ state: 'detached' });
    await items.first().waitFor();
    await box.fill('no such words');
    await section().getByText('No finding matches the filter.').waitFor();
    await section().getByRole('button', { name: 'Clear filter' }).click();
    const listed = (count: number) => eventually(async () => assert.equal(await items.count(), count));
    await listed(all);
    const worst = section().getByRole('group', { name: 'Severities that are listed' }).getByRole('button').first();
    const [, count] = /(\d+)$/.exec(await worst.innerText()) ?? [];
    await worst.click();
    await listed(all - Number(count));
    await worst.click();
    await listed(all);
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
