import * as l10n from '@vscode/l10n';
import type { Session } from '../../../core/model';
import { compareNumbers } from '../../../core/order';
import type { Page } from '../../../core/page';
import type { Recording, RecordingFile } from '../../../core/talk';
import { parseTime } from '../../../core/time';
import { member } from '../../records';
import type { RealtimeKitClient, RecordingParams } from '../client';
import { readData } from '../envelope';
import { readList } from '../list';
import { type Position, position } from '../paging';
import { type RecordingRecord, recordingSchema } from '../schema';

const PAGE_SIZE = 100;
const MAX_PAGES = 5;
/** A recording may be invoked a little before the first join, ms. */
const SLACK_MS = 60_000;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * The recordings of a session. They can be listed by meeting only: those of the session are picked by the session id of
 * the row, or where it has none by the time.
 */
export async function listRecordings(
  client: RealtimeKitClient,
  app: string,
  session: Session,
  signal: AbortSignal,
): Promise<Recording[]> {
  const rows: RecordingRecord[] = [];
  let at: Position | undefined = position(undefined, PAGE_SIZE);
  for (let pages = 0; at && pages < MAX_PAGES; pages++) {
    const page: Page<RecordingRecord> = await readList({
      at,
      who: client.who,
      what: l10n.t('the recordings of this session'),
      schema: recordingSchema,
      map: (record) => record,
      answer: client.recordings(app, { ...narrowed(session), page_no: at.page, per_page: at.size }, signal),
    });
    rows.push(...page.items);
    at = page.next === undefined ? undefined : position(page.next, PAGE_SIZE);
  }
  return rows
    .filter((row) => isOf(row, session))
    .map(mapRecording)
    .sort((a, b) => compareNumbers(a.startedAt, b.startedAt));
}

/** A link to a file of a recording, asked for now, as the answer has it. `fileId` is that of {@link RecordingFile}. */
export async function recordingLink(
  client: RealtimeKitClient,
  app: string,
  fileId: string,
  signal: AbortSignal,
): Promise<unknown> {
  const [recording = '', part = '', layer] = fileId.split('/');
  const data = readData(await client.recording(app, recording, signal), client.who, l10n.t('this recording'));
  const link = member(data, part === 'audio' ? 'audio_download_url' : 'download_url');
  return Array.isArray(link) ? (link as unknown[])[Number(layer ?? 0)] : link;
}

function narrowed({ roomId, startedAt, endedAt }: Session): RecordingParams {
  // Meetings of the first version have a name for an id, which is no filter.
  if (roomId !== undefined && UUID.test(roomId)) return { meeting_id: roomId };
  return {
    ...(startedAt !== undefined && { start_time: new Date(startedAt - SLACK_MS).toISOString() }),
    ...(endedAt !== undefined && { end_time: new Date(endedAt + SLACK_MS).toISOString() }),
  };
}

function isOf({ session_id: id, invoked_time }: RecordingRecord, session: Session): boolean {
  if (id) return id === session.id;
  const at = parseTime(invoked_time);
  const { startedAt, endedAt = Number.POSITIVE_INFINITY } = session;
  return at !== undefined && startedAt !== undefined && at >= startedAt - SLACK_MS && at <= endedAt + SLACK_MS;
}

function mapRecording(row: RecordingRecord): Recording {
  const { recording_duration: seconds } = row;
  return {
    id: row.id,
    status: row.status ?? undefined,
    startedAt: parseTime(row.started_time) ?? parseTime(row.invoked_time),
    stoppedAt: parseTime(row.stopped_time),
    durationMs: typeof seconds === 'number' ? seconds * 1000 : undefined,
    size: row.file_size ?? undefined,
    fileName: row.output_file_name ?? undefined,
    files: filesOf(row),
  };
}

function filesOf({ id, download_url: video, audio_download_url: audio }: RecordingRecord): RecordingFile[] {
  const layers = Array.isArray(video) ? (video as unknown[]) : undefined;
  return [
    ...(layers ?? []).map((_layer, index) => ({ id: `${id}/video/${index}`, label: l10n.t('Track {0}', index + 1) })),
    ...(typeof video === 'string' && video !== '' ? [{ id: `${id}/video`, label: l10n.t('Video') }] : []),
    ...(typeof audio === 'string' && audio !== '' ? [{ id: `${id}/audio`, label: l10n.t('Audio') }] : []),
  ];
}
