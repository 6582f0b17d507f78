import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { type SampleService, startSampleService } from '../../src/sample/index';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('adding and changing a connection with two kinds of key', () => {
  let service: SampleService;
  let workbench: Workbench;
  let values: ReturnType<SampleService['valuesFor']>;

  stepsOfOneJourney();
  before(async () => {
    service = await startSampleService();
    values = service.valuesFor(SAMPLE_CONNECTIONS.find(({ provider }) => provider === '100ms')?.id ?? '');
    workbench = await Workbench.open();
    await workbench.openView('Peerscope');
  });
  after(async () => {
    await workbench?.close();
    await service?.stop();
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
});
