import { compareNumbers } from '../../../core/order';
import type { SessionRecordings } from '../recordings';
import type { AssetRecord, RecordingRecord } from '../schema';
import { time } from '../time';

/** Files of text that a session can have. */
export type TextAsset = 'chat' | 'transcript' | 'summary';

/** A file of a recording and when that recording began, epoch ms. */
export interface KeptAsset {
  asset: AssetRecord;
  startedAt?: number;
}

/** Formats in the order in which they tell most: `txt` has no times. */
const FORMATS = ['json', 'srt', 'txt'];

/** The finished files of a kind, one for each recording; of a transcript in several formats the one that tells most. */
export function assetsOf({ assets, recordings }: SessionRecordings, kind: TextAsset): KeptAsset[] {
  const best = new Map<string, AssetRecord>();
  for (const asset of assets) {
    if (asset.type !== kind || (asset.status && asset.status !== 'completed')) continue;
    // Without the id of a job the files of one moment are taken for those of one recording.
    const key = asset.job_id ?? asset.created_at?.slice(0, 16) ?? '';
    const other = best.get(key);
    if (!other || rank(asset) < rank(other)) best.set(key, asset);
  }
  return [...best.values()]
    .map((asset) => ({ asset, startedAt: beginOf(asset, recordings) }))
    .sort((a, b) => compareNumbers(a.startedAt, b.startedAt));
}

/** `json`, `srt` or `txt`, by what the record says or else by the name of the file. */
export function formatOf({ metadata, path }: AssetRecord): string {
  const mode =
    typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>).output_mode : undefined;
  if (typeof mode === 'string') return mode.toLowerCase();
  return /\.(\w+)(?:\?|$)/.exec(path ?? '')?.[1]?.toLowerCase() ?? '';
}

function rank(asset: AssetRecord): number {
  const at = FORMATS.indexOf(formatOf(asset));
  return at < 0 ? FORMATS.length : at;
}

/** The recording of a file is not named: with several it is the last one that had ended when the file was made. */
function beginOf(asset: AssetRecord, recordings: readonly RecordingRecord[]): number | undefined {
  const made = time(asset.created_at) ?? Number.POSITIVE_INFINITY;
  const ended = recordings
    .map((one) => ({ from: time(one.started_at) ?? time(one.created_at), to: time(one.stopped_at) }))
    .filter(({ to }) => recordings.length === 1 || (to !== undefined && to <= made))
    .sort((a, b) => compareNumbers(b.to, a.to));
  return ended[0]?.from;
}
