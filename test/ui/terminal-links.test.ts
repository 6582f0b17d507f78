import assert from 'node:assert/strict';
import { Redactor } from '../../src/core/redact';
import { createProvider } from '../../src/providers/index';
import { startSampleService } from '../../src/sample/index';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** An ended session of the sample calls, which are the same at every start. */
async function sampleSession(): Promise<{ id: string; roomName: string }> {
  const service = await startSampleService();
  try {
    const services = { connectionId: 'c', log: () => undefined, redactor: new Redactor(), timeoutMs: () => 10_000 };
    const values = service.valuesFor('sample-realtimekit');
    const provider = createProvider('realtimekit', values, { ...services, reportWorkerPath: '/none' });
    const signal = new AbortController().signal;
    const [app] = (await provider.listApps?.({}, signal))?.items ?? [];
    const { items } = await provider.listSessions({ appId: app?.id, live: false, pageSize: 10 }, signal);
    const session = items.at(-1);
    assert.ok(session);
    return { id: session.id, roomName: session.roomName ?? '' };
  } finally {
    await service.stop();
  }
}

describe('from an id in the terminal to the call', () => {
  let workbench: Workbench;
  let session: { id: string; roomName: string };

  stepsOfOneJourney();
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('terminal-link-failure');
  });
  before(async () => {
    session = await sampleSession();
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 1000 },
      // Rows are elements then, so that a test finds the place of a word.
      settings: { 'peerscope.editorLinks': true, 'terminal.integrated.gpuAcceleration': 'off' },
    });
  });
  after(() => end(workbench));

  const row = () =>
    workbench.page
      .locator('.xterm-rows > div')
      .filter({ hasText: `call ${session.id}` })
      .last();

  it('prints an id in a shell', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await workbench.runCommand('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm-rows').first().waitFor();
    await workbench.page.locator('.terminal-wrapper.active .xterm-helper-textarea').first().focus();
    // The line that is typed holds quotes, so that only the one that is printed matches.
    await workbench.page.keyboard.type(`echo "call" "${session.id}"`);
    await workbench.page.keyboard.press('Enter');
    await row().waitFor();
  });

  it('opens its page by a click on it', async () => {
    const { mouse, keyboard } = workbench.page;
    const place = { x: 0, y: 0 };
    // A terminal that is still being laid out moves the text away from under the mouse.
    await eventually(async () => {
      const box = await row().boundingBox();
      assert.ok(box);
      // The row is as wide as the terminal; what is printed in it is not.
      const cell = await row().evaluate((element) => {
        const range = element.ownerDocument.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().width / element.textContent.length;
      });
      assert.ok(cell > 0);
      place.x = box.x + cell * ('call '.length + 10);
      place.y = box.y + box.height / 2;
      await mouse.move(place.x - cell, place.y);
      await mouse.move(place.x, place.y);
      await workbench.page.getByText('Look up in Peerscope (').first().waitFor({ timeout: 3000 });
    });
    await workbench.screenshot('terminal-link');
    await keyboard.down('ControlOrMeta');
    await mouse.click(place.x, place.y);
    await keyboard.up('ControlOrMeta');
    await workbench
      .webviewFrame()
      .locator('[data-section="header"] [data-field="name"]')
      .filter({ hasText: session.roomName })
      .waitFor();
    await workbench.screenshot('terminal-to-session');
  });
});
