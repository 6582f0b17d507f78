import * as l10n from '@vscode/l10n';
import { CallError, isCancelled, type PlainError, toPlainError } from '../../core/errors';
import type { SessionRef } from '../../core/ids';
import type { CallReport, Participant, Session } from '../../core/model';
import { Pager } from '../../core/page';
import type { SavedTalk, Unread } from '../../core/saved-session';
import { formatDuration } from '../../core/time';
import type { CallProvider } from '../../providers/contract';

/** Rows a request; providers with smaller pages give smaller ones. */
const PAGE_SIZE = 100;
/** Stays of one session at most: beyond that a file is of no use to anybody. */
const MOST_STAYS = 5000;
/** Reports read at a time: as many as the HTTP client sends at once, so that nothing else waits in its queue. */
const AT_ONCE = 4;

export interface ReadOptions {
  provider: Pick<
    CallProvider,
    'getSession' | 'listParticipants' | 'getReport' | 'getChat' | 'getTranscript' | 'getSummary'
  >;
  ref: SessionRef;
  /** Reports that are at hand already, by participant id. */
  have: ReadonlyMap<string, CallReport>;
  signal: AbortSignal;
  /** Told how many reports are there, of how many. */
  onProgress: (done: number, total: number) => void;
}

/** A session with everything that could be read of it. */
export interface ReadWhole {
  session: Session;
  participants: Participant[];
  reports: CallReport[];
  unread: Unread[];
  talk?: SavedTalk;
  /** Why reading the reports ended early, in a sentence. */
  stopped?: string;
}

/**
 * Reads a session, everybody in it and everybody's report, but no report that is at hand. A report that cannot be read
 * costs only itself; what would befall all others ends the reading, and what was read stays. Rejects when the session or
 * its participants cannot be read, and with `Cancelled`.
 */
export async function readWhole(options: ReadOptions): Promise<ReadWhole> {
  const { provider, ref, have, signal, onProgress } = options;
  const pager = new Pager<Participant>((cursor, stop) =>
    provider.listParticipants({ ...ref, cursor, pageSize: PAGE_SIZE }, stop),
  );
  const [session] = await Promise.all([provider.getSession(ref, signal), readAll(pager, signal)]);
  const participants = [...pager.items];
  const reports = new Map([...have].filter(([id]) => participants.some((one) => one.id === id)));
  const unread: Unread[] = [];
  const wanted = participants.map(({ id }) => id).filter((id) => !reports.has(id));
  let stopped: PlainError | undefined;
  onProgress(reports.size, participants.length);
  while (wanted.length > 0) {
    const batch = wanted.splice(0, AT_ONCE);
    const answers = await Promise.allSettled(
      batch.map((participantId) => provider.getReport({ ...ref, participantId }, signal)),
    );
    if (signal.aborted) throw new CallError('Cancelled', l10n.t('Cancelled.'));
    for (const [index, answer] of answers.entries()) {
      const participantId = batch[index] as string;
      if (answer.status === 'fulfilled') {
        reports.set(participantId, answer.value.report);
        continue;
      }
      const error = toPlainError(answer.reason);
      unread.push({ participantId, reason: error.text });
      if (endsAll(answer.reason)) stopped ??= error;
    }
    onProgress(reports.size + unread.length, participants.length);
    if (stopped) break;
  }
  for (const participantId of wanted)
    unread.push({ participantId, reason: l10n.t('Not tried: reading was stopped before.') });
  const talk = stopped ? {} : await readTalk(provider, ref, signal, unread);
  return {
    session,
    participants,
    // In the order of the participants, whatever came first.
    reports: participants.flatMap(({ id }) => reports.get(id) ?? []),
    unread,
    ...(Object.keys(talk).length > 0 && { talk }),
    ...(stopped && { stopped: stopSentence(stopped) }),
  };
}

/** Chat, transcript and summary where the provider keeps them. What it has not, or not any more, costs only itself. */
async function readTalk(
  provider: ReadOptions['provider'],
  ref: SessionRef,
  signal: AbortSignal,
  unread: Unread[],
): Promise<SavedTalk> {
  const or = async <T>(what: string, asked: Promise<T> | undefined): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (signal.aborted) throw new CallError('Cancelled', l10n.t('Cancelled.'));
      unread.push({ reason: `${what}: ${toPlainError(error).text}` });
      return undefined;
    }
  };
  const [chat, transcript, summary] = await Promise.all([
    or('Chat', provider.getChat?.(ref, signal)),
    or('Transcript', provider.getTranscript?.(ref, signal)),
    or('Summary', provider.getSummary?.(ref, signal)),
  ]);
  return { ...(chat && { chat }), ...(transcript && { transcript }), ...(summary && { summary }) };
}

async function readAll(pager: Pager<Participant>, signal: AbortSignal): Promise<void> {
  while (pager.hasMore && pager.items.length < MOST_STAYS) {
    const before = pager.items.length;
    await pager.loadMore(signal);
    if (pager.items.length === before) return;
  }
}

function endsAll(error: unknown): boolean {
  return isCancelled(error) || ['RateLimited', 'Auth', 'Forbidden', 'Network'].includes(toPlainError(error).kind);
}

function stopSentence({ kind, text, retryAfterMs }: PlainError): string {
  if (kind !== 'RateLimited' || retryAfterMs === undefined) return text;
  return `${text} ${l10n.t('Wait {0}.', formatDuration(retryAfterMs))}`;
}
