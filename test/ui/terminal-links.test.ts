import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { type NamedCall, sampleSession } from './sample-session';
import { Workbench } from './workbench';

describe('from an id in the terminal to the call', () => {
  let workbench: Workbench;
  let session: NamedCall;

  stepsOfOneJourney();
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('terminal-link-failure');
  });
  before(async () => {
    session = await sampleSession(1);
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
      .filter({ hasText: `call ${session.sessionId}` })
      .last();

  it('prints an id in a shell', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await workbench.runCommand('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm-rows').first().waitFor();
    await workbench.page.locator('.terminal-wrapper.active .xterm-helper-textarea').first().focus();
    // The line that is typed holds quotes, so that only the one that is printed matches.
    await workbench.page.keyboard.type(`echo "call" "${session.sessionId}"`);
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
