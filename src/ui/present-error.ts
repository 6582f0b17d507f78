import * as vscode from 'vscode';
import { toPlainError } from '../core/errors';
import type { Redactor } from '../core/redact';
import { labelText } from '../core/text';

/** A button below an error. */
export interface ErrorAction {
  label: string;
  run(): unknown;
}

/** Shows an error as one notification with what can be done about it. A cancellation shows nothing. */
export async function presentError(error: unknown, redactor: Redactor, actions: readonly ErrorAction[]): Promise<void> {
  const plain = toPlainError(error);
  if (plain.kind === 'Cancelled') return;
  const text = labelText(redactor.mask(plain.text), 500);
  const chosen = await vscode.window.showErrorMessage(text, ...actions.map(({ label }) => label));
  await actions.find(({ label }) => label === chosen)?.run();
}
