import * as vscode from 'vscode';
import { CallError, toPlainError } from '../../core/errors';
import type { SessionRef } from '../../core/ids';
import { labelText } from '../../core/text';
import { describeProvider } from '../../providers/catalog';
import { withProgress } from '../../ui/progress';
import { isScripted } from '../register';
import { type TalkAddress, type TalkKind, talkUri } from './address';
import type { TalkServices } from './commands';
import { formatsOf, type TalkContent } from './content';
import { sessionOf } from './session-choice';
import { talkSource } from './source';
import { notKept, readSubject, type TalkStore } from './store';

/** What opening a document gives to a script. */
export interface OpenedTalk {
  /** Address of the document. */
  uri: string;
  /** Lines of the transcript or messages of the chat. */
  entries?: number;
}

const READING: Readonly<Record<TalkKind, string>> = {
  chat: vscode.l10n.t('Peerscope: reading the chat…'),
  transcript: vscode.l10n.t('Peerscope: reading the transcript…'),
  summary: vscode.l10n.t('Peerscope: reading the summary…'),
};

/** Reads a session's chat, transcript or summary and shows it. */
export async function openTalk(
  services: TalkServices,
  store: TalkStore,
  kind: TalkKind,
  argument: unknown,
): Promise<OpenedTalk | undefined> {
  const ref = await sessionOf(services, argument, kind);
  const format = formatOf(kind, argument);
  if (isScripted(argument)) return read(store, ref, kind, format);
  return openFor(services, store, { ref, kind, format });
}

/** Has a summary made, after a question, and shows it. `confirm: false` in the argument skips the question. */
export async function generateSummary(
  services: TalkServices,
  store: TalkStore,
  argument: unknown,
): Promise<OpenedTalk | undefined> {
  const ref = await sessionOf(services, argument, 'newSummary');
  return generateFor(services, store, ref, !isAnswered(argument));
}

/** What is not there is explained, with a way on. */
async function openFor(
  services: TalkServices,
  store: TalkStore,
  address: TalkAddress,
): Promise<OpenedTalk | undefined> {
  const { ref, kind, format } = address;
  try {
    return await read(store, ref, kind, format);
  } catch (error) {
    const { kind: problem, text } = toPlainError(error);
    if (problem !== 'NotYetAvailable') throw error;
    const again = vscode.l10n.t('Try Again');
    const generate = vscode.l10n.t('Generate Summary…');
    const offered = kind === 'summary' && (await services.provider(ref.connectionId)).makeSummary !== undefined;
    const offers = offered ? [generate, again] : [again];
    const chosen = await vscode.window.showInformationMessage(labelText(text, 500), ...offers);
    if (chosen === again) return openFor(services, store, address);
    return chosen === generate ? generateFor(services, store, ref, true) : undefined;
  }
}

async function read(store: TalkStore, ref: SessionRef, kind: TalkKind, format: string): Promise<OpenedTalk> {
  return show(ref, await withProgress(READING[kind], (signal) => store.read(ref, kind, signal)), format);
}

async function generateFor(
  services: TalkServices,
  store: TalkStore,
  ref: SessionRef,
  asks: boolean,
): Promise<OpenedTalk | undefined> {
  const provider = await talkSource(services, ref, new AbortController().signal);
  if (!provider.makeSummary) throw notKept(provider, ref, 'newSummary');
  if (asks && !(await confirmed(describeProvider(provider.id)?.label ?? provider.id))) return undefined;
  const content = await withProgress(vscode.l10n.t('Peerscope: the summary is being made…'), async (signal) => {
    const [summary, subject] = await Promise.all([
      provider.makeSummary?.(ref, signal),
      readSubject(services, provider, ref, signal),
    ]);
    if (!summary) throw notKept(provider, ref, 'newSummary');
    return { kind: 'summary' as const, summary, subject };
  });
  store.put(ref, content);
  return show(ref, content, 'markdown');
}

/** Shows what was read, in a format; at a line where one is given, in `column` unless it is on screen already. */
export async function show(
  ref: SessionRef,
  content: TalkContent,
  format: string,
  line?: number,
  column = vscode.ViewColumn.Active,
): Promise<OpenedTalk> {
  const uri = talkUri({ ref, kind: content.kind, format }, content.subject.title);
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = visible?.viewColumn ?? column;
  const editor = await vscode.window.showTextDocument(document, { preview: false, selection, viewColumn });
  if (selection) editor.revealRange(selection, vscode.TextEditorRevealType.InCenter);
  const entries =
    content.kind === 'chat'
      ? content.chat.messages.length
      : content.kind === 'transcript'
        ? content.transcript.lines.length
        : undefined;
  return { uri: uri.toString(), ...(entries !== undefined && { entries }) };
}

function formatOf(kind: TalkKind, argument: unknown): string {
  const formats = formatsOf(kind);
  const wanted = isScripted(argument) ? (argument as { format?: unknown }).format : undefined;
  if (wanted === undefined) return formats[0] as string;
  const found = formats.find((one) => one === wanted);
  if (found) return found;
  throw new CallError('BadInput', vscode.l10n.t('format: expected {0}.', formats.map((one) => `"${one}"`).join(', ')), {
    field: 'format',
  });
}

function isAnswered(argument: unknown): boolean {
  return isScripted(argument) && (argument as { confirm?: unknown }).confirm === false;
}

async function confirmed(name: string): Promise<boolean> {
  const generate = vscode.l10n.t('Generate');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Generate a summary of this session?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        '{0} has a language model read the transcript and write a summary. This may cost, and it can take some minutes.',
        name,
      ),
    },
    generate,
  );
  return chosen === generate;
}
