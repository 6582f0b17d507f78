import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import type { CallReport, ItemIssue, Participant } from '../../core/model';
import type { ReportResult } from '../contract';
import { reportReader } from '../report-reader';
import { missingReport, noStatistics, unknownParticipant } from './availability';
import type { HmsClient } from './client';
import { type HmsEvent, readEvents } from './event-pages';
import { findPeer } from './people';
import { type Recordings, recordingEvents } from './recordings';
import { completeReport, emptyReport, type Surroundings } from './report/complete';
import type { SessionObject, SessionObjects } from './session-objects';
import { time } from './time';
import type { TrackOwner, TrackOwners } from './track-owners';

/** What a report is put together from. */
export interface ReportSources {
  client: HmsClient;
  sessions: SessionObjects;
  recordings: Recordings;
  owners: TrackOwners;
  /** The worker's bundle. */
  workerPath: string;
}

/**
 * The report of one participant: statistics, events, and the facts of the stay. Only the statistics count; what else
 * cannot be read is an issue. Without statistics and events it is `NotYetAvailable`, or `NotFound` for nobody.
 */
export async function getReport(
  sources: ReportSources,
  ref: ParticipantRef,
  signal: AbortSignal,
): Promise<ReportResult> {
  const issues: ItemIssue[] = [];
  const [stats, stay] = await Promise.all([readStats(sources, ref, signal), readStay(sources, ref, issues, signal)]);
  const room = ref.roomId ?? stay.object?.record.room_id ?? undefined;
  const received = stats?.report.streams.some((stream) => stream.direction === 'receive') ?? false;
  const [events, recordings, owners] = await Promise.all([
    soft('analytics/events', l10n.t('The events could not be read.'), issues, [] as HmsEvent[], () =>
      eventsOf(sources, room, ref, issues, signal),
    ),
    sources.recordings.of(ref.sessionId, signal),
    soft(
      'analytics/events',
      l10n.t('Whose the received tracks are could not be read.'),
      issues,
      new Map<string, TrackOwner>(),
      async () => (received && room ? sources.owners.of(room, ref.sessionId, signal) : new Map()),
    ),
  ]);
  const state = { live: stay.object?.live ?? false, endedAt: endOf(stay) };
  const empty = !stats || stats.report.streams.length === 0;
  if (empty && events.length === 0) {
    if (stay.participant || stats) throw missingReport(state, Date.now());
    throw unknownParticipant(sources.client.who, ref);
  }
  const around: Surroundings = {
    participant: stay.participant,
    events,
    sessionEvents: recordingEvents(recordings),
    owners,
    issues: [...issues, ...recordings.issues],
  };
  const report: CallReport = stats?.report ?? emptyReport(ref.participantId);
  const completed = completeReport(report, around);
  if (empty) completed.assumptions.unshift(noStatistics(state, Date.now()));
  return { report: completed, raw: stats?.raw ?? new TextEncoder().encode('{}') };
}

/** The statistics, or undefined when 100ms says that it has none. */
async function readStats(
  { client, workerPath }: ReportSources,
  ref: ParticipantRef,
  signal: AbortSignal,
): Promise<ReportResult | undefined> {
  let body: Uint8Array;
  try {
    body = await client.peerStats(ref.sessionId, ref.participantId, signal);
  } catch (error) {
    if (isCallError(error) && error.kind === 'NotFound') return undefined;
    throw error;
  }
  const job = {
    provider: '100ms' as const,
    body,
    who: client.who,
    participantId: ref.participantId,
    now: Date.now(),
  };
  return reportReader(workerPath).read(job, signal);
}

interface Stay {
  object?: SessionObject;
  participant?: Participant;
}

/** The stay as the session's object has it; an object that does not hold it and is not fresh is read again. */
async function readStay(
  { sessions }: ReportSources,
  ref: ParticipantRef,
  issues: ItemIssue[],
  signal: AbortSignal,
): Promise<Stay> {
  return soft<Stay>('sessions', l10n.t('The session could not be read.'), issues, {}, async () => {
    const kept = sessions.kept(ref.sessionId);
    const known = kept && findPeer(kept, ref.participantId, []);
    const object = kept && known ? kept : await sessions.read(ref.sessionId, signal);
    const participant = findPeer(object, ref.participantId, issues);
    if (!participant)
      issues.push({ path: 'session.peers', message: l10n.t('The session does not hold this participant.') });
    return { object, participant };
  });
}

/**
 * Every event of the participant. The session is not asked for: some failures come without its id, and a peer is in one
 * session only.
 */
async function eventsOf(
  { client }: ReportSources,
  room: string | undefined,
  { participantId }: ParticipantRef,
  issues: ItemIssue[],
  signal: AbortSignal,
): Promise<HmsEvent[]> {
  if (room === undefined) {
    issues.push({
      path: 'analytics/events',
      message: l10n.t('Events are kept by room, and the room of this session is not known.'),
    });
    return [];
  }
  const events = await readEvents(client, { room_id: room, peer_id: participantId }, issues, signal);
  return events.filter(({ data }) => data.peer_id === participantId);
}

/** The outcome of work that the report can do without: what fails is an issue, unless it was stopped. */
async function soft<T>(
  path: string,
  problem: string,
  issues: ItemIssue[],
  otherwise: T,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isCallError(error) || error.kind === 'Cancelled') throw error;
    issues.push({ path, message: `${problem} ${error.text}` });
    return otherwise;
  }
}

function endOf({ object }: Stay): number | undefined {
  return object && !object.live ? time(object.record.updated_at) : undefined;
}
