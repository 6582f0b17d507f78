import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import type { MediaRequest } from '../capture';
import { isRecord, numberMember, parseNested, textMember } from '../log';

/**
 * One record of `getUserMedia`: what was asked for (`audio`, `video`: constraints as text, empty for any), or what came of it
 * (`audio_track_info`, `video_track_info`, `error`).
 */
export function readMediaRequest(record: unknown, index: number, issues: ItemIssue[]): MediaRequest[] {
  const path = `getUserMedia.${index}`;
  const at = numberMember(record, 'timestamp');
  if (!isRecord(record) || at === undefined) {
    issues.push({ path, message: l10n.t('The record has no time; left out.') });
    return [];
  }
  const method = record.request_type === 'getDisplayMedia' ? 'getDisplayMedia' : 'getUserMedia';
  const error = textMember(record, 'error');
  if (error !== undefined) {
    const message = [error, textMember(record, 'error_message')].filter(Boolean).join(': ');
    return [{ at, method, kind: 'failure', error: message }];
  }
  const tracks = (['audio', 'video'] as const).flatMap((kind) => {
    const info = parseNested(record[`${kind}_track_info`]);
    const id = textMember(info, 'id');
    return id === undefined ? [] : [{ kind, id, label: textMember(info, 'label') ?? '' }];
  });
  if (tracks.length > 0 || 'stream_id' in record) return [{ at, method, kind: 'success', tracks }];
  return [{ at, method, kind: 'request', audio: textMember(record, 'audio'), video: textMember(record, 'video') }];
}
