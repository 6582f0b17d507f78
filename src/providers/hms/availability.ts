import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';

const HOUR_MS = 3_600_000;
/** 100ms keeps events for 30 days; of statistics it does not say. */
const RETENTION_MS = 30 * 24 * HOUR_MS;

/** What is known of a session whose participant has no statistics. */
export interface StayState {
  live: boolean;
  /** Epoch ms. */
  endedAt: number | undefined;
}

/** Why a participant has no statistics, in one sentence. */
export function noStatistics({ live, endedAt }: StayState, now: number): string {
  if (live) {
    return l10n.t(
      'There are no call statistics yet: 100ms gives them only after the session has ended. Try again when the call is over.',
    );
  }
  const age = endedAt === undefined ? undefined : now - endedAt;
  if (age !== undefined && age < HOUR_MS) {
    return l10n.t(
      'There are no call statistics yet: the session ended a short while ago and 100ms may still be writing them. Try again in a few minutes.',
    );
  }
  if (age !== undefined && age > RETENTION_MS) {
    return l10n.t('There are no call statistics. They may have expired: 100ms keeps analytics for 30 days.');
  }
  return l10n.t('There are no call statistics: 100ms holds none of this stay. The client may never have sent any.');
}

/** The error of a report of which there is nothing to show. */
export function missingReport(state: StayState, now: number): CallError {
  return new CallError('NotYetAvailable', noStatistics(state, now));
}

/** The error of a participant whom neither the session nor the statistics know. */
export function unknownParticipant(who: string, { participantId, sessionId }: ParticipantRef): CallError {
  const text = l10n.t(
    '{who} does not know the participant {participantId} of the session {sessionId}. Check the connection, or read the session again.',
    { who, participantId, sessionId },
  );
  return new CallError('NotFound', text);
}
