import * as vscode from 'vscode';
import type { Capture } from '../../captures/capture';
import { CallError, toPlainError } from '../../core/errors';
import { labelText } from '../../core/text';
import type { ReportResult } from '../../providers/contract';
import { fileName } from '../files/file-ref';
import { readFileBytes } from '../files/read-file';
import type { CaptureFiles, Reading } from './files';

/**
 * Reads a capture file with progress that can be stopped, and asks before it reads a large one. Undefined when the file holds
 * something else. Rejects with a `CallError`, `Cancelled` among them.
 */
export async function readWithProgress(files: CaptureFiles, uri: vscode.Uri): Promise<Capture | undefined> {
  const open = (large: boolean) =>
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Peerscope: reading {0}…', labelText(fileName(uri), 80)),
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
    if (
      (await vscode.window.showWarningMessage(text, { modal: true }, vscode.l10n.t('Open Anyway'))) !==
      vscode.l10n.t('Open Anyway')
    ) {
      throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
    }
    return open(true);
  }
}

/** The id of the connection to show: the only one, or the one that the person picks. */
export async function chooseConnection(capture: Capture): Promise<string> {
  const { name, connections } = capture;
  if (connections.length < 2) return firstConnection(capture);
  const items = connections.map(({ id, label, report }) => ({
    id,
    label: labelText(label),
    description: vscode.l10n.t('{0} streams, {1} events', report.streams.length, report.events.length),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Peer connections in {0}', name),
    placeHolder: vscode.l10n.t('Which peer connection?'),
    matchOnDescription: true,
  });
  if (!picked) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  return picked.id;
}

/** The id of the connection that tells most: the one with the most streams. Throws `BadInput` for a capture without any. */
export function firstConnection({ name, connections, mediaRequests }: Capture): string {
  const [first, ...others] = connections;
  if (!first) {
    const text = vscode.l10n.t('{0} holds no peer connection: it was saved while no page was in a call.', name);
    const requests = vscode.l10n.t('It records {0} requests for devices only.', mediaRequests.length);
    throw new CallError('BadInput', mediaRequests.length > 0 ? `${text} ${requests}` : text, { field: 'file' });
  }
  const fuller = (a: typeof first, b: typeof first) => (b.report.streams.length > a.report.streams.length ? b : a);
  return others.reduce(fuller, first).id;
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
