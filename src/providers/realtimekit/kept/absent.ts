import { CallError } from '../../../core/errors';
import type { Session } from '../../../core/model';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Transcripts, summaries and recordings, and chats unless the meeting says otherwise. */
const RETENTION_MS = 7 * DAY_MS;

/** What may be missing. */
export type Absent = 'chat' | 'transcript' | 'summary';

/** Why a session has no chat, transcript or summary, and what to do. `text` is one or two sentences. */
export function absent(what: Absent, { status, endedAt }: Session, now: number): CallError {
  const age = endedAt === undefined ? undefined : now - endedAt;
  return new CallError('NotYetAvailable', `There is no ${what}${sentence(what, status === 'live', age)}`);
}

function sentence(what: Absent, live: boolean, age: number | undefined): string {
  if (live) {
    return ' yet: the call is still going on, and RealtimeKit writes it after the end. Try again when the call is over.';
  }
  if (age !== undefined && age > RETENTION_MS) {
    const days = Math.floor(age / DAY_MS);
    const unless = what === 'chat' ? ', unless the meeting has persist_chat' : '';
    return ` any more: RealtimeKit keeps it for 7 days${unless}, and this call ended ${days} days ago.`;
  }
  const recent = age !== undefined && age < HOUR_MS;
  const wait = recent ? ' The call ended a short while ago: it may still come, try again in a few minutes.' : '';
  switch (what) {
    case 'chat':
      return `: nobody wrote anything, or chats are not kept for this app.${wait}`;
    case 'transcript':
      return `: transcription was not turned on for this call. Set transcribe_on_end of the meeting, or transcription_enabled of the preset, before the next one.${wait}`;
    case 'summary':
      return `: none was made. "Generate Summary" has one made from the transcript; summarize_on_end of the meeting makes them by itself.${wait}`;
  }
}
