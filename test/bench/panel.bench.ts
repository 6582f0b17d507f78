/** How soon the first chart stands, and how large the page's script is. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DIST } from '../paths';
import { madeReport } from '../ui/report/calls';
import { ReportPage } from '../ui/report/harness';
import { record } from './record';

const ROUNDS = 7;
/**
 * Script and style sheet of all pages, compressed, bytes. A fifth is uPlot, a tenth Preact. 60 KB were
 * enough for calls of one provider; findings, playbacks with their figures and trend, and what each of four providers can and
 * cannot tell came on top; then the provider's aggregates beside the samples, the drawn path, session descriptions by
 * section, all that makes charts and tables usable without a mouse, and the pages of sessions and comparisons.
 */
const MOST_BYTES = 107 * 1024;

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number;
}

describe('the first chart of a one-hour call with 8 streams', () => {
  for (const stepMs of [7000, 1000]) {
    it(`is painted after its data arrived, a sample each ${stepMs / 1000} s`, async () => {
      const loaded = madeReport(8, stepMs, 60);
      const report = await ReportPage.open({ load: async () => loaded });
      const times: number[] = [];
      try {
        report.show();
        for (let round = 0; round < ROUNDS; round++) {
          if (round > 0) await report.hideAndShow();
          await report.ready();
          times.push(
            await report.page.evaluate(`performance.getEntriesByName('peerscope:first-chart').at(-1).duration`),
          );
          assert.equal(await report.page.locator('[data-chart] canvas').count(), 8);
        }
      } finally {
        await report.close();
      }
      assert.equal(times.length, ROUNDS);
      const all = times.map((time) => Math.round(time)).join(', ');
      record({
        topic: 'page',
        what: `first chart of a one-hour call with 8 streams, a sample each ${stepMs / 1000} s, after its data arrived`,
        value: median([...times]),
        unit: 'ms',
        beside: `of ${all} ms`,
      });
      console.log(
        `      first chart painted: median ${Math.round(median([...times]))} ms of ${all} (in order) on ${cpus()[0]?.model}, ${cpus().length} cores`,
      );
    });
  }

  it('needs a script and a style sheet that are small', async () => {
    let sum = 0;
    for (const file of ['pages.js', 'pages.css']) {
      const bytes = await readFile(join(DIST, 'webview', file));
      const packed = gzipSync(bytes).byteLength;
      sum += packed;
      console.log(
        `      ${file}: ${(bytes.byteLength / 1024).toFixed(1)} KB, ${(packed / 1024).toFixed(1)} KB compressed`,
      );
    }
    record({
      topic: 'size',
      what: 'script and style of all pages, compressed',
      value: sum / 1024,
      unit: 'KB',
      most: MOST_BYTES / 1024,
    });
    assert.ok(sum <= MOST_BYTES, `${sum} bytes compressed`);
  });
});
