import * as vscode from 'vscode';
import { displayText } from '../../core/text';
import type { NamedText } from '../../panel/services';

const SCHEME = 'peerscope-raw';

/** Above this size VS Code's editor stops being useful, and formatting would block the window. */
const MAX_FORMATTED_BYTES = 20_000_000;

/** A provider's answer, or two texts to compare, as read-only documents. They are forgotten when their editor is closed. */
export class RawDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];
  #count = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens UTF-8 JSON, formatted when it is not too large. */
  async open(title: string, bytes: Uint8Array): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(this.#keep(title, 'json', format(bytes)));
    return vscode.languages.setTextDocumentLanguage(document, 'json');
  }

  /** Opens VS Code's own comparison of two texts; the kind of line end alone is no difference. */
  async compare(former: NamedText, latter: NamedText): Promise<void> {
    const [left, right] = [former, latter].map(({ name, text }) =>
      this.#keep(name, 'sdp', `${text.replace(/\r\n?/g, '\n').trimEnd()}\n`),
    );
    const title = `${displayText(former.name, 60)} ↔ ${displayText(latter.name, 60)}`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title);
  }

  #keep(title: string, extension: string, text: string): vscode.Uri {
    this.#count += 1;
    const name = title.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 60) || 'report';
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.#count}/${name}.${extension}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function format(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (bytes.length > MAX_FORMATTED_BYTES) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
