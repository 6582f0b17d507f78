import * as vscode from 'vscode';
import { CallError } from '../core/errors';

/**
 * Runs work under a notification with a Cancel button; `say` shows how far it is. Rejects with `Cancelled` when the button
 * was pressed.
 */
export function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, say: (message: string) => void) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        return await work(controller.signal, (message) => progress.report({ message }));
      } catch (error) {
        throw controller.signal.aborted ? new CallError('Cancelled', vscode.l10n.t('Cancelled.')) : error;
      } finally {
        subscription.dispose();
      }
    },
  );
}
