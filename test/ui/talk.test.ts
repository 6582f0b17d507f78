import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** A person reads what was said in a call: from a row's menu, the session page and the document itself. */
describe('what was said, read by a person', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open();
  });
  after(() => end(workbench));

  const editor = () => workbench.page.locator('.editor-group-container.active .monaco-editor .view-lines').first();
  const lines = (text: string | RegExp) => editor().locator('.view-line').filter({ hasText: text }).first();
  const tab = (name: string | RegExp) =>
    workbench.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  const session = () =>
    workbench.sideBar.locator('[role="treeitem"][aria-level="5"]:not([aria-label*="live session"])').first();
  const fromMenu = async (entry: string) => {
    await session().click({ button: 'right' });
    const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: entry, exact: true });
    await item.hover();
    await workbench.page.waitForTimeout(400);
    await item.click();
  };

  it('opens the transcript from the menu of a session', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    await workbench.expand('Rooms');
    await workbench.expand('Lossy uplink');
    await session().waitFor();
    await fromMenu('Open Transcript');
    await tab('Transcript · Lossy uplink.txt').waitFor();
    await lines(/^Transcript:.Lossy.uplink/).waitFor();
    await lines(/\d\d:\d\d:\d\d\s+\d+:\d\d\s+(Host|Caller.A|Caller.B|Nurse.2):\s/).waitFor();
    await workbench.screenshot('talk-transcript');
  });

  it('shows it as subtitles, by a choice of formats', async () => {
    await workbench.page
      .getByRole('button', { name: /Show Transcript or Chat As/ })
      .first()
      .click();
    await workbench.quickInput.getByText('SubRip subtitles').first().waitFor();
    await workbench.screenshot('talk-show-as');
    await workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'SRT' }).first().click();
    await tab('Transcript · Lossy uplink.srt').waitFor();
    await lines(/00:00:\d\d,\d{3}\s-->\s00:00:\d\d,\d{3}/).waitFor();
    await workbench.screenshot('talk-srt');
  });

  it('shows a line in the report of who said it, by a click on its time', async () => {
    await tab('Transcript · Lossy uplink.txt').click();
    // The subtitles name the speaker too, without a time of day on the same line.
    const time = lines(/\d\d:\d\d:\d\d\s.*Caller.A:/);
    await time.waitFor();
    const said = (await time.textContent())?.match(/\d\d:\d\d:\d\d/)?.[0] ?? '';
    const page = workbench.webviewFrame();
    const name = page.locator('[data-section="header"] [data-field="name"]', { hasText: 'Caller A' });
    // A link takes a click once the editor has underlined it under the pressed key, which a busy machine does late.
    for (let tries = 0; tries < 5 && (await name.count()) === 0; tries++) {
      await time
        .locator('.detected-link')
        .first()
        .click({ modifiers: ['ControlOrMeta'] });
      await name.waitFor({ timeout: 6000 }).catch(() => undefined);
    }
    await name.waitFor();
    // The cursor's own reading of the time, in seconds at least.
    await page.getByText(said).first().waitFor();
    await workbench.screenshot('talk-in-report');
  });

  it('has a summary made after a question, and reads it', async () => {
    await fromMenu('Open Summary');
    const told = workbench.page
      .locator('.notification-toast')
      .filter({ hasText: 'There is no summary: none was made.' });
    await told.waitFor();
    await workbench.screenshot('talk-no-summary');
    await told.getByRole('button', { name: 'Generate Summary…' }).click();
    const question = workbench.page
      .locator('.monaco-dialog-box')
      .filter({ hasText: 'Generate a summary of this session?' });
    await question.waitFor();
    await workbench.screenshot('talk-generate');
    await question.getByRole('button', { name: 'Generate' }).click();
    await tab('Summary · Lossy uplink.md').waitFor();
    await lines(/##.Meeting.Summary/).waitFor();
    await workbench.screenshot('talk-summary');
  });

  it('opens chat and recordings from the session page', async () => {
    await fromMenu('Open Session');
    const page = workbench.webviewFrame();
    const said = page.getByRole('toolbar', { name: 'Said, written and recorded' });
    await said.waitFor();
    const kept = ['Transcript', 'Chat', 'Summary', 'Recordings'];
    await eventually(async () => assert.deepEqual(await said.getByRole('button').allInnerTexts(), kept));
    await workbench.screenshot('talk-session-page');
    await said.getByRole('button', { name: 'Chat' }).click();
    await tab('Chat · Lossy uplink.txt').waitFor();
    await lines(/^Chat:.Lossy.uplink/).waitFor();
    await workbench.screenshot('talk-chat');
  });
});
