import * as l10n from '@vscode/l10n';
import type { Severity } from '../core/finding';
import { severityWord } from '../core/finding-words';
import { displayText, shortId } from '../core/text';
import { formatDuration } from '../core/time';
import { dateTime, people, sessionDuration, stayDuration } from './call-facts';
import { describeFilter } from './filters';
import type { GroupNode, KeptCallNode, ParticipantNode, SessionNode } from './nodes';
import { branchRow, joinFacts, type LookContext, NAME_LENGTH, type RowLook } from './row-look';

const MARK_COLORS: Partial<Record<Severity, string>> = {
  critical: 'list.errorForeground',
  high: 'list.errorForeground',
  medium: 'list.warningForeground',
};

/** The look of "Live now", "Recent sessions" or "Rooms". */
export function lookOfGroup(node: GroupNode, context: LookContext): RowLook {
  const { counts, filter } = context;
  const total = counts?.total ?? counts?.loaded;
  const count = total === undefined ? undefined : String(total);
  const narrowed = describeFilter(filter, context.local);
  const flags = narrowed ? '+filtered' : '';
  if (node.group === 'live') {
    return {
      label: l10n.t('Live now'),
      description: joinFacts(count, narrowed),
      icon: 'broadcast',
      ...branchRow(`group+live+sessions${flags}`),
    };
  }
  if (node.group === 'recent') {
    const days = context.period ?? daysText(context.sessionWindowDays);
    const window = count === undefined ? days : l10n.t('{0} in {1}', count, days);
    return {
      label: l10n.t('Recent sessions'),
      description: joinFacts(filter?.from === undefined ? window : count, narrowed),
      icon: 'history',
      ...branchRow(`group+recent+sessions${flags}`),
    };
  }
  const rooms = context.playback
    ? { label: l10n.t('Assets'), icon: 'library' }
    : { label: l10n.t('Rooms'), icon: 'home' };
  return { ...rooms, description: joinFacts(count, narrowed), ...branchRow(`group+rooms${flags}`) };
}

/** The look of a session, a breakout room among them. */
export function lookOfSession(node: SessionNode, context: LookContext): RowLook {
  const { session } = node;
  const live = session.status === 'live';
  const inRoom = node.parent?.kind === 'room';
  const breakout = node.parent?.kind === 'session';
  const when = session.startedAt === undefined ? undefined : dateTime(session.startedAt, context.now);
  const name = displayText(session.roomName ?? '', NAME_LENGTH) || l10n.t('Session {0}', shortId(session.id));
  const count = live
    ? (session.liveParticipants ?? session.maxConcurrentParticipants)
    : (session.maxConcurrentParticipants ?? session.uniqueParticipants);
  const duration = sessionDuration(session, context.now);
  const label = inRoom && when ? when : name;
  const description = joinFacts(
    breakout && l10n.t('breakout room'),
    live ? l10n.t('live') : inRoom ? undefined : when,
    duration === undefined ? undefined : formatDuration(duration),
    count === undefined ? undefined : people(count),
    describeFilter(context.filter, context.local),
  );
  return {
    label,
    description,
    icon: live ? 'circle-filled' : 'circle-outline',
    color: live ? 'charts.green' : undefined,
    ...branchRow(
      ['session', ...(live ? ['live'] : []), ...(context.favorite ? ['favorite'] : []), ...(context.keeps ?? [])].join(
        '+',
      ),
    ),
    spoken: live
      ? l10n.t('{0}, live session, {1}', label, description)
      : l10n.t('{0}, session, {1}', label, description),
    hasTooltip: true,
  };
}

/** The look of one stay of a participant. */
export function lookOfParticipant(node: ParticipantNode, { now, playback, mark }: LookContext): RowLook {
  const { participant, stay } = node;
  const live = node.parent?.kind === 'session' && node.parent.session.status === 'live';
  const here = live && participant.leftAt === undefined && !participant.leftTimeUnknown;
  const name =
    displayText(participant.name ?? '', NAME_LENGTH) ||
    displayText(participant.customId ?? '', NAME_LENGTH) ||
    l10n.t('Participant {0}', shortId(participant.id));
  const duration = stayDuration(participant, live, now);
  const label = stay > 1 ? `${name} (${stay})` : name;
  const description = joinFacts(
    here && (playback ? l10n.t('watching now') : l10n.t('here now')),
    participant.leftTimeUnknown && l10n.t('left, time unknown'),
    duration === undefined ? undefined : formatDuration(duration),
    stay > 1 && l10n.t('rejoined'),
    mark && displayText(mark.text, 60),
    participant.role && displayText(participant.role, 40),
  );
  return {
    label,
    description,
    icon: mark ? 'warning' : 'person',
    color: mark ? MARK_COLORS[mark.severity] : here ? 'charts.green' : undefined,
    expandable: false,
    contextValue: 'participant',
    command: { id: 'peerscope.openParticipant', title: l10n.t('Open Participant Report') },
    spoken: mark
      ? l10n.t('{name}, participant, {severity} finding, {facts}', {
          name: label,
          severity: severityWord(mark.severity),
          facts: description,
        })
      : l10n.t('{0}, participant, {1}', label, description),
    hasTooltip: true,
  };
}

/** The look of a favourite or recently opened call. */
export function lookOfKeptCall(node: KeptCallNode, { where = '' }: LookContext): RowLook {
  const label = displayText(node.label, 120) || l10n.t('Session {0}', node.ref.sessionId.slice(0, 8));
  return {
    label,
    description: where,
    icon: node.favorite ? 'star-full' : 'circle-outline',
    expandable: false,
    contextValue: `keptCall${node.favorite ? '+favorite' : ''}${node.parent.section === 'favorites' ? '' : '+recent'}`,
    command: { id: 'peerscope.openSession', title: l10n.t('Open Session') },
    spoken: node.favorite ? l10n.t('{0}, favorite call, {1}', label, where) : l10n.t('{0}, call, {1}', label, where),
    hasTooltip: false,
  };
}

function daysText(days: number): string {
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}
