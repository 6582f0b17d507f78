import * as l10n from '@vscode/l10n';
import { LOCALE } from '../core/locale';
import type { Participant, Session } from '../core/model';

/** "10:42" for today, "20 Nov, 10:42" for other days; in the person's language and time zone. */
export function dateTime(time: number, now: number): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString();
  const day = sameDay ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Date(time).toLocaleString(LOCALE, { ...day, hour: '2-digit', minute: '2-digit' });
}

/** How long a session has been going on, or went on, in ms. Undefined when it cannot be told. */
export function sessionDuration({ status, startedAt, endedAt }: Session, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  if (endedAt !== undefined) return Math.max(0, endedAt - startedAt);
  return status === 'live' ? Math.max(0, now - startedAt) : undefined;
}

/** How long a participant stayed, in ms: by their times, else as the provider states it. */
export function stayDuration(participant: Participant, live: boolean, now: number): number | undefined {
  const { joinedAt, leftAt, leftTimeUnknown, durationMs } = participant;
  if (joinedAt !== undefined && leftAt !== undefined) return Math.max(0, leftAt - joinedAt);
  if (joinedAt !== undefined && live && !leftTimeUnknown) return Math.max(0, now - joinedAt);
  return durationMs;
}

/** "3 people", "1 person". */
export function people(count: number): string {
  return count === 1 ? l10n.t('1 person') : l10n.t('{0} people', count);
}
