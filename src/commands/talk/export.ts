import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { Masker } from '../../core/mask';
import { labelText } from '../../core/text';
import { maskTalk } from '../../export/mask-talk';
import { readSettings } from '../../ui/settings';
import { readTalkUri, type TalkAddress } from './address';
import { formatsOf, writeContent } from './content';
import { FORMAT_WORDS } from './show-as';
import type { TalkStore } from './store';

/** A format to choose, and whether personal data are masked. */
type Choice = vscode.QuickPickItem & { format: string; mask: boolean };

/**
 * Writes the transcript or chat in front to a file. Personal data are masked as the setting says; the document itself is
 * a view and shows names. A script gives `{uri, format, mask?, target}`.
 */
export async function exportTalk(store: TalkStore, argument: unknown): Promise<void> {
  const answers = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<string, unknown>;
  const uri = typeof answers.uri === 'string' ? vscode.Uri.parse(answers.uri) : activeUri();
  const address = uri && readTalkUri(uri);
  if (!uri || !address || address.kind === 'summary') {
    throw new CallError('BadInput', vscode.l10n.t('Open a transcript or a chat first.'));
  }
  const scripted = answers.target !== undefined;
  const choice = scripted ? readChoice(address, answers) : await pick(address);
  if (!choice) return;
  const target = scripted ? readTarget(answers.target) : await askTarget(uri, choice.format);
  if (!target) return;
  const content = await store.content(address);
  const told = choice.mask && content.kind !== 'summary' ? maskTalk(content, new Masker()) : content;
  const { text } = await writeContent(told, choice.format);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  if (scripted) return;
  const open = vscode.l10n.t('Open');
  const name = labelText(target.path.split('/').at(-1) ?? '', 80);
  const exported =
    address.kind === 'chat'
      ? vscode.l10n.t('The chat was exported to {0}.', name)
      : vscode.l10n.t('The transcript was exported to {0}.', name);
  const chosen = await vscode.window.showInformationMessage(exported, open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

function activeUri(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri;
}

function readChoice({ kind }: TalkAddress, { format, mask }: Record<string, unknown>) {
  if (typeof format !== 'string' || !formatsOf(kind).includes(format)) {
    throw new CallError('BadInput', vscode.l10n.t('format: expected one of {0}.', formatsOf(kind).join(', ')), {
      field: 'format',
    });
  }
  if (mask !== undefined && typeof mask !== 'boolean') {
    throw new CallError('BadInput', vscode.l10n.t('mask: expected true or false.'), { field: 'mask' });
  }
  return { format, mask: mask ?? readSettings().maskPersonalData };
}

function readTarget(target: unknown): vscode.Uri {
  if (target instanceof vscode.Uri) return target;
  throw new CallError('BadInput', vscode.l10n.t('target: expected a Uri.'), { field: 'target' });
}

async function pick({ kind }: TalkAddress): Promise<Choice | undefined> {
  const { maskPersonalData: mask } = readSettings();
  const items = formatsOf(kind).map((format) => ({
    label: FORMAT_WORDS[format]?.label ?? format,
    detail: FORMAT_WORDS[format]?.detail,
    format,
    mask,
  }));
  return vscode.window.showQuickPick(items, {
    title: titleOf(kind, mask),
    matchOnDetail: true,
  });
}

function titleOf(kind: TalkAddress['kind'], mask: boolean): string {
  if (kind === 'chat')
    return mask
      ? vscode.l10n.t('Export the chat: personal data masked (setting "Mask Personal Data")')
      : vscode.l10n.t('Export the chat: personal data included (setting "Mask Personal Data")');
  return mask
    ? vscode.l10n.t('Export the transcript: personal data masked (setting "Mask Personal Data")')
    : vscode.l10n.t('Export the transcript: personal data included (setting "Mask Personal Data")');
}

/** Beside the first workspace folder's files, or where the dialog begins. */
function askTarget(uri: vscode.Uri, format: string): Thenable<vscode.Uri | undefined> {
  const ending = format === 'text' ? 'txt' : format;
  const name = `${(uri.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '').replace(' · ', ' ')}.${ending}`;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export'),
    filters: { [FORMAT_WORDS[format]?.label ?? format]: [ending] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
}
