import * as l10n from '@vscode/l10n';
import type { CallReport } from '../../core/model';
import { compareNumbers, compareText } from '../../core/order';
import { type Finding, type NotEvaluated, type Subject, severityRank } from '../finding';
import type { Family, Hit, Outcome, ReportRule, Rule, SessionRule, Thresholds } from '../rule';
import type { SessionView } from '../session/view';
import type { ResolvedThresholds } from '../thresholds';
import type { ReportView } from './view';

/** What the rules of one kind said. */
export interface Said {
  findings: Finding[];
  notEvaluated: NotEvaluated[];
}

const FAMILIES: Record<string, Family> = { realtimekit: 'rtk', '100ms': 'hms', whereby: 'wb', mediamelon: 'mm' };

/** The family of rules for a report. Whatever is not known to be another kind is WebRTC statistics. */
export function familyOf({ provider, media }: Pick<CallReport, 'provider' | 'media'>): Family {
  return media === 'playback' ? 'mm' : (FAMILIES[provider] ?? 'rtk');
}

/** Runs the rules of a report's family on it, phase by phase. */
export function runReportRules(rules: readonly Rule[], view: ReportView, thresholds: ResolvedThresholds): Said {
  const family = familyOf(view.report);
  const own = rules.filter(
    (rule): rule is ReportRule =>
      rule.scope === 'report' && (rule.family === family || (rule.family === 'x' && family !== 'mm')),
  );
  const { id } = view.report.participant;
  const subject: Subject = { type: 'participant', participantId: id, label: l10n.t('Participant') };
  const said: Said = { findings: [], notEvaluated: [] };
  for (const phase of [1, 2, 3]) {
    const found = [...said.findings];
    for (const rule of own) {
      if ((rule.phase ?? 1) !== phase) continue;
      collect(said, rule, thresholds.of(rule), subject, (numbers) => rule.evaluate(view, numbers, found));
    }
  }
  return said;
}

/** Runs the rules of sessions, phase by phase. `findings` of the reports are seen by them and not repeated. */
export function runSessionRules(
  rules: readonly Rule[],
  view: SessionView,
  thresholds: ResolvedThresholds,
  findings: readonly Finding[],
): Said {
  const own = rules.filter(
    (rule): rule is SessionRule =>
      rule.scope === 'session' && (rule.family === view.family || (rule.family === 'x' && view.family !== 'mm')),
  );
  const said: Said = { findings: [], notEvaluated: [] };
  const subject: Subject = { type: 'session', label: l10n.t('Session') };
  for (const phase of [1, 2, 3]) {
    const found = [...findings, ...said.findings];
    for (const rule of own) {
      if ((rule.phase ?? 1) !== phase) continue;
      collect(said, rule, thresholds.of(rule), subject, (numbers) => rule.evaluate(view, numbers, found));
    }
  }
  return said;
}

function collect(
  said: Said,
  rule: Rule,
  numbers: Thresholds | undefined,
  subject: Subject,
  evaluate: (numbers: Thresholds) => Outcome,
): void {
  if (!numbers) {
    said.notEvaluated.push({ ruleId: rule.id, reason: l10n.t('Turned off in the settings.') });
    return;
  }
  const { hits, skipped, partly } = evaluate(numbers);
  if (skipped !== undefined) said.notEvaluated.push({ ruleId: rule.id, reason: skipped });
  if (partly) said.notEvaluated.push({ ruleId: rule.id, ...partly });
  for (const hit of hits) said.findings.push(toFinding(rule, hit, subject));
}

function toFinding(rule: Rule, hit: Hit, subject: Subject): Finding {
  const { severity, start, end, episodes, share, evidence, side, confidence, related } = hit;
  return {
    ruleId: rule.id,
    severity,
    title: hit.title ?? rule.title,
    subject: hit.subject ?? subject,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(episodes && { episodes }),
    ...(share !== undefined && { share }),
    evidence,
    explanation: hit.explanation ?? rule.explanation,
    suggestion: hit.suggestion ?? rule.suggestion,
    source: rule.source,
    confidence,
    side,
    ...(related && related.length > 0 && { relatedParticipantIds: [...new Set(related)].sort() }),
  };
}

/** Worst first; of equals causes before effects, then the longer, then the earlier. Always the same order. */
export function sortFindings(findings: readonly Finding[], rules: readonly Rule[]): Finding[] {
  const weight = new Map(rules.map((rule) => [rule.id, rule.weight]));
  const length = ({ start, end }: Finding) => (start !== undefined && end !== undefined ? end - start : 0);
  const key = (finding: Finding) => JSON.stringify([finding.ruleId, finding.subject, finding.relatedParticipantIds]);
  return findings
    .map((finding) => ({ finding, key: key(finding) }))
    .sort(
      ({ finding: a, key: aKey }, { finding: b, key: bKey }) =>
        severityRank(a.severity) - severityRank(b.severity) ||
        compareNumbers(weight.get(b.ruleId), weight.get(a.ruleId)) ||
        length(b) - length(a) ||
        compareNumbers(a.start, b.start) ||
        compareText(aKey, bKey),
    )
    .map(({ finding }) => finding);
}

/** In the order of rule ids, each said once. */
export function sortNotEvaluated(list: readonly NotEvaluated[]): NotEvaluated[] {
  const byText = new Map(
    list.map((one) => [JSON.stringify([one.ruleId, one.participantId, one.reason, one.streamIds]), one]),
  );
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}
