/** Time to first paint of the same arrays, beside Chart.js and ECharts, each on a fresh page of the same Chromium. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/vscode-server/browser.mjs';
import { ROOT } from '../paths';
import { record, recordFact } from './record';

const ROUNDS = 9;
const CANVASES = 8;
/** One hour of calls, and charts of 72,000 samples each; eight lines in both. */
const SAMPLES = [3600, 9000];
const LIBRARIES = ['ours', 'chartjs', 'echarts'] as const;
type Library = (typeof LIBRARIES)[number];
/** Name, package, and how many times faster than it we aim to be. */
const RIVALS = { chartjs: ['Chart.js', 'chart.js', 3], echarts: ['ECharts', 'echarts', 5] } as const;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
}

/** A library's page as one script, as it would be shipped. */
async function bundle(library: Library): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(ROOT, 'test', 'bench', 'rivals', `${library}.mts`)],
    bundle: true,
    minify: true,
    write: false,
    outdir: join(ROOT, 'dist'),
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
}

/** Time of one first paint on a new page; the script is loaded before the clock starts. */
async function paint(browser: Browser, script: string, samples: number): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await page.setContent('<body style="margin:0;background:#1f1f1f;color:#ccc"></body>');
    await page.addScriptTag({ content: script });
    const { ms, canvases } = await page.evaluate<{ ms: number; canvases: number }>(`peerscopeBench(${samples})`);
    assert.ok(canvases >= CANVASES, `${canvases} canvases`);
    return ms;
  } finally {
    await page.close();
  }
}

describe('first paint of eight charts with eight lines each', () => {
  let browser: Browser;
  const scripts = new Map<Library, string>();
  before(async () => {
    browser = await launchBrowser();
    for (const library of LIBRARIES) scripts.set(library, await bundle(library));
    recordFact('Chromium', `${browser.version()}, headless`);
    const where = `${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}`;
    console.log(
      `      ${where}; Chart.js ${versionOf('chart.js')}, ECharts ${versionOf('echarts')}, uPlot ${versionOf('uplot')}`,
    );
  });
  after(() => browser.close());

  for (const samples of SAMPLES) {
    it(`of ${samples} samples a line`, async () => {
      const times = new Map<Library, number[]>(LIBRARIES.map((library) => [library, []]));
      // In turn, so that a busy moment of the machine weighs on all; the first round warms the browser up.
      for (let round = 0; round <= ROUNDS; round++) {
        for (const library of LIBRARIES) {
          const ms = await paint(browser, scripts.get(library) ?? '', samples);
          if (round > 0) times.get(library)?.push(ms);
        }
      }
      const own = times.get('ours') ?? [];
      const texts = LIBRARIES.map((library) => {
        const all = times.get(library) ?? [];
        const ratio = median(all.map((ms, round) => ms / (own[round] as number)));
        if (library !== 'ours') {
          const [name, packed, least] = RIVALS[library];
          record({
            topic: 'rivals',
            what: `${name}, ${samples} samples a line: its first paint as a multiple of ours`,
            value: ratio,
            unit: 'times',
            least,
            beside: `${name} ${versionOf(packed)} ${median(all).toFixed(0)} ms, ours ${median(own).toFixed(0)} ms`,
          });
        }
        return `${library} ${median(all).toFixed(0)} ms${library === 'ours' ? '' : ` (${ratio.toFixed(1)} times ours)`}`;
      });
      console.log(`      ${texts.join(', ')}; medians of ${ROUNDS}`);
    });
  }
});
