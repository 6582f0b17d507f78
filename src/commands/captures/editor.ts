import * as vscode from 'vscode';
import { toPlainError } from '../../core/errors';
import { fileName, refOfFile, sessionRefOfFile } from '../files/file-ref';
import { isSessionFile } from '../files/read-file';
import type { CaptureDependencies } from './commands';

/** The editor of dumps, and the one offered for other files that may hold a capture or something saved by Peerscope. */
const VIEW_TYPES = ['peerscope.capture', 'peerscope.captureFile'];

/** Registers the read-only editors of capture files. */
export function registerCaptureEditors(needs: CaptureDependencies): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      try {
        await open(uri, panel, needs);
      } catch (error) {
        // VS Code shows the message of a plain error in the editor's place, with a button to try again.
        throw new Error(toPlainError(error).text);
      }
    },
  };
  return vscode.Disposable.from(
    ...VIEW_TYPES.map((viewType) => vscode.window.registerCustomEditorProvider(viewType, provider)),
  );
}

async function open(uri: vscode.Uri, panel: vscode.WebviewPanel, needs: CaptureDependencies): Promise<void> {
  if (await isSessionFile(uri)) {
    panel.dispose();
    await needs.openSession(sessionRefOfFile(uri), fileName(uri));
    return;
  }
  const { firstConnection, readWithProgress } = await import('./read');
  const capture = await readWithProgress(needs.files, uri);
  if (capture) await needs.opened.add(uri, capture);
  const ref = refOfFile(uri, capture && firstConnection(capture));
  (await needs.panels()).adoptEditor(panel, ref, fileName(uri));
}
