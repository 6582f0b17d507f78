import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type SampleService, startSampleService } from '../../src/sample/index';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('adding and changing a connection with two kinds of key', () => {
  let service: SampleService;
  let workbench: Workbench;
  let values: ReturnType<SampleService['valuesFor']>;

  let folder: string;
  let list: string;

  stepsOfOneJourney();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-list-'));
    list = join(folder, 'team.json');
    service = await startSampleService();
    values = service.valuesFor(SAMPLE_CONNECTIONS.find(({ provider }) => provider === '100ms')?.id ?? '');
    workbench = await Workbench.open();
    await workbench.openView('Peerscope');
  });
  after(async () => {
    await end(workbench);
    await end(service);
    await rm(folder, { recursive: true, force: true });
  });

  const asked = (text: string) => workbench.quickInput.getByText(text).first().waitFor();
  const choose = (text: string) =>
    workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first().click();
  const answer = async (prompt: string, text: string): Promise<void> => {
    await asked(prompt);
    const input = workbench.quickInput.locator('input').first();
    await input.fill(text);
    await input.press('Enter');
  };

  /** Types the file's path into VS Code's own dialog for files of the server, once it suggests one. */
  const answerPath = async (suggested: RegExp): Promise<void> => {
    const input = workbench.quickInput.locator('input[type="text"]').first();
    await eventually(async () => assert.match(await input.inputValue(), suggested));
    // While it looks into the folder it may put back what it suggests.
    await eventually(async () => {
      await input.fill(list);
      await workbench.page.waitForTimeout(300);
      assert.equal(await input.inputValue(), list);
    });
    await input.press('Enter');
  };

  it('asks for the kind of key first, then for its parts', async () => {
    await workbench.runCommand('Peerscope: Add Connection…');
    await choose('100ms');
    await choose('Access key and app secret');
    const advanced = workbench.quickInput.getByRole('button', { name: 'Ask for advanced settings too' });
    await advanced.click();
    await advanced.waitFor({ state: 'detached' });
    await answer('Base URL (optional)', values.settings.baseUrl ?? '');
    await answer('Access key', values.secrets.accessKey ?? '');
    await answer('App secret', values.secrets.appSecret ?? '');
    await workbench.screenshot('add-100ms');
    await answer('How the connection is called', 'Staging');
    await workbench.row('100ms · Staging').waitFor();
  });

  it('shows its rooms', async () => {
    await workbench.expand('100ms · Staging');
    await workbench.expand('Rooms');
    await workbench.row('Healthy call').waitFor();
  });

  it('renames it from its row', async () => {
    await workbench.chooseFromMenu('100ms · Staging', 'Edit Connection…');
    await choose('Label');
    await answer('How the connection is called', 'Renamed');
    await workbench.row('100ms · Renamed').waitFor();
  });

  it('asks before it removes it, and is empty afterwards', async () => {
    await workbench.chooseFromMenu('100ms · Renamed', 'Remove Connection…');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Its key is deleted').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await workbench.sideBar.getByRole('button', { name: 'Add Connection', exact: true }).waitFor();
  });

  it('imports a team’s list: shows what it holds, adds what is chosen, and names what cannot be read', async () => {
    const elsewhere = {
      provider: '100ms',
      label: 'Else $(flame)',
      settings: { baseUrl: 'https://elsewhere.example/v2' },
    };
    const connections = [
      { provider: '100ms', label: 'Shared', settings: values.settings },
      elsewhere,
      { provider: 'whereby', label: 'Bad', settings: { baseUrl: 'http://plain.example' } },
    ];
    await writeFile(list, JSON.stringify({ format: 'peerscope.connections', version: 1, connections }));
    await workbench.sideBar.getByText('Import it', { exact: true }).click();
    await answerPath(/\/$/);
    await workbench.quickInput.getByPlaceholder('Which connections are to be added? · 1 cannot be read').waitFor();
    await asked('its key will go to https://elsewhere.example/v2');
    await workbench.screenshot('import-connections');
    await workbench.quickInput
      .locator('.monaco-list-row')
      .filter({ hasText: 'elsewhere.example' })
      .locator('.quick-input-list-checkbox, .monaco-checkbox, input[type="checkbox"]')
      .first()
      .click();
    await asked('1 Selected');
    await workbench.quickInput.getByRole('button', { name: 'OK' }).click();
    const row = workbench.row('100ms · Shared');
    await row.filter({ hasText: 'Key needed: click to enter it' }).waitFor();
    await eventually(async () => assert.equal((await workbench.treeRows()).length, 1));
    const message = (await workbench.showNotifications()).filter({ hasText: '"Shared" was added' }).first();
    await message.filter({ hasText: '"Bad" was left out: connections[2].settings.baseUrl' }).waitFor();
    await workbench.screenshot('imported-connections');
  });

  it('takes the key from the row of an imported connection, and reads with it', async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.click('100ms · Shared');
    await choose('Access key and app secret');
    await answer('Access key', values.secrets.accessKey ?? '');
    await answer('App secret', values.secrets.appSecret ?? '');
    await workbench.expand('100ms · Shared');
    await workbench.expand('Rooms');
    await workbench.row('Healthy call').waitFor();
  });

  it('exports it for others, without the key', async () => {
    await rm(list);
    await workbench.runCommand('Peerscope: Export Connections…');
    await answerPath(/\/peerscope-connections\.json$/);
    const message = (await workbench.showNotifications()).filter({ hasText: '1 connection was exported' }).first();
    await message.filter({ hasText: 'without its key' }).waitFor();
    const text = await readFile(list, 'utf8');
    assert.deepEqual(JSON.parse(text).connections, [{ provider: '100ms', label: 'Shared', settings: values.settings }]);
    for (const secret of Object.values(values.secrets)) assert.ok(!text.includes(secret));
  });
});
