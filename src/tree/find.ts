import { type ParticipantRef, participantKey, type SessionRef, sessionKey } from '../core/ids';
import type { CallTreeModel } from './model';
import type { ParticipantNode } from './nodes';

/** The row of a participant when it is loaded. */
export function findParticipant(model: CallTreeModel, ref: ParticipantRef): ParticipantNode | undefined {
  const wanted = participantKey(ref);
  for (const node of model.known()) {
    if (node.kind === 'participant' && participantKey(node.ref) === wanted) return node;
  }
  return undefined;
}

/** Names of a session's participants by id, as far as they are loaded. */
export function participantNames(model: CallTreeModel, ref: SessionRef): Map<string, string> {
  const wanted = sessionKey(ref);
  const names = new Map<string, string>();
  for (const node of model.known()) {
    if (node.kind !== 'participant' || sessionKey(node.ref) !== wanted) continue;
    const { id, name } = node.participant;
    if (name) names.set(id, name);
  }
  return names;
}

/** Name of an app when its row is loaded. */
export function appName(model: CallTreeModel, connectionId: string, appId: string | undefined): string | undefined {
  for (const node of model.known()) {
    if (node.kind === 'app' && node.connectionId === connectionId && node.app.id === appId) return node.app.name;
  }
  return undefined;
}
