import type { SavedSession } from '../core/saved-session';
import type { ReportResult } from './contract';
import { reportReader } from './report-reader';

/**
 * Reads a saved report, or a provider's answer that was saved to a file, away from the event loop. `name` is the file's, for sentences;
 * `body` is given away. Rejects with `BadInput` when it is none.
 */
export function readSavedAnswer(
  body: Uint8Array,
  name: string,
  reportWorkerPath: string,
  signal: AbortSignal,
): Promise<ReportResult> {
  const job = { provider: 'saved', body, who: name, participantId: '', now: Date.now() } as const;
  return reportReader(reportWorkerPath).read(job, signal);
}

/** Reads a saved session, away from the event loop; as {@link readSavedAnswer}. */
export function readSavedSession(
  body: Uint8Array,
  name: string,
  reportWorkerPath: string,
  signal: AbortSignal,
): Promise<SavedSession> {
  const job = { provider: 'savedSession', body, who: name, participantId: '', now: Date.now() } as const;
  return reportReader(reportWorkerPath).readSession(job, signal);
}
