import * as vscode from 'vscode';
import { toPlainError } from '../../core/errors';
import type { Recording } from '../../core/talk';
import { withProgress } from '../../ui/progress';
import { readTalkUri, type TalkKind } from './address';
import type { TalkServices } from './commands';
import { exportTalk } from './export';
import { showLineInReport, showTimeInTranscript, TalkLinks } from './lines';
import { generateSummary, type OpenedTalk, openTalk } from './open';
import { openRecordings } from './recordings';
import { showAs } from './show-as';
import { TalkStore } from './store';

/** What was said, written and recorded in sessions: the commands' work and the documents' text. */
export class Talk implements vscode.Disposable {
  readonly #store: TalkStore;
  readonly links: TalkLinks;

  /** `changed` is told of documents whose text is another one now. */
  constructor(
    readonly services: TalkServices,
    changed: (uris: readonly vscode.Uri[]) => void,
  ) {
    this.#store = new TalkStore(services, changed);
    this.links = new TalkLinks(this.#store);
  }

  open(kind: TalkKind, argument: unknown): Promise<OpenedTalk | undefined> {
    return openTalk(this.services, this.#store, kind, argument);
  }

  generateSummary(argument: unknown): Promise<OpenedTalk | undefined> {
    return generateSummary(this.services, this.#store, argument);
  }

  openRecordings(argument: unknown): Promise<Recording[] | undefined> {
    return openRecordings(this.services, argument);
  }

  showAs(argument: unknown): Promise<OpenedTalk | undefined> {
    return showAs(this.#store, argument);
  }

  export(argument: unknown): Promise<void> {
    return exportTalk(this.#store, argument);
  }

  showLineInReport(argument: unknown): Promise<void> {
    return showLineInReport(this.services, this.#store, argument);
  }

  showTimeInTranscript(argument: unknown): Thenable<void> {
    return withProgress(vscode.l10n.t('Peerscope: reading the transcript…'), (signal) =>
      showTimeInTranscript(this.services, this.#store, argument, signal),
    );
  }

  /** A document's bytes and when they were read (epoch ms). Rejects as file systems do. */
  async file(uri: vscode.Uri): Promise<{ bytes: Uint8Array; readAt: number }> {
    const address = readTalkUri(uri);
    if (!address) throw vscode.FileSystemError.FileNotFound(uri);
    try {
      const { text } = await this.#store.written(address);
      return { bytes: new TextEncoder().encode(text), readAt: this.#store.readAt(address) };
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(this.services.masked(toPlainError(error).text));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}
