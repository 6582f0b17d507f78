import { CallError } from '../../../core/errors';
import type { SessionRecordings } from '../recordings';
import type { TextAsset } from './assets';

const HOW: Readonly<Record<TextAsset, string>> = {
  chat: '100ms keeps the chat of a recording when chat recording is on in its template.',
  transcript: 'Turn on "Transcribe Recordings" in the template of the room before the next call.',
  summary: 'Turn on "Summarise Transcripts" in the template of the room before the next call.',
};

/** Why a session has no such file, and what to do. */
export function absent(kind: TextAsset, { recordings, assets, issues }: SessionRecordings): CallError {
  if (recordings.length === 0 && assets.length === 0) {
    if (issues[0]) return new CallError('BadResponse', issues[0].message);
    const text = `There is no ${kind}: nothing was recorded, or it is kept no more (100ms keeps files for 15 days). It comes with a recording of the session.`;
    return new CallError('NotYetAvailable', text);
  }
  const running = recordings.some(({ status }) => status !== 'completed' && status !== 'failed');
  if (running) {
    const text = `There is no ${kind} yet: the recording still runs or is being worked on. Files come 5 minutes and a fifth of its length after its end.`;
    return new CallError('NotYetAvailable', text);
  }
  return new CallError('NotYetAvailable', `There is no ${kind} of this session's recording. ${HOW[kind]}`);
}
