import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

describe('comparing two participants of a sample call', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ viewport: { width: 1500, height: 1000 }, env: { PEERSCOPE_OPEN_SAMPLES: '1' } });
  });
  after(() => end(workbench));

  const page = () => workbench.webviewFrame();
  const words = () => page().locator('[data-section="words"]');
  const titled = (title: string) => page().locator('[data-section="header"] h1').filter({ hasText: title }).waitFor();

  it('tells the differences after two rows of the session page were ticked', async () => {
    await workbench.openView('Peerscope');
    const session = await workbench.sampleCall('Lossy uplink');
    await session.hover();
    await session.getByRole('button', { name: 'Open Session', exact: true }).click();
    await titled('Lossy uplink');
    await page().getByRole('checkbox', { name: 'Compare Caller A' }).click();
    await page().getByRole('checkbox', { name: 'Compare Caller B' }).click();
    await page().getByRole('button', { name: 'Compare Caller A and Caller B' }).click();
    await titled('Caller A ↔ Caller B');
    await words().getByText('Found for Caller A only: Uplink lost packets').waitFor();
    const chart = page().locator('[data-chart="packetLoss"] [role="img"]');
    const summary = /Caller A: .*median .*; Caller B: .*median /;
    await eventually(async () => assert.match((await chart.getAttribute('aria-label')) ?? '', summary));
    await workbench.screenshot('compare-in-workbench');
  });

  it('comes back after a reload', async () => {
    await workbench.reload();
    await titled('Caller A ↔ Caller B');
    await words().getByText('Found for Caller A only: Uplink lost packets').waitFor();
  });

  it('shows both ends of a stream that was received', async () => {
    await page().getByRole('region', { name: 'Caller B' }).getByRole('button', { name: 'Open report' }).click();
    await page()
      .locator('[data-section="header"] [data-field="name"]')
      .filter({ hasText: /^Caller B$/ })
      .waitFor();
    const other = page().getByRole('button', { name: /^Compare Host · camera with the other end/ });
    await other.first().waitFor();
    await other.first().focus();
    await workbench.page.keyboard.press('Enter');
    await titled('Host ↔ Caller B');
    await page().locator('[data-pair]:has(input:checked)').filter({ hasText: 'Camera' }).first().waitFor();
    await page().getByRole('region', { name: 'Host → Caller B' }).first().waitFor();
  });
});
