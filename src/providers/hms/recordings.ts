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

/** Reads the recordings of sessions; a plan without them, or a key without the right, costs only them. */
export class Recordings {
  readonly #kept = new Map<string, { at: number; reading: Promise<SessionRecordings> }>();

  constructor(
    readonly client: HmsClient,
    readonly now: () => number = Date.now,
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

  async #rows(name: string, ask: (page: ListParams) => Promise<unknown>, issues: ItemIssue[]): Promise<unknown[]> {
    const all: unknown[] = [];
    try {
      let start: string | undefined;
      for (let page = 1; page <= MAX_PAGES; page++) {
        const sent = { limit: LIMIT, start, page };
        const { rows, next } = readRows(
          await ask({ limit: LIMIT, start }),
          sent,
          this.client.who,
          `the ${name}`,
          issues,
        );
        all.push(...rows);
        if (next === undefined) break;
        start = next;
      }
    } catch (error) {
      if (!isCallError(error) || error.kind === 'Cancelled') throw error;
      issues.push({ path: name, message: `The ${name.replace('-', ' ')} could not be read. ${error.text}` });
    }
    return all;
  }
}

/** Recordings and their files as facts of the session. */
export function recordingFacts({ recordings, assets, issues }: SessionRecordings): Fact[] {
  return [
    ...facts(recordings.map((one, index) => [numbered('Recording', index, recordings.length), recordingText(one)])),
    ...facts(assets.map((one) => [`Recorded ${one.type ?? 'file'}`, assetText(one)])),
    ...facts(issues.map(({ path, message }) => [path === 'recordings' ? 'Recordings' : 'Recording assets', message])),
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
    from !== undefined && `from ${new Date(from).toISOString()}`,
    to !== undefined && `to ${new Date(to).toISOString()}`,
    types.join(', '),
    record.started_by && `started by ${record.started_by}`,
    // An empty text says that the server stopped it.
    to !== undefined && `stopped by ${record.stopped_by || 'the server'}`,
    `id ${record.id}`,
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
    record.created_at && `created ${record.created_at}`,
    record.job_id && `job ${record.job_id}`,
    `id ${record.id}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function numbered(label: string, index: number, count: number): string {
  return count > 1 ? `${label} ${index + 1}` : label;
}
