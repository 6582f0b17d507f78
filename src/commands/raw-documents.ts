import * as vscode from 'vscode';

const SCHEME = 'peerscope-raw';

/** Above this size VS Code's editor stops being useful, and formatting would block the window. */
const MAX_FORMATTED_BYTES = 20_000_000;

/** A provider's answer as a read-only JSON document. It is forgotten when its editor is closed. */
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
    this.#count += 1;
    const name = title.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 60) || 'report';
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.#count}/${name}.json` });
    this.#texts.set(uri.toString(), format(bytes));
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.languages.setTextDocumentLanguage(document, 'json');
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
