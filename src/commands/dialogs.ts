/**
 * What asks a person, what adds and changes connections, what looks calls up, and the way between report and logs. A bundle of
 * its own, loaded on first use.
 */
export { readChosen, readWanted } from './compare-input';
export { pickPair } from './compare-pick';
export { shownComparison } from './compare-words';
export { connectionActions } from './connection-actions';
export { diagnose, diagnoseAll } from './diagnose';
export { favoriteActions } from './favorites';
export { findTimeInLogs } from './find-in-logs';
export { EditorLinks } from './links';
export { copyLink, openDeepLink } from './links-open';
export { lookUpSelection, lookUpSession } from './look-up-actions';
export { createPanelServices } from './panel-services';
export { createSessionServices } from './session-page-services';
export { showTimeInReport } from './show-time';
export { ReadyReports } from './tell-when-ready';
export { treeActions } from './tree-actions';
