import type { Diagnosis } from '../../core/finding';
import type { CallReport, Participant, Session } from '../../core/model';
import type { SeriesLimit } from '../../core/series-limit';
import type { ShownDiagnosis } from '../../protocol/messages';
import { readThresholds } from '../../ui/settings';
import { tellIgnored } from './ignored-thresholds';

type Found = Pick<Diagnosis, 'findings' | 'notEvaluated'>;

/** What is known of a participant's call beside the report. */
export interface Surroundings {
  session?: Session;
  /** Everyone's stays, as far as they are loaded. */
  participants?: readonly Participant[];
  /** The other reports of a list, for rules that compare with it. */
  list?: readonly CallReport[];
}

/** What went wrong in one participant's stay. The rules are loaded on first use. */
export async function diagnose(report: CallReport, { session, participants, list }: Surroundings): Promise<Diagnosis> {
  const { diagnoseReport } = await import('../../diagnosis/index');
  const diagnosis = diagnoseReport(report, { session, participants, list, thresholds: readThresholds() });
  tellIgnored(diagnosis.ignoredSettings);
  return diagnosis;
}

/** What went wrong in a session, as far as its reports were read. */
export async function diagnoseAll(
  session: Session,
  reports: readonly CallReport[],
  participants: readonly Participant[],
): Promise<Diagnosis> {
  const { diagnoseSession } = await import('../../diagnosis/index');
  const diagnosis = diagnoseSession(session, reports, { participants, thresholds: readThresholds() });
  tellIgnored(diagnosis.ignoredSettings);
  return diagnosis;
}

/** A report's diagnosis with its verdict in words, ready for a page. */
export async function shownDiagnosis(report: CallReport, surroundings: Surroundings): Promise<ShownDiagnosis> {
  return withLimits(await diagnose(report, surroundings), report);
}

/** What was found earlier in a report, ready for a page; limits are those of the settings of now. */
export async function withLimits(found: Found, report: CallReport): Promise<ShownDiagnosis> {
  const { seriesLimits } = await import('../../diagnosis/index');
  return { ...(await inWords(found, report)), limits: seriesLimits(report, readThresholds()) };
}

/**
 * From where on the rules in force find a report's values bad. A rule that is turned off has a limit that nothing passes, so
 * that no other limit takes its place.
 */
export async function limitsInForce(report: CallReport): Promise<SeriesLimit[]> {
  const { seriesLimits } = await import('../../diagnosis/index');
  const limits = seriesLimits(report, readThresholds());
  const off = seriesLimits(report).filter(({ ruleId }) => !limits.some((limit) => limit.ruleId === ruleId));
  const never = { above: Number.POSITIVE_INFINITY, below: Number.NEGATIVE_INFINITY };
  return [...limits, ...off.map((limit) => ({ ...limit, warn: never[limit.beyond] }))];
}

/** A session's diagnosis with its verdict in words, ready for a page. `found`: what was found in it before, which is kept. */
export async function shownSessionDiagnosis(
  session: Session,
  reports: readonly CallReport[],
  participants: readonly Participant[],
  found?: Found,
): Promise<ShownDiagnosis> {
  return inWords(found ?? (await diagnoseAll(session, reports, participants)), reports[0]);
}

async function inWords(
  { findings, notEvaluated }: Found,
  example: Pick<CallReport, 'provider' | 'media'> | undefined,
): Promise<ShownDiagnosis> {
  const { dataIsThin, familyOf, sideText, verdict } = await import('../../diagnosis/index');
  const worst = verdict(findings);
  return {
    verdict: worst && {
      sentence: worst.sentence,
      severity: worst.severity,
      sideText: sideText(worst.side),
      confidence: worst.confidence,
    },
    thin: example === undefined || dataIsThin(notEvaluated, familyOf(example)),
    findings,
    notEvaluated,
  };
}
