import * as vscode from 'vscode';
import { FILE_CONNECTION, type ParticipantRef, type SessionRef } from '../../core/ids';

/** Names the report that a file holds; of a capture, the one of a peer connection. */
export function refOfFile(file: vscode.Uri, peerConnectionId: string = FILE_CONNECTION): ParticipantRef {
  return { connectionId: FILE_CONNECTION, sessionId: file.toString(), participantId: peerConnectionId };
}

/** Names the session that a file holds. */
export function sessionRefOfFile(file: vscode.Uri): SessionRef {
  return { connectionId: FILE_CONNECTION, sessionId: file.toString() };
}

/** The file that a report or a session comes from; undefined for one that comes from a connection. */
export function fileOf(ref: SessionRef): vscode.Uri | undefined {
  return ref.connectionId === FILE_CONNECTION ? vscode.Uri.parse(ref.sessionId, true) : undefined;
}

/** Name of a file, for people. */
export function fileName(file: vscode.Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}
