import type { SessionRef } from '../../core/ids';
import type { CallProvider } from '../../providers/contract';
import { fileOf } from '../files/file-ref';
import type { TalkServices } from './commands';

/** Who answers for what was said, written and recorded in a session: its provider, or the file that it was saved to. */
export type TalkSource = Pick<
  CallProvider,
  'id' | 'getSession' | 'getChat' | 'getTranscript' | 'getSummary' | 'makeSummary' | 'listRecordings' | 'recordingLink'
>;

/** Rejects with a `CallError`: `NotFound`, `Auth` when the key is gone, or `BadInput` for a file that is no saved session. */
export async function talkSource(services: TalkServices, ref: SessionRef, signal: AbortSignal): Promise<TalkSource> {
  if (!fileOf(ref)) return services.provider(ref.connectionId);
  return (await services.sessionFiles()).talk(ref, signal);
}
