import * as vscode from 'vscode';
import { CallError } from '../core/errors';

/** Runs work under a notification with a Cancel button. Rejects with `Cancelled` when it was pressed. */
export function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        return await work(controller.signal);
      } catch (error) {
        throw controller.signal.aborted ? new CallError('Cancelled', 'Cancelled.') : error;
      } finally {
        subscription.dispose();
      }
    },
  );
}
