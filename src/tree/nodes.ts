import type { ConnectionRecord } from '../connections/record';
import type { PlainError } from '../core/errors';
import { type ParticipantRef, type ProviderId, pathKey, type SessionRef } from '../core/ids';
import type { App, ItemIssue, Participant, Room, Session } from '../core/model';
import type { OpenedCapture } from './captures';

/** The three rows below an app (or a connection without apps). They cost no request. */
export type GroupName = 'live' | 'recent' | 'rooms';

/** Calls that are kept across connections: starred ones, and those that were opened last. */
export type SectionName = 'favorites' | 'recentCalls';

interface Base {
  /** Unique in the tree and stable over refreshes: the path of ids from the root. */
  readonly key: string;
  readonly parent: CallNode | undefined;
}

export interface SectionNode extends Base {
  kind: 'section';
  section: SectionName;
}
/** A call of which only ids and a label are kept. */
export interface KeptCallNode extends Base {
  kind: 'keptCall';
  parent: SectionNode;
  ref: SessionRef;
  label: string;
  favorite: boolean;
}
export interface ProviderNode extends Base {
  kind: 'provider';
  provider: ProviderId;
}
export interface ConnectionNode extends Base {
  kind: 'connection';
  record: ConnectionRecord;
}
export interface AppNode extends Base {
  kind: 'app';
  connectionId: string;
  app: App;
}
export interface GroupNode extends Base {
  kind: 'group';
  group: GroupName;
  connectionId: string;
  appId?: string;
}
export interface RoomNode extends Base {
  kind: 'room';
  connectionId: string;
  appId?: string;
  room: Room;
}
export interface SessionNode extends Base {
  kind: 'session';
  ref: SessionRef;
  session: Session;
}
export interface ParticipantNode extends Base {
  kind: 'participant';
  ref: ParticipantRef;
  participant: Participant;
  /** 1 for the person's first stay among those loaded, 2 for the first rejoin, … */
  stay: number;
}
/** "Load more" below the rows of `parent`. */
export interface LoadMoreNode extends Base {
  kind: 'loadMore';
  parent: CallNode;
  shown: number;
  total?: number;
  /** Of those that were read, how many a filter hides. */
  hidden?: number;
}
/** What failed below `parent`, in its place. */
export interface ErrorNode extends Base {
  kind: 'error';
  parent: CallNode;
  connectionId: string;
  error: PlainError;
}
/** Why there is nothing below `parent`. */
export interface EmptyNode extends Base {
  kind: 'empty';
  parent: CallNode;
  filtered: boolean;
}
/** Records of `parent` that could not be read. */
export interface IssuesNode extends Base {
  kind: 'issues';
  parent: CallNode;
  issues: readonly ItemIssue[];
}

/** Holds the capture files that were opened. */
export interface CapturesNode extends Base {
  kind: 'captures';
}
/** A capture file that was opened. */
export interface CaptureNode extends Base {
  kind: 'capture';
  capture: OpenedCapture;
}
/** One peer connection of a capture file. */
export interface PeerConnectionNode extends Base {
  kind: 'peerConnection';
  /** The file's. */
  uri: string;
  /** The participant id of its report. */
  id: string;
  label: string;
}

/** Every row of the tree, as plain data. */
export type CallNode =
  | SectionNode
  | KeptCallNode
  | ProviderNode
  | ConnectionNode
  | AppNode
  | GroupNode
  | RoomNode
  | SessionNode
  | ParticipantNode
  | LoadMoreNode
  | ErrorNode
  | EmptyNode
  | IssuesNode
  | CapturesNode
  | CaptureNode
  | PeerConnectionNode;

/** A row whose children come from a provider, page by page. */
export type PagedNode = ConnectionNode | AppNode | GroupNode | RoomNode | SessionNode;

/** Lists of sessions and rooms keep their filters over a reload; those of one session's people would only pile up. */
export function keepsFilter({ kind }: CallNode): boolean {
  return kind === 'group' || kind === 'room';
}

/** Whether the rows below a row are sessions. */
export function holdsSessions(node: CallNode): boolean {
  return node.kind === 'room' || (node.kind === 'group' && node.group !== 'rooms');
}

/** Key of a child: the parent's key and its own name, so that equal ids in two places never meet. */
export function childKey(parent: CallNode | undefined, ...parts: string[]): string {
  const own = pathKey(...parts);
  return parent ? `${parent.key}/${own}` : own;
}

/** Whether something given to a command is a row of the tree. */
export function isNode(value: unknown): value is CallNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}

/** The connection that a row belongs to; undefined for a provider row and for captures. */
export function connectionOf(node: CallNode): string | undefined {
  switch (node.kind) {
    case 'section':
    case 'provider':
    case 'captures':
    case 'capture':
    case 'peerConnection':
      return undefined;
    case 'connection':
      return node.record.id;
    case 'keptCall':
    case 'session':
    case 'participant':
      return node.ref.connectionId;
    case 'app':
    case 'group':
    case 'room':
    case 'error':
      return node.connectionId;
    default:
      return connectionOf(node.parent);
  }
}
