import * as l10n from '@vscode/l10n';
import type { Fact, Session } from '../../core/model';
import { formatDuration } from '../../core/time';
import { formatMoment, formatNumber } from '../format';
import type { FactRow } from './facts';

const STATUS: Readonly<Record<Session['status'], string>> = { live: l10n.t('live'), ended: l10n.t('ended') };

/** Everything that is stated of a session. */
export function sessionFactRows(session: Session): FactRow[] {
  const playback = session.type === 'playback';
  const [room, roomIdLabel] = playback ? [l10n.t('Asset'), l10n.t('Asset ID')] : [l10n.t('Room'), l10n.t('Room ID')];
  const { roomId, roomName } = session;
  return [
    { label: 'ID', field: 'session.id', value: session.id },
    { label: room, field: 'session.roomName', value: roomName },
    // Some providers know a room by its name only.
    ...(roomId !== roomName ? [{ label: roomIdLabel, field: 'session.roomId', value: roomId }] : []),
    { label: l10n.t('Status'), field: 'session.status', value: STATUS[session.status] },
    { label: l10n.t('Type'), field: 'session.type', value: session.type },
    { label: l10n.t('Started'), field: 'session.startedAt', value: formatMoment(session.startedAt) },
    // Of a call that goes on neither is missing.
    ...(session.status === 'live' && session.endedAt === undefined ? [] : endRows(session)),
    {
      label: l10n.t('Participant-minutes'),
      field: 'session.minutes',
      value: formatNumber(session.participantMinutes, 1),
    },
    {
      label: l10n.t('Most at once'),
      field: 'session.maxConcurrent',
      value: formatNumber(session.maxConcurrentParticipants),
    },
    ...factRows('session', session.facts),
  ];
}

function endRows({ startedAt, endedAt }: Session): FactRow[] {
  return [
    { label: l10n.t('Ended'), field: 'session.endedAt', value: formatMoment(endedAt) },
    {
      label: l10n.t('Duration'),
      field: 'session.duration',
      value: startedAt && endedAt ? formatDuration(endedAt - startedAt) : undefined,
    },
  ];
}

/** The provider's own labelled values. */
export function factRows(prefix: string, facts: readonly Fact[] = []): FactRow[] {
  return facts.map(({ label, value }, index) => ({ label, field: `${prefix}.fact.${index}`, value }));
}
