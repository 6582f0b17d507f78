import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { type SessionRef, sessionKey } from '../../core/ids';
import type { KeptThing } from '../../core/talk';
import { displayText } from '../../core/text';
import type { TalkSubject, WrittenTalk } from '../../export/talk-document';
import { describeProvider } from '../../providers/catalog';
import { fileOf } from '../files/file-ref';
import { readTalkUri, type TalkAddress, type TalkKind } from './address';
import type { TalkServices } from './commands';
import { type TalkContent, writeContent } from './content';
import { type TalkSource, talkSource } from './source';

interface Held {
  /** Epoch ms. */
  readAt: number;
  content: Promise<TalkContent>;
  /** By format. */
  written: Map<string, Promise<WrittenTalk>>;
}

/** What was read of sessions' talk, for as long as a document of it is open. */
export class TalkStore implements vscode.Disposable {
  readonly #held = new Map<string, Held>();
  readonly #closing: vscode.Disposable;

  /** `changed` is told of documents whose text is another one now. */
  constructor(
    readonly services: TalkServices,
    readonly changed: (uris: readonly vscode.Uri[]) => void,
  ) {
    this.#closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#drop(uri));
  }

  dispose(): void {
    this.#closing.dispose();
    this.#held.clear();
  }

  /** Reads it anew; documents that are open show it then. What fails leaves what is there. */
  async read(ref: SessionRef, kind: TalkKind, signal: AbortSignal): Promise<TalkContent> {
    const content = await readContent(this.services, ref, kind, signal);
    this.put(ref, content);
    return content;
  }

  /** What a document that is open shows; read now where none is. */
  async keptOrRead(ref: SessionRef, kind: TalkKind, signal: AbortSignal): Promise<TalkContent> {
    return (await this.#held.get(keyOf(ref, kind))?.content) ?? this.read(ref, kind, signal);
  }

  /** Keeps what was read in another way. */
  put(ref: SessionRef, content: TalkContent): void {
    const key = keyOf(ref, content.kind);
    this.#held.set(key, { readAt: Date.now(), content: Promise.resolve(content), written: new Map() });
    this.changed(openDocuments(key).map(({ uri }) => uri));
  }

  /** When it was read, epoch ms. */
  readAt({ ref, kind }: TalkAddress): number {
    return this.#hold(ref, kind).readAt;
  }

  /** What is kept of it, or read now: by a document of the former window. */
  content({ ref, kind }: TalkAddress): Promise<TalkContent> {
    return this.#hold(ref, kind).content;
  }

  /** The document's text and where its entries are. */
  async written({ ref, kind, format }: TalkAddress): Promise<WrittenTalk> {
    const held = this.#hold(ref, kind);
    const known = held.written.get(format);
    if (known) return known;
    const made = held.content.then((content) => writeContent(content, format));
    held.written.set(format, made);
    made.catch(() => held.written.delete(format));
    return made;
  }

  #hold(ref: SessionRef, kind: TalkKind): Held {
    const key = keyOf(ref, kind);
    const known = this.#held.get(key);
    if (known) return known;
    const content = readContent(this.services, ref, kind, new AbortController().signal);
    const held: Held = { readAt: Date.now(), content, written: new Map() };
    this.#held.set(key, held);
    content.catch(() => {
      if (this.#held.get(key) === held) this.#held.delete(key);
    });
    return held;
  }

  #drop(uri: vscode.Uri): void {
    const address = readTalkUri(uri);
    if (!address) return;
    const key = keyOf(address.ref, address.kind);
    const open = openDocuments(key).some((document) => document.uri.toString() !== uri.toString());
    if (!open) this.#held.delete(key);
  }
}

/** Documents of what a key names, in any format. */
function openDocuments(key: string): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter((document) => {
    const address = document.isClosed ? undefined : readTalkUri(document.uri);
    return address !== undefined && keyOf(address.ref, address.kind) === key;
  });
}

function keyOf(ref: SessionRef, kind: TalkKind): string {
  return `${kind} ${sessionKey(ref)}`;
}

async function readContent(
  services: TalkServices,
  ref: SessionRef,
  kind: TalkKind,
  signal: AbortSignal,
): Promise<TalkContent> {
  const provider = await talkSource(services, ref, signal);
  const [subject, content] = await Promise.all([
    readSubject(services, provider, ref, signal),
    kind === 'chat'
      ? provider.getChat?.(ref, signal).then((chat) => ({ kind, chat }))
      : kind === 'transcript'
        ? provider.getTranscript?.(ref, signal).then((transcript) => ({ kind, transcript }))
        : provider.getSummary?.(ref, signal).then((summary) => ({ kind, summary })),
  ]);
  if (!content) throw notKept(provider, ref, kind);
  return { ...content, subject };
}

/** What is known of the session; the talk is worth showing without. */
export async function readSubject(
  services: TalkServices,
  provider: TalkSource,
  ref: SessionRef,
  signal: AbortSignal,
): Promise<TalkSubject> {
  const session = services.knownSession(ref) ?? (await provider.getSession(ref, signal).catch(() => undefined));
  // Of a saved session the ref names the file.
  const sessionId = session?.id ?? ref.sessionId;
  return {
    title: displayText(session?.roomName ?? '') || vscode.l10n.t('Session {0}', displayText(sessionId, 8)),
    provider: describeProvider(provider.id)?.label ?? provider.id,
    sessionId,
    ...(session?.startedAt !== undefined && { startedAt: session.startedAt }),
  };
}

/** The error of a provider that keeps no such thing, and of a file that holds none. */
export function notKept({ id }: TalkSource, ref: SessionRef, kind: KeptThing): CallError {
  if (fileOf(ref)) {
    return new CallError('BadInput', notInFile(kind), { field: 'connectionId' });
  }
  const name = describeProvider(id)?.label ?? id;
  return new CallError('BadInput', notGiven(kind, name), { field: 'connectionId' });
}

function notInFile(kind: KeptThing): string {
  switch (kind) {
    case 'chat':
      return vscode.l10n.t('A saved session gives no chat: that is with the provider. Look up the session by its id.');
    case 'transcript':
      return vscode.l10n.t(
        'A saved session gives no transcript: that is with the provider. Look up the session by its id.',
      );
    case 'summary':
      return vscode.l10n.t(
        'A saved session gives no summary: that is with the provider. Look up the session by its id.',
      );
    case 'newSummary':
      return vscode.l10n.t(
        'A saved session gives no new summary: that is with the provider. Look up the session by its id.',
      );
    case 'recordings':
      return vscode.l10n.t(
        'A saved session gives no recordings: that is with the provider. Look up the session by its id.',
      );
  }
}

function notGiven(kind: KeptThing, provider: string): string {
  switch (kind) {
    case 'chat':
      return vscode.l10n.t('{0} gives no chat of its sessions.', provider);
    case 'transcript':
      return vscode.l10n.t('{0} gives no transcript of its sessions.', provider);
    case 'summary':
      return vscode.l10n.t('{0} gives no summary of its sessions.', provider);
    case 'newSummary':
      return vscode.l10n.t('{0} gives no new summary of its sessions.', provider);
    case 'recordings':
      return vscode.l10n.t('{0} gives no recordings of its sessions.', provider);
  }
}
