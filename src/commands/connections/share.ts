import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ConnectionRecord } from '../../connections/record';
import { connectionListText, shareable, sortOut } from '../../connections/shared-list';
import type { ConnectionStore } from '../../connections/store';
import type { BadEntry, ConnectionList, SharedConnection } from '../../core/connection-list';
import { CallError } from '../../core/errors';
import { labelText } from '../../core/text';
import { describeWithForm } from '../../providers/forms';
import type { Log } from '../../ui/log';
import { fileName } from '../files/file-ref';
import { writeParts } from '../files/write-file';
import { isScripted } from '../register';
import { readTarget } from '../report/export-input';

/** Far above a list of the most connections that are read. */
const MAX_BYTES = 2_000_000;

/** What came of an import. */
interface Imported {
  added: { id: string; provider: string; label: string }[];
  /** How many were here already. */
  existing: number;
  /** Entries that cannot be used. */
  bad: BadEntry[];
}

/** The work of the commands that pass connections around, without their keys. */
export const sharingActions = { exportList, importList };

/** Writes connections to a file. By argument object `{target, connectionIds?}` nothing is asked. */
async function exportList(store: ConnectionStore, argument: unknown): Promise<{ connections: number } | undefined> {
  const all = shareable(store.list());
  if (all.length === 0) {
    throw new CallError(
      'NotFound',
      vscode.l10n.t('There is no connection to export. The sample calls are in every window.'),
    );
  }
  if (isScripted(argument)) {
    const { target, connectionIds } = argument as Record<string, unknown>;
    return write(chosenByIds(all, connectionIds), readTarget(target));
  }
  const chosen =
    all.length === 1
      ? all
      : await pick(all, vscode.l10n.t('Export Connections'), vscode.l10n.t('Keys are not exported'));
  if (!chosen?.length) return undefined;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Connections'),
    filters: { JSON: ['json'] },
    defaultUri: nearby('peerscope-connections.json'),
  });
  if (!target) return undefined;
  const written = await write(chosen, target);
  const open = vscode.l10n.t('Open');
  const name = labelText(fileName(target), 80);
  const text =
    chosen.length === 1
      ? vscode.l10n.t('1 connection was exported to {0}, without its key.', name)
      : vscode.l10n.t('{0} connections were exported to {1}, without their keys.', chosen.length, name);
  if ((await vscode.window.showInformationMessage(text, open)) === open) await vscode.window.showTextDocument(target);
  return written;
}

async function write(records: readonly ConnectionRecord[], target: vscode.Uri): Promise<{ connections: number }> {
  await writeParts(target, [connectionListText(records)], new AbortController().signal);
  return { connections: records.length };
}

function chosenByIds(all: readonly ConnectionRecord[], ids: unknown): readonly ConnectionRecord[] {
  if (ids === undefined) return all;
  if (!Array.isArray(ids)) throw badInput('connectionIds', vscode.l10n.t('expected a list of ids.'));
  return ids.map((id: unknown) => {
    const found = all.find((record) => record.id === id);
    if (!found) throw badInput('connectionIds', vscode.l10n.t('there is no such connection that can be exported.'));
    return found;
  });
}

/**
 * Adds the connections of a file that are not here yet; each waits for its key. By argument `{uri, confirm?}`, or a Uri,
 * no dialog for the file; `confirm: false` takes all of them without a question.
 */
async function importList(store: ConnectionStore, log: Log, argument: unknown): Promise<Imported | undefined> {
  const scripted = isScripted(argument);
  const { uri, confirm } = scripted ? readArgument(argument) : { uri: await askForFile(), confirm: true };
  if (!uri) return undefined;
  const list = await readList(uri);
  const { added, existing } = sortOut(list.connections, store.list());
  for (const { path, label, problem } of list.bad) {
    log.write('warn', `${fileName(uri)}: ${path}${label && ` (${label})`}: ${problem}`);
  }
  const chosen = confirm && added.length > 0 ? await pickNew(added, existing.length, list.bad.length) : added;
  if (!chosen) return undefined;
  const outcome: Imported = { added: [], existing: existing.length, bad: list.bad };
  for (const one of chosen) {
    const record: ConnectionRecord = { id: randomUUID(), ...one, needsKey: true };
    await store.save(record, undefined);
    outcome.added.push({ id: record.id, provider: record.provider, label: record.label });
  }
  if (!scripted) await tell(outcome, log);
  return outcome;
}

/** Rejects with `NotFound` or `BadInput` that names the file. */
async function readList(uri: vscode.Uri): Promise<ConnectionList> {
  const name = labelText(fileName(uri), 80);
  let bytes: Uint8Array;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_BYTES) throw badInput('uri', vscode.l10n.t('{0} is too large for a list of connections.', name));
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError)
      throw new CallError('NotFound', vscode.l10n.t('{0} cannot be read.', name));
    throw error;
  }
  const { readConnectionList } = await import('../../providers/index');
  return readConnectionList(new TextDecoder().decode(bytes));
}

