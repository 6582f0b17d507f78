import { type ParticipantRef, participantKey, type SessionRef, sessionKey } from '../core/ids';
import type { Participant } from '../core/model';
import type { CallTreeModel } from './model';
import type { ParticipantNode, SessionNode } from './nodes';

/** The row of a participant when it is loaded. */
export function findParticipant(model: CallTreeModel, ref: ParticipantRef): ParticipantNode | undefined {
  const wanted = participantKey(ref);
  for (const node of model.known()) {
    if (node.kind === 'participant' && participantKey(node.ref) === wanted) return node;
  }
  return undefined;
}

/** A session's participants, as far as they are loaded. */
export function loadedParticipants(model: CallTreeModel, ref: SessionRef): Participant[] {
  const wanted = sessionKey(ref);
  const found = new Map<string, Participant>();
  for (const node of model.known()) {
    if (node.kind === 'participant' && sessionKey(node.ref) === wanted)
      found.set(node.participant.id, node.participant);
  }
  return [...found.values()];
}

/** The row of a session when it is loaded. */
export function findSession(model: CallTreeModel, ref: SessionRef): SessionNode | undefined {
  const wanted = sessionKey(ref);
  for (const node of model.known()) {
    if (node.kind === 'session' && sessionKey(node.ref) === wanted) return node;
  }
  return undefined;
}

/** Name of an app when its row is loaded. */
export function appName(model: CallTreeModel, connectionId: string, appId: string | undefined): string | undefined {
  for (const node of model.known()) {
    if (node.kind === 'app' && node.connectionId === connectionId && node.app.id === appId) return node.app.name;
  }
  return undefined;
}
