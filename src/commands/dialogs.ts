/** What asks a person, what adds and changes connections, and what looks calls up. A bundle of its own, loaded on first use. */
export { readChosen, readWanted } from './compare-input';
export { pickPair } from './compare-pick';
export { connectionActions } from './connection-actions';
export { readFilter } from './filter-input';
export { askForFilter } from './filter-steps';
export { EditorLinks } from './links';
export { copyLink, openDeepLink } from './links-open';
export { lookUpSelection, lookUpSession } from './look-up-actions';
