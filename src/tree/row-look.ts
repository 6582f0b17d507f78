import type { Severity } from '../core/finding';
import type { KeptThing } from '../core/talk';
import type { ListFilter, LocalFilter } from './filters';

/** What a row looks like, in plain data. Icons are codicon ids, colours theme colour ids. */
export interface RowLook {
  label: string;
  description?: string;
  icon?: string;
  color?: string;
  expandable: boolean;
  /** Facts for `when` clauses of menus: the kind, then `+flag`s. */
  contextValue: string;
  /** Run on click or Enter, with the row as argument. */
  command?: { id: string; title: string };
  /** What a screen reader says, where label and description are not enough. */
  spoken?: string;
  /** Whether there is more to say on hover. */
  hasTooltip: boolean;
  /** Open when it is first shown. */
  open?: boolean;
}

/** What a row's look depends on beside the row itself. */
export interface LookContext {
  now: number;
  sessionWindowDays: number;
  /** How far back lists reach, in words, where the connection has a period of its own: `24 hours`. */
  period?: string;
  /** The connection's sessions are playbacks by one viewer, not calls. */
  playback?: boolean;
  /** What the provider keeps of a session beside its figures. */
  keeps?: readonly KeptThing[];
  filter?: ListFilter;
  /** The part of the filter that only covers the rows that were loaded. */
  local?: LocalFilter;
  counts?: { loaded: number; total?: number };
  keyMissing?: boolean;
  /** What was found in the participant's report, when it was read. */
  mark?: ParticipantMark;
  loading?: boolean;
  /** The connection is the only one of its provider, so its row names both. */
  alone?: boolean;
  /** The session is among the favourites. */
  favorite?: boolean;
  /** Where a kept call is from: `RealtimeKit · Acme`. */
  where?: string;
}

/** What was found in a participant's report. */
export interface ParticipantMark {
  severity: Severity;
  /** A few words. */
  text: string;
}

/** Longer names are cut, so that the facts behind them stay in sight; the tooltip has them whole. */
export const NAME_LENGTH = 60;

/** What all rows have in common that others stand below. */
export function branchRow(contextValue: string): Pick<RowLook, 'expandable' | 'contextValue' | 'hasTooltip'> {
  return { expandable: true, contextValue, hasTooltip: false };
}

/** The facts of a row's description; what is missing leaves no mark. */
export function joinFacts(...parts: (string | number | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '' && part !== 0).join(' · ');
}
