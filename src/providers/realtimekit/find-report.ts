import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import type { ItemIssue } from '../../core/model';
import { member, readRecord } from '../records';
import { missingReport } from './availability';
import type { RealtimeKitClient } from './client';
import { readData } from './envelope';
import { peerIds } from './map-participant';
import { unlessNotFound } from './not-found';
import { participantSchema } from './schema';

/** Other ids tried when a participant's own has no report. */
const MAX_PEERS = 10;

/**
 * The body of a participant's peer report. The participant's id is the peer's in the published report, yet not in every
 * published list: on 404 the peers that the participant's events name are tried. A participant that exists without any
 * report is `NotYetAvailable`.
 */
export async function findReport(
  client: RealtimeKitClient,
  app: string,
  ref: ParticipantRef,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const own = await unlessNotFound(client.peerReport(app, ref.participantId, {}, signal));
  if (own instanceof Uint8Array) return own;
  const body = await unlessNotFound(client.participant(app, ref.sessionId, ref.participantId, signal));
  if (isCallError(body)) throw own;
  const participant = readParticipant(
    readData(body, client.who, l10n.t({ message: 'this participant', comment: ['what is asked for'] })),
  );
  for (const peer of peerIds(participant.peer_events).slice(0, MAX_PEERS)) {
    if (peer === ref.participantId) continue;
    const report = await unlessNotFound(client.peerReport(app, peer, {}, signal));
    if (report instanceof Uint8Array) return report;
  }
  throw missingReport(participant, Date.now());
}

function readParticipant(data: unknown) {
  const issues: ItemIssue[] = [];
  const record = readRecord(participantSchema, member(data, 'participant') ?? data, 'data', issues);
  if (record) return record;
  const text = l10n.t(
    'RealtimeKit has no report under this id, and its record of the participant cannot be read. Try again later.',
  );
  throw new CallError('BadResponse', text);
}
