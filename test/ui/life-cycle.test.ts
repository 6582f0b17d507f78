import { end } from '../end';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('a folder that is not trusted, and a window that reloads', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
    });
  });
  after(() => end(workbench));

  const header = () => workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]');
  const openCall = async () => {
    const session = await workbench.sampleCall('Rejoin churn');
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

  it('a reload starts a new extension host, and view and report are back', async () => {
    await workbench.reload();
    await workbench.openView('Peerscope');
    await workbench.row('RealtimeKit · Sample calls').waitFor();
    await header().filter({ hasText: 'Caller A' }).waitFor();
    await workbench.webviewFrame().locator('[data-section="notes"]').waitFor();
  });
});
