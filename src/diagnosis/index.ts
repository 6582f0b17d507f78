/** Findings: what went wrong in a call, when, how sure that is, on whose side it was, and what to do. Pure; knows `core` only. */

export { type Compared, type Comparison, compareReports } from './compare';
export { type ClockOptions, type SharedTime, sharedTime } from './compare-clocks';
export { diagnoseReport, diagnoseSession } from './diagnose';
export { familyOf } from './engine/run';
export * from './finding';
export { seriesLimits } from './limits';
export { findingsMarkdown, type MarkdownOptions } from './markdown';
export { type CompareOptions, pairStreams, type StreamPair } from './pair-streams';
export type { Family, ReportOptions, Rule, RuleInfo, SessionOptions, Thresholds } from './rule';
export { RULES } from './table';
export { dataIsThin, sideText, type Verdict, type VerdictOptions, verdict } from './verdict';
