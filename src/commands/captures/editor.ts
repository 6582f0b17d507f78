import * as vscode from 'vscode';
import { toPlainError } from '../../core/errors';
import type { CaptureDependencies } from './commands';

/** The editor of dumps, and the one offered for other files that may hold a capture or something saved by Peerscope. */
const VIEW_TYPES = ['peerscope.capture', 'peerscope.captureFile'];

/** Registers the read-only editors of capture files. */
export function registerCaptureEditors(needs: CaptureDependencies): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      try {
        await (await import('../actions')).openInEditor(uri, panel, needs);
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
