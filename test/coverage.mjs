/** How much of the pure code the tests of the unit stage went through. */
import { CoverageReport } from 'monocart-coverage-reports';

/** Folders of `src` that run without VS Code and without a page. */
const PURE = /(?:^|\/)src\/(?:core|providers|diagnosis|captures)\//;

/**
 * Reads what V8 wrote under `NODE_V8_COVERAGE` for the bundles of tests, by their source maps. Prints files with branches that
 * no test took where `details` is set.
 * @param {string} folder
 * @param {string} output  for the tool's own files
 * @param {boolean} details
 * @returns {Promise<string>}  one line: the shares of branches and lines
 */
export async function coverageOf(folder, output, details) {
  const report = new CoverageReport({
    outputDir: output,
    reports: details ? ['console-details'] : ['json-summary'],
    logging: 'error',
    entryFilter: ({ url }) => url.includes('/dist/test/'),
    sourceFilter: (path) => PURE.test(path),
  });
  await report.addFromDir(folder);
  const summary = (await report.generate())?.summary;
  if (!summary?.branches?.total) throw new Error('No coverage was recorded.');
  const { branches, lines } = summary;
  return `coverage of pure code: ${branches.pct} % of branches (${branches.covered} of ${branches.total}), ${lines?.pct} % of lines`;
}
