import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { SessionRef } from '../../core/ids';
import type { ReportPanels } from '../../panel/index';
import type { ReportResult } from '../../providers/contract';
import { isNode } from '../../tree/nodes';
import { fileName, refOfFile, sessionRefOfFile } from '../files/file-ref';
import { isSessionFile, readFileBytes } from '../files/read-file';
import type { CommandRegistry } from '../register';
import type { CaptureFiles } from './files';
import type { OpenedCaptures } from './opened';

/** What opening files needs. */
export interface CaptureDependencies {
  panels(): Promise<ReportPanels>;
  files: CaptureFiles;
  opened: OpenedCaptures;
  /** Shows a saved session. */
  openSession(ref: SessionRef, title: string): Promise<void>;
}

/** Registers the commands that open a file, as a report or as the page of a saved session, and that take it off the list. */
export function registerCaptureCommands(commands: CommandRegistry, needs: CaptureDependencies): void {
  const { panels, files, opened, openSession } = needs;
  commands.add('peerscope.openCapture', async (argument) => {
    const { uri, connectionId } = await placeOf(argument);
    if (await isSessionFile(uri)) {
      await openSession(sessionRefOfFile(uri), fileName(uri));
      return;
    }
    const { chooseConnection, readWithProgress } = await import('./read');
    const capture = await readWithProgress(files, uri);
    if (capture) await opened.add(uri, capture);
    const ref = refOfFile(uri, connectionId ?? (capture && (await chooseConnection(capture))));
    (await panels()).open(ref, { title: fileName(uri), reread: true });
  });
  commands.add('peerscope.removeCapture', async (argument) => {
    if (isNode(argument) && argument.kind === 'capture') await opened.remove(argument.capture.uri);
  });
}

/** The file that a command was called with or that the person chooses, and where a row names it, the peer connection. */
async function placeOf(argument: unknown): Promise<{ uri: vscode.Uri; connectionId?: string }> {
  if (argument instanceof vscode.Uri) return { uri: argument };
  if (!isNode(argument)) return { uri: await chooseFile(argument) };
  if (argument.kind === 'capture') return { uri: vscode.Uri.parse(argument.capture.uri, true) };
  if (argument.kind === 'peerConnection') {
    return { uri: vscode.Uri.parse(argument.uri, true), connectionId: argument.id };
  }
  return { uri: await chooseFile(undefined) };
}

/**
 * Reads the report of one peer connection of a capture, a saved report, or a provider's answer that was saved to a file.
 * Rejects with `NotFound` or `BadInput` that names the file.
 */
export async function readReportFile(
  uri: vscode.Uri,
  participantId: string,
  files: CaptureFiles,
  workerPath: string,
  signal: AbortSignal,
): Promise<ReportResult> {
  // Whoever has this report open has agreed to its size.
  const connection = await files.connection(uri, participantId, { signal, large: true });
  if (connection) return { report: connection.report, raw: connection.raw.slice() };
  const body = await readFileBytes(uri);
  const { readSavedAnswer } = await import('../../providers/index');
  return readSavedAnswer(body, fileName(uri), workerPath, signal);
}

async function chooseFile(argument: unknown): Promise<vscode.Uri> {
  if (argument !== undefined) throw new CallError('BadInput', 'Expected the URI of a file.', { field: 'argument' });
  const chosen = await vscode.window.showOpenDialog({
    title: 'Open Call Capture',
    filters: { 'Call captures': ['json', 'jsonl', 'gz', 'txt', 'log'], 'All files': ['*'] },
  });
  const [uri] = chosen ?? [];
  if (!uri) throw new CallError('Cancelled', 'Cancelled.');
  return uri;
}
