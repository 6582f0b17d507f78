import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { entryAt } from '../../export/talk-document';
import { readTalkUri, type TalkAddress } from './address';
import { formatsOf } from './content';
import { type OpenedTalk, show } from './open';
import type { TalkStore } from './store';

/** What each format is called and good for. */
export const FORMAT_WORDS: Readonly<Record<string, { label: string; detail: string }>> = {
  text: {
    label: vscode.l10n.t('Text'),
    detail: vscode.l10n.t('To read: time, speaker and what was said, a line each'),
  },
  srt: { label: 'SRT', detail: vscode.l10n.t('SubRip subtitles, for video players') },
  vtt: { label: 'VTT', detail: vscode.l10n.t('WebVTT captions, for web pages') },
  json: { label: 'JSON', detail: vscode.l10n.t('With everything that is known of each line, for tools') },
  csv: { label: 'CSV', detail: vscode.l10n.t('One row a line, for spreadsheets') },
};

/** Shows the document in front in another format, at the line where the cursor is. */
export async function showAs(store: TalkStore, argument: unknown): Promise<OpenedTalk | undefined> {
  const { uri, format } = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<
    string,
    unknown
  >;
  const editor = vscode.window.activeTextEditor;
  const named = typeof uri === 'string' ? vscode.Uri.parse(uri) : editor?.document.uri;
  const address = named && readTalkUri(named);
  if (!address || address.kind === 'summary')
    throw new CallError('BadInput', vscode.l10n.t('Open a transcript or a chat first.'));
  const wanted = typeof format === 'string' ? known(address, format) : await pick(address);
  if (wanted === undefined) return undefined;
  const line = typeof uri === 'string' ? undefined : editor?.selection.active.line;
  const entry = line === undefined ? undefined : entryAt((await store.written(address)).starts, line);
  const { starts } = await store.written({ ...address, format: wanted });
  return show(address.ref, await store.content(address), wanted, entry === undefined ? undefined : starts[entry]);
}

function known({ kind }: TalkAddress, format: string): string {
  const formats = formatsOf(kind);
  if (formats.includes(format)) return format;
  const text = vscode.l10n.t('format: expected {0}.', formats.map((one) => `"${one}"`).join(', '));
  throw new CallError('BadInput', text, { field: 'format' });
}

async function pick({ kind, format }: TalkAddress): Promise<string | undefined> {
  const items = formatsOf(kind).map((one) => ({
    label: FORMAT_WORDS[one]?.label ?? one,
    detail: FORMAT_WORDS[one]?.detail,
    description: one === format ? vscode.l10n.t('shown now') : undefined,
    format: one,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: kind === 'chat' ? vscode.l10n.t('Show the chat as') : vscode.l10n.t('Show the transcript as'),
    matchOnDetail: true,
  });
  return chosen?.format;
}
