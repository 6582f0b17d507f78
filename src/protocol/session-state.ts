import type { SessionRef } from '../core/ids';
import type { TimeMode } from './state';

/** Columns that the participants can be sorted by. */
export const STAY_COLUMNS = [
  'name',
  'role',
  'joined',
  'left',
  'stayed',
  'client',
  'packetLoss',
  'packetLossWorst',
  'rtt',
  'rttWorst',
  'mos',
  'mosWorst',
] as const;
export type StayColumn = (typeof STAY_COLUMNS)[number];

/** Orders of the rows of the timeline. */
export const PEOPLE_ORDERS = ['join', 'name', 'time'] as const;
export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** How the person left the view. */
export interface SessionViewSettings {
  /** Sections that were folded or unfolded by hand: true is open. */
  sections: Record<string, boolean>;
  timeMode: TimeMode;
  people: PeopleOrder;
  sort: { column: StayColumn; descending: boolean };
}

/** What a panel remembers over a reload of the window: which session and how, never names or times of people. */
export interface SessionPanelState {
  version: 1;
  ref: SessionRef;
  title: string;
  pinned: boolean;
  view: SessionViewSettings;
}

/** The view of a session that was never opened before. */
export function defaultSessionView(): SessionViewSettings {
  return { sections: {}, timeMode: 'clock', people: 'join', sort: { column: 'joined', descending: false } };
}
