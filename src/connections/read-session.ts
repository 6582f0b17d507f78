import type { SessionRef } from '../core/ids';
import type { CallReport, Participant, Session } from '../core/model';
import { Pager } from '../core/page';
import type { CallProvider } from '../providers/contract';

/** Reports are read for at most this many stays; a webinar's audience would use up any provider's budget. */
const MOST_REPORTS = 100;
const PAGE_SIZE = 50;

/** A session with everyone in it and what could be read of them. */
export interface WholeSession {
  session: Session;
  participants: readonly Participant[];
  reports: CallReport[];
  /** Stays whose report could not be read, or was not tried. */
  unread: number;
}

/**
 * Reads a session, its participants and their reports. A report that cannot be read costs only itself; the provider's
 * own limit keeps the number of requests in flight; `mostReports` are read at most. Rejects when session or participants cannot be read.
 */
export async function readSession(
  provider: CallProvider,
  ref: SessionRef,
  signal: AbortSignal,
  mostReports: number = MOST_REPORTS,
): Promise<WholeSession> {
  const session = await provider.getSession(ref, signal);
  const pager = new Pager<Participant>((cursor, stop) =>
    provider.listParticipants({ ...ref, cursor, pageSize: PAGE_SIZE }, stop),
  );
  while (pager.hasMore && pager.items.length < MOST_REPORTS) {
    const before = pager.items.length;
    await pager.loadMore(signal);
    if (pager.items.length === before) break;
  }
  const stays = pager.items.slice(0, mostReports);
  const read = await Promise.allSettled(
    stays.map((participant) => provider.getReport({ ...ref, participantId: participant.id }, signal)),
  );
  signal.throwIfAborted();
  const reports = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value.report] : []));
  return { session, participants: pager.items, reports, unread: pager.items.length - reports.length };
}
