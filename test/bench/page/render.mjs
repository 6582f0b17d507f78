/** The page of the benches, as Markdown. */
import { publishedSection } from './published.mjs';

/**
 * What a bench measured. A budget is met when the value, as it is shown, is at most, or at least, that.
 * @typedef {object} Figure
 * @property {keyof typeof TOPICS} topic   the table that it stands in
 * @property {string} what                 what was done, and to how much
 * @property {number} value
 * @property {'ms' | 'µs' | 'KB' | 'MB' | '%' | 'times'} unit
 * @property {number} [most]               the budget, in the same unit
 * @property {number} [least]              the budget where more is better
 * @property {string} [beside]             what it was measured against, or what else there is to know
 *
 * @typedef {{ name: string, fact: string }} Fact
 *
 * @typedef {object} Run
 * @property {Figure[]} figures
 * @property {Fact[]} facts   of the machine
 * @property {number} failed  benches that failed
 * @property {string} day     ISO 8601
 */

/** Tables, in the order of the page, and a sentence on each. */
export const TOPICS = {
  reading: [
    'Reading what providers and browsers record',
    'Beside it stands `JSON.parse` of the same text in the same process, round by round in turn: the least that anybody pays who reads it.',
  ],
  page: [
    'The page of the largest report',
    'In a Chromium without a window. A frame is script, style, layout and paint on the main thread, by its own processor time, read from a trace while the pointer moves over a chart or Ctrl and the wheel zoom; the value is what 95 % of 120 frames stay within.',
  ],
  rivals: [
    'First paint beside other libraries',
    'Eight charts with eight lines each, from the same arrays, in the same Chromium, on fresh pages in turn. Each library is set up as its own documentation says for many points: decimation or sampling that keeps peaks, no animation, no parsing, only the parts that are used (`test/bench/rivals`).',
  ],
  diagnosis: ['Findings', 'Every rule over a session of one hour.'],
  lookUp: ['Look-up and links', 'Eight connections to servers on this machine that wait before they answer.'],
  size: ['Start and size', 'As packaged, minified.'],
};

/**
 * @param {Run} run
 * @returns {string}
 */
export function renderPage({ figures, facts, failed, day }) {
  const tables = Object.entries(TOPICS).flatMap(([topic, [title, words]]) => {
    const rows = figures.filter((figure) => figure.topic === topic).map(row);
    if (rows.length === 0) return [];
    const head = '| what | figure | budget | | beside it |\n|---|--:|--:|---|---|';
    return [`## ${title}\n\n${words}\n\n${head}\n${rows.join('\n')}`];
  });
  const missed = figures.filter((figure) => outcome(figure) === '**missed**').length;
  const failures = failed > 0 ? [`**${failed} of the benches failed in this run.** Their rows may be missing.`] : [];
  const judged = figures.filter((figure) => outcome(figure) !== '').length;
  return `${[
    '# Benchmarks',
    `Written by \`npm run bench\` on ${day}; not by hand. Figures are medians unless a row says otherwise. Those of another machine differ; ratios, measured side by side, differ less. ${judged - missed} of ${judged} budgets are met${missed > 0 ? `, ${missed} missed` : ''}.`,
    ...failures,
    ['| measured on | |', '|---|---|', ...facts.map(({ name, fact }) => `| ${cell(name)} | ${cell(fact)} |`)].join(
      '\n',
    ),
    ...tables,
    publishedSection(figures),
  ].join('\n\n')}\n`;
}

/** @param {Figure} figure */
function row(figure) {
  const { what, value, unit, most, least, beside = '' } = figure;
  const budget = most !== undefined ? amount(most, unit) : least !== undefined ? `at least ${amount(least, unit)}` : '';
  return `| ${cell(what)} | ${amount(value, unit)} | ${budget} | ${outcome(figure)} | ${cell(beside)} |`;
}

/**
 * Judged as shown: a figure that is rounded to its budget is not called beyond it.
 * @param {Figure} figure
 */
function outcome({ value, unit, most, least }) {
  if (most === undefined && least === undefined) return '';
  const shown = Number.parseFloat(amount(value, unit));
  return shown <= (most ?? Number.POSITIVE_INFINITY) && shown >= (least ?? Number.NEGATIVE_INFINITY)
    ? 'met'
    : '**missed**';
}

/**
 * @param {number} value
 * @param {Figure['unit']} unit
 */
export function amount(value, unit) {
  const decimals = unit === 'times' ? 2 : value !== 0 && Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(decimals)} ${unit}`;
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}
