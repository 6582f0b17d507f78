import * as vscode from 'vscode';
import { CallError } from '../core/errors';
import type { ReportPanels } from '../panel/index';
import type { ReportResult } from '../providers/contract';
import { fileName, refOfFile } from './file-ref';
import type { CommandRegistry } from './register';

/** Files above this are refused: reading one would need several times its size in memory. */
const MAX_BYTES = 256_000_000;

/** Registers the command that opens a file as a report. */
export function registerCaptureCommands(commands: CommandRegistry, panels: () => Promise<ReportPanels>): void {
  commands.add('peerscope.openCapture', async (argument) => {
    const uri = argument instanceof vscode.Uri ? argument : await chooseFile(argument);
    (await panels()).open(refOfFile(uri), { title: fileName(uri), reread: true });
  });
}

/** Reads a saved report, or a provider's answer that was saved to a file. Rejects with `NotFound` or `BadInput` that names the file. */
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
