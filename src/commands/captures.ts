import * as vscode from 'vscode';
import type { Capture } from '../captures/capture';
import { CallError, toPlainError } from '../core/errors';
import type { SessionRef } from '../core/ids';
import { labelText } from '../core/text';
import type { ReportPanels } from '../panel/index';
import type { ReportResult } from '../providers/contract';
import type { CaptureFiles, Reading } from './capture-files';
import { fileName, refOfFile, sessionRefOfFile } from './file-ref';
import { isSessionFile, readFileBytes } from './read-file';
import type { CommandRegistry } from './register';

/** Registers the command that opens a file: as a report, or with `openSession` as the page of a saved session. */
export function registerCaptureCommands(
  commands: CommandRegistry,
  panels: () => Promise<ReportPanels>,
  files: CaptureFiles,
  openSession: (ref: SessionRef, title: string) => Promise<void>,
): void {
  commands.add('peerscope.openCapture', async (argument) => {
    const uri = argument instanceof vscode.Uri ? argument : await chooseFile(argument);
    if (await isSessionFile(uri)) {
      await openSession(sessionRefOfFile(uri), fileName(uri));
      return;
    }
    const capture = await openWithProgress(files, uri);
    const ref = refOfFile(uri, capture && (await chooseConnection(capture)));
    (await panels()).open(ref, { title: fileName(uri), reread: true });
  });
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
  const { readSavedAnswer } = await import('../providers/index');
  return readSavedAnswer(body, fileName(uri), workerPath, signal);
}

async function openWithProgress(files: CaptureFiles, uri: vscode.Uri): Promise<Capture | undefined> {
  const open = (large: boolean) =>
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Peerscope: reading ${labelText(fileName(uri), 80)}…`,
        cancellable: true,
      },
      async (progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        let told = 0;
        const reading: Reading = {
          signal: controller.signal,
          large,
          progress: ({ read, total }) => {
            const percent = total > 0 ? (100 * read) / total : 100;
            progress.report({ increment: percent - told, message: `${Math.round(percent)} %` });
            told = percent;
          },
        };
        return files.open(uri, reading);
      },
    );
  try {
    return await open(false);
  } catch (error) {
    const { kind, field, text } = toPlainError(error);
    if (kind !== 'BadInput' || field !== 'size') throw error;
    if ((await vscode.window.showWarningMessage(text, { modal: true }, 'Open Anyway')) !== 'Open Anyway') {
      throw new CallError('Cancelled', 'Cancelled.');
    }
    return open(true);
  }
}

/** The id of the connection to show: the only one, or the one that the person picks. */
async function chooseConnection({ name, connections, mediaRequests }: Capture): Promise<string> {
  const [first, second] = connections;
  if (!first) {
    const requests = mediaRequests.length > 0 ? ` It records ${mediaRequests.length} requests for devices only.` : '';
    const text = `${name} holds no peer connection: it was saved while no page was in a call.${requests}`;
    throw new CallError('BadInput', text, { field: 'file' });
  }
  if (!second) return first.id;
  const items = connections.map(({ id, label, report }) => ({
    id,
    label: labelText(label),
    description: `${report.streams.length} streams, ${report.events.length} events`,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Peer connections in ${name}`,
    placeHolder: 'Which peer connection?',
    matchOnDescription: true,
  });
  if (!picked) throw new CallError('Cancelled', 'Cancelled.');
  return picked.id;
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
