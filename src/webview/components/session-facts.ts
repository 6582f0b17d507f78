import type { Fact, Session } from '../../core/model';
import { formatDuration } from '../../core/time';
import { formatMoment, formatNumber } from '../format';
import type { FactRow } from './facts';

/** Everything that is stated of a session. */
export function sessionFactRows(session: Session): FactRow[] {
  const room = session.type === 'playback' ? 'Asset' : 'Room';
  const { roomId, roomName } = session;
  return [
    { label: 'ID', field: 'session.id', value: session.id },
    { label: room, field: 'session.roomName', value: roomName },
    // Some providers know a room by its name only.
    ...(roomId !== roomName ? [{ label: `${room} ID`, field: 'session.roomId', value: roomId }] : []),
    { label: 'Status', field: 'session.status', value: session.status },
    { label: 'Type', field: 'session.type', value: session.type },
    { label: 'Started', field: 'session.startedAt', value: formatMoment(session.startedAt) },
    { label: 'Ended', field: 'session.endedAt', value: formatMoment(session.endedAt) },
    {
      label: 'Duration',
      field: 'session.duration',
      value: session.startedAt && session.endedAt ? formatDuration(session.endedAt - session.startedAt) : undefined,
    },
    { label: 'Participant-minutes', field: 'session.minutes', value: formatNumber(session.participantMinutes, 1) },
    { label: 'Most at once', field: 'session.maxConcurrent', value: formatNumber(session.maxConcurrentParticipants) },
    ...factRows('session', session.facts),
  ];
}

/** The provider's own labelled values. */
export function factRows(prefix: string, facts: readonly Fact[] = []): FactRow[] {
  return facts.map(({ label, value }, index) => ({ label, field: `${prefix}.fact.${index}`, value }));
}
