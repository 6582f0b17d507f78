/** Screenshots in four themes, to look at. */
import assert from 'node:assert/strict';
import { publishedReport, sampleReport } from './calls';
import { ReportPage, type ThemeName } from './harness';

const THEMES: ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

describe('the report page looks right', () => {
  for (const theme of THEMES) {
    it(`in ${theme}`, async () => {
      const loaded = await sampleReport('lossy uplink');
      const report = await ReportPage.open({ theme, load: async () => loaded, viewport: { width: 1280, height: 900 } });
      try {
        report.show();
        await report.ready();
        await report.screenshot(`report-${theme}`);
        await report
          .chart('rtt')
          .locator('.u-over')
          .hover({ position: { x: 300, y: 30 } });
        await report.screenshot(`report-${theme}-cursor`, false);
        if (theme === 'dark') {
          for (const name of [
            'summary',
            'aggregates',
            'connection',
            'client',
            'devices',
            'network',
            'events',
            'participant',
            'notes',
          ]) {
            await report.section(name).screenshot({ path: `.artifacts/screenshots/section-${name}.png` });
          }
        }
        assert.deepEqual(report.complaints, []);
      } finally {
        await report.close();
      }
    });
  }
  it('published', async () => {
    const loaded = await publishedReport();
    const report = await ReportPage.open({ load: async () => loaded });
    try {
      report.show();
      await report.ready();
      await report.screenshot('report-published');
      assert.deepEqual(report.complaints, []);
    } finally {
      await report.close();
    }
  });
});
