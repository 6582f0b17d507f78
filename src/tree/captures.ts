import { type CallNode, type CaptureNode, type CapturesNode, childKey, type PeerConnectionNode } from './nodes';

/** A file of ours: a whole session, or one participant's report. */
export type SavedKind = 'session' | 'report';

/** A capture file, or something that was saved, which was opened: as the tree lists it without reading the file again. */
export interface OpenedCapture {
  /** The file's URI. */
  uri: string;
  /** The file's name. */
  name: string;
  /** What it is, in words: `webrtc-internals dump`, `saved session`. */
  format: string;
  /** It was saved by us; it has no peer connections then. */
  saved?: SavedKind;
  /** Its peer connections in the order of the file: the participant id of each one's report, and what tells it apart. */
  connections: readonly { id: string; label: string }[];
}

/** Where the opened captures are kept. */
export interface CaptureSource {
  /** The latest first. */
  list(): readonly OpenedCapture[];
  /** Calls back when the list changes; returns what ends that. */
  onDidChange(listener: () => void): { dispose(): void };
}

/** The row that holds the opened captures; none while there are none. */
export function capturesRoot(captures: readonly OpenedCapture[]): CapturesNode[] {
  return captures.length > 0 ? [{ kind: 'captures', key: childKey(undefined, 'captures'), parent: undefined }] : [];
}

/** The row of an opened file, by its address. */
export function captureRow(captures: readonly OpenedCapture[], uri: string): CaptureNode | undefined {
  const [root] = capturesRoot(captures);
  const capture = captures.find((each) => each.uri === uri);
  return root && capture && captureNode(root, capture);
}

/** The rows below a row of captures; undefined for any other row. */
export function captureRows(node: CallNode, captures: readonly OpenedCapture[]): CallNode[] | undefined {
  if (node.kind === 'captures') return captures.map((capture) => captureNode(node, capture));
  return node.kind === 'capture' ? peerConnectionNodes(node) : undefined;
}

function captureNode(parent: CapturesNode, capture: OpenedCapture): CaptureNode {
  return { kind: 'capture', key: childKey(parent, capture.uri), parent, capture };
}

function peerConnectionNodes(parent: CaptureNode): PeerConnectionNode[] {
  const { uri, connections } = parent.capture;
  return connections.map(({ id, label }) => ({
    kind: 'peerConnection',
    key: childKey(parent, id),
    parent,
    uri,
    id,
    label,
  }));
}
