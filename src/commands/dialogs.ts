/** What asks a person step by step. A bundle of its own, loaded when the first question is asked. */
export { askForChange, askForConnection } from './connection-steps';
export { askForFilter } from './filter-steps';