/** Shows what would be added, with the address that a key would go to; undefined on Escape. */
function pickNew(added: readonly SharedConnection[], existing: number, bad: number) {
  const rest = [
    existing === 1 && vscode.l10n.t('1 is here already'),
    existing > 1 && vscode.l10n.t('{0} are here already', existing),
    bad > 0 && vscode.l10n.t('{0} cannot be read', bad),
  ].filter(Boolean);
  const placeHolder = [vscode.l10n.t('Which connections are to be added?'), ...rest].join(' · ');
  return pick(added, vscode.l10n.t('Import Connections'), placeHolder);
}

async function pick<T extends SharedConnection | ConnectionRecord>(
  all: readonly T[],
  title: string,
  placeHolder: string,
): Promise<T[] | undefined> {
  const items = all.map((one) => ({
    label: labelText(one.label, 80),
    description: describeWithForm(one.provider)?.label,
    detail: detailOf(one),
    picked: true,
    one,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ one }) => one);
}

/** Its settings in words; an address that is not the provider's own stands first, as the key will go there. */
function detailOf({ provider, settings }: SharedConnection | ConnectionRecord): string | undefined {
  const fields = describeWithForm(provider)?.fields ?? [];
  const words = fields.flatMap(({ name, label }) => {
    const value = settings[name];
    if (!value) return [];
    return name === 'baseUrl'
      ? [`$(warning) ${vscode.l10n.t('its key will go to {0}', labelText(value))}`]
      : [`${label} ${labelText(value, 60)}`];
  });
  return words.toSorted((a, b) => Number(b.startsWith('$(warning)')) - Number(a.startsWith('$(warning)'))).join(' · ');
}

async function tell({ added, existing, bad }: Imported, log: Log): Promise<void> {
  const [first] = added;
  if (first) await vscode.commands.executeCommand('peerscope.calls.focus');
  const enter = vscode.l10n.t('Enter Key');
  const show = vscode.l10n.t('Show Log');
  const sentences = [
    added.length === 0 &&
      existing > 0 &&
      bad.length === 0 &&
      vscode.l10n.t('Every connection of the file is here already.'),
    added.length === 0 && (existing === 0 || bad.length > 0) && vscode.l10n.t('No connection was added.'),
    added.length === 1 &&
      vscode.l10n.t('The connection "{0}" was added. It needs its key.', labelText(first?.label ?? '', 60)),
    added.length > 1 && vscode.l10n.t('{0} connections were added. Each needs its key.', added.length),
    bad.length > 0 && wordsFor(bad),
  ].filter((sentence) => sentence !== false);
  const say = bad.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const actions = [...(added.length === 1 ? [enter] : []), ...(bad.length > 0 ? [show] : [])];
  const chosen = await say(sentences.join(' '), ...actions);
  if (chosen === enter) await vscode.commands.executeCommand('peerscope.editConnection', { id: first?.id });
  if (chosen === show) log.show();
}

/** The first bad entry with its reason, and how many more there are. */
function wordsFor([first, ...rest]: readonly BadEntry[]): string {
  if (!first) return '';
  const name = first.label ? `"${labelText(first.label, 60)}"` : labelText(first.path, 80);
  const problem = labelText(`${first.path}: ${first.problem}`, 300);
  const named = vscode.l10n.t('{name} was left out: {problem}', { name, problem });
  if (rest.length === 0) return named;
  const more =
    rest.length === 1
      ? vscode.l10n.t('1 more entry cannot be read.')
      : vscode.l10n.t('{0} more entries cannot be read.', rest.length);
  return `${named} ${more}`;
}

function readArgument(argument: unknown): { uri: vscode.Uri; confirm: boolean } {
  if (argument instanceof vscode.Uri || typeof argument === 'string') return { uri: uriOf(argument), confirm: true };
  const { uri, confirm } = argument as Record<string, unknown>;
  return { uri: uriOf(uri), confirm: confirm !== false };
}

function uriOf(value: unknown): vscode.Uri {
  try {
    return readTarget(value);
  } catch {
    throw badInput(
      'uri',
      vscode.l10n.t('expected the Uri of a file, for example {0}.', 'file:///home/me/peerscope-connections.json'),
    );
  }
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Connections'),
    filters: { JSON: ['json'] },
    defaultUri: nearby(),
  });
  return chosen?.[0];
}

/** A place in the workspace, where there is one. */
function nearby(name = ''): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, name);
}

function badInput(field: string, problem: string): CallError {
  return new CallError('BadInput', `${field}: ${problem}`, { field });
}
