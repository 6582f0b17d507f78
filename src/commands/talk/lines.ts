import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { type SessionRef, sessionKey } from '../../core/ids';
import { readSessionRef } from '../../core/ref-input';
import { entryAt, entryAtTime, timesOf } from '../../export/talk-document';
import { readTalkUri, TALK_SCHEME } from './address';
import type { TalkServices } from './commands';
import { formatsOf } from './content';
import { show } from './open';
import type { TalkStore } from './store';

/** Links of one document; the editor draws each. */
const MAX_LINKS = 10_000;

/** What a line of a document is about. */
interface LineMoment {
  ref: SessionRef;
  /** Epoch ms. */
  at: number;
  /** Whose line it is. */
  participantId?: string;
}

/** Shows the moment of a line in a report of its session: in one that is open, else in that of the speaker. */
export async function showLineInReport(services: TalkServices, store: TalkStore, argument: unknown): Promise<void> {
  const place = placeOf(argument);
  if (!place)
    throw new CallError('BadInput', vscode.l10n.t('Put the cursor into a line of a transcript or chat first.'));
  const moment = await momentAt(store, place.uri, place.line);
  if (!moment) throw new CallError('BadInput', vscode.l10n.t('The time of this line is not known.'));
  const { ref, at, participantId } = moment;
  const open = (await services.reports()).find((report) => sessionKey(report) === sessionKey(ref));
  if (!open && participantId === undefined) {
    throw new CallError(
      'BadInput',
      vscode.l10n.t('Whose line this is, is not known. Open a report of this session first.'),
    );
  }
  const target = open ?? { ...ref, participantId: participantId as string };
  if (!open) await vscode.commands.executeCommand('peerscope.openParticipant', target);
  await services.showTime(target, at);
}

/** Goes to the line that was said when the report's cursor is: in the open document, else in one opened for it. */
export async function showTimeInTranscript(
  services: TalkServices,
  store: TalkStore,
  argument: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { ref, at } = await momentOf(services, argument);
  const content = await store.keptOrRead(ref, 'transcript', signal);
  const entry = content.kind === 'summary' ? undefined : entryAtTime(timesOf(content), at);
  if (entry === undefined)
    throw new CallError('NotYetAvailable', vscode.l10n.t('The lines of this transcript have no times.'));
  const [format = 'text'] = formatsOf('transcript');
  const { starts } = await store.written({ ref, kind: 'transcript', format });
  await show(ref, content, format, starts[entry], vscode.ViewColumn.Beside);
}

/** Times of a transcript or chat as links into the report. */
export class TalkLinks implements vscode.DocumentLinkProvider {
  constructor(readonly store: TalkStore) {}

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const { uri, lineCount } = document;
    const address = readTalkUri(uri);
    if (address?.format !== 'text') return [];
    const { starts } = await this.store.written(address);
    const links: vscode.DocumentLink[] = [];
    for (const line of starts.subarray(0, MAX_LINKS)) {
      const time = line < lineCount ? /^\d\d:\d\d:\d\d/.exec(document.lineAt(line).text)?.[0] : undefined;
      if (time === undefined) continue;
      const argument = encodeURIComponent(JSON.stringify([{ uri: uri.toString(), line }]));
      const target = vscode.Uri.parse(`command:peerscope.showLineInReport?${argument}`);
      const link = new vscode.DocumentLink(new vscode.Range(line, 0, line, time.length), target);
      link.tooltip = vscode.l10n.t('Show this time in the report');
      links.push(link);
    }
    return links;
  }
}

async function momentAt(store: TalkStore, uri: vscode.Uri, line: number): Promise<LineMoment | undefined> {
  const address = readTalkUri(uri);
  if (!address) return undefined;
  const content = await store.content(address);
  if (content.kind === 'summary') return undefined;
  const { starts } = await store.written(address);
  const entry = entryAt(starts, line);
  const at = entry === undefined ? undefined : timesOf(content)[entry];
  if (entry === undefined || at === undefined) return undefined;
  const said = content.kind === 'chat' ? content.chat.messages[entry] : content.transcript.lines[entry];
  return { ref: address.ref, at, participantId: said?.participantId };
}

/** The line named by the argument, else that of the cursor. */
function placeOf(argument: unknown): { uri: vscode.Uri; line: number } | undefined {
  const { uri, line } = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<string, unknown>;
  if (typeof uri === 'string' && typeof line === 'number') return { uri: vscode.Uri.parse(uri), line };
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== TALK_SCHEME) return undefined;
  return { uri: editor.document.uri, line: editor.selection.active.line };
}

async function momentOf(services: TalkServices, argument: unknown): Promise<{ ref: SessionRef; at: number }> {
  const { at } = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<string, unknown>;
  if (typeof at === 'number' && Number.isFinite(at)) return { ref: readSessionRef(argument), at };
  const [ref] = await services.reports();
  const cursor = await services.reportCursor();
  if (ref && cursor !== undefined) return { ref, at: cursor };
  throw new CallError('BadInput', vscode.l10n.t('Put the cursor of a participant report at a moment first.'));
}
