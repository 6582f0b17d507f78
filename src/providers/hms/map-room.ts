import * as l10n from '@vscode/l10n';
import type { Room } from '../../core/model';
import { facts } from './facts';
import type { RoomRecord } from './schema';
import { time } from './time';

/** Rooms are enabled or not; the words of the filter. */
export const ROOM_STATUS = ['ENABLED', 'DISABLED'] as const;

/** A room. Where recordings go is told; the credentials for it were never read. */
export function mapRoom(record: RoomRecord): Room {
  const recording = record.recording_info ?? record.recording;
  const upload = recording?.upload_info;
  const { enabled, max_duration_seconds: longest } = record;
  return {
    id: record.id,
    name: record.name || record.id,
    status: enabled === true ? 'ENABLED' : enabled === false ? 'DISABLED' : undefined,
    createdAt: time(record.created_at),
    updatedAt: time(record.updated_at),
    facts: facts([
      [l10n.t('Description'), record.description],
      [l10n.t('Region'), record.region, true],
      [l10n.t('Template'), record.template],
      [l10n.t('Template ID'), record.template_id],
      [l10n.t('Large room'), record.large_room],
      [l10n.t('Size'), record.size],
      [l10n.t('Longest session'), typeof longest === 'number' ? `${longest} s` : undefined],
      [l10n.t('Records by template'), record.recording_source_template],
      [l10n.t('Recording'), recording?.enabled],
      [l10n.t('Recordings go to'), [upload?.type, upload?.location, upload?.prefix].filter(Boolean).join(' ')],
      [l10n.t('Key'), record.key],
      [l10n.t('App ID'), record.app_id],
      [l10n.t('Customer ID'), record.customer_id],
    ]),
  };
}
