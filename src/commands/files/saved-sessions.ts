import * as l10n from '@vscode/l10n';
import { CallError, toPlainError } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Participant } from '../../core/model';
import { othersAway } from '../../core/others-away';
import type { Page } from '../../core/page';
import type { SavedSession } from '../../core/saved-session';
import { reportParts } from '../../export/json';
import type { SessionProvider } from '../../panel/session-services';
import type { ReportResult } from '../../providers/contract';
import type { TalkSource } from '../talk/source';
import { fileName, fileOf } from './file-ref';
import { isSessionFile, readFileBytes } from './read-file';

/** Parsed files that are kept: a page and the reports that are opened from it share one. */
const MOST_KEPT = 2;

/** Sessions that were saved to files, each read once for its page and its reports. Nothing here asks a provider. */
export class SessionFiles {
  readonly #read = new Map<string, Promise<SavedSession>>();
  readonly #known = new Map<string, SavedSession>();

  constructor(readonly workerPath: string) {}

  /** What is known of a file without reading it. */
  known(ref: SessionRef): SavedSession | undefined {
    return this.#known.get(ref.sessionId);
  }

  /** Answers for a file as a provider would. Each time its session is asked for the file is read anew. */
  provider(ref: SessionRef): SessionProvider {
    return {
      getSession: async (_ref, signal) => {
        this.#read.delete(ref.sessionId);
        return (await this.load(ref, signal)).session;
      },
      listParticipants: async (_query, signal): Promise<Page<Participant>> => {
        const { participants } = await this.load(ref, signal);
        return { items: participants, total: participants.length, issues: [] };
      },
      getReport: (participant, signal) => this.report(participant, signal),
    };
  }

  /** The saved session. Rejects with `NotFound` or `BadInput` that names the file and, within it, the field. */
  load(ref: SessionRef, signal: AbortSignal): Promise<SavedSession> {
    const key = ref.sessionId;
    const reading = this.#read.get(key) ?? this.#load(ref, signal);
    // Used last, kept longest.
    this.#read.delete(key);
    this.#read.set(key, reading);
    for (const old of [...this.#read.keys()].slice(0, -MOST_KEPT)) {
      this.#read.delete(old);
      this.#known.delete(old);
    }
    reading.catch(() => {
      if (this.#read.get(key) === reading) this.#read.delete(key);
    });
    return reading;
  }

  /** A participant's report from the file. Rejects with `NotYetAvailable` and the reason that the file gives. */
  async report(ref: ParticipantRef, signal: AbortSignal): Promise<ReportResult> {
    const saved = await this.load(ref, signal);
    const { reports, unread } = saved;
    const report = reports.find(({ participant }) => participant.id === ref.participantId);
    if (!report) {
      const reason = unread.find(({ participantId }) => participantId === ref.participantId)?.reason;
      throw new CallError('NotYetAvailable', reason ?? l10n.t('The file holds no report of this participant.'));
    }
    const raw = new TextEncoder().encode([...reportParts(report)].join('').toWellFormed());
    const { savedAt, masked, session, place, participants } = saved;
    return {
      report,
      raw,
      saved: {
        savedAt,
        masked,
        session,
        place: { ...place, participantId: report.participant.id },
        participantNames: namesOf(saved),
        othersAway: othersAway(report, participants, session, savedAt),
      },
    };
  }

  /** Answers for what was said and written, as far as the file holds it; `NotFound` with the file's reason for the rest. */
  async talk(ref: SessionRef, signal: AbortSignal): Promise<TalkSource> {
    const { provider, session, talk, unread } = await this.#loadSession(ref, signal);
    const part = <T>(name: string, lacking: string, value: T | undefined): Promise<T> => {
      if (value !== undefined) return Promise.resolve(value);
      const why = unread.find(
        ({ participantId, reason }) => participantId === undefined && reason.startsWith(`${name}: `),
      );
      const told = why && l10n.t('Why, when it was saved: {0}', why.reason.slice(name.length + 2));
      return Promise.reject(new CallError('NotFound', told ? `${lacking} ${told}` : lacking));
    };
    return {
      id: provider,
      getSession: () => Promise.resolve(session),
      getChat: () => part('Chat', l10n.t('The file holds no chat of this session.'), talk?.chat),
      getTranscript: () =>
        part('Transcript', l10n.t('The file holds no transcript of this session.'), talk?.transcript),
      getSummary: () => part('Summary', l10n.t('The file holds no summary of this session.'), talk?.summary),
    };
  }

  /** As {@link load}; of a report or a capture it says that it is one. */
  async #loadSession(ref: SessionRef, signal: AbortSignal): Promise<SavedSession> {
    try {
      return await this.load(ref, signal);
    } catch (error) {
      const file = fileOf(ref);
      if (!file || toPlainError(error).kind !== 'BadInput' || (await isSessionFile(file))) throw error;
      const text = l10n.t('{0} is no saved session: no transcript, chat or summary goes with it.', fileName(file));
      throw new CallError('BadInput', text, { field: 'sessionId' });
    }
  }

  async #load(ref: SessionRef, signal: AbortSignal): Promise<SavedSession> {
    const file = fileOf(ref);
    if (!file) throw new CallError('NotFound', l10n.t('There is no such file.'));
    const body = await readFileBytes(file);
    const { readSavedSession } = await import('../../providers/index');
    const saved = await readSavedSession(body, fileName(file), this.workerPath, signal);
    this.#known.set(ref.sessionId, saved);
    return saved;
  }
}

function namesOf({ participants }: SavedSession): Record<string, string> {
  return Object.fromEntries(participants.flatMap(({ id, name }) => (name ? [[id, name]] : [])));
}
