import type { ProviderId } from '../core/ids';

/**
 * What a text looks like.
 *
 * - `uuid` RealtimeKit (session, meeting, peer), Whereby (session), 100ms (peer)
 * - `objectId` 24 hexadecimal digits, a MongoDB ObjectId: 100ms (session, room)
 * - `hex32` 32 hexadecimal digits: a Cloudflare account, or an opaque id
 * - `roomPath` a Whereby room's name, with its leading slash
 * - `word` any other text without white space: an opaque id or a name
 * - `name` words: the title of a room
 */
export type Shape = 'uuid' | 'objectId' | 'hex32' | 'roomPath' | 'word' | 'name';

/** Longest text that is looked up. */
export const MAX_ID_LENGTH = 200;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const OBJECT_ID = '[0-9a-f]{24}';
const UUID_ONLY = new RegExp(`^${UUID}$`, 'i');
const OBJECT_ID_ONLY = new RegExp(`^${OBJECT_ID}$`, 'i');

/** Ids of known shape within a text: UUIDs and object ids that are no part of a longer word. Stateful: one for each walk. */
export function idPattern(): RegExp {
  return /(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{16})(?![0-9A-Za-z])/g;
}

/** The shape of one id or name; the text is trimmed already. */
export function shapeOf(text: string): Shape {
  if (UUID_ONLY.test(text)) return 'uuid';
  if (OBJECT_ID_ONLY.test(text)) return 'objectId';
  if (/^[0-9a-f]{32}$/i.test(text)) return 'hex32';
  if (/\s/.test(text)) return 'name';
  return text.startsWith('/') ? 'roomPath' : 'word';
}

/** Which providers can hold an id of this shape, the likeliest first. */
export const HOLDERS: Readonly<Record<Shape, readonly ProviderId[]>> = {
  uuid: ['realtimekit', 'whereby', '100ms', 'mediamelon'],
  objectId: ['100ms', 'mediamelon', 'whereby'],
  hex32: ['mediamelon', 'whereby'],
  roomPath: ['whereby'],
  word: ['realtimekit', '100ms', 'whereby', 'mediamelon'],
  name: ['realtimekit', '100ms', 'whereby', 'mediamelon'],
};
