import * as l10n from '@vscode/l10n';
import type { CallEvent, CallReport, ItemIssue, Participant, Stream } from '../../../core/model';
import { formatDuration } from '../../../core/time';
import type { HmsEvent } from '../event-pages';
import { facts } from '../facts';
import { failedPairs } from '../ice-text';
import { mapClient, mapEvent, muteStates, unmutedMs } from '../map-event';
import type { TrackOwner } from '../track-owners';

/** What is known of a participant beside the statistics. */
export interface Surroundings {
  /** From the session's object; missing when it could not be read or does not hold them. */
  participant: Participant | undefined;
  /** Of this participant, in the order of time. */
  events: readonly HmsEvent[];
  /** Of the session, for the timeline. */
  sessionEvents: readonly CallEvent[];
  owners: ReadonlyMap<string, TrackOwner>;
  issues: readonly ItemIssue[];
}

/** The report of the statistics together with all that is told elsewhere. */
export function completeReport(report: CallReport, around: Surroundings): CallReport {
  const { events, owners } = around;
  const participant = mergedParticipant(report.participant, around);
  const startedAt = participant.joinedAt ?? report.startedAt;
  const endedAt = participant.leftAt ?? report.endedAt;
  const states = muteStates(events);
  const transports = failedPairs(events);
  const within = ({ at }: CallEvent): boolean => at >= (startedAt ?? 0) && at <= (endedAt ?? Number.POSITIVE_INFINITY);
  const timeline = [...events.map(mapEvent), ...around.sessionEvents.filter(within)].sort((a, b) => a.at - b.at);
  const assumptions = [...report.assumptions];
  if (transports.length > 0) {
    assumptions.push(
      l10n.t(
        'The ICE candidates are those that 100ms names in a failure, as they were at that moment; it gives none otherwise.',
      ),
    );
  }
  if (participant.leftTimeUnknown && participant.leftAt !== undefined) {
    assumptions.push(l10n.t('100ms does not say when this participant left; the end of the session stands in for it.'));
  }
  return {
    ...report,
    participant,
    startedAt,
    endedAt,
    streams: report.streams.map((stream) => named(stream, owners, states)),
    transports,
    ...mapClient(events),
    events: timeline,
    assumptions,
    issues: [...report.issues, ...around.issues],
  };
}

/** A report of which 100ms holds no statistics, to be completed with events. */
export function emptyReport(participantId: string): CallReport {
  return {
    provider: '100ms',
    participant: { id: participantId },
    streams: [],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
}

/** The session's word first, then what the events say of the person. */
function mergedParticipant(own: Participant, { participant, events }: Surroundings): Participant {
  const said = events.findLast(({ data }) => data.user_name || data.user_id)?.data;
  const base: Participant = participant ?? {
    ...own,
    name: said?.user_name ?? undefined,
    userId: said?.user_id ?? undefined,
    role: said?.role ?? undefined,
  };
  const room = events.find(({ data }) => data.room_name)?.data.room_name;
  return {
    ...base,
    facts: [...(base.facts ?? []), ...facts([[l10n.t('Room'), room]]), ...unmutedFacts(events, base.leftAt)],
  };
}

/** How long each track was there and unmuted. */
function unmutedFacts(events: readonly HmsEvent[], end: number | undefined) {
  const about = new Map(events.map(({ data }) => [data.track_id, data]));
  return facts(
    [...muteStates(events)].map(([track, changes]) => {
      const { source, type } = about.get(track) ?? {};
      const on =
        source === 'screen'
          ? type
            ? l10n.t('Screen {0} on', type)
            : l10n.t('Screen on')
          : type === 'audio'
            ? l10n.t('Microphone on')
            : l10n.t('Camera on');
      return [on, l10n.t('{0} (track {1})', formatDuration(unmutedMs(changes, end)), track)];
    }),
  );
}

function named(stream: Stream, owners: ReadonlyMap<string, TrackOwner>, states: ReturnType<typeof muteStates>): Stream {
  const track = stream.identifiers?.trackId ?? '';
  const mute = states.get(track);
  const owner = stream.direction === 'receive' ? owners.get(track) : undefined;
  return {
    ...stream,
    ...(owner && { remoteParticipantId: owner.peerId }),
    ...(owner?.name && { label: l10n.t('{0} from {1}', stream.label ?? '', owner.name), remoteName: owner.name }),
    ...(mute && { states: { mute: [...mute] } }),
  };
}
