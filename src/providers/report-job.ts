import type { PlainError } from '../core/errors';
import type { CallReport } from '../core/model';

/** A report to read away from the event loop. */
export interface ReportJob {
  provider: 'realtimekit';
  /** The answer as it came. It is given away: its memory moves to the worker and comes back with the outcome. */
  body: Uint8Array;
  /** Who answered, for sentences. */
  who: string;
  participantId: string;
  /** Epoch ms. */
  now: number;
}

/** What the worker answers. */
export type ReportOutcome = { report: CallReport; body: Uint8Array } | { error: PlainError };
