/**
 * How much of the pure code the tests of the unit stage went through: `node test/coverage.mjs FOLDER [--details]`, where V8
 * wrote into the folder (`NODE_V8_COVERAGE`). Fails below the least share of branches; `--details` lists the files.
 */
import { join } from 'node:path';
import { CoverageReport } from 'monocart-coverage-reports';

/** Folders of `src` that run without VS Code and without a page. */
const PURE = /(?:^|\/)src\/(?:core|providers|diagnosis|captures)\//;
/** Per cent of branches. */
const LEAST = 95;

const [folder = '', ...flags] = process.argv.slice(2);
const report = new CoverageReport({
  outputDir: join(folder, 'report'),
  reports: flags.includes('--details') ? ['console-details'] : ['json-summary'],
  logging: 'error',
  entryFilter: ({ url }) => url.includes('/dist/test/'),
  sourceFilter: (path) => PURE.test(path),
});
await report.addFromDir(folder);
const { branches, lines } = (await report.generate())?.summary ?? {};
if (!branches || branches.total === 0) throw new Error('No coverage was recorded.');
const least = branches.pct === '' || branches.pct < LEAST ? `; at least ${LEAST} % are asked for` : '';
console.log(
  `core, providers, diagnosis, captures: ${branches.pct} % of ${branches.total} branches, ${String(lines?.pct)} % of lines${least}`,
);
if (least) process.exitCode = 1;
