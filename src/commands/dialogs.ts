/** What asks a person, and what adds and changes connections. A bundle of its own, loaded on first use. */
export { connectionActions } from './connection-actions';
export { readFilter } from './filter-input';
export { askForFilter } from './filter-steps';
