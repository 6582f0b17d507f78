import assert from 'node:assert/strict';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('a folder that is not trusted, and an extension host that starts again', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
    });
  });
  after(() => workbench?.close());

  const header = () => workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]');
  const openCall = async () => {
    await workbench.expand('RealtimeKit · Sample calls');
    await workbench.expand('telehealth-prod');
    await workbench.expand('Rooms');
    await workbench.expand('Rejoin churn');
    const session = workbench.sideBar
      .locator('[role="treeitem"][aria-level="5"]:not([aria-label*="live session"])')
      .first();
    await session.locator('.monaco-tl-twistie').click();
    await workbench.row('Caller A (2)').waitFor();
  };

  it('calls open in Restricted Mode', async () => {
    await workbench.page.locator('.statusbar').getByText('Restricted Mode').waitFor();
    await workbench.openView('Peerscope');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
    await openCall();
    await workbench.click('Caller A');
    await header().filter({ hasText: 'Caller A' }).waitFor();
  });

  it('the view and its calls are back after the extension host was restarted', async () => {
    await workbench.runCommand('Developer: Restart Extension Host');
    // Rows of the former host go first.
    await workbench
      .row('Caller A (2)')
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await workbench.click('RealtimeKit · Sample calls');
    await workbench.row('telehealth-prod').waitFor();
    assert.ok((await workbench.treeRows()).some(({ label }) => label.includes('RealtimeKit')));
  });
});
