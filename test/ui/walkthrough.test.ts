import assert from 'node:assert/strict';
import { end } from '../end';
import type { ScriptedServer } from '../service/http/server';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { ACCOUNT_ID, CANARY_TOKEN, startPublishedService } from './published-service';
import { Workbench } from './workbench';

const STEPS = ['Try the sample calls', 'Add a connection', 'Open a report', 'Look up an ID'] as const;

/** A newcomer takes the first steps, each by its button. */
describe('the first steps', () => {
  let server: ScriptedServer;
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    server = await startPublishedService();
    workbench = await Workbench.open({ viewport: { width: 1500, height: 950 } });
  });
  after(async () => {
    await end(workbench);
    await end(server);
  });

  const step = (title: string) =>
    workbench.page
      .locator('.getting-started-step:visible')
      .filter({ has: workbench.page.getByRole('heading', { name: title, exact: true }) });
  /** What VS Code says of a step's tick. */
  const isTicked = (title: string, done: string) =>
    step(title)
      .getByRole('checkbox', { name: `${title}: ${done}`, exact: true })
      .waitFor();
  const unfold = async (title: string): Promise<void> => {
    if ((await step(title).getAttribute('aria-expanded')) !== 'true') await step(title).click();
    await step(title).and(workbench.page.locator('[aria-expanded="true"]')).waitFor();
  };
  /** Back to the page of the steps, when another editor or view took the place. */
  const backToSteps = async (): Promise<void> => {
    await workbench.page
      .locator('.tab')
      .filter({ hasText: /Welcome|Walkthrough/ })
      .click();
    await step(STEPS[0]).waitFor();
  };
  const press = async (title: string, button: string): Promise<void> => {
    await unfold(title);
    await step(title).getByRole('button', { name: button, exact: true }).click();
  };
  const answer = async (prompt: string, text = ''): Promise<void> => {
    await workbench.quickInput.getByText(prompt).first().waitFor();
    const input = workbench.quickInput.locator('input').first();
    if (text !== '') await input.fill(text);
    await input.press('Enter');
  };

  it('open by a link of the empty view, not by themselves', async () => {
    await workbench.openView('Peerscope');
    const link = workbench.sideBar.getByText('first steps', { exact: true });
    await link.waitFor();
    assert.equal(await workbench.page.locator('.tab').count(), 0);
    await link.click();
    for (const title of STEPS) await isTicked(title, 'Not completed');
  });

  it('show a picture for each', async () => {
    for (const title of STEPS) {
      await unfold(title);
      const picture = workbench.webviewFrame().locator('svg');
      await picture.waitFor();
      const name = await picture.getAttribute('aria-label');
      assert.ok(name, title);
      // Colours of the theme reached it: nothing is drawn in the black that stands for a colour that is not known.
      await eventually(async () => {
        const strokes = await picture
          .locator('[stroke]')
          .evaluateAll((all) => all.map((one) => getComputedStyle(one).stroke));
        assert.ok(strokes.length > 5);
        assert.deepEqual(
          [...new Set(strokes)].filter((stroke) => stroke === 'none' || stroke === 'rgb(0, 0, 0)'),
          [],
        );
      });
      await workbench.screenshot(`first-steps-${title.split(' ').at(-1)?.toLowerCase()}`);
    }
  });

  it('1: the sample calls open by the button', async () => {
    await press('Try the sample calls', 'Open Sample Calls');
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await isTicked('Try the sample calls', 'Completed');
    await isTicked('Add a connection', 'Not completed');
  });

  it('2: a connection is ticked when there is one, not when its dialog was left', async () => {
    await press('Add a connection', 'Add Connection');
    await workbench.quickInput
      .getByText('Which service held the call?')
      .or(workbench.quickInput.locator('input'))
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await isTicked('Add a connection', 'Not completed');
    await press('Add a connection', 'Add Connection');
    await workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'RealtimeKit' }).click();
    const advanced = workbench.quickInput.getByRole('button', { name: 'Ask for advanced settings too' });
    await advanced.click();
    await advanced.waitFor({ state: 'detached' });
    await answer('Account ID.', ACCOUNT_ID);
    await answer('App ID (optional)');
    await answer('Base URL (optional)', `${server.origin}/client/v4`);
    await answer('API token.', CANARY_TOKEN);
    await answer('How the connection is called', 'Mine');
    await workbench.expand('RealtimeKit');
    await workbench.row('Mine').waitFor();
    await isTicked('Add a connection', 'Completed');
  });

  it('3: a report opens by one click, and says what went wrong', async () => {
    await press('Open a report', 'Open a Sample Report');
    const report = workbench.webviewFrame();
    await report.locator('[data-section="header"] [data-field="name"]').filter({ hasText: 'Caller A' }).waitFor();
    await report
      .locator('[data-section="findings"] [data-field="verdict"]')
      .filter({ hasText: /lost packets/ })
      .waitFor();
    await workbench.screenshot('first-steps-opened-report');
    await backToSteps();
    await isTicked('Open a report', 'Completed');
  });

  it('4: the look-up opens, and all is done', async () => {
    await press('Look up an ID', 'Look Up Session by ID…');
    await workbench.quickInput.locator('input').first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    for (const title of STEPS) await isTicked(title, 'Completed');
    await workbench.screenshot('first-steps-done');
  });
});
