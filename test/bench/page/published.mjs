/**
 * Figures that others published, and what of ours can be set beside them.
 * Source: the table of benchmarks in uPlot's README (its author's own runs of 2023-03-11).
 */

/** One chart of 166,650 points from a cold start: `done` and `script` until painted, `mouse` during 10 s of mouse moves, ms. */
const ROWS = [
  { name: 'uPlot 1.6.24', done: 34, script: 51, mouse: 218 },
  { name: 'Chart.js 4.2.1', done: 38, script: 90, mouse: 1154 },
  { name: 'ECharts 5.4.1', done: 55, script: 148, mouse: 1943 },
];

/**
 * The last section of the page.
 * @param {import('./render.mjs').Figure[]} figures
 * @returns {string}
 */
export function publishedSection(figures) {
  const [first] = ROWS;
  const own = figures.filter(({ topic }) => topic === 'rivals');
  const lines = ROWS.map(({ name, done, script, mouse }) => {
    const times = (/** @type {number} */ value, /** @type {number} */ of) => (value / of).toFixed(1);
    const ratio = `${times(done, first?.done ?? 1)}, ${times(script, first?.script ?? 1)}, ${times(mouse, first?.mouse ?? 1)}`;
    const library = name.split(' ')[0];
    const ours = own.filter(({ what }) => what.startsWith(`${library},`)).map(({ value }) => value.toFixed(1));
    return `| ${name} | ${done} | ${script} | ${mouse} | ${ratio} | ${ours.join(' and ')} |`;
  });
  return [
    '## Beside published figures',
    'uPlot draws our charts. Its README publishes a benchmark of 166,650 points in one chart, on a Ryzen 7 PRO 5850U with Chrome 113 (2023-03-11). It is of other versions, another machine and another task, so only ratios can be compared. In the last column, which is ours, every library gets eight charts, and our own includes min-max sampling, axes, gaps and marks.',
    [
      '| library | painted, ms | script, ms | 10 s of mouse moves, script ms | each as a multiple of uPlot’s | first paint as a multiple of ours |',
      '|---|--:|--:|--:|---|---|',
      ...lines,
    ].join('\n'),
  ].join('\n\n');
}
