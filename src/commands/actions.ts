/**
 * What commands do, and what pages ask for beside them: one bundle, loaded on first use. They have so much in common that a
 * bundle for each kind would be slower and larger in sum.
 */
export { BadCallsView } from './bad-calls/view';
export { CaptureFiles } from './captures/files';
export { openCapture, openInEditor } from './captures/open';
export { readChosen, readWanted } from './compare/input';
export { pickPair } from './compare/pick';
export { shownComparison } from './compare/words';
export { connectionActions } from './connections/actions';
export { sharingActions } from './connections/share';
export { SessionFiles } from './files/saved-sessions';
export { lookUpSelection, lookUpSession } from './look-up/actions';
export { copyLink, openDeepLink } from './look-up/deep-links';
export { EditorLinks } from './look-up/editor-links';
export { diagnose, diagnoseAll } from './report/diagnose';
export { exportReport } from './report/export';
export { findTimeInLogs } from './report/find-in-logs';
export { createPanelServices } from './report/panel-services';
export { readRaw } from './report/read-raw';
export { showTimeInReport } from './report/show-time';
export { ReadyReports } from './report/tell-when-ready';
export { createSessionServices } from './session/page-services';
export { saveSession } from './session/save';
export { Talk } from './talk/index';
export { treeActions } from './tree/actions';
export { favoriteActions } from './tree/favorites';
