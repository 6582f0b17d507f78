import type { PlainError } from '../core/errors';
import type { CallReport, Participant } from '../core/model';
import type { SavedFacts } from '../core/saved-report';
import type { SavedSession } from '../core/saved-session';
import type { TrendJob } from './mediamelon/trend';
import type { LossUnitSetting } from './whereby/descriptor';

/** What every report to read away from the event loop has. */
interface Job {
  /** The answer as it came. It is given away: its memory moves to the worker and comes back with the outcome. */
  body: Uint8Array;
  /** Who answered, for sentences. */
  who: string;
  participantId: string;
  /** Epoch ms. */
  now: number;
}

export interface RealtimeKitJob extends Job {
  provider: 'realtimekit';
}

export interface MediaMelonJob extends Job {
  provider: 'mediamelon';
  /** The names that were asked for, in their order. */
  metrics: readonly string[];
  /** Missing: none was asked for. */
  trend?: TrendJob;
  /** What the connection's settings make of the figures, in sentences. */
  notes?: readonly string[];
}

export interface WherebyJob extends Job {
  provider: 'whereby';
  lossUnit: LossUnitSetting;
  /** What a list told of the participant. */
  participant?: Participant;
}

export interface HmsJob extends Job {
  provider: '100ms';
}

/** A saved report, or a provider's answer, in a file: which it is shows from what it holds. `who` is the file's name. */
export interface SavedJob extends Job {
  provider: 'saved';
}

/** A saved session in a file, whose name is `who`. */
export interface SavedSessionJob extends Job {
  provider: 'savedSession';
}

/** A report to read away from the event loop. */
export type ReportJob = RealtimeKitJob | HmsJob | MediaMelonJob | WherebyJob | SavedJob;

/** What the worker answers. */
export type ReportOutcome =
  | { report: CallReport; saved?: SavedFacts; body: Uint8Array }
  | { session: SavedSession }
  | { error: PlainError };
