/** Screenshots of one report of each provider in four themes, to look at. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ProviderId } from '../../../src/core/ids';
import type { CallReport } from '../../../src/core/model';
import type { LoadedReport } from '../../../src/panel/services';
import { ROOT } from '../../paths';
import { ReportPage, type ThemeName } from './harness';
import { providerReport } from './samples';

const THEMES: ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

/** A sample room of each provider, and what its report must hold to be worth a picture. */
const SUBJECTS: Partial<Record<ProviderId, [room: string, wanted: (report: CallReport) => boolean]>> = {
  '100ms': ['network switch', ({ streams, transports }) => streams.length > 3 && transports.length > 0],
  whereby: ['reconnects', ({ streams, events }) => streams.length === 2 && events.length > 1],
  mediamelon: ['night match', ({ streams, figures = [] }) => streams.length === 1 && figures.length > 5],
};

/** The texts of elements that are wider than their room, or stand out of the page's right edge. */
const CUT = `[...document.querySelectorAll('.streams .stream-name, .streams .stream-period, .values dt, .time-axis .tick')]
  .filter((each) => {
    const axis = each.closest('.time-axis');
    const edge = axis ? axis.getBoundingClientRect().right : Number.POSITIVE_INFINITY;
    return each.scrollWidth > each.clientWidth + 1 && !axis || each.getBoundingClientRect().right > edge;
  })
  .map((each) => each.textContent)`;

/** How high the texts of one table's heads stand. */
const HEADS = `[...document.querySelectorAll('.figures-table thead th')].map((head) => {
  const range = document.createRange();
  range.selectNodeContents(head.querySelector('button').firstChild);
  return Math.round(range.getBoundingClientRect().bottom);
})`;

describe('the report page looks right for every provider', () => {
  it('with a microphone that is muted for a while', async () => {
    const muted = ({ streams }: CallReport) =>
      streams.some(({ states }) => states?.mute?.some(({ value }) => value === 'muted'));
    const loaded = await providerReport('100ms', 'stand-up', muted);
    const page = await ReportPage.open({ load: async () => loaded });
    try {
      page.show();
      await page.ready();
      assert.equal(await page.page.locator('.lane .bar.off').first().innerText(), 'muted');
      await page.screenshot('report-100ms-muted', false);
    } finally {
      await page.close();
    }
  });

  for (const [provider, [room, wanted]] of Object.entries(SUBJECTS)) {
    describe(provider, () => {
      let loaded: LoadedReport;
      before(async () => {
        loaded = await providerReport(provider as ProviderId, room, wanted);
      });

      for (const theme of THEMES) {
        it(`in ${theme}`, async () => {
          const page = await ReportPage.open({ theme, load: async () => loaded });
          try {
            page.show();
            await page.ready();
            await page.screenshot(`report-${provider}-${theme}`);
            await page.screenshot(`report-${provider}-${theme}-top`, false);
            if (theme === 'light') {
              assert.deepEqual(await page.page.evaluate(CUT), [], 'no name or label is cut');
              assert.ok(new Set(await page.page.evaluate<number[]>(HEADS)).size <= 1, 'heads stand on one line');
              for (const name of ['connection', 'events', 'participant', 'figures', 'trend']) {
                const path = join(ROOT, '.artifacts', 'screenshots', `section-${provider}-${name}.png`);
                if ((await page.section(name).count()) > 0) await page.section(name).screenshot({ path });
              }
            }
            assert.deepEqual(page.complaints, []);
          } finally {
            await page.close();
          }
        });
      }

      it('in a narrow column', async () => {
        const page = await ReportPage.open({ load: async () => loaded, viewport: { width: 560, height: 900 } });
        try {
          page.show();
          await page.ready();
          await page.screenshot(`report-${provider}-narrow`);
          const width: number = await page.page.evaluate('document.documentElement.scrollWidth');
          assert.ok(width <= 560, `nothing stands out of the page: ${width}`);
        } finally {
          await page.close();
        }
      });
    });
  }
});
