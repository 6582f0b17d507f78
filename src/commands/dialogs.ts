/**
 * What asks a person, what adds and changes connections, what looks calls up, and the way between report and logs. A bundle of
 * its own, loaded on first use.
 */
export { readChosen, readWanted } from './compare/input';
export { pickPair } from './compare/pick';
export { shownComparison } from './compare/words';
export { connectionActions } from './connections/actions';
export { sharingActions } from './connections/share';
export { lookUpSelection, lookUpSession } from './look-up/actions';
export { copyLink, openDeepLink } from './look-up/deep-links';
export { EditorLinks } from './look-up/editor-links';
export { diagnose, diagnoseAll } from './report/diagnose';
export { findTimeInLogs } from './report/find-in-logs';
export { createPanelServices } from './report/panel-services';
export { readRaw } from './report/read-raw';
export { showTimeInReport } from './report/show-time';
export { ReadyReports } from './report/tell-when-ready';
export { createSessionServices } from './session/page-services';
export { treeActions } from './tree/actions';
export { favoriteActions } from './tree/favorites';
