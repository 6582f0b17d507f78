import type { ProviderId } from '../../../src/core/ids';
import type { CallReport, Participant, Session } from '../../../src/core/model';
import type { Evidence, Finding } from '../../../src/diagnosis/index';

/** What a rule is tried on: one report, or a session with its reports and participants. */
export type Given =
  | CallReport
  | { report: CallReport; session?: Session; participants?: readonly Participant[]; list?: readonly CallReport[] }
  | { session: Session; provider?: ProviderId; reports?: readonly CallReport[]; participants?: readonly Participant[] };

/** What is expected of the finding; times in seconds into the call. */
export type Expected = Partial<Pick<Finding, 'severity' | 'side' | 'confidence' | 'title'>> & {
  start?: number;
  end?: number;
  /** How many findings of the rule there are; 1 unless said. */
  count?: number;
  value?: Evidence['value'];
  threshold?: number;
  /** Share of the stay. */
  share?: number;
  subject?: string;
  related?: string[];
};

/** A rule with a call that it fires on, one that just escapes it, and one without what it needs. */
export interface Case {
  id: string;
  fires: Given;
  expect: Expected;
  near: Given;
  missing: Given;
  /** Part of the reason why it could not be evaluated. */
  reason: RegExp;
}
