import type { App, Participant, Room, Session } from '../core/model';
import type { ListItem } from './lists';
import { type CallNode, childKey, type PagedNode } from './nodes';

/** The rows for the items of a list, in the provider's order. */
export function itemNodes(parent: PagedNode, items: readonly ListItem[]): CallNode[] {
  switch (parent.kind) {
    case 'connection':
      return (items as readonly App[]).map((app) => ({
        kind: 'app',
        key: childKey(parent, app.id),
        parent,
        connectionId: parent.record.id,
        app,
      }));
    case 'app':
      return [];
    case 'group':
      return parent.group === 'rooms'
        ? (items as readonly Room[]).map((room) => ({
            kind: 'room',
            key: childKey(parent, room.id),
            parent,
            connectionId: parent.connectionId,
            appId: parent.appId,
            room,
          }))
        : sessionNodes(parent, items as readonly Session[], parent.connectionId, parent.appId);
    case 'room':
      return sessionNodes(parent, items as readonly Session[], parent.connectionId, parent.appId);
    case 'session':
      return participantNodes(parent, items as readonly Participant[]);
  }
}

function sessionNodes(
  parent: PagedNode,
  sessions: readonly Session[],
  connectionId: string,
  appId: string | undefined,
): CallNode[] {
  return sessions.map((session) => ({
    kind: 'session',
    key: childKey(parent, session.id),
    parent,
    ref: { connectionId, appId, roomId: session.roomId, sessionId: session.id },
    session,
  }));
}

function participantNodes(parent: PagedNode & { kind: 'session' }, participants: readonly Participant[]): CallNode[] {
  const stays = countStays(participants);
  return participants.map((participant) => ({
    kind: 'participant',
    key: childKey(parent, participant.id),
    parent,
    ref: { ...parent.ref, participantId: participant.id },
    participant,
    stay: stays.get(participant) ?? 1,
  }));
}

/** Numbers the stays of each person by time of joining. A person is known by the provider's or the customer's user id. */
function countStays(participants: readonly Participant[]): Map<Participant, number> {
  const byPerson = new Map<string, Participant[]>();
  for (const participant of participants) {
    const person = participant.userId ?? participant.customId;
    if (person === undefined) continue;
    byPerson.set(person, [...(byPerson.get(person) ?? []), participant]);
  }
  const stays = new Map<Participant, number>();
  for (const group of byPerson.values()) {
    const ordered = group.toSorted((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0));
    ordered.forEach((participant, index) => {
      stays.set(participant, index + 1);
    });
  }
  return stays;
}
