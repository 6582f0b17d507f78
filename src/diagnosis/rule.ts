import type { ProviderId } from '../core/ids';
import type { CallReport, Participant, Session } from '../core/model';
import type { SeriesLimit } from '../core/series-limit';
import type { ReportView } from './engine/view';
import type { Confidence, Evidence, Finding, Interval, Severity, Side, Subject } from './finding';
import type { SessionView } from './session/view';

/** The families of rules: one for each kind of data a provider can give, `x` for those across participants. */
export type Family = 'rtk' | 'hms' | 'wb' | 'mm' | 'x';

/** The numbers of one rule, by name. Units stand in the names' comments in the rule. */
export type Thresholds = Readonly<Record<string, number>>;

/** What the table of rules says of each rule. */
export interface RuleInfo<T extends Thresholds = Thresholds> {
  /** Stable: settings and integrations name rules by it. */
  id: string;
  family: Family;
  /** What it reads, in words of the neutral model. */
  inputs: readonly string[];
  /** Defaults; a setting can change each. */
  thresholds: T;
  /** Worst severity at the first level (`warn`) and beyond the second (`bad`); episodes shorter than a share of the call get less. */
  severity: readonly [Severity, Severity];
  title: string;
  explanation: string;
  suggestion: string;
  /** Human-readable origin of the rule and its numbers. `own` marks a proposal of this project. */
  source: string;
  /** Causes weigh more than their effects: of findings of one severity the heavier one is told first. 0..100. */
  weight: number;
}

/** A series that a rule reads as it came, with the names of the thresholds that it holds it against. */
export interface NamedLimit extends Pick<SeriesLimit, 'metric' | 'beyond' | 'streams'> {
  warn: string;
  bad?: string;
}

/** One occurrence, before it becomes a finding. What is left out is taken from the rule. */
export interface Hit {
  start?: number;
  end?: number;
  episodes?: Interval[];
  severity: Severity;
  /** Share (0..1) of the stay. */
  share?: number;
  evidence: Evidence[];
  side: Side;
  confidence: Confidence;
  title?: string;
  explanation?: string;
  suggestion?: string;
  subject?: Subject;
  related?: readonly string[];
}

/** What a rule says of a report or a session. */
export interface Outcome {
  hits: Hit[];
  /** Why it could not be evaluated at all. Then there are no hits. */
  skipped?: string;
  /** Streams that it could not be evaluated on, while it could on others. */
  partly?: { reason: string; streamIds: string[] };
}

/** A rule that reads one participant's report. */
export interface ReportRule<T extends Thresholds = Thresholds> extends RuleInfo<T> {
  scope: 'report';
  /** What a chart may draw of it. */
  limits?: readonly NamedLimit[];
  /** In order: rules of a later phase see what earlier ones found. */
  phase?: 1 | 2 | 3;
  evaluate(view: ReportView, thresholds: Thresholds, found: readonly Finding[]): Outcome;
}

/** A rule that reads a whole session. */
export interface SessionRule<T extends Thresholds = Thresholds> extends RuleInfo<T> {
  scope: 'session';
  /** In order: rules of a later phase see what earlier ones found. */
  phase?: 1 | 2 | 3;
  evaluate(view: SessionView, thresholds: Thresholds, found: readonly Finding[]): Outcome;
}

export type Rule = ReportRule | SessionRule;

/** What may be known beside a report. */
export interface ReportOptions {
  /** The setting `peerscope.thresholds`: by rule id an object of numbers, or `false` to turn the rule off. */
  thresholds?: unknown;
  /** The session that the report belongs to. */
  session?: Session;
  /** Everyone's stays in that session. */
  participants?: readonly Participant[];
  /** Other reports of the same list, for rules that compare with it (MediaMelon). */
  list?: readonly CallReport[];
}

/** What may be known beside the reports of a session. */
export interface SessionOptions {
  thresholds?: unknown;
  /** Whose session it is; needed only where there is no report to tell. */
  provider?: ProviderId;
  /** Everyone's stays, where more is known than the reports' own. */
  participants?: readonly Participant[];
}

/** The outcome of a rule that could not be evaluated. */
export function skip(reason: string): Outcome {
  return { hits: [], skipped: reason };
}

/** Gives a rule its type while its thresholds keep their names. */
export function reportRule<T extends Thresholds>(
  rule: Omit<ReportRule<T>, 'scope' | 'evaluate'> & {
    evaluate: (view: ReportView, thresholds: Readonly<Record<keyof T, number>>, found: readonly Finding[]) => Outcome;
  },
): ReportRule {
  return { ...rule, scope: 'report', evaluate: rule.evaluate };
}

/** Likewise for a rule of sessions. */
export function sessionRule<T extends Thresholds>(
  rule: Omit<SessionRule<T>, 'scope' | 'evaluate'> & {
    evaluate: (view: SessionView, thresholds: Readonly<Record<keyof T, number>>, found: readonly Finding[]) => Outcome;
  },
): SessionRule {
  return { ...rule, scope: 'session', evaluate: rule.evaluate };
}
