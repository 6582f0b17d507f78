import type { CallReport, Session } from '../core/model';
import { runReportRules, runSessionRules, sortFindings, sortNotEvaluated } from './engine/run';
import { type ReportView, viewReport } from './engine/view';
import type { Diagnosis, Finding, NotEvaluated } from './finding';
import type { ReportOptions, SessionOptions } from './rule';
import { refineWhereby } from './rules/blame';
import { refineSides } from './session/sides';
import { viewSession } from './session/view';
import { RULES } from './table';
import { resolveThresholds } from './thresholds';

/**
 * What went wrong in one participant's stay, worst first. Pure: the same report gives the same findings, whatever the order
 * of its streams, events and pairs. A rule without its data is listed in `notEvaluated`; that is no "good".
 */
export function diagnoseReport(report: CallReport, options: ReportOptions = {}): Diagnosis {
  const thresholds = resolveThresholds(options.thresholds, RULES);
  const said = runReportRules(RULES, viewReport(report, options), thresholds);
  return {
    findings: sortFindings(said.findings, RULES),
    notEvaluated: sortNotEvaluated(said.notEvaluated),
    ignoredSettings: thresholds.ignored,
  };
}

/**
 * What went wrong in a session: the findings of every report that was read, with sides told by comparing both ends, and
 * those across participants. Reports and participants may come in any order and in part; one that comes twice counts once.
 * For MediaMelon, whose sessions have one viewer, `reports` is the list that is loaded.
 */
export function diagnoseSession(
  session: Session,
  reports: readonly CallReport[],
  options: SessionOptions = {},
): Diagnosis {
  const thresholds = resolveThresholds(options.thresholds, RULES);
  const view = viewSession(session, reports, options);
  const single: Finding[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const [participantId, one] of view.reports) {
    const said = runReportRules(RULES, forList(one, view.family === 'mm'), thresholds);
    single.push(...said.findings);
    notEvaluated.push(...said.notEvaluated.map((each) => ({ ...each, participantId })));
  }
  const refined =
    view.family === 'mm'
      ? single
      : view.family === 'wb'
        ? refineWhereby(single, [...view.reports.keys()])
        : refineSides(view, single);
  const across = runSessionRules(RULES, view, thresholds, refined);
  return {
    findings: sortFindings([...refined, ...across.findings], RULES),
    notEvaluated: sortNotEvaluated([...notEvaluated, ...across.notEvaluated]),
    ignoredSettings: thresholds.ignored,
  };
}

/** A playback is a session of its own: that of the list tells nothing of it. */
function forList(view: ReportView, playback: boolean): ReportView {
  return playback
    ? { ...view, session: undefined, participants: undefined, ended: view.report.endedAt !== undefined }
    : view;
}
