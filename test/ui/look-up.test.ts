import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end } from '../end';
import { addRealtimeKit } from './add-connection';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { type NamedCall, sampleSession } from './sample-session';
import { Workbench } from './workbench';

describe('from an id to the call', () => {
  let workbench: Workbench;
  let folder: string;
  let down: NamedCall;
  let logged: NamedCall;

  stepsOfOneJourney();
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('look-up-failure');
  });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-log-'));
    [down, logged] = await Promise.all([sampleSession(6), sampleSession(2)]);
    const lines = [
      '10:41:58.004 INFO  [signal] socket open, 231 ms',
      `10:42:07.123 WARN  [ice] session=${logged.sessionId} peer=${logged.participantId} disconnected, restarting`,
      '10:42:09.870 INFO  [ice] connected, relay/tcp',
    ];
    await writeFile(join(folder, 'call.log'), `${lines.join('\n')}\n`);
    const link = 'code-oss://peerscope.peerscope/session?provider=realtimekit&id=';
    const good = `[follow-good](${link}${logged.sessionId})`;
    const hostile = `[follow-hostile](${link}${logged.sessionId}&command=workbench.action.quit)`;
    await writeFile(join(folder, 'ticket.md'), `${good}\n\n${hostile}\n`);
    workbench = await Workbench.open({
      folder,
      viewport: { width: 1500, height: 1000 },
      settings: { 'peerscope.editorLinks': true },
    });
  });
  after(async () => {
    await end(workbench);
    await rm(folder, { recursive: true, force: true });
  });

  const input = () => workbench.quickInput.locator('input').first();
  const found = (text: string) => workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first();
  const pageName = (name: string) =>
    workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]').filter({ hasText: name });
  const selected = (level: number) =>
    workbench.sideBar.locator(`.monaco-list-row.selected[role="treeitem"][aria-level="${level}"]`);
  /** Ctrl+click on the link over a text, as a person follows links in an editor. */
  const follow = async (text: string, which = 0): Promise<void> => {
    const { mouse, keyboard } = workbench.page;
    const link = workbench.page.locator('.view-line .detected-link').filter({ hasText: text }).nth(which);
    const active = workbench.page.locator('.view-line .detected-link-active').first();
    // Pressed before the mouse moves: the link is drawn anew then, so it is not clicked as an element.
    await keyboard.down('ControlOrMeta');
    // An editor that is still being laid out moves the text away from under the mouse.
    await eventually(async () => {
      const box = await link.boundingBox({ timeout: 1000 });
      assert.ok(box);
      await mouse.move(box.x + 60, box.y + box.height / 2);
      await mouse.move(box.x + 64, box.y + box.height / 2);
      await active.waitFor({ timeout: 1000 });
      await mouse.click(box.x + 64, box.y + box.height / 2);
    });
    await keyboard.up('ControlOrMeta');
  };

  it('starts with the sample calls', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    await workbench.row('RealtimeKit · Sample calls').waitFor();
  });

  it('says who would be asked before anything is', async () => {
    await workbench.runCommand('Peerscope: Look Up Session by ID…');
    await input().fill(down.sessionId);
    const asks = /asks [34] connections at once/;
    await found(`Look up "${down.sessionId}"`).filter({ hasText: asks }).waitFor();
    await workbench.screenshot('look-up-asks');
  });

  it('finds a session far down a list that was never opened', async () => {
    await input().press('Enter');
    await found(down.roomName).waitFor();
    await found('Search further').waitFor();
    await workbench.screenshot('look-up-found');
  });

  it('opens its page, and shows its row in the tree', async () => {
    await input().press('Enter');
    await pageName(down.roomName).waitFor();
    await selected(4).filter({ hasText: down.roomName }).waitFor({ timeout: 60_000 });
    await workbench.screenshot('look-up-revealed');
  });

  it('remembers what was looked up', async () => {
    await workbench.runCommand('Peerscope: Look Up Session by ID…');
    await found(down.roomName).waitFor();
    await workbench.screenshot('look-up-recent');
    await workbench.page.keyboard.press('Escape');
  });

  it('has a line for a connection that cannot be asked, beside what others found', async () => {
    const { page } = workbench;
    await addRealtimeKit(workbench, {
      accountId: '0123456789abcdef0123456789abcdef',
      // The discard port of this machine, where nobody listens.
      baseUrl: 'http://127.0.0.1:9/client/v4',
      token: 'no-token',
      label: 'Unreachable',
    });
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Save Anyway' }).click();
    await workbench.row('RealtimeKit').waitFor();

    await workbench.runCommand('Peerscope: Look Up Session by ID…');
    await input().fill(logged.sessionId);
    await input().press('Enter');
    await found(logged.roomName).waitFor();
    await found('RealtimeKit · Unreachable could not be asked').waitFor();
    await workbench.screenshot('look-up-failed');
    await page.keyboard.press('Escape');
  });

  it('says plainly that there is nothing under an id', async () => {
    await workbench.runCommand('Peerscope: Look Up Session by ID…');
    await input().fill('8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10');
    await input().press('Enter');
    await found('Nothing was found under this id.')
      .filter({ hasText: /Asked: .*RealtimeKit/ })
      .waitFor();
    await workbench.screenshot('look-up-nothing');
    await input().fill('https://acme.app.100ms.live/meeting/abc-defg-hij');
    await found('link to join a call').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  const openFile = async (name: string): Promise<void> => {
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await input().fill(name);
    await found(name).waitFor();
    await input().press('Enter');
    await workbench.page.locator('.tab.active').filter({ hasText: name }).waitFor();
  };
  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const answerDialog = (button: string) => dialog().getByRole('button', { name: button, exact: true }).click();

  it('asks before it follows a link to a session, and says who would be asked', async () => {
    await openFile('ticket.md');
    await follow('code-oss://');
    await dialog().getByText('Look up a call at RealtimeKit?').waitFor();
    const asked = 'RealtimeKit will be asked through "Unreachable" at 127.0.0.1:9, "Sample calls"';
    await dialog().filter({ hasText: asked }).waitFor();
    await workbench.screenshot('link-asks');
    await answerDialog('Look Up');
    await pageName(logged.roomName).waitFor();
  });

  it('runs nothing for a link with more in it', async () => {
    await workbench.page.locator('.tab').filter({ hasText: 'ticket.md' }).click();
    await follow('code-oss://', 1);
    await workbench.page
      .locator('.notification-list-item')
      .filter({ hasText: 'parameter "command"' })
      .first()
      .waitFor();
    await workbench.screenshot('link-refused');
  });

  it('gets from a log line to the report with two clicks and no typing', async () => {
    await openFile('call.log');
    await workbench.page.locator('.view-line .detected-link').first().waitFor();
    await workbench.screenshot('log-links');

    await follow(logged.sessionId);
    await pageName(logged.roomName).waitFor();
    const person = workbench.webviewFrame().locator(`[data-participant="${logged.participantId}"]`).first();
    await person.waitFor();
    await workbench.screenshot('log-to-session');
    await person.locator('td').nth(1).click();
    await workbench.webviewFrame().locator('[data-chart="rtt"] canvas').first().waitFor();
    await workbench.screenshot('log-to-report');
  });

  it('gets from a participant in the line to the report with one', async () => {
    await workbench.page.locator('.tab').filter({ hasText: 'call.log' }).click();
    await follow(logged.participantId);
    await workbench.page.locator('.tab.active').filter({ hasNotText: 'call.log' }).waitFor();
    await workbench.webviewFrame().locator('[data-chart="rtt"] canvas').first().waitFor();
  });

  it('tells on hover what is known of an id', async () => {
    await workbench.page.locator('.tab').filter({ hasText: 'call.log' }).click();
    await workbench.page.locator('.view-line .detected-link').filter({ hasText: logged.sessionId }).first().hover();
    const hover = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Look Up in Peerscope' });
    await hover.filter({ hasText: logged.roomName }).waitFor();
    await workbench.screenshot('log-hover');
  });
});
