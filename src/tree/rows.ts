import type { ConnectionRecord } from '../connections/record';
import type { App, Participant, Room, Session } from '../core/model';
import { describeProvider } from '../providers/catalog';
import { type KeptSource, sectionNodes } from './kept';
import type { ListItem } from './lists';
import { type CallNode, childKey, type GroupName, type PagedNode } from './nodes';

/** Whether a connection shows apps below it, as opposed to one app's groups. */
export function hasApps(record: ConnectionRecord): boolean {
  return (describeProvider(record.provider)?.tree.apps ?? false) && !record.settings.appId;
}

/** The rows at the root: providers with several connections, connections that are alone, and calls that are kept. */
export function rootNodes(records: readonly ConnectionRecord[], kept: KeptSource | undefined): CallNode[] {
  const providers = [...new Set(records.map(({ provider }) => provider))];
  const connections = providers.flatMap((provider): CallNode[] => {
    const several = records.filter((record) => record.provider === provider).length > 1;
    if (!several) return connectionNodes(records, provider, undefined);
    return [{ kind: 'provider', key: childKey(undefined, provider), parent: undefined, provider }];
  });
  // What was opened last stands below, so that no row moves when a call is opened.
  return [...sectionNodes('favorites', kept), ...connections, ...sectionNodes('recentCalls', kept)];
}

/** The rows of a provider's connections. */
export function connectionNodes(
  records: readonly ConnectionRecord[],
  provider: string,
  parent: CallNode | undefined,
): CallNode[] {
  return records
    .filter((record) => record.provider === provider)
    .map((record) => ({
      kind: 'connection',
      // It does not depend on the provider row, so that adding a second connection keeps the first one's place.
      key: childKey(undefined, 'connection', record.id),
      parent,
      record,
    }));
}

/** The rows below an app, or a connection without apps. */
export function groupNodes(
  parent: CallNode,
  connectionId: string,
  record: ConnectionRecord | undefined,
  appId: string | undefined,
): CallNode[] {
  const live = describeProvider(record?.provider ?? '')?.tree.live ?? false;
  const groups: GroupName[] = live ? ['live', 'recent', 'rooms'] : ['recent', 'rooms'];
  const app = appId ?? (record?.settings.appId || undefined);
  return groups.map((group) => ({
    kind: 'group',
    key: childKey(parent, group),
    parent,
    group,
    connectionId,
    appId: app,
  }));
}

/** The rows of a session's breakout rooms, which are sessions of their own. */
export function breakoutNodes(node: PagedNode, rooms: readonly Session[] | undefined): CallNode[] {
  if (node.kind !== 'session' || !rooms) return [];
  return rooms.map((session) => ({
    kind: 'session',
    key: childKey(node, 'breakout', session.id),
    parent: node,
    ref: { ...node.ref, roomId: session.roomId, sessionId: session.id },
    session,
  }));
}

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
      return participantNodes(parent, items);
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
