/** How much a finding matters, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a finding is of itself, surest first. */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * Where the trouble was, seen from the subject of the finding. `local` the subject's own end: device, access link ·
 * `remote` the end of whoever the media came from · `network` between the two, such as a firewall or a long way ·
 * `service` the provider's servers, or something that hit everybody at once · `unclear` the data do not tell.
 */
export type Side = 'local' | 'remote' | 'network' | 'service' | 'unclear';

/** What a finding is about. Names of people are left out: look them up by `participantId`. */
export interface Subject {
  type: 'participant' | 'stream' | 'session';
  participantId?: string;
  /** Of the participant's report. */
  streamId?: string;
  /** In plain words, without personal data: `Microphone sent`, `Participant`, `Session`. */
  label: string;
}

/** One measured value that speaks for a finding. */
export interface Evidence {
  /** A series of core/series where there is one, so that a chart can mark it; else plain words. */
  metric: string;
  value: number | string;
  /** Unit of value and threshold; empty for a bare number or a word. */
  unit: string;
  /** What the value was compared with. */
  threshold?: number;
  /** Epoch ms. */
  at?: number;
  streamId?: string;
  participantId?: string;
  /** The value can identify a person, a device or a place: masked in exports. */
  personal?: boolean;
}

/** A stretch of time, epoch ms. */
export interface Interval {
  start: number;
  end: number;
}

/** A diagnosed problem. Texts are plain and hold no personal data and no clock times. */
export interface Finding {
  ruleId: string;
  severity: Severity;
  title: string;
  subject: Subject;
  /** Epoch ms; missing for what holds for the whole stay. */
  start?: number;
  /** Epoch ms. */
  end?: number;
  /** Where one finding stands for many short episodes: all of them. `start` and `end` then span them. */
  episodes?: Interval[];
  /** Share (0..1) of the stay that all episodes of this kind take together. */
  share?: number;
  evidence: Evidence[];
  explanation: string;
  suggestion: string;
  /** Where rule and thresholds come from. */
  source: string;
  confidence: Confidence;
  side: Side;
  /** Others who are part of it: whose media it was, who was hit by it. */
  relatedParticipantIds?: string[];
}

/** A rule that gave no answer: never to be read as "all well". */
export interface NotEvaluated {
  ruleId: string;
  reason: string;
  /** Given where the rule was evaluated on other streams: the ones that it was not. */
  streamIds?: string[];
  /** In the diagnosis of a session: whose report it was. */
  participantId?: string;
}

/** A setting of thresholds that was not taken over. */
export interface IgnoredSetting {
  /** `rtk.loss.in.warn`. */
  path: string;
  reason: string;
}

/** What was found, what could not be looked at, and what of the settings was ignored. */
export interface Diagnosis {
  findings: Finding[];
  notEvaluated: NotEvaluated[];
  ignoredSettings: IgnoredSetting[];
}

/** Rank of a severity, 0 for the worst. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Whether a finding is a problem rather than context. */
export function isProblem({ severity }: Finding): boolean {
  return severity !== 'info';
}
