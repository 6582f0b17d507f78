import type { SampleAnswer } from '../provider';
import { noise } from '../random';
import { flag, moment, ok, page, Refused } from './answers';
import { APP, type CatalogRoom, CUSTOMER_ID, findRoom, goTime, ROOMS, templateId } from './workspace';

/** `GET /rooms`: the newest first; enabled ones unless asked otherwise, as documented. */
export function listRooms(query: URLSearchParams): SampleAnswer {
  const enabled = flag(query, 'enabled') ?? true;
  const name = query.get('name');
  const template = query.get('template_id');
  const after = moment(query, 'after') ?? Number.NEGATIVE_INFINITY;
  const before = moment(query, 'before') ?? Number.POSITIVE_INFINITY;
  const rows = ROOMS.filter(
    (room) =>
      isEnabled(room) === enabled &&
      (!name || room.meeting.title.toLowerCase().includes(name.toLowerCase())) &&
      (!template || templateId(room) === template) &&
      room.createdAt >= after &&
      room.createdAt <= before,
  );
  return page(rows, query, (room) => ({ ...common(room), key: `${CUSTOMER_ID}:${room.meeting.title}` }));
}

/** `GET /rooms/{id}`, also by the room's name. */
export function roomDetail(idOrName: string): SampleAnswer {
  const room = findRoom(idOrName) ?? ROOMS.find(({ meeting }) => meeting.title === idOrName);
  if (!room) throw new Refused(404, 'room not found', [`no room ${idOrName}`]);
  return ok({
    ...common(room),
    recording_info: {
      enabled: records(room),
      upload_info: { type: 's3', location: 'example-recordings', prefix: `calls/${room.id}` },
    },
  });
}

/** Whether sessions of a room may be recorded. */
export function records(room: CatalogRoom): boolean {
  return room.index % 3 === 0;
}

function isEnabled({ meeting }: CatalogRoom): boolean {
  return meeting.status === 'ACTIVE';
}

function common(room: CatalogRoom) {
  const { meeting, createdAt, id, index } = room;
  // A room that was never changed has Go's zero time.
  const changed = noise(APP, index, 61) < 0.5;
  return {
    id,
    name: meeting.title,
    enabled: isEnabled(room),
    description: meeting.scenario === 'ordinary' ? '' : `Scene: ${meeting.scenario}`,
    customer_id: CUSTOMER_ID,
    recording_source_template: false,
    template_id: templateId(room),
    template: meeting.scenario === 'ordinary' ? 'clinic-default' : 'clinic-scenes',
    region: index % 2 === 0 ? 'eu' : 'in',
    created_at: goTime(createdAt),
    updated_at: changed ? goTime(createdAt + 3_600_000 * (1 + index)) : '0001-01-01T00:00:00Z',
    large_room: false,
    max_duration_seconds: 43_200,
  };
}
