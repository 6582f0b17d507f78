import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import { displayText, labelText, shortId } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { Asked } from '../../lookup/ask';
import type { RecentLookUp } from '../../lookup/recent';
import type { Match } from '../../lookup/steps';
import { describeProvider } from '../../providers/catalog';
import { dateTime, sessionDuration } from '../../tree/call-facts';

/** Where a connection's answers come from: `RealtimeKit · Acme`. */
export function whereOf({ provider, label }: Pick<Asked, 'provider' | 'label'>): string {
  const name = describeProvider(provider)?.label ?? provider;
  return label === name ? name : `${name} · ${displayText(label, 40)}`;
}

/** A match as a row of a quick pick: the name, the facts, and below them the ids. */
export function matchItem(match: Match, connection: Asked, now: number): vscode.QuickPickItem {
  const { session, ref, as } = match;
  const live = session?.status === 'live';
  const duration = session && sessionDuration(session, now);
  const facts = [
    live && l10n.t('live'),
    session?.startedAt !== undefined && dateTime(session.startedAt, now),
    duration !== undefined && formatDuration(duration),
    as === 'room' && l10n.t('in this room'),
    as === 'person' && l10n.t('this person was there'),
    whereOf(connection),
  ];
  const icon = 'participantId' in ref ? 'person' : live ? 'circle-filled' : 'circle-outline';
  return {
    label: `$(${icon}) ${labelText(titleOf(match), 80)}`,
    description: labelText(facts.filter(Boolean).join(' · '), 160),
    detail: labelText(idsOf(ref), 300),
    alwaysShow: true,
  };
}

/** What a match is called: for a person their name, else the room's name. */
export function titleOf({ ref, participant, session, roomName }: Match): string {
  if ('participantId' in ref) return participant?.name || l10n.t('Participant {0}', shortId(ref.participantId));
  return session?.roomName || roomName || ref.roomId || l10n.t('Session {0}', shortId(ref.sessionId));
}

/** What a look-up is remembered by: the room's name and the time. People's names are not kept. */
export function recentLabel({ ref, session, roomName }: Match, now: number): string {
  const room = session?.roomName || roomName || ref.roomId || l10n.t('Session');
  const time = session?.startedAt === undefined ? '' : ` · ${dateTime(session.startedAt, now)}`;
  const who = 'participantId' in ref ? ` · ${l10n.t('participant {0}', shortId(ref.participantId))}` : '';
  return displayText(`${room}${time}${who}`, 100);
}

/** A recent look-up as a row of a quick pick. */
export function recentItem({ ref, label }: RecentLookUp, connection: Asked): vscode.QuickPickItem {
  return {
    label: `$(history) ${labelText(label, 80)}`,
    description: labelText(whereOf(connection), 100),
    detail: labelText(idsOf(ref), 300),
    alwaysShow: true,
  };
}

function idsOf(ref: SessionRef | ParticipantRef): string {
  return 'participantId' in ref
    ? l10n.t('participant {0} in session {1}', ref.participantId, ref.sessionId)
    : l10n.t('session {0}', ref.sessionId);
}
