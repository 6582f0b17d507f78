import * as vscode from 'vscode';
import type { ParticipantRef } from '../core/ids';

/** Stands for the connection of a report that comes from a file; the session id is the file's URI. */
const FILE_CONNECTION = 'file';

/** Names the report that a file holds; of a capture, the one of a peer connection. */
export function refOfFile(file: vscode.Uri, peerConnectionId: string = FILE_CONNECTION): ParticipantRef {
  return { connectionId: FILE_CONNECTION, sessionId: file.toString(), participantId: peerConnectionId };
}

/** The file that a report comes from; undefined for one that comes from a connection. */
export function fileOf(ref: ParticipantRef): vscode.Uri | undefined {
  return ref.connectionId === FILE_CONNECTION ? vscode.Uri.parse(ref.sessionId, true) : undefined;
}

/** Name of a file, for people. */
export function fileName(file: vscode.Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}
