import * as vscode from 'vscode';
import { CallError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import type { ReportPanels } from '../panel/index';
import type { ReportResult } from '../providers/contract';
import type { CommandRegistry } from './register';

/** Stands for the connection of a report that comes from a file; the session id is the file's URI. */
const FILE_CONNECTION = 'file';

/** Files above this are refused: reading one would need several times its size in memory. */
const MAX_BYTES = 256_000_000;

/** Registers the command that opens a file as a report. */
export function registerCaptureCommands(commands: CommandRegistry, panels: () => Promise<ReportPanels>): void {
  commands.add('peerscope.openCapture', async (argument) => {
    const uri = argument instanceof vscode.Uri ? argument : await chooseFile(argument);
    const ref = { connectionId: FILE_CONNECTION, sessionId: uri.toString(), participantId: FILE_CONNECTION };
    (await panels()).open(ref, { title: fileName(uri) });
  });
}

/** The file that a report comes from; undefined for one that comes from a connection. */
export function fileOf(ref: ParticipantRef): vscode.Uri | undefined {
  return ref.connectionId === FILE_CONNECTION ? vscode.Uri.parse(ref.sessionId, true) : undefined;
}

/** Name of a file, for people. */
export function fileName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** Reads a provider's answer that was saved to a file. Rejects with `NotFound` or `BadInput` that names the file. */
export async function readReportFile(uri: vscode.Uri, workerPath: string, signal: AbortSignal): Promise<ReportResult> {
  const name = fileName(uri);
  let body: Uint8Array;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_BYTES) {
      const text = `${name} has ${Math.round(size / 1_000_000)} MB; at most ${MAX_BYTES / 1_000_000} MB can be opened.`;
      throw new CallError('BadInput', text, { field: 'file' });
    }
    // A copy: the bytes move to the worker, and what VS Code gives may be a view into a larger buffer.
    body = (await vscode.workspace.fs.readFile(uri)).slice();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) {
      throw new CallError('NotFound', `${name} cannot be read. It may have been moved or deleted.`, { field: 'file' });
    }
    throw error;
  }
  const { readSavedAnswer } = await import('../providers/index');
  return readSavedAnswer(body, name, workerPath, signal);
}

async function chooseFile(argument: unknown): Promise<vscode.Uri> {
  if (argument !== undefined) throw new CallError('BadInput', 'Expected the URI of a file.', { field: 'argument' });
  const chosen = await vscode.window.showOpenDialog({
    title: 'Open Call Capture',
    filters: { JSON: ['json'], 'All files': ['*'] },
  });
  const [uri] = chosen ?? [];
  if (!uri) throw new CallError('Cancelled', 'Cancelled.');
  return uri;
}
