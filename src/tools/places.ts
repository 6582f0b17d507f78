import type { ConnectionRecord } from '../connections/record';
import { CallError, type PlainError, toPlainError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import { displayText } from '../core/text';
import { describeProvider } from '../providers/catalog';
import type { CallProvider } from '../providers/contract';
import type { ToolInput } from './input';
import type { ToolServices } from './services';

/** A session that was found, and who can read it. */
export interface Place {
  ref: SessionRef;
  record: ConnectionRecord;
  provider: CallProvider;
}

/** What came of asking the connections for an id. */
export interface Found {
  places: Place[];
  failed: { record: ConnectionRecord; error: PlainError }[];
  asked: readonly ConnectionRecord[];
}

/** The connections that are asked: the one that is named, or all. Throws `NotFound` that lists the known ones. */
export function connectionsFor(services: ToolServices, connectionId: string | undefined): readonly ConnectionRecord[] {
  const records = services.records();
  if (connectionId === undefined) {
    if (records.length > 0) return records;
    throw new CallError(
      'NotFound',
      'No connection to a call provider is set up. The person has to run the command "Peerscope: Add Connection…" first.',
    );
  }
  const found = records.filter(({ id }) => id === connectionId);
  if (found.length > 0) return found;
  const known = records.map((record) => `${record.id} (${nameOf(record)})`).join(', ');
  throw new CallError(
    'NotFound',
    `connectionId: there is no connection "${displayText(connectionId, 80)}". Known: ${known || 'none'}. Leave it out to ask all of them.`,
    { field: 'connectionId' },
  );
}

/** `RealtimeKit · Acme`. */
export function nameOf({ provider, label }: ConnectionRecord): string {
  return `${describeProvider(provider)?.label ?? provider} · ${displayText(label, 60)}`;
}

/** Asks the connections at once for a session with this id. Rejects when stopped only. */
export async function findPlaces(
  services: ToolServices,
  asked: readonly ConnectionRecord[],
  id: string,
  signal: AbortSignal,
): Promise<Found> {
  const answers = await Promise.allSettled(
    asked.map(async (record) => {
      const provider = await services.provider(record.id);
      const refs = await provider.findSession(id, signal);
      return refs.map((ref): Place => ({ ref, record, provider }));
    }),
  );
  signal.throwIfAborted();
  const places: Place[] = [];
  const failed: Found['failed'] = [];
  answers.forEach((answer, index) => {
    if (answer.status === 'fulfilled') places.push(...answer.value);
    else failed.push({ record: asked[index] as ConnectionRecord, error: toPlainError(answer.reason) });
  });
  return { places, failed, asked };
}

/** The session that a tool is asked about: by its whole place, else by looking for the id. Rejects with a `CallError`. */
export async function placeOf(
  services: ToolServices,
  input: ToolInput,
  signal: AbortSignal,
  sessionField = 'sessionId',
): Promise<Place> {
  const sessionId = input.id(sessionField);
  const asked = connectionsFor(services, input.optional('connectionId'));
  const [only] = asked;
  const appId = input.optional('appId');
  if (only && asked.length === 1) {
    const provider = await services.provider(only.id);
    if (appId !== undefined || !provider.capabilities.apps) {
      return {
        ref: { connectionId: only.id, sessionId, ...(appId !== undefined && { appId }) },
        record: only,
        provider,
      };
    }
  }
  const { places, failed } = await findPlaces(services, asked, sessionId, signal);
  const [place, ...others] = appId === undefined ? places : places.filter(({ ref }) => ref.appId === appId);
  if (place && others.length === 0) return place;
  if (place) {
    const where = [place, ...others].map(
      ({ ref }) => `connectionId "${ref.connectionId}"${ref.appId ? `, appId "${ref.appId}"` : ''}`,
    );
    throw new CallError('BadInput', `Several sessions have this id. Call again with one of: ${where.join('; ')}.`, {
      field: 'connectionId',
    });
  }
  const [failure] = failed;
  if (failure && failed.length === asked.length) {
    throw new CallError(failure.error.kind, `${nameOf(failure.record)}: ${failure.error.text}`, failure.error);
  }
  throw new CallError(
    'NotFound',
    `${sessionField}: no session "${displayText(sessionId, 80)}" was found in ${asked.map(nameOf).join(', ')}.`,
    { field: sessionField },
  );
}
