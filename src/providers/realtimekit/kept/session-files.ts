import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../../core/errors';
import type { Session } from '../../../core/model';
import type { Chat, Recording, Summary, Transcript } from '../../../core/talk';
import { documentText } from '../../../core/text';
import type { ProviderServices } from '../../contract';
import type { Downloads } from '../../http/download';
import { withWords } from '../../http/failures';
import { wait } from '../../http/retry';
import { type KeptText, THE_TEXT } from '../../kept-words';
import { member } from '../../records';
import type { RealtimeKitClient } from '../client';
import { readData } from '../envelope';
import { unlessNotFound } from '../not-found';
import { absent } from './absent';
import { readChat } from './chat';
import { listRecordings, recordingLink } from './recordings';
import { readTranscript } from './transcript';

/** Looks for a summary that is being made: about 5 minutes, each wait longer by half the first one, up to ten times it. */
const LOOKS = 40;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT = 10;

/** What reading a session's files needs of the provider. */
export interface FileParts {
  client: RealtimeKitClient;
  downloads: Downloads;
  services: ProviderServices;
  session: (app: string, id: string, signal: AbortSignal) => Promise<Session>;
}

/** Chat, transcript, summary and recordings of sessions. The API gives links to files; the files come from elsewhere. */
export class SessionFiles {
  constructor(readonly parts: FileParts) {}

  async chat(app: string, id: string, signal: AbortSignal): Promise<Chat> {
    const ask = (one: AbortSignal) => this.parts.client.chat(app, id, one);
    const { bytes } = await this.#file('chat', app, id, ask, 'chat_download_url', signal);
    return readChat(bytes, signal);
  }

  async transcript(app: string, id: string, signal: AbortSignal): Promise<Transcript> {
    // JSON tells more than the standard format: when sentences end.
    const ask = (one: AbortSignal) => this.parts.client.transcript(app, id, { format: 'JSON' }, one);
    const { bytes, session } = await this.#file('transcript', app, id, ask, 'transcript_download_url', signal);
    const { startedAt } = session ?? (await this.parts.session(app, id, signal));
    return readTranscript(bytes, startedAt, signal);
  }

  async summary(app: string, id: string, signal: AbortSignal): Promise<Summary> {
    const ask = (one: AbortSignal) => this.parts.client.summary(app, id, one);
    const { bytes } = await this.#file('summary', app, id, ask, 'summaryDownloadUrl', signal);
    return { markdown: documentText(new TextDecoder().decode(bytes)), issues: [] };
  }

  async makeSummary(app: string, id: string, signal: AbortSignal): Promise<Summary> {
    const { client, services } = this.parts;
    await this.#start(app, id, signal);
    const first = services.backOffMs ?? FIRST_WAIT_MS;
    for (let look = 0; look < LOOKS; look++) {
      await wait(first * Math.min(LONGEST_WAIT, 1 + look / 2), signal);
      const answer = await unlessNotFound(client.summary(app, id, signal));
      if (!isCallError(answer) && linkIn(readData(answer, client.who, THE_TEXT.summary), 'summaryDownloadUrl')) {
        return this.summary(app, id, signal);
      }
    }
    throw new CallError('TimedOut', l10n.t('{0} is still making the summary. Open it in a few minutes.', client.who));
  }

  async recordings(app: string, id: string, signal: AbortSignal): Promise<Recording[]> {
    return listRecordings(this.parts.client, app, await this.parts.session(app, id, signal), signal);
  }

  async recordingLink(app: string, fileId: string, signal: AbortSignal): Promise<string> {
    const link = await recordingLink(this.parts.client, app, fileId, signal);
    if (link === undefined || link === null || link === '') {
      throw new CallError(
        'NotYetAvailable',
        l10n.t('The recording has no file yet, or none any more: it is kept for 7 days.'),
      );
    }
    return this.parts.downloads.checked(link, l10n.t('the recording')).href;
  }

  /** Asks for the summary. A refusal of the request itself means that there is nothing to make it of. */
  async #start(app: string, id: string, signal: AbortSignal): Promise<void> {
    try {
      const { client } = this.parts;
      const body = await client.makeSummary(app, id, signal);
      if (member(body, 'success') === false) readData(body, client.who, l10n.t('a summary of this session'));
    } catch (error) {
      const refused = isCallError(error) && [400, 404, 409, 422].includes(error.status ?? 0);
      if (!refused) throw error;
      const text = l10n.t('RealtimeKit makes no summary of this session: it needs a transcript.');
      throw new CallError('NotYetAvailable', withWords(text, error.said), { status: error.status });
    }
  }

  /** The file whose link the answer to `ask` has as its member `name`. */
  async #file(
    what: KeptText,
    app: string,
    id: string,
    ask: (signal: AbortSignal) => Promise<unknown>,
    name: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; session?: Session }> {
    const { client, downloads, session } = this.parts;
    const missing = async () => absent(what, await session(app, id, signal), Date.now());
    const link = async (one: AbortSignal): Promise<string> => {
      const answer = await unlessNotFound(ask(one));
      if (isCallError(answer)) throw await missing();
      const found = linkIn(readData(answer, client.who, THE_TEXT[what]), name);
      if (found === undefined) throw await missing();
      return found;
    };
    return { bytes: await downloads.bytes(link, THE_TEXT[what], signal) };
  }
}

function linkIn(data: unknown, name: string): string | undefined {
  const link = member(data, name);
  return typeof link === 'string' && link !== '' ? link : undefined;
}
