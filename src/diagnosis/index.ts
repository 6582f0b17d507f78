/** Findings: what went wrong in a call, when, how sure that is, on whose side it was, and what to do. Pure; knows `core` only. */

export { compareReports } from './compare';
export { sharedTime } from './compare-clocks';
export { diagnoseReport, diagnoseSession } from './diagnose';
export { familyOf } from './engine/run';
export * from './finding';
export { seriesLimits } from './limits';
export { findingsMarkdown } from './markdown';
export { pairStreams } from './pair-streams';
export { dataIsThin, sideText, verdict } from './verdict';
