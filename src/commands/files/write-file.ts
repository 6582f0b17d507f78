import * as vscode from 'vscode';
import { CallError, isCancelled, toPlainError } from '../../core/errors';
import { displayText } from '../../core/text';

/** Writes a text that comes in parts, in UTF-8. Rejects with `Cancelled`, or `BadInput` when it cannot be written. */
export async function writeParts(target: vscode.Uri, parts: Iterable<string>, signal: AbortSignal): Promise<void> {
  const bytes = await encode(parts, signal);
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const file = displayText(target.scheme === 'file' ? target.fsPath : target.toString(true), 300);
    throw new CallError(
      'BadInput',
      vscode.l10n.t('{0} could not be written: {1}', file, displayText(toPlainError(error).text, 300)),
      {
        field: 'target',
        cause: error,
      },
    );
  }
}

/** Asks before personal data are written to a file. */
export async function confirmUnmasked(action: 'export' | 'save'): Promise<boolean> {
  const yes = vscode.l10n.t('Include Personal Data');
  const detail = vscode.l10n.t('The file will hold names, IP addresses and device labels. Mind who gets to see it.');
  const question =
    action === 'export' ? vscode.l10n.t('Export without masking?') : vscode.l10n.t('Save without masking?');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

/** UTF-8 of all parts; between two of them others get their turn, and a cancellation is heard. */
async function encode(parts: Iterable<string>, signal: AbortSignal): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    chunks.push(encoder.encode(part.toWellFormed()));
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  }
  return Buffer.concat(chunks);
}
