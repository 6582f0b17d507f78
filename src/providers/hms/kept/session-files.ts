import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import type { ItemIssue } from '../../../core/model';
import { compareNumbers } from '../../../core/order';
import type { Chat, Recording, Summary, Transcript, TranscriptLine } from '../../../core/talk';
import { documentText, markdownText } from '../../../core/text';
import { tryParseJson } from '../../http/body';
import type { Downloads } from '../../http/download';
import { THE_TEXT } from '../../kept-words';
import { member, readRecords } from '../../records';
import type { HmsClient } from '../client';
import type { Recordings, SessionRecordings } from '../recordings';
import { type AssetRecord, sectionSchema } from '../schema';
import { time } from '../time';
import { absent } from './absent';
import { assetsOf, formatOf, type KeptAsset, type TextAsset } from './assets';
import { readChat } from './chat';
import { readTranscript } from './transcript';

/** A session is recorded a few times at most; each has files of its own. */
const MAX_FILES = 20;
/** What can be watched or listened to. */
const MEDIA = /^(room-composite|room-composite-legacy|room-vod|track|stream)$/;

/** Chat, transcript, summary and recordings of sessions: all of them are files of recordings. */
export class SessionFiles {
  constructor(
    readonly client: HmsClient,
    readonly recordings: Recordings,
    readonly downloads: Downloads,
  ) {}

  async chat(sessionId: string, signal: AbortSignal): Promise<Chat> {
    const issues: ItemIssue[] = [];
    const messages = [];
    for (const { bytes } of await this.#read(sessionId, 'chat', issues, signal)) {
      messages.push(...(await readChat(bytes, issues, signal)));
    }
    messages.sort((a, b) => compareNumbers(a.at, b.at));
    const assumptions = [l10n.t('100ms keeps what was written while a recording ran, and no direct messages.')];
    return { messages, assumptions, issues };
  }

  async transcript(sessionId: string, signal: AbortSignal): Promise<Transcript> {
    const issues: ItemIssue[] = [];
    const files = await this.#read(sessionId, 'transcript', issues, signal);
    const origin = files[0]?.startedAt;
    const lines = files.flatMap(({ bytes, asset, startedAt }) =>
      shifted(readTranscript(bytes, formatOf(asset), issues), startedAt, origin),
    );
    const timed = lines.some(({ from }) => from !== undefined);
    const assumptions = timed
      ? [l10n.t('Times were taken to count from the start of the recording: 100ms does not say from where they count.')]
      : [l10n.t('The file of this transcript has no times.')];
    return { lines, ...(origin !== undefined && { origin }), assumptions, issues };
  }

  async summary(sessionId: string, signal: AbortSignal): Promise<Summary> {
    const issues: ItemIssue[] = [];
    const files = await this.#read(sessionId, 'summary', issues, signal);
    return { markdown: files.map(({ bytes }) => summaryText(bytes, issues)).join('\n'), issues };
  }

  /** Recordings with the files that can be watched. */
  async list(sessionId: string, signal: AbortSignal): Promise<Recording[]> {
    const kept = await this.recordings.of(sessionId, signal);
    if (kept.recordings.length === 0 && kept.assets.length === 0 && kept.issues[0]) {
      throw new CallError('BadResponse', kept.issues[0].message);
    }
    const media = kept.assets.filter(({ type }) => MEDIA.test(type ?? ''));
    return [...media.map(recordingOf), ...running(kept)].sort((a, b) => compareNumbers(a.startedAt, b.startedAt));
  }

  /** The link to a file; it opens it without a key. */
  async link(assetId: string, signal: AbortSignal): Promise<string> {
    return this.downloads.checked(await this.#ask(assetId, signal), l10n.t('the recording')).href;
  }

  async #read(
    sessionId: string,
    kind: TextAsset,
    issues: ItemIssue[],
    signal: AbortSignal,
  ): Promise<(KeptAsset & { bytes: Uint8Array })[]> {
    const kept = await this.recordings.of(sessionId, signal);
    const found = assetsOf(kept, kind);
    if (found.length === 0) throw absent(kind, kept);
    if (found.length > MAX_FILES) {
      issues.push({ path: kind, message: l10n.t('Only {0} of {1} files were read.', MAX_FILES, found.length) });
    }
    const files = [];
    for (const one of found.slice(0, MAX_FILES)) {
      const link = (ask: AbortSignal) => this.#ask(one.asset.id, ask).then(String);
      files.push({ ...one, bytes: await this.downloads.bytes(link, THE_TEXT[kind], signal) });
    }
    return files;
  }

  async #ask(assetId: string, signal: AbortSignal): Promise<unknown> {
    return member(await this.client.presignedUrl(assetId, signal), 'url');
  }
}

/** Lines of a later recording with the times of the first one's. */
function shifted(lines: TranscriptLine[], startedAt: number | undefined, origin: number | undefined): TranscriptLine[] {
  const by = startedAt === undefined || origin === undefined ? 0 : startedAt - origin;
  if (by === 0) return lines;
  return lines.map((line) => ({
    ...line,
    ...(line.from !== undefined && { from: line.from + by }),
    ...(line.to !== undefined && { to: line.to + by }),
  }));
}

/** `{summary: {sections}}` as Markdown; what is no such thing as the text that it is. */
function summaryText(bytes: Uint8Array, issues: ItemIssue[]): string {
  const body = tryParseJson(bytes);
  const sections = member(member(body, 'summary'), 'sections');
  if (!Array.isArray(sections)) return documentText(new TextDecoder().decode(bytes));
  return readRecords(sectionSchema, sections, 'summary.sections', issues)
    .map(({ title, bullets, paragraph }) => {
      const points = (bullets ?? []).map((point) => `- ${markdownText(point, Number.POSITIVE_INFINITY)}`);
      const text = paragraph ? [markdownText(paragraph, Number.POSITIVE_INFINITY)] : [];
      return `## ${markdownText(title ?? '') || l10n.t('Summary')}\n\n${[...points, ...text].join('\n')}\n`;
    })
    .join('\n');
}

function recordingOf({ id, type, status, created_at, duration, size, path }: AssetRecord): Recording {
  const durationMs = typeof duration === 'number' && duration > 0 ? duration * 1000 : undefined;
  const madeAt = time(created_at);
  return {
    id,
    type: type ?? undefined,
    status: status ?? undefined,
    // The file is made when the recording has ended: when it began is reckoned back.
    startedAt: madeAt === undefined ? undefined : madeAt - (durationMs ?? 0),
    durationMs,
    size: size ?? undefined,
    fileName: path?.split('?')[0]?.split('/').at(-1),
    files: status && status !== 'completed' ? [] : [{ id, label: l10n.t('Video') }],
  };
}

/** Recordings that have no file yet. */
function running({ recordings, assets }: SessionRecordings): Recording[] {
  if (assets.length > 0) return [];
  return recordings.map((one) => ({
    id: one.id,
    status: one.status ?? undefined,
    startedAt: time(one.started_at) ?? time(one.created_at),
    stoppedAt: time(one.stopped_at),
    files: [],
  }));
}
