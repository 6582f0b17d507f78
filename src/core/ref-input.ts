import { CallError } from './errors';
import type { ParticipantRef, SessionRef } from './ids';

const MAX_ID_LENGTH = 500;

/** Reads a {@link SessionRef} from an argument, a link or a stored state. Throws `BadInput` that names the field. */
export function readSessionRef(value: unknown): SessionRef {
  const record = readRecord(value);
  const ref: SessionRef = { connectionId: readId(record, 'connectionId'), sessionId: readId(record, 'sessionId') };
  if (record.appId !== undefined) ref.appId = readId(record, 'appId');
  if (record.roomId !== undefined) ref.roomId = readId(record, 'roomId');
  return ref;
}

/** Reads a {@link ParticipantRef}. Throws `BadInput` that names the field. */
export function readParticipantRef(value: unknown): ParticipantRef {
  return { ...readSessionRef(value), participantId: readId(readRecord(value), 'participantId') };
}

function readRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CallError('BadInput', 'Expected an object with connectionId and sessionId.', { field: 'argument' });
  }
  return value as Record<string, unknown>;
}

function readId(record: Record<string, unknown>, field: string): string {
  const value = record[field];
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_LENGTH) {
    throw new CallError('BadInput', `${field}: expected an id, a string of 1 to ${MAX_ID_LENGTH} characters.`, {
      field,
    });
  }
  return value;
}
