import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import { SAMPLE_REPORT } from '../sample/catalog';
import type { ProviderPool } from './providers';

/** The newest sample report that shows something to find. The sample connections must be open. */
export async function findSampleReport(pool: ProviderPool, signal: AbortSignal): Promise<ParticipantRef> {
  const { connectionId, room, person } = SAMPLE_REPORT;
  const provider = await pool.provider(connectionId);
  const apps = await provider.listApps?.({}, signal);
  const appId = apps?.items[0]?.id;
  const rooms = await provider.listRooms({ appId, search: room }, signal);
  const roomId = rooms.items.find(({ name }) => name === room)?.id;
  const sessions = await provider.listSessions({ appId, roomId, live: false }, signal);
  const session = sessions.items.find(({ status }) => status === 'ended');
  if (!roomId || !session) throw new CallError('NotFound', l10n.t('The sample service has no such call.'));
  const ref = { connectionId, appId, roomId, sessionId: session.id };
  const { items } = await provider.listParticipants(ref, signal);
  const participantId = items.find(({ name }) => name === person)?.id;
  if (!participantId) throw new CallError('NotFound', l10n.t('The sample service has no such participant.'));
  return { ...ref, participantId };
}
