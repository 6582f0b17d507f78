/** The report page in the reader's language. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../paths';
import { judged, sampleReport } from './calls';
import { ReportPage } from './harness';

/** The page's sentences that have a German form of their own. Single words may be part of what a provider sends. */
async function englishSentences(): Promise<string[]> {
  const words = JSON.parse(await readFile(join(ROOT, 'src', 'l10n', 'de', 'webview.json'), 'utf8')) as Record<
    string,
    string
  >;
  return Object.entries(words)
    .filter(([english, german]) => english !== german && /^[A-Z][^{/]* [^{/]*$/.test(english))
    .map(([english]) => english);
}

describe('the report page in German', () => {
  it('says everything of its own in German, to eyes and ears', async () => {
    const loaded = judged(await sampleReport('lossy uplink'));
    const report = await ReportPage.open({ language: 'de', load: async () => loaded });
    try {
      report.show();
      await report.ready();
      assert.equal(await report.page.locator('html').getAttribute('lang'), 'de');
      await report.page
        .getByRole('toolbar', { name: 'Bericht' })
        .getByRole('button', { name: 'Aktualisieren' })
        .waitFor();
      await report.chart('rtt').getByRole('heading', { name: 'Umlaufzeit' }).waitFor();
      await report.section('devices').getByRole('heading', { name: 'Geräte' }).waitFor();
      // Nouns keep their capitals within a sentence.
      const notStated = report.page.locator('[data-field=notStated]', { hasText: 'Nicht angegeben: ' }).first();
      assert.match((await notStated.textContent()) ?? '', /^Nicht angegeben: [^a-zäöü]/);

      const text: string = await report.page.evaluate(`[
        document.body.innerText,
        ...[...document.querySelectorAll('[title], [aria-label], [placeholder]')].flatMap((each) =>
          ['title', 'aria-label', 'placeholder'].map((name) => each.getAttribute(name))),
      ].join('\\n')`);
      const sentences = await englishSentences();
      assert.ok(sentences.length > 100);
      assert.deepEqual(
        sentences.filter((sentence) => text.includes(sentence)),
        [],
      );

      const axis = report.page.getByRole('slider', { name: 'Zeitmarke aller Diagramme' });
      await axis.press('+');
      await report.page
        .getByRole('status')
        .getByText(/^Ausschnitt: /)
        .waitFor();
      await report.screenshot('report-german');
      assert.deepEqual(report.complaints, []);

      // Decimals as German has them, and the point for programs.
      const figures = report.section('aggregates').locator('td.number[data-value]').filter({ hasText: /\d/ });
      await figures.first().waitFor();
      const texts = await figures.allInnerTexts();
      assert.ok(texts.some((figure) => /^\d+,\d+$/.test(figure)));
      for (const name of ['aggregates', 'streams'])
        assert.doesNotMatch(await report.section(name).innerText(), /(?<![\d.])\d+\.\d+(?![\d.])/, name);
      assert.match((await figures.filter({ hasText: ',' }).first().getAttribute('data-value')) ?? '', /^[\d.]+$/);

      // Long German names stand on two lines before the table has to be moved sideways.
      await report.page.setViewportSize({ width: 1020, height: 900 });
      await report.page.waitForFunction(`(() => {
        const { scrollWidth, clientWidth } = document.querySelector('table.aggregates').closest('.scroll');
        return clientWidth < 1020 && scrollWidth <= clientWidth;
      })()`);
    } finally {
      await report.close();
    }
  });
});
