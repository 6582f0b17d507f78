import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end } from '../end';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** A person takes a report away: from a row's menu, from the menu of the open report, and from the palette. */
describe('a report to take away', () => {
  let workbench: Workbench;
  let folder: string;

  stepsOfOneJourney();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-take-away-'));
    workbench = await Workbench.open({ folder });
  });
  after(async () => {
    await end(workbench);
    await rm(folder, { recursive: true, force: true });
  });

  const choose = (format: string) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: format }).first().click();
  /** This host asks for a file in a quick input. */
  const saveAs = async (name: string): Promise<string> => {
    const path = join(folder, name);
    const input = workbench.quickInput.locator('input[type="text"]').first();
    await workbench.quickInput.getByText('Export Report').first().waitFor();
    await workbench.page.waitForFunction(() => {
      const field = document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]');
      return field?.value.includes('/report-');
    });
    await input.fill(path);
    await input.press('Enter');
    return path;
  };
  const toast = () => workbench.page.locator('.notification-toast').filter({ hasText: 'was exported to' }).first();
  const written = async (path: string): Promise<string> => {
    await toast().waitFor();
    await toast().hover();
    await toast().locator('.codicon-notifications-clear').first().click();
    await toast().waitFor({ state: 'detached' });
    return readFile(path, 'utf8');
  };
  const titleMenu = async (entry: string): Promise<void> => {
    const more = workbench.page
      .locator('.editor-group-container .editor-actions')
      .getByRole('button', { name: /^More Actions/ });
    await more.first().click();
    const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: entry });
    await item.hover();
    await workbench.page.waitForTimeout(400);
    await item.click();
  };

  it('goes from a row to a Markdown file, masked', async () => {
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    const session = await workbench.sampleCall('Lossy uplink');
    await session.locator('.monaco-tl-twistie').click();
    await workbench.row('Caller A').waitFor();
    await workbench.chooseFromMenu('Caller A', 'Export Report…');
    await workbench.quickInput.getByText('personal data masked').first().waitFor();
    await workbench.screenshot('export-format');
    await choose('Markdown');
    const text = await written(await saveAs('call.md'));
    assert.match(text, /^# Call report: Participant 1\n/);
    assert.ok(!text.includes('Caller A'));
  });

  it('goes from the menu of the open report to JSON', async () => {
    await workbench.click('Caller A');
    await workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]').first().waitFor();
    await titleMenu('Export Report…');
    await choose('JSON');
    const { format, participantNames } = JSON.parse(await written(await saveAs('call.json')));
    assert.equal(format, 'peerscope.report');
    assert.ok(Object.values(participantNames).every((name) => /^Participant \d+$/.test(String(name))));
  });

  it('includes personal data only after a further question', async () => {
    await workbench.runCommand('Peerscope: Export Report…');
    await workbench.quickInput.getByRole('button', { name: /Include them/ }).click();
    await workbench.quickInput.getByText('personal data included').first().waitFor();
    await choose('Markdown');
    const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Export without masking?' });
    await question.waitFor();
    await workbench.screenshot('export-unmasked');
    await question.getByRole('button', { name: 'Include Personal Data' }).click();
    const text = await written(await saveAs('open.md'));
    assert.match(text, /^# Call report: Caller A\n/);
  });

  it('opens the raw answer from the same menu', async () => {
    await titleMenu('Open Raw JSON');
    await workbench.page.locator('.monaco-editor .view-lines').filter({ hasText: 'success' }).first().waitFor();
  });

  describe('value by value', () => {
    const page = () => workbench.webviewFrame();
    const clipboard = (): Promise<string> => workbench.page.evaluate(() => navigator.clipboard.readText());
    const pick = async (entry: string): Promise<void> => {
      const item = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: entry, exact: true });
      await item.hover();
      await workbench.page.waitForTimeout(400);
      await item.click();
      await item.waitFor({ state: 'detached' });
    };
    const copied = async (entry: string, expected: RegExp): Promise<void> => {
      await workbench.page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
      await pick(entry);
      const end = Date.now() + 20_000;
      while (!expected.test(await clipboard())) {
        if (Date.now() > end) assert.match(await clipboard(), expected);
        await workbench.page.waitForTimeout(50);
      }
    };

    before(async () => {
      await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      // The raw answer stands in front of the report.
      await workbench.click('Caller A');
      await page().locator('[data-section="notes"]').waitFor();
    });

    it('copies what the mouse points at: a value, its row, its table', async () => {
      const browser = page().locator('[data-section="client"] [data-field="browser"]');
      const name = (await browser.textContent()) ?? '';
      assert.match(name, /\w/);
      await browser.click({ button: 'right' });
      await workbench.screenshot('report-context-menu');
      await copied('Copy Value', new RegExp(`^${name}$`));
      await browser.click({ button: 'right' });
      await copied('Copy Row', new RegExp(`^Browser\\t${name}$`));
      const pair = page().locator('[data-section="connection"] [data-field="local.type"]').first();
      await pair.click({ button: 'right' });
      await copied('Copy Table', /\nDirection\tsending\treceiving\n/);
    });

    it('copies by keyboard alone: arrows to a value, then Copy, or the Menu key', async () => {
      const region = page().locator('[data-section="network"] .facts').first();
      await region.focus();
      await region.press('ArrowDown');
      const address = page().locator('[data-section="network"] [data-field="ip"]');
      await page().locator('[data-section="network"] [data-field="ip"]:focus').waitFor();
      const ip = (await address.textContent()) ?? '';
      assert.match(ip, /^[\d.]+$/);
      await address.press('Shift+F10');
      await copied('Copy Value', new RegExp(`^${ip.replaceAll('.', '\\.')}$`));
    });

    it('turns a chart into its table and copies its figures', async () => {
      const chart = page().locator('[data-chart="rtt"]');
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('h3').click({ button: 'right' });
      await copied('Copy Chart as CSV', /^[^\n]*time[^\n]*\r?\n/i);
      await chart.locator('h3').click({ button: 'right' });
      await pick('Switch Between Chart and Table');
      await chart.getByRole('table').waitFor();
    });

    it('is searched with VS Code’s own find widget', async () => {
      await page().locator('[data-section="header"] h1').click();
      await workbench.page.keyboard.press('Control+f');
      await workbench.page.locator('.simple-find-part.visible input').waitFor();
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.simple-find-part.visible').waitFor({ state: 'detached' });
    });
  });
});
