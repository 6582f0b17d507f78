import * as l10n from '@vscode/l10n';
import { CallError } from './errors';
import { FILE_CONNECTION, type ParticipantRef, type SessionRef } from './ids';

const MAX_ID_LENGTH = 500;
/** Of what comes from a file, the session id is the file's address. */
const MAX_ADDRESS_LENGTH = 4096;

/** Reads a {@link SessionRef} from an argument, a link or a stored state. Throws `BadInput` that names the field. */
export function readSessionRef(value: unknown): SessionRef {
  const record = readRecord(value);
  const connectionId = readId(record, 'connectionId');
  const most = connectionId === FILE_CONNECTION ? MAX_ADDRESS_LENGTH : MAX_ID_LENGTH;
  const ref: SessionRef = { connectionId, sessionId: readId(record, 'sessionId', most) };
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
    throw new CallError('BadInput', l10n.t('Expected an object with connectionId and sessionId.'), {
      field: 'argument',
    });
  }
  return value as Record<string, unknown>;
}

function readId(record: Record<string, unknown>, field: string, most = MAX_ID_LENGTH): string {
  const value = record[field];
  if (typeof value !== 'string' || value === '' || value.length > most) {
    throw new CallError('BadInput', l10n.t('{0}: expected an id, a string of 1 to {1} characters.', field, most), {
      field,
    });
  }
  return value;
}
