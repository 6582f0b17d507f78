/** How soon the first chart stands, and how large the page's script is. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DIST, ROOT } from '../paths';
import { madeReport } from '../ui/report/calls';
import { ReportPage } from '../ui/report/harness';
import { record } from './record';

const ROUNDS = 7;
/**
 * Scripts and style sheet of the page, compressed, bytes: what is loaded until the first chart stands, and with the sections
 * below the charts, which are loaded after it. A quarter is uPlot, an eighth Preact. 60 KB in all were enough
 * for calls of one provider; findings, playbacks with their figures and trend, and what each of four providers can and
 * cannot tell came on top; then the provider's aggregates beside the samples, the drawn path, session descriptions by
 * section, and all that makes charts and tables usable without a mouse.
 */
const MOST_BYTES = 75 * 1024;
const MOST_BYTES_IN_ALL = 100 * 1024;

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
    const { outputs } = JSON.parse(await readFile(join(DIST, 'meta.json'), 'utf8')) as {
      outputs: Record<string, { imports: { path: string; kind: string }[] }>;
    };
    const entry = 'dist/webview/participant.js';
    const imports = outputs[entry]?.imports ?? [];
    const files = [entry, 'dist/webview/pages.css', ...imports.map(({ path }) => path)];
    const afterwards = new Set(imports.flatMap(({ path, kind }) => (kind === 'dynamic-import' ? [path] : [])));
    let sum = 0;
    let later = 0;
    for (const file of files) {
      const bytes = await readFile(join(ROOT, file));
      const packed = gzipSync(bytes).byteLength;
      if (afterwards.has(file)) later += packed;
      else sum += packed;
      console.log(
        `      ${basename(file)}: ${(bytes.byteLength / 1024).toFixed(1)} KB, ${(packed / 1024).toFixed(1)} KB compressed`,
      );
    }
    const page = 'script and style of the report’s page, compressed';
    record({
      topic: 'size',
      what: `${page}: until the first chart`,
      value: sum / 1024,
      unit: 'KB',
      most: MOST_BYTES / 1024,
    });
    record({
      topic: 'size',
      what: `${page}: in all`,
      value: (sum + later) / 1024,
      unit: 'KB',
      most: MOST_BYTES_IN_ALL / 1024,
    });
    assert.ok(later > 0, 'the sections are a file of their own');
    assert.ok(sum <= MOST_BYTES, `${sum} bytes compressed until the first chart`);
    assert.ok(sum + later <= MOST_BYTES_IN_ALL, `${sum + later} bytes compressed in all`);
  });
});
