/** The provider's aggregates beside the samples, drawn and in words. */
import assert from 'node:assert/strict';
import { publishedReport, sampleReport } from './calls';
import { withReport } from './harness';

describe('the provider’s aggregates on screen', () => {
  it('stand above the same figures of the samples, and agree in the published report', async () => {
    await withReport(await publishedReport(), async (report) => {
      const section = report.section('aggregates');
      const text = (field: string) => section.locator(`[data-field="${field}"]`).textContent();
      assert.equal(await text('rtt.avg'), '135.7');
      // Of ten samples the largest round-trip time is 0.782913 s.
      assert.equal(await text('rtt.computed.p90'), '782.9');
      assert.match((await text('verdict')) ?? '', /^The samples confirm all \d+ figures/);
      assert.equal(await section.locator('[data-field="rtt.differences"]').count(), 0);
      const drawn = section.getByRole('img', { name: /^Samples from 0\.0 to 782\.9 ms$/ });
      await drawn.waitFor();
      assert.equal(await drawn.locator('.strip-average').count(), 1);
      const widths = await section.locator('[data-field="rtt.shares"] .portion').evaluateAll((bars) =>
        bars.map((bar) => {
          const fill = bar.querySelector('.portion-fill')?.getBoundingClientRect().width ?? 0;
          return Math.round((100 * fill) / bar.getBoundingClientRect().width);
        }),
      );
      assert.deepEqual(widths, [20, 20, 10], 'bars are as long as the shares that they stand for');
    });
  });

  it('are doubted in words where the samples say something else', async () => {
    const loaded = await sampleReport('Lossy downlink');
    const { report } = loaded.result;
    const loss = report.aggregates.find(({ metric, direction }) => metric === 'packetLoss' && direction === 'receive');
    assert.ok(loss);
    loss.avg = 40;
    await withReport(loaded, async (page) => {
      const section = page.section('aggregates');
      const words = section.locator('[data-field="packetLoss.differences"]');
      await words.waitFor();
      assert.match(
        (await words.textContent()) ?? '',
        /^≠ Average: the provider says 40\.00 %, the samples [\d.]+ %\.$/,
      );
      assert.match(
        (await section.locator('[data-field=verdict]').textContent()) ?? '',
        /^≠ 1 figure of \d+ .* differs/,
      );
      assert.ok((await section.locator('.stacked-bar').count()) > 0, 'what limited the camera is drawn');
      assert.match(
        (await section.locator('[data-field=limitations]').textContent()) ?? '',
        /Not limited [\d.]+ %.*CPU/,
      );
    });
  });
});
