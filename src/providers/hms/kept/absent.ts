import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import { NO_TEXT } from '../../kept-words';
import type { SessionRecordings } from '../recordings';
import type { TextAsset } from './assets';

const HOW: Readonly<Record<TextAsset, string>> = {
  chat: l10n.t('100ms keeps the chat of a recording when chat recording is on in its template.'),
  transcript: l10n.t('Turn on "Transcribe Recordings" in the template of the room before the next call.'),
  summary: l10n.t('Turn on "Summarise Transcripts" in the template of the room before the next call.'),
};

/** Why a session has no such file, and what to do. */
export function absent(kind: TextAsset, { recordings, assets, issues }: SessionRecordings): CallError {
  if (recordings.length === 0 && assets.length === 0) {
    if (issues[0]) return new CallError('BadResponse', issues[0].message);
    const text = l10n.t(
      'There is {0}: nothing was recorded, or it is kept no more (100ms keeps files for 15 days). It comes with a recording of the session.',
      NO_TEXT[kind],
    );
    return new CallError('NotYetAvailable', text);
  }
  const running = recordings.some(({ status }) => status !== 'completed' && status !== 'failed');
  if (running) {
    const text = l10n.t(
      'There is {0} yet: the recording still runs or is being worked on. Files come 5 minutes and a fifth of its length after its end.',
      NO_TEXT[kind],
    );
    return new CallError('NotYetAvailable', text);
  }
  return new CallError(
    'NotYetAvailable',
    `${l10n.t("There is {0} of this session's recording.", NO_TEXT[kind])} ${HOW[kind]}`,
  );
}
