import * as vscode from 'vscode';
import type { Redactor } from '../core/redact';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** The "Peerscope" output channel. Every line passes the redactor; the user sets the level. */
export class Log {
  readonly #channel: vscode.LogOutputChannel;

  constructor(readonly redactor: Redactor) {
    this.#channel = vscode.window.createOutputChannel('Peerscope', { log: true });
  }

  write(level: LogLevel, line: string): void {
    // A line break in provider text must not look like a line of ours.
    this.#channel[level](this.redactor.mask(line).replace(/[\r\n]+/g, ' '));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
