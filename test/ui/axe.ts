/** Runs axe-core in a page: what keeps people with disabilities from using it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Serious and critical findings, one line each: the rule, the theme, the first elements. Evaluated over the debugger, which the
 * page's policy does not concern. `rules`: only these.
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(await readFile(source, 'utf8'));
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => {
      const few = nodes.slice(0, 6).map(({ target, failureSummary }) => {
        const why = failureSummary?.split('\n').slice(1, 2).join(' ').trim();
        return `${target.join(' ')}: ${why}`;
      });
      return few.map((each) => `${id} (${nodes.length}): ${each}`);
    });
}
