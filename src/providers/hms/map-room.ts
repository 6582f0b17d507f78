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
      ['Description', record.description],
      ['Region', record.region],
      ['Template', record.template],
      ['Template ID', record.template_id],
      ['Large room', record.large_room],
      ['Size', record.size],
      ['Longest session', typeof longest === 'number' ? `${longest} s` : undefined],
      ['Records by template', record.recording_source_template],
      ['Recording', recording?.enabled],
      ['Recordings go to', [upload?.type, upload?.location, upload?.prefix].filter(Boolean).join(' ')],
      ['Key', record.key],
      ['App ID', record.app_id],
      ['Customer ID', record.customer_id],
    ]),
  };
}
