/** Screenshots in four themes, to look at. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { LoadedReport } from '../../../src/panel/services';
import { ROOT } from '../../paths';
import { judged, publishedReport, sampleReport } from './calls';
import { ReportPage, type ThemeName } from './harness';

const THEMES: ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

/** The call with three minutes in which nothing came, and five without its first stream. */
function withGaps(loaded: LoadedReport): LoadedReport {
  const { report } = loaded.result;
  const [first = 0] = report.streams[0]?.times ?? [];
  const minute = (at: number) => (at - first) / 60_000;
  report.streams.forEach((stream, index) => {
    for (const column of Object.values(stream.series)) {
      stream.times.forEach((at, row) => {
        const nothing = minute(at) > 16 && minute(at) < 19;
        if (nothing || (index === 0 && minute(at) > 24 && minute(at) < 29)) column[row] = Number.NaN;
      });
    }
  });
  return loaded;
}

describe('the report page looks right', () => {
  for (const theme of THEMES) {
    it(`in ${theme}`, async () => {
      const loaded = withGaps(judged(await sampleReport('lossy uplink')));
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
            await report
              .section(name)
              .screenshot({ path: join(ROOT, '.artifacts', 'screenshots', `section-${name}.png`) });
          }
        }
        assert.deepEqual(report.complaints, []);
      } finally {
        await report.close();
      }
    });
  }
  it('with devices that change, at two device pixels', async () => {
    const loaded = await sampleReport('Headset unplugged');
    const report = await ReportPage.open({
      theme: 'light',
      load: async () => loaded,
      deviceScaleFactor: 2,
      viewport: { width: 1000, height: 760 },
    });
    try {
      report.show();
      await report.ready();
      await report.page.getByRole('button', { name: 'More metrics' }).click();
      await report.page.locator('[data-lane=devices] .mark').last().hover();
      await report.screenshot('report-devices', false);
      assert.deepEqual(report.complaints, []);
    } finally {
      await report.close();
    }
  });
  it('for the published report', async () => {
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
