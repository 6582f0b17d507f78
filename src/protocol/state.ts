import type { ParticipantRef } from '../core/ids';
import type { SeriesName } from '../core/series';

/** How times read: by the wall clock, or counted from the start of the stay. */
export type TimeMode = 'clock' | 'offset';

/** A column of the table that compares streams. */
export const STREAM_COLUMNS = ['name', 'median', 'worst', 'beyond', 'measured'] as const;
export type StreamColumn = (typeof STREAM_COLUMNS)[number];

/** The order of that table's rows. */
export interface StreamSort {
  column: StreamColumn;
  descending: boolean;
}

/** How the person left the view. Nothing in it comes from a report except ids of streams. */
export interface ViewSettings {
  /** Ids of streams that are hidden in the charts; undefined means the default choice. */
  hidden?: string[];
  /** Zoomed range, epoch ms. */
  range?: [number, number];
  /** Where the cursor rested, epoch ms; missing while it was away. */
  cursor?: number;
  /** Sections that were folded or unfolded by hand: true is open. */
  sections: Record<string, boolean>;
  timeMode: TimeMode;
  /** Metrics charted beside the usual ones, by series name. */
  extraMetrics: string[];
  /** Of a live call: ids of streams with the index of their line's look, in the order in which they came. */
  lines?: [string, number][];
  /** False: limits and bad episodes are not drawn. */
  limits?: boolean;
  /** Which metric the streams are compared by, and in which order; missing parts mean the usual ones. */
  summary?: { metric?: string; sort?: StreamSort };
}

/**
 * What a panel remembers over a reload of the window: who is shown and how, never report data, never a secret.
 * VS Code keeps it in its own storage.
 */
export interface PanelState {
  version: 1;
  ref: ParticipantRef;
  title: string;
  pinned: boolean;
  view: ViewSettings;
}

/** Metrics that get a chart whenever a stream measured them, in the order of reading. */
export const CORE_METRICS = [
  'packetLoss',
  'packetLossUnscaled',
  'rtt',
  'jitter',
  'jitterBufferDelay',
  'bitrate',
  'fps',
  'frameHeight',
  'mos',
] as const satisfies readonly SeriesName[];

/** The view of a report that was never opened before. */
export function defaultView(): ViewSettings {
  return { sections: {}, timeMode: 'clock', extraMetrics: [] };
}

/** The view to start another report with: what concerns the former one (streams and their looks, range, cursor) is dropped. */
export function viewForNextReport(view: ViewSettings): ViewSettings {
  return {
    sections: view.sections,
    timeMode: view.timeMode,
    extraMetrics: view.extraMetrics,
    ...(view.limits === false && { limits: false }),
    ...(view.summary && { summary: view.summary }),
  };
}
