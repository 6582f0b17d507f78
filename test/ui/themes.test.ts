import assert from 'node:assert/strict';
import { eventually } from './eventually';
import { THEMES, Workbench } from './workbench';

/** The sample call with a lossy uplink, as its caller's report shows it. */
async function openCallersReport(workbench: Workbench): Promise<void> {
  await workbench.openView('Peerscope');
  const session = await workbench.sampleCall('Lossy uplink');
  await session.locator('.monaco-tl-twistie').click();
  await workbench.click('Caller A');
  await workbench.webviewFrame().locator('[data-section="summary"]').waitFor();
}

describe('tree and report in the four themes', () => {
  for (const [name, [theme]] of Object.entries(THEMES)) {
    it(theme, async () => {
      const workbench = await Workbench.open({
        theme: name as keyof typeof THEMES,
        env: { PEERSCOPE_OPEN_SAMPLES: '1' },
        viewport: { width: 1500, height: 1000 },
      });
      try {
        await openCallersReport(workbench);
        const frame = workbench.webviewFrame();
        await eventually(async () => {
          const [background, text] = await frame
            .locator('body')
            .evaluate((body) => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color]);
          assert.notEqual(background, text);
        });
        await workbench.screenshot(`report-${name}`);
        await frame.locator('[data-section="connection"]').scrollIntoViewIfNeeded();
        await workbench.screenshot(`report-${name}-connection`);
      } finally {
        await workbench.close();
      }
    });
  }
});
