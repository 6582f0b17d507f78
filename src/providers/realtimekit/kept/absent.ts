import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import type { Session } from '../../../core/model';
import { type KeptText, NO_TEXT } from '../../kept-words';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Transcripts, summaries and recordings, and chats unless the meeting says otherwise. */
const RETENTION_MS = 7 * DAY_MS;

/** What may be the reason once the call is over. */
const WHY: Readonly<Record<KeptText, string>> = {
  chat: l10n.t('There is no chat: nobody wrote anything, or chats are not kept for this app.'),
  transcript: l10n.t(
    'There is no transcript: transcription was not turned on for this call. Set transcribe_on_end of the meeting, or transcription_enabled of the preset, before the next one.',
  ),
  summary: l10n.t(
    'There is no summary: none was made. "Generate Summary" has one made from the transcript; summarize_on_end of the meeting makes them by itself.',
  ),
};

/** Why a session has no chat, transcript or summary, and what to do. `text` is one or two sentences. */
export function absent(what: KeptText, { status, endedAt }: Session, now: number): CallError {
  const age = endedAt === undefined ? undefined : now - endedAt;
  return new CallError('NotYetAvailable', sentences(what, status === 'live', age));
}

function sentences(what: KeptText, live: boolean, age: number | undefined): string {
  if (live) {
    return l10n.t(
      'There is {0} yet: the call is still going on, and RealtimeKit writes it after the end. Try again when the call is over.',
      NO_TEXT[what],
    );
  }
  if (age !== undefined && age > RETENTION_MS) {
    const days = Math.floor(age / DAY_MS);
    return what === 'chat'
      ? l10n.t(
          'There is no chat any more: RealtimeKit keeps it for 7 days, unless the meeting has persist_chat, and this call ended {0} days ago.',
          days,
        )
      : l10n.t(
          'There is {0} any more: RealtimeKit keeps it for 7 days, and this call ended {1} days ago.',
          NO_TEXT[what],
          days,
        );
  }
  if (age === undefined || age >= HOUR_MS) return WHY[what];
  return `${WHY[what]} ${l10n.t('The call ended a short while ago: it may still come, try again in a few minutes.')}`;
}
