import type { ParticipantRef } from '../core/ids';
import type { StreamSource } from '../core/model';
import type { TimeMode } from './state';

/** One stream of the two participants: what `senderId` sent, for the one who received it. */
export interface WantedStream extends StreamSource {
  senderId: string;
}

/** How the person left the view. Nothing in it comes from a report except the words of the pairs that are drawn. */
export interface CompareView {
  /** Keys of the pairs that are drawn; undefined: the usual choice. */
  shown?: string[];
  sections: Record<string, boolean>;
  /** Undefined: the clock where the stays overlap, else time into the call. */
  timeMode?: TimeMode;
  extraMetrics: string[];
  /** Zoomed range, epoch ms of the first one's call. */
  range?: [number, number];
  /** Where the cursor rested, epoch ms of the first one's call; missing while it was away. */
  cursor?: number;
}

/** What a panel remembers over a reload of the window: who is compared and how, never report data. */
export interface ComparePanelState {
  version: 1;
  refs: [ParticipantRef, ParticipantRef];
  titles: [string, string];
  stream?: WantedStream;
  view: CompareView;
}

/** The view of two that were never compared before. */
export function defaultCompareView(): CompareView {
  return { sections: {}, extraMetrics: [] };
}
