/** Opens files as reports, or as the page of a saved session. */
import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { isNode } from '../../tree/nodes';
import { fileName, refOfFile, sessionRefOfFile } from '../files/file-ref';
import { isSessionFile } from '../files/read-file';
import type { CaptureDependencies } from './commands';
import { chooseConnection, firstConnection, readWithProgress } from './read';

/** Opens the file that a command was called with or that the person chooses. */
export async function openCapture(needs: CaptureDependencies, argument: unknown): Promise<void> {
  const { uri, connectionId } = await placeOf(argument);
  if (await isSessionFile(uri)) {
    await needs.openSession(sessionRefOfFile(uri), fileName(uri));
    return;
  }
  const capture = await readWithProgress(await needs.files(), uri);
  if (capture) await needs.opened.add(uri, capture);
  const ref = refOfFile(uri, connectionId ?? (capture && (await chooseConnection(capture))));
  (await needs.panels()).open(ref, { title: fileName(uri), reread: true });
}

/** Shows a file in the editor that VS Code has opened for it; a saved session in its own page instead. */
export async function openInEditor(
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  needs: CaptureDependencies,
): Promise<void> {
  if (await isSessionFile(uri)) {
    panel.dispose();
    await needs.openSession(sessionRefOfFile(uri), fileName(uri));
    return;
  }
  const capture = await readWithProgress(await needs.files(), uri);
  if (capture) await needs.opened.add(uri, capture);
  const ref = refOfFile(uri, capture && firstConnection(capture));
  (await needs.panels()).adoptEditor(panel, ref, fileName(uri));
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

async function chooseFile(argument: unknown): Promise<vscode.Uri> {
  if (argument !== undefined)
    throw new CallError('BadInput', vscode.l10n.t('Expected the URI of a file.'), { field: 'argument' });
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open Call Capture'),
    filters: {
      [vscode.l10n.t('Call captures')]: ['json', 'jsonl', 'gz', 'txt', 'log'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  const [uri] = chosen ?? [];
  if (!uri) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  return uri;
}
