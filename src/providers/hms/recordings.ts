import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { CallEvent, Fact, ItemIssue } from '../../core/model';
import { formatBytes } from '../http/bytes';
import { readRecords } from '../records';
import type { HmsClient, ListParams } from './client';
import { facts } from './facts';
import { readRows } from './paging';
import { type AssetRecord, assetSchema, type RecordingRecord, recordingSchema } from './schema';
import { time } from './time';

const LIMIT = 100;
const MAX_PAGES = 5;
/** What was read of a session's recordings serves its report and its facts, which are asked for together, ms. */
const KEPT_MS = 30_000;
const MAX_KEPT = 50;

/** What was recorded of a session. */
export interface SessionRecordings {
  recordings: readonly RecordingRecord[];
  assets: readonly AssetRecord[];
  /** What could not be read, with the reason. */
  issues: readonly ItemIssue[];
}

const WORDS = {
  recordings: { what: l10n.t('the recordings'), problem: l10n.t('The recordings could not be read.') },
  'recording-assets': {
    what: l10n.t('the recording-assets'),
    problem: l10n.t('The recording assets could not be read.'),
  },
} as const;

/** Reads the recordings of sessions; a plan without them, or a key without the right, costs only them. */
export class Recordings {
  readonly #kept = new Map<string, { at: number; reading: Promise<SessionRecordings> }>();

  constructor(
    readonly client: HmsClient,
    readonly now: () => number = () => Date.now(),
  ) {}

  /** Recordings and assets of a session. Rejects when stopped only. */
  async of(sessionId: string, signal: AbortSignal): Promise<SessionRecordings> {
    const kept = this.#kept.get(sessionId);
    if (kept && this.now() - kept.at < KEPT_MS) {
      // What somebody else stopped is read anew.
      const outcome = await kept.reading.catch(() => undefined);
      if (outcome) return outcome;
    }
    const reading = this.#read(sessionId, signal);
    this.#kept.delete(sessionId);
    this.#kept.set(sessionId, { at: this.now(), reading });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    return reading;
  }

  async #read(sessionId: string, signal: AbortSignal): Promise<SessionRecordings> {
    const issues: ItemIssue[] = [];
    const [recordings, assets] = await Promise.all([
      this.#rows('recordings', (page) => this.client.recordings({ ...page, session_id: sessionId }, signal), issues),
      this.#rows(
        'recording-assets',
        (page) => this.client.recordingAssets({ ...page, session_id: sessionId }, signal),
        issues,
      ),
    ]);
    const ofSession = (record: { session_id?: string | null }) => !record.session_id || record.session_id === sessionId;
    return {
      recordings: readRecords(recordingSchema, recordings, 'recordings', issues).filter(ofSession),
      assets: readRecords(assetSchema, assets, 'recording-assets', issues).filter(ofSession),
      issues,
    };
  }

  async #rows(
    name: keyof typeof WORDS,
    ask: (page: ListParams) => Promise<unknown>,
    issues: ItemIssue[],
  ): Promise<unknown[]> {
    const all: unknown[] = [];
    try {
      let start: string | undefined;
      for (let page = 1; page <= MAX_PAGES; page++) {
        const sent = { limit: LIMIT, start, page };
        const { rows, next } = readRows(
          await ask({ limit: LIMIT, start }),
          sent,
          this.client.who,
          WORDS[name].what,
          issues,
        );
        all.push(...rows);
        if (next === undefined) break;
        start = next;
      }
    } catch (error) {
      if (!isCallError(error) || error.kind === 'Cancelled') throw error;
      issues.push({ path: name, message: `${WORDS[name].problem} ${error.text}` });
    }
    return all;
  }
}

/** Recordings and their files as facts of the session. */
export function recordingFacts({ recordings, assets, issues }: SessionRecordings): Fact[] {
  return [
    ...facts(
      recordings.map((one, index) => [
        recordings.length > 1 ? l10n.t('Recording {0}', index + 1) : l10n.t('Recording'),
        recordingText(one),
      ]),
    ),
    ...facts(assets.map((one) => [l10n.t('Recorded {0}', one.type ?? l10n.t('file')), assetText(one)])),
    ...facts(
      issues.map(({ path, message }) => [
        path === 'recordings' ? l10n.t('Recordings') : l10n.t('Recording assets'),
        message,
      ]),
    ),
  ];
}

/** Beginning and end of recordings, for the timeline. */
export function recordingEvents({ recordings }: SessionRecordings): CallEvent[] {
  return recordings.flatMap((one) => {
    const details = { id: one.id, ...(one.status && { status: one.status }) };
    const moments: [string, number | undefined, string | null | undefined][] = [
      ['recording.started', time(one.started_at), one.started_by],
      ['recording.stopped', time(one.stopped_at), one.stopped_by],
    ];
    return moments.flatMap(([name, at, by]) =>
      at === undefined ? [] : [{ at, name, lane: 'other' as const, details: { ...details, ...(by && { by }) } }],
    );
  });
}

function recordingText(record: RecordingRecord): string {
  const from = time(record.started_at) ?? time(record.created_at);
  const to = time(record.stopped_at);
  const types = Array.isArray(record.asset_types) ? record.asset_types.filter((one) => typeof one === 'string') : [];
  return [
    record.status,
    from !== undefined && l10n.t('from {0}', new Date(from).toISOString()),
    to !== undefined && l10n.t('to {0}', new Date(to).toISOString()),
    types.join(', '),
    record.started_by && l10n.t('started by {0}', record.started_by),
    // An empty text says that the server stopped it.
    to !== undefined &&
      (record.stopped_by ? l10n.t('stopped by {0}', record.stopped_by) : l10n.t('stopped by the server')),
    l10n.t('id {0}', record.id),
  ]
    .filter(Boolean)
    .join(' · ');
}

function assetText(record: AssetRecord): string {
  const { size, duration } = record;
  const about =
    typeof record.metadata === 'object' && record.metadata !== null && Object.keys(record.metadata).length > 0
      ? JSON.stringify(record.metadata).slice(0, 200)
      : undefined;
  return [
    record.status,
    typeof duration === 'number' && duration > 0 && `${duration} s`,
    typeof size === 'number' && formatBytes(size),
    about,
    // A query would be a signature that opens the file.
    record.path?.split('?')[0],
    record.created_at && l10n.t('created {0}', record.created_at),
    record.job_id && l10n.t('job {0}', record.job_id),
    l10n.t('id {0}', record.id),
  ]
    .filter(Boolean)
    .join(' · ');
}
