import * as l10n from '@vscode/l10n';
import { inSentence } from '../../core/in-sentence';
import { compareText } from '../../core/order';
import { type Finding, isProblem } from '../finding';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';

/** What can bring about other findings, by the family's own names. */
const CAUSES = new Set(['rtk.dev.removed', 'rtk.ice.switch', 'rtk.limit.cpu', 'hms.err']);
/** What is no effect of another finding of the same stay. */
const NO_EFFECT = new Set([
  ...CAUSES,
  'rtk.ice.tcp',
  'rtk.ice.blocked',
  'rtk.net.type',
  'rtk.env',
  'rtk.ice.relay',
  'rtk.join.slow',
  'rtk.dev.flap',
]);

/** A finding that began shortly after a change has a likely cause in it. Likely, never proven. */
export const cascade: ReportRule = reportRule({
  id: 'x.cascade',
  family: 'x',
  inputs: [l10n.t('findings of the same stay with their times')],
  /** Up to so many seconds after the cause; and so many before it, because a sample stands for the time before it (own). */
  thresholds: { seconds: 15, before: 8 },
  severity: ['info', 'info'],
  title: l10n.t('A likely cause'),
  explanation: l10n.t(
    'Something changed, and other findings began within seconds. Order in time makes a cause likely; it is no proof.',
  ),
  suggestion: l10n.t('Mend the first one and see whether the others go with it.'),
  source: l10n.t('own'),
  weight: 4,
  phase: 3,
  evaluate: (_view, { seconds, before }, found) => {
    const causes = found.filter(
      (one): one is Finding & { start: number } => CAUSES.has(one.ruleId) && isProblem(one) && one.start !== undefined,
    );
    const effects = found.filter(
      (one): one is Finding & { start: number } =>
        !NO_EFFECT.has(one.ruleId) && one.start !== undefined && one.side !== 'remote' && !followed(one),
    );
    if (found.every(({ start }) => start === undefined) && found.length > 0)
      return skip(l10n.t('No finding has a time.'));
    const hits = causes.flatMap((cause): Hit[] => {
      const after = effects
        .filter(({ start }) => start >= cause.start - before * 1000 && start - cause.start <= seconds * 1000)
        .sort((a, b) => a.start - b.start || compareText(a.ruleId, b.ruleId));
      if (after.length === 0) return [];
      return [
        {
          start: cause.start,
          end: Math.max(cause.end ?? cause.start, ...after.map(({ start }) => start)),
          severity: 'info',
          title: l10n.t('Likely cause: {0}', inSentence(cause.title)),
          evidence: [
            { metric: l10n.t('first'), value: cause.title, unit: '', at: cause.start },
            ...after.slice(0, 5).map((one) => ({ metric: l10n.t('then'), value: one.title, unit: '', at: one.start })),
          ],
          side: cause.side,
          confidence: 'medium',
        },
      ];
    });
    return { hits };
  },
});

/** Remarks that follow from nothing. */
function followed({ ruleId, severity }: Finding): boolean {
  return severity === 'info' && ruleId !== 'rtk.gap' && ruleId !== 'rtk.mos.low';
}
