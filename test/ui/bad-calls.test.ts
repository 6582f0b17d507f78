import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('from many calls to the bad ones', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 1000 },
      env: { PEERSCOPE_OPEN_SAMPLES: '1' },
    });
  });
  after(() => end(workbench));
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('bad-calls-failure');
  });

  const choice = (text: string) => workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const pane = () => workbench.sideBar.locator('.pane').filter({ hasText: 'Bad Calls' }).last();
  const rows = () => pane().locator('.monaco-list-row[role="treeitem"]');
  const message = (text: RegExp) => pane().locator('.message').filter({ hasText: text }).waitFor();
  const title = () => workbench.webviewFrame().locator('[data-section="header"] h1');

  it('searches an app from its row, and lists the worst first', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.row('telehealth-prod').waitFor();
    await workbench.chooseFromMenu('telehealth-prod', 'Find Bad Calls…');
    await choice('Last 20 calls').waitFor();
    await workbench.screenshot('bad-calls-how-many');
    await choice('Last 20 calls').click();
    await choice('Any time').click();
    await message(/bad calls? among 20\./);
    // The message may be there a moment before the rows that it speaks of.
    await eventually(async () => {
      const spoken = await rows().evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
      const severities = spoken.flatMap((label) => /(critical|high|medium|low) severity/.exec(label)?.[1] ?? []);
      const order = ['critical', 'high', 'medium', 'low'];
      assert.ok(severities.length > 1, spoken.join('\n'));
      assert.deepEqual(
        severities,
        severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
      );
    });
    await workbench.screenshot('bad-calls');
  });

  it('tells by keyboard what was wrong, and opens the call', async () => {
    const first = rows().first();
    const name = await first.locator('.label-name').innerText();
    await first.click();
    await title().filter({ hasText: name.trim() }).waitFor();
    await first.focus();
    await pane().locator('.monaco-list').first().focus();
    await workbench.page.keyboard.press('ArrowRight');
    await pane().locator('.monaco-list-row[aria-level="2"]').first().waitFor();
    await workbench.screenshot('bad-calls-opened');
  });

  it('is there again after a reload, and can be searched again', async () => {
    await rows().nth(2).waitFor();
    await workbench.reload();
    await workbench.openView('Peerscope');
    await message(/bad calls? among 20\./);
    await pane().hover();
    await pane().getByRole('button', { name: 'Clear Bad Calls' }).click();
    await pane().waitFor({ state: 'detached' });
  });
});
