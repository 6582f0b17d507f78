import assert from 'node:assert/strict';
import { end } from '../end';
import { Workbench } from './workbench';

describe('the workbench with the extension', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
  });

  after(async () => {
    await end(workbench);
  });

  it('has a Peerscope icon in the activity bar that opens its view', async () => {
    await workbench.openView('Peerscope');
    const title = await workbench.sideBar.locator('.composite.title').textContent();
    assert.match(title ?? '', /peerscope/i);
    await workbench.screenshot('first-view');
  });

  it('knows the Peerscope commands', async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.quickInput.locator('input[type="text"]').first().fill('>Peerscope: Open Sample Calls');
    await workbench.quickInput
      .locator('.monaco-list-row')
      .filter({ hasText: 'Peerscope: Open Sample Calls' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
