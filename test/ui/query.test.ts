import assert from 'node:assert/strict';
import { end } from '../end';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('narrowing a list of playbacks by dimension and metric', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ env: { PEERSCOPE_OPEN_SAMPLES: '1' }, viewport: { width: 1500, height: 1000 } });
    await workbench.openView('Peerscope');
    await workbench.expand('MediaMelon · Sample playbacks');
    await workbench.expand('Recent sessions');
    await workbench.sideBar.locator('[role="treeitem"][aria-level="3"]').first().waitFor();
  });
  after(() => end(workbench));

  const filter = async (): Promise<void> => {
    const recent = workbench.row('Recent sessions');
    await recent.hover();
    await recent.getByRole('button', { name: 'Filter and Sort…' }).click();
  };
  const choose = (text: string) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first().click();
  /** How many there are, once the list was read. */
  const total = async (): Promise<number> => {
    const counted = workbench.row('Recent sessions').filter({ hasText: /\d+ in \d+ hours/ });
    return Number(/(\d+) in /.exec(await counted.innerText())?.[1]);
  };
  let all = Number.NaN;

  it('by a metric, in the provider’s unit', async () => {
    all = await total();
    assert.ok(all > 100, `${all} playbacks`);
    await filter();
    await choose('Metric is above or below');
    await choose('Rebuffering');
    await workbench.quickInput.getByText('in %').first().waitFor();
    await workbench.page.keyboard.type('> 5');
    await workbench.page.keyboard.press('Enter');
    await workbench.sideBar.getByText('> 5').first().waitFor();
    const fewer = await total();
    assert.ok(fewer > 0 && fewer < all, `${fewer} of ${all}`);
    await workbench.screenshot('query');
  });

  it('by a ready-made question', async () => {
    await filter();
    await choose('Highest start-up delay');
    await workbench
      .row('Recent sessions')
      .filter({ hasText: /latency/ })
      .waitFor();
    assert.ok((await total()) > 0);
  });

  it('and back to all', async () => {
    const recent = workbench.row('Recent sessions');
    await recent.hover();
    await recent.getByRole('button', { name: 'Clear Filter' }).click();
    await workbench
      .row('Recent sessions')
      .filter({ hasNotText: /latency|start-up/i })
      .waitFor();
    await workbench.sideBar.locator('[role="treeitem"][aria-level="3"]').first().waitFor();
    // The period moves on: a few playbacks have left it meanwhile.
    assert.ok((await total()) > all * 0.9);
  });
});
