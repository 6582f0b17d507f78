/** Opens files as reports, or as the page of a saved session. */
import * as vscode from 'vscode';
import type { Capture } from '../../captures/capture';
import { CAPTURE_LABELS } from '../../captures/catalog';
import { CallError } from '../../core/errors';
import type { OpenedCapture, SavedKind } from '../../tree/captures';
import { isNode } from '../../tree/nodes';
import { fileName, refOfFile, sessionRefOfFile } from '../files/file-ref';
import { savedKindOf } from '../files/read-file';
import type { CaptureDependencies } from './commands';
import { chooseConnection, firstConnection, readWithProgress } from './read';

/** Opens the file that a command was called with or that the person chooses. */
export async function openCapture(needs: CaptureDependencies, argument: unknown): Promise<void> {
  const { uri, connectionId } = await placeOf(argument);
  if (await openIfSession(uri, needs)) return;
  const capture = await readAndList(uri, needs);
  const ref = refOfFile(uri, connectionId ?? (capture && (await chooseConnection(capture))));
  (await needs.panels()).open(ref, { title: fileName(uri), reread: true });
}

/** Shows a file in the editor that VS Code has opened for it; a saved session in its own page instead. */
export async function openInEditor(
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  needs: CaptureDependencies,
): Promise<void> {
  if (await openIfSession(uri, needs)) {
    panel.dispose();
    return;
  }
  const capture = await readAndList(uri, needs);
  const ref = refOfFile(uri, capture && firstConnection(capture));
  (await needs.panels()).adoptEditor(panel, ref, fileName(uri));
}

/** Shows and lists a saved session. False for a file that holds something else. */
async function openIfSession(uri: vscode.Uri, { opened, select, openSession }: CaptureDependencies): Promise<boolean> {
  if ((await savedKindOf(uri)) !== 'session') return false;
  await openSession(sessionRefOfFile(uri), fileName(uri));
  await opened.add(uri, savedFile(uri, 'session'));
  void select(uri.toString());
  return true;
}

/** Lists a capture, which is given, or a saved report; of anything else the report page says what it is. */
async function readAndList(
  uri: vscode.Uri,
  { files, opened, select }: CaptureDependencies,
): Promise<Capture | undefined> {
  if ((await savedKindOf(uri)) === 'report') {
    await opened.add(uri, savedFile(uri, 'report'));
    void select(uri.toString());
    return undefined;
  }
  const capture = await readWithProgress(await files(), uri);
  if (capture) await opened.add(uri, { ...capture, format: CAPTURE_LABELS[capture.format] });
  void select(uri.toString());
  return capture;
}

function savedFile(uri: vscode.Uri, saved: SavedKind): Omit<OpenedCapture, 'uri'> {
  const format = saved === 'session' ? vscode.l10n.t('saved session') : vscode.l10n.t('saved report');
  return { name: fileName(uri), format, saved, connections: [] };
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
