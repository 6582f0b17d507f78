import * as l10n from '@vscode/l10n';
import { anyAbove } from '../engine/columns';
import { touches } from '../engine/episodes';
import { round, seriesRule } from '../engine/series-rule';
import { column, type StreamView } from '../engine/view';
import { type Finding, isProblem, severityRank } from '../finding';
import type { Hit, Outcome, ReportRule } from '../rule';
import { aggregatesOf, MEDIUM } from './aggregate';

/** What a poor score has to stand beside to be more than a remark. */
const CAUSES = new Set([
  'rtk.loss.in',
  'rtk.loss.out',
  'rtk.jitter',
  'rtk.rtt',
  'rtk.rtt.rise',
  'rtk.jb.delay',
  'rtk.conceal',
]);

const UNFILLED = l10n.t('The score is 1 throughout without any loss: the provider did not fill it in.');

/** A score of 1 at every sample with nothing lost is no measurement. */
function unfilled(view: StreamView, mos: Float64Array): boolean {
  let any = false;
  for (const value of mos) {
    if (Number.isNaN(value)) continue;
    if (value !== 1) return false;
    any = true;
  }
  const loss = column(view, 'packetLoss');
  return any && !(loss && anyAbove(loss, 0));
}

const series = seriesRule({
  id: 'rtk.mos.low',
  family: 'rtk',
  inputs: ['mos', l10n.t('mos aggregates')],
  thresholds: { warn: 3.5, bad: 3, critical: 2.5 },
  severity: ['medium', 'high'],
  title: l10n.t('Poor quality score'),
  explanation: l10n.t(
    'The provider’s mean opinion score was low. A score alone proves nothing: see what was found at the same time.',
  ),
  suggestion: l10n.t('Look at loss, jitter and round trips of the same time.'),
  source: 'Twilio Voice Insights; ITU-T G.107',
  weight: 5,
  streams: {},
  values: (view) => {
    const mos = column(view, 'mos');
    if (!mos) return undefined;
    return unfilled(view, mos) ? UNFILLED : mos;
  },
  metric: 'mos',
  beyond: 'below',
  warn: 'warn',
  bad: 'bad',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'senders',
  aggregate: ({ report }, { warn }) => {
    const loss = aggregatesOf(report, 'packetLoss');
    const rows = aggregatesOf(report, 'mos').filter((row) => {
      const lost = loss.some(
        (one) =>
          one.direction === row.direction && one.kind === row.kind && one.source === row.source && (one.avg ?? 0) > 0,
      );
      const constant = row.avg === 1 && (row.p50 ?? 1) === 1 && (row.p90 ?? 1) === 1;
      return (row.p50 ?? row.avg) !== undefined && !(constant && !lost);
    });
    if (rows.length === 0) return undefined;
    return rows.flatMap((row): Hit[] => {
      const value = (row.p50 ?? row.avg) as number;
      if (!(value < warn)) return [];
      return [
        {
          severity: 'info',
          evidence: [
            {
              metric: l10n.t('mos, {0}, whole call', MEDIUM[row.kind][row.direction]),
              value: round(value),
              unit: '',
              threshold: warn,
            },
          ],
          side: 'unclear',
          confidence: 'low',
        },
      ];
    });
  },
});

/** Never more than a remark alone; beside a cause in time no more than that cause. */
function evaluate(...args: Parameters<ReportRule['evaluate']>): Outcome {
  const [, , found] = args;
  const outcome = series.evaluate(...args);
  return { ...outcome, hits: outcome.hits.map((hit) => ({ ...hit, ...judged(hit, found) })) };
}

function judged(hit: Hit, found: readonly Finding[]): Pick<Hit, 'severity' | 'confidence'> {
  const { start, end } = hit;
  if (start === undefined || end === undefined) return { severity: 'info', confidence: 'low' };
  const beside = found.filter(
    (one) =>
      CAUSES.has(one.ruleId) &&
      isProblem(one) &&
      one.start !== undefined &&
      one.end !== undefined &&
      (one.episodes ?? [{ start: one.start, end: one.end }]).some((each) => touches(each, { start, end })),
  );
  const worst = beside.sort((a, b) => severityRank(a.severity) - severityRank(b.severity))[0];
  if (!worst) return { severity: 'info', confidence: 'low' };
  const milder = severityRank(hit.severity) > severityRank(worst.severity) ? hit.severity : worst.severity;
  return { severity: milder, confidence: 'medium' };
}

export const MOS_RULES: readonly ReportRule[] = [{ ...series, phase: 2, evaluate }];
