/**
 * Writes `media/docs/benchmarks.md` from the figures of a whole run. Run by `test/run.mjs`, after the benches. A run that failed is
 * told as such, so that no page says of older figures that they are met.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderPage } from './render.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const PAGE = join(ROOT, 'media', 'docs', 'benchmarks.md');

const figuresFile = process.env.PEERSCOPE_BENCH_FIGURES ?? '';
const failed = Number(process.env.PEERSCOPE_BENCH_FAILED ?? 0);
if (!existsSync(figuresFile)) {
  console.log(`Nothing was measured: ${relative(ROOT, PAGE)} is left as it was.`);
} else {
  const lines = readFileSync(figuresFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const facts = [
    { name: 'processor', fact: `${cpus()[0]?.model.trim()}, ${cpus().length} cores` },
    { name: 'memory', fact: `${Math.round(totalmem() / 2 ** 30)} GB` },
    { name: 'system', fact: `${process.platform} ${process.arch}` },
    { name: 'Node', fact: process.version.slice(1) },
    { name: 'load', fact: `${loadavg()[2]?.toFixed(1)} on average over the last 15 minutes, ours included` },
    ...lines.filter((line) => 'fact' in line),
  ];
  const figures = lines.filter((line) => 'topic' in line);
  await mkdir(dirname(PAGE), { recursive: true });
  await writeFile(PAGE, renderPage({ figures, facts, failed, day: new Date().toISOString().slice(0, 10) }));
  console.log(`${relative(ROOT, PAGE)}: ${figures.length} figures.`);
}
