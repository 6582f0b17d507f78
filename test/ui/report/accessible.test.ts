/** The report page for everyone: axe-core in four themes, keys, widths, forced colours, reduced motion. */
import assert from 'node:assert/strict';
import { seriousFindings } from '../axe';
import { publishedReport, sampleReport } from './calls';
import { type ReportPage, type ThemeName, withReport } from './harness';

const OTHER_THEMES: ThemeName[] = ['light', 'high-contrast', 'high-contrast-light'];

/** Opens what is folded at first, and turns the first chart into its table. */
async function unfold({ page }: ReportPage): Promise<void> {
  await page.getByRole('button', { name: /^Raw JSON/ }).click();
  await page.locator('.raw-line').first().waitFor();
  await page.locator('.method summary').click();
  await page.locator('.sdp summary').first().click();
  await page.locator('.sdp-part').first().waitFor();
  const chart = page.locator('[data-chart]').first();
  await chart.getByRole('button', { name: /: actions$/ }).click();
  await page.getByRole('menuitem', { name: 'View as table' }).click();
  await chart.getByRole('table').waitFor();
}

function background({ page }: ReportPage, button: string): Promise<string> {
  return page.getByRole('button', { name: button }).evaluate((element) => getComputedStyle(element).backgroundColor);
}

describe('the report page for everyone', () => {
  it('has nothing serious for axe-core, in four themes', async () => {
    const loaded = await sampleReport('Headset unplugged');
    await withReport(loaded, async (report) => {
      await unfold(report);
      const found = (await seriousFindings(report.page)).map((each) => `dark: ${each}`);
      // A long table more would tell no more of the colours.
      await report.page.getByRole('button', { name: /^Summary per stream/ }).click();
      for (const theme of OTHER_THEMES) {
        await report.setTheme(theme);
        await report.drawn();
        assert.notEqual(await background(report, 'Clock'), await background(report, 'Time into call'), theme);
        const contrast = await seriousFindings(report.page, ['color-contrast']);
        found.push(...contrast.map((each) => `${theme}: ${each}`));
      }
      assert.deepEqual(found, []);
    });
  });

  it('is walked through by Tab in the order of reading, with the focus to be seen', async () => {
    await withReport(await publishedReport(), async ({ page }) => {
      const stops: { top: number; column: string; name: string; seen: boolean }[] = [];
      await page.locator('body').focus();
      for (let press = 0; press < 80; press++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate<(typeof stops)[number] | null>(`(() => {
          const at = document.activeElement;
          if (!at || at === document.body) return null;
          const { top } = at.getBoundingClientRect();
          const style = getComputedStyle(at);
          return {
            top: top + scrollY,
            column: at.closest('[data-section]')?.dataset.section ?? '',
            name: at.getAttribute('aria-label') ?? at.textContent ?? '',
            seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
          };
        })()`);
        if (!stop) break;
        stops.push(stop);
      }
      assert.ok(stops.length > 25, `${stops.length} stops`);
      assert.deepEqual(
        stops.filter(({ seen }) => !seen).map(({ name }) => name),
        [],
        'the focus is outlined',
      );
      const sections = [...new Set(stops.map(({ column }) => column))];
      assert.deepEqual(
        sections,
        (
          await page
            .locator('[data-section]')
            .evaluateAll((all) =>
              all
                .sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1))
                .map((each) => (each as HTMLElement).dataset.section ?? ''),
            )
        ).filter((name) => sections.includes(name)),
        'sections come in their order, each once',
      );
    });
  });

  it('takes arrow keys from value to value, with the value ready to copy', async () => {
    await withReport(await publishedReport(), async ({ page }) => {
      const region = page.getByRole('region', { name: 'ICE candidate pairs' });
      await region.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.evaluate('document.activeElement.dataset.field'), 'nominated');
      assert.equal(await page.evaluate('getSelection().toString()'), 'Yes');
      await page.keyboard.press('ArrowUp');
      assert.equal(await page.evaluate('getSelection().toString()'), 'sending');
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'ICE candidate pairs');
    });
  });

  it('fits any width from 320 pixels to 4K', async () => {
    await withReport(await sampleReport('Headset unplugged'), async (report) => {
      await unfold(report);
      for (const width of [320, 480, 699, 700, 1024, 1920, 3840]) {
        await report.page.setViewportSize({ width, height: 900 });
        await report.until(`innerWidth === ${width} && document.documentElement.scrollWidth <= ${width}`);
        await report.until(`document.querySelector('[data-chart] canvas').getBoundingClientRect().right <= ${width}`);
      }
    });
  });

  it('keeps its lines and shapes where colours are forced, and stands still where motion is reduced', async () => {
    await withReport(await publishedReport(), async (report) => {
      const { page } = report;
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      await report.drawn();
      assert.ok((await report.drawnPixels('rtt')) > 50, 'the chart has its line');
      await report.screenshot('report-forced-colors');
      const strokes = await page
        .locator('.path-edge path')
        .evaluateAll((paths) => paths.map((path) => getComputedStyle(path).stroke));
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      assert.ok(strokes.length > 0 && strokes.every((stroke) => stroke !== 'none' && stroke !== background));
      const moving = await page.evaluate(
        `document.getAnimations().filter(({ playState }) => playState === 'running').length`,
      );
      assert.equal(moving, 0);
    });
  });
});
