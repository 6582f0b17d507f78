import type { CallReport } from '../core/model';
import type { SeriesLimit } from '../core/series-limit';
import { familyOf } from './engine/run';
import { RULES } from './table';
import { resolveThresholds } from './thresholds';

/**
 * The limits that a report's rules hold its series against, for lines in its charts. `setting` as in `peerscope.thresholds`;
 * a rule that is turned off there has none.
 */
export function seriesLimits(report: Pick<CallReport, 'provider' | 'media'>, setting?: unknown): SeriesLimit[] {
  const family = familyOf(report);
  const thresholds = resolveThresholds(setting, RULES);
  return RULES.flatMap((rule) => {
    const numbers = rule.scope === 'report' && rule.family === family ? thresholds.of(rule) : undefined;
    if (!numbers || rule.scope !== 'report') return [];
    return (rule.limits ?? []).flatMap(({ metric, beyond, warn, bad, streams }): SeriesLimit[] => {
      const first = numbers[warn];
      const second = bad === undefined ? undefined : numbers[bad];
      if (first === undefined) return [];
      const own = second !== undefined && second !== first ? { bad: second } : {};
      return [{ ruleId: rule.id, metric, beyond, warn: first, ...own, streams }];
    });
  });
}
