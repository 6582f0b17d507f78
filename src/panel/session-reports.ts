import * as l10n from '@vscode/l10n';
import { isCancelled, type PlainError, toPlainError } from '../core/errors';
import type { CallReport } from '../core/model';
import type { SeriesLimit } from '../core/series-limit';
import { formatDuration } from '../core/time';
import type { DigestOutcome } from '../protocol/session-messages';
import { digestReport } from './session-digest';

/** Reports that are read at a time: as many as the HTTP client sends at once, so that nothing else waits in its queue. */
export const REPORT_BATCH = 4;

export interface ReadReportsOptions {
  participantIds: readonly string[];
  /** The session goes on: providers have reports of ended calls, some of live ones too. */
  live: boolean;
  read: (participantId: string, signal: AbortSignal) => Promise<CallReport>;
  /** The limits of the rules in force. */
  limits?(report: CallReport): Promise<readonly SeriesLimit[]>;
  /** Told after each batch. */
  onBatch: (outcomes: Record<string, DigestOutcome>, done: number) => void;
  signal: AbortSignal;
}

/**
 * Reads reports batch by batch, each batch after the other, and keeps of each only what is shown. One that cannot be read
 * is told of and the others go on, but what would befall them all ends it. Returns why it ended early, in a sentence.
 */
export async function readReports(options: ReadReportsOptions): Promise<string | undefined> {
  const { participantIds, live, read, onBatch, signal } = options;
  const count = participantIds.length;
  for (let start = 0; start < count; start += REPORT_BATCH) {
    const batch = participantIds.slice(start, start + REPORT_BATCH);
    const answers = await Promise.allSettled(
      batch.map(async (id) => {
        const report = await read(id, signal);
        return digestReport(report, await options.limits?.(report));
      }),
    );
    const outcomes: Record<string, DigestOutcome> = {};
    const errors: PlainError[] = [];
    answers.forEach((answer, index) => {
      const id = batch[index] as string;
      if (answer.status === 'fulfilled') {
        outcomes[id] = { digest: answer.value };
        return;
      }
      const error = toPlainError(answer.reason);
      errors.push(error);
      // What was stopped, or refused for the pace, says nothing of this participant.
      if (!isCancelled(answer.reason) && error.kind !== 'RateLimited') outcomes[id] = { error };
    });
    const done =
      start + batch.length - errors.filter(({ kind }) => kind === 'RateLimited' || kind === 'Cancelled').length;
    onBatch(outcomes, done);
    if (signal.aborted) return l10n.t('Stopped after {0} of {1}.', done, count);
    const fatal = errors.find(endsAll) ?? (live && errors.length === batch.length ? errors[0] : undefined);
    if (fatal) return stopSentence(fatal, done, count);
  }
  return undefined;
}

function endsAll({ kind }: PlainError): boolean {
  return (
    kind === 'RateLimited' || kind === 'Auth' || kind === 'Forbidden' || kind === 'Network' || kind === 'Cancelled'
  );
}

function stopSentence({ kind, text, retryAfterMs }: PlainError, done: number, count: number): string {
  if (kind !== 'RateLimited' || retryAfterMs === undefined) {
    return l10n.t('Stopped after {done} of {count}. {reason}', { done, count, reason: text });
  }
  return l10n.t('Stopped after {done} of {count}. {reason} Wait {time}.', {
    done,
    count,
    reason: text,
    time: formatDuration(retryAfterMs),
  });
}
