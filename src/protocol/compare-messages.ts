import type { PlainError } from '../core/errors';
import type { WantedStream } from './compare-state';
import type { FromWebview, ReportSubject, ToWebview } from './messages';
import type { PackedFacts } from './pack';

/** Which of the two: the first or the second. */
export type SideIndex = 0 | 1;

/** One of the two participants, as far as reading their report is. */
export interface CompareSide {
  subject: ReportSubject;
  phase: 'loading' | 'report' | 'failed';
  /** Why there is no report; or, with a report, why the last refresh failed. */
  error?: PlainError;
  /** Epoch ms when the provider answered. */
  readAt?: number;
}

/** Streams of both that are laid over each other, by their ids. */
export interface ShownPair {
  key: string;
  what: string;
  /** One stream seen from both its ends. */
  ends: boolean;
  streams: readonly [readonly string[], readonly string[]];
}

/** What two reports have in common and what they have not, ready to show. */
export interface ShownComparison {
  differences: string[];
  alike: string[];
  notComparable: string[];
  /** About the clocks. */
  cautions: string[];
  /** The stays overlap: their clock times can share an axis. */
  overlap: boolean;
  pairs: ShownPair[];
}

/** All that the page shows beside the samples. */
export interface CompareScreen {
  sides: readonly [CompareSide, CompareSide];
  /** Once both reports are here. */
  comparison?: ShownComparison;
  /** The stream that the person came for. */
  stream?: WantedStream;
  /** Keys of its pairs; the page chooses when it is missing. */
  wanted?: string[];
  /** Nothing can be shown at all. */
  error?: PlainError;
}

export type CompareAction = 'cancel' | 'refresh' | 'showCalls' | 'showLog' | 'swap';

/** What a button does that belongs to one of the two. */
export type SideAction = 'editConnection' | 'open' | 'retry';

/** Extension to webview. The report of a side comes before the screen that says that it is there. */
export type ToComparePage =
  | { v: number; type: 'screen'; screen: CompareScreen }
  | { v: number; type: 'sideReport'; side: SideIndex; facts: PackedFacts; columns: ArrayBuffer }
  | Extract<ToWebview, { type: 'reply' | 'error' }>;

/** Webview to extension. */
export type FromComparePage =
  | Extract<FromWebview, { type: 'ready' | 'request' | 'abandon' }>
  | { v: number; type: 'action'; action: CompareAction }
  | { v: number; type: 'side'; side: SideIndex; action: SideAction };
