import type { SampleAnswer } from '../provider';
import { hash, noise } from '../random';
import type { Plan } from '../realtimekit/plan';
import { ok, page, Refused } from './answers';
import { records } from './rooms';
import { plansBetween, roomIndex } from './sessions';
import { assetId, findRecorded, findSession, goTime, jobId, peerId, recordingId, roomOf, sessionId } from './workspace';

const SECOND = 1000;
const DAY = 86_400_000;
/** Files are kept this long. */
const RETENTION = 15 * DAY;

/** A recording of a session. Times are epoch ms. */
interface Recording {
  id: string;
  plan: Plan;
  status: 'running' | 'completed';
  created: number;
  started: number;
  stopped: number;
}

/** A file of a recording. */
export interface Asset {
  id: string;
  recording: Recording;
  type: 'room-composite' | 'chat' | 'transcript' | 'summary';
  format?: 'txt' | 'srt' | 'json';
  size: number;
  duration: number;
  created: number;
}

/** The recording of a session as it stands at `now`; most sessions have none. */
export function recordingOf(plan: Plan, now: number): Recording | undefined {
  if (!records(roomOf(plan)) || noise(plan.seed, 71) > 0.5) return undefined;
  const created = plan.start + 25 * SECOND;
  const stopped = Math.min(plan.end - 3 * SECOND, created + 3600 * SECOND);
  if (created > now || stopped < created + 30 * SECOND) return undefined;
  const status = stopped > now ? 'running' : 'completed';
  return { id: recordingId(plan, created), plan, status, created, started: created + 3117, stopped };
}

function assetsOf(recording: Recording | undefined): Asset[] {
  if (recording?.status !== 'completed') return [];
  const { plan, stopped, started } = recording;
  const duration = Math.round((stopped - started) / SECOND);
  const make = (part: number, type: Asset['type'], size: number, length: number, format?: Asset['format']): Asset => {
    const created = stopped + (9 + part) * SECOND;
    return {
      id: assetId(plan, created, part),
      recording,
      type,
      size,
      duration: length,
      created,
      ...(format && { format }),
    };
  };
  return [
    make(0, 'room-composite', duration * 48_000 + (hash(plan.seed, 72) % 90_000), duration),
    make(1, 'chat', 40 + (hash(plan.seed, 73) % 900), 0),
    make(2, 'transcript', duration * 11, duration, 'txt'),
    make(3, 'transcript', duration * 17, duration, 'srt'),
    // Some templates ask for no JSON and no summary.
    ...(noise(plan.seed, 75) < 0.25
      ? []
      : [make(4, 'transcript', duration * 23, duration, 'json'), make(5, 'summary', 600, 0, 'json')]),
  ];
}

/** `GET /recordings`. */
export function listRecordings(query: URLSearchParams, now: number): SampleAnswer {
  const status = query.get('status');
  const rows = plansOf(query, now).flatMap((plan) => recordingOf(plan, now) ?? []);
  return page(
    rows.filter((row) => !status || row.status === status),
    query,
    recordingRow,
  );
}

/** `GET /recordings/{id}`: with its assets. */
export function recordingDetail(id: string, now: number): SampleAnswer {
  const plan = findRecorded(id, now);
  const recording = plan && recordingOf(plan, now);
  if (recording?.id !== id) throw new Refused(404, 'recording not found', [`no recording ${id}`]);
  const assets = assetsOf(recording).map((asset) => assetRow(asset));
  return ok({ ...recordingRow(recording), recording_assets: assets });
}

/** `GET /recording-assets`. */
export function listAssets(query: URLSearchParams, now: number): SampleAnswer {
  const status = query.get('status');
  const rows = plansOf(query, now).flatMap((plan) => assetsOf(recordingOf(plan, now)));
  return page(status && status !== 'completed' ? [] : rows, query, (asset) => ({
    ...assetRow(asset),
    job_id: jobId(asset.recording.plan, asset.recording.created),
    room_id: roomOf(asset.recording.plan).id,
    session_id: sessionId(asset.recording.plan),
  }));
}

/** `GET /recording-assets/{id}`. */
export function assetDetail(id: string, now: number): SampleAnswer {
  const asset = findAsset(id, now);
  return ok({
    ...assetRow(asset),
    room_id: roomOf(asset.recording.plan).id,
    session_id: sessionId(asset.recording.plan),
  });
}

/** The file of that id, while it is kept. */
export function findAsset(id: string, now: number): Asset {
  const plan = findRecorded(id, now);
  const asset = plan && assetsOf(recordingOf(plan, now)).find((one) => one.id === id);
  if (!asset) throw new Refused(404, 'asset not found', [`no asset ${id}`]);
  return asset;
}

/** Sessions that a query asks for; without one all of those whose files are kept. */
function plansOf(query: URLSearchParams, now: number): Plan[] {
  const session = query.get('session_id');
  const room = roomIndex(query.get('room_id'));
  if (session === null) return plansBetween(now - RETENTION, now, now, room);
  const plan = findSession(session, now);
  return plan && (room === undefined || plan.slot.meeting === room) && plan.end > now - RETENTION ? [plan] : [];
}

function recordingRow({ id, plan, status, created, started, stopped }: Recording) {
  const done = status === 'completed';
  return {
    id,
    room_id: roomOf(plan).id,
    session_id: sessionId(plan),
    status,
    created_at: goTime(created),
    started_at: goTime(started),
    updated_at: goTime(done ? stopped + 4 * SECOND : started),
    ...(done && { stopped_at: goTime(stopped) }),
    meeting_url: `https://calls.example/preview/${roomOf(plan).id}`,
    started_by: peerId(plan, 0),
    stopped_by: noise(plan.seed, 74) < 0.5 ? '' : peerId(plan, 0),
    asset_types: ['room-composite', 'chat', 'transcript', 'summary'],
  };
}

function assetRow(asset: Asset) {
  const { id, type, format, size, duration, created } = asset;
  return {
    id,
    thumbnails: null,
    metadata:
      type === 'room-composite' ? { resolution: { width: 1280, height: 720 } } : format ? { output_mode: format } : {},
    duration,
    path: pathOf(asset),
    status: 'completed',
    created_at: goTime(created),
    type,
    size,
  };
}

/** Where a file is kept. */
export function pathOf({ id, type, format, recording }: Asset): string {
  const ending = type === 'room-composite' ? 'mp4' : (format ?? 'csv');
  return `calls/${roomOf(recording.plan).id}/${sessionId(recording.plan)}/${id}.${ending}`;
}
