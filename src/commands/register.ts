import * as vscode from 'vscode';
import { isCancelled, toPlainError } from '../core/errors';
import { connectionOf, isNode } from '../tree/nodes';
import type { Log } from '../ui/log';
import { type ErrorAction, presentError } from '../ui/present-error';
import { TALK_SCHEME } from './talk/address';

/** A command's work. `argument` is the tree row or the argument object that it was called with. */
export type Handler = (argument: unknown, ...more: unknown[]) => unknown;

/**
 * Registers commands so that each behaves alike: a cancellation is silent; what fails is logged and, for a person,
 * shown with what can be done about it. A call with an argument object comes from a script: it gets the error
 * itself and no dialog.
 */
export class CommandRegistry implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];

  constructor(readonly log: Log) {}

  add(id: string, handler: Handler): void {
    const run = async (argument: unknown, ...more: unknown[]): Promise<unknown> => {
      try {
        return await handler(argument, ...more);
      } catch (error) {
        if (!isCancelled(error))
          this.log.write('error', `${id}: ${toPlainError(error).kind}: ${toPlainError(error).text}`);
        if (isScripted(argument)) throw this.#masked(error);
        await presentError(error, this.log.redactor, this.#actions(argument));
        return undefined;
      }
    };
    this.#disposables.push(vscode.commands.registerCommand(id, run));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #actions(argument: unknown): ErrorAction[] {
    const connectionId = isNode(argument) ? connectionOf(argument) : undefined;
    const edit: ErrorAction = {
      label: vscode.l10n.t('Edit Connection'),
      run: () => vscode.commands.executeCommand('peerscope.editConnection', argument),
    };
    const log: ErrorAction = { label: vscode.l10n.t('Show Log'), run: () => this.log.show() };
    return connectionId === undefined ? [log] : [edit, log];
  }

  #masked(error: unknown): Error {
    const { kind, text } = toPlainError(error);
    return new Error(this.log.redactor.mask(`${kind}: ${text}`));
  }
}

/** Whether a command was called with an argument object (or an id), as opposed to from a row, a key or the palette. */
export function isScripted(argument: unknown): boolean {
  if (isFromPage(argument)) return false;
  return typeof argument === 'string' || (typeof argument === 'object' && argument !== null && !isNode(argument));
}

/**
 * Whether a command was chosen in a menu of one of our pages or documents: VS Code hands over its address, or what was
 * pointed at.
 */
export function isFromPage(argument: unknown): boolean {
  if (argument instanceof vscode.Uri) return ['webview-panel', TALK_SCHEME].includes(argument.scheme);
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'webview' in argument &&
    typeof argument.webview === 'string' &&
    argument.webview.startsWith('peerscope.')
  );
}
