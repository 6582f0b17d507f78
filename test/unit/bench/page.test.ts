import assert from 'node:assert/strict';
import { amount, renderPage } from '../../bench/page/render.mjs';

describe('the page of the benches', () => {
  const facts = [{ name: 'processor', fact: 'Example | CPU, 2 cores' }];
  const page = renderPage({
    day: '2026-01-02',
    failed: 0,
    facts,
    figures: [
      { topic: 'page', what: 'first chart', value: 860.4, unit: 'ms', most: 1000 },
      { topic: 'page', what: 'zoom', value: 10.04, unit: 'ms', most: 8, beside: 'median 5 ms' },
      { topic: 'rivals', what: 'Chart.js, 3600 samples a line', value: 3.46, unit: 'times', least: 3 },
      { topic: 'rivals', what: 'ECharts, 3600 samples a line', value: 2.9, unit: 'times', least: 5 },
      { topic: 'size', what: 'a lazy bundle', value: 12, unit: 'KB' },
      { topic: 'page', what: 'growth', value: -0.3, unit: '%', most: 10 },
    ],
  });

  it('says of each figure whether it is within its budget', () => {
    assert.match(page, /^\| first chart \| 860 ms \| 1000 ms \| met \| {2}\|$/m);
    assert.match(page, /^\| zoom \| 10\.0 ms \| 8 ms \| \*\*missed\*\* \| median 5 ms \|$/m);
    assert.match(page, /^\| Chart\.js, .* \| 3\.46 times \| at least 3\.00 times \| met \|/m);
    assert.match(page, /^\| ECharts, .* \| 2\.90 times \| at least 5\.00 times \| \*\*missed\*\* \|/m);
    assert.match(page, /^\| a lazy bundle \| 12 KB \| {2}\| {2}\| {2}\|$/m);
    assert.match(page, /^\| growth \| -0\.3 % \| 10 % \| met \|/m);
    assert.match(page, /3 of 5 budgets are met, 2 missed\./);
  });

  it('names the machine and the day, and sets ours beside what is published', () => {
    assert.match(page, /Written by `npm run bench` on 2026-01-02/);
    assert.match(page, /^\| processor \| Example \\\| CPU, 2 cores \|$/m);
    // 38 / 34, 90 / 51 and 1154 / 218, as uPlot's README has them.
    assert.match(page, /^\| Chart\.js 4\.2\.1 \| 38 \| 90 \| 1154 \| 1\.1, 1\.8, 5\.3 \| 3\.5 \|$/m);
    assert.doesNotMatch(page, /Look-up|failed/);
    assert.match(renderPage({ day: '2026-01-02', failed: 2, facts, figures: [] }), /\*\*2 of the benches failed/);
  });

  it('shows no more digits than tell something', () => {
    assert.deepEqual(
      [amount(0.06, 'ms'), amount(123.4, 'ms'), amount(1.664, 'times')],
      ['0.1 ms', '123 ms', '1.66 times'],
    );
  });
});
