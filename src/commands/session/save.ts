import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore } from '../../connections/store';
import { CallError } from '../../core/errors';
import { FILE_CONNECTION, type SessionRef } from '../../core/ids';
import { readSessionRef } from '../../core/ref-input';
import { labelText } from '../../core/text';
import { makeSavedSession, sessionParts } from '../../export/session-json';
import type { SessionPanels } from '../../panel/index';
import { describeProvider } from '../../providers/catalog';
import type { CallTree } from '../../tree/call-tree';
import { appName } from '../../tree/find';
import { isNode } from '../../tree/nodes';
import type { Log } from '../../ui/log';
import { presentError } from '../../ui/present-error';
import { withProgress } from '../../ui/progress';
import { readSettings } from '../../ui/settings';
import { confirmUnmasked, writeParts } from '../files/write-file';
import { isFromPage } from '../register';
import { diagnoseAll } from '../report/diagnose';
import { readTarget } from '../report/export-input';
import { type ReadWhole, readWhole } from './read-all';

/** What saving needs of the extension. */
export interface SaveSessionDependencies {
  store: ConnectionStore;
  pool: ProviderPool;
  tree: CallTree;
  log: Log;
  panels: SessionPanels;
}

/** What a file of a session holds. */
export interface SavedCounts {
  participants: number;
  reports: number;
  /** Stays whose report is not in the file. */
  unread: number;
}

/**
 * Saves a session to one file: its facts, everybody in it, all their reports and what was found. By argument object without
 * a dialog, of a row or the page in front after asking for masking and file. Reports that its page has read are not read again.
 */
export async function saveSession(needs: SaveSessionDependencies, argument: unknown): Promise<SavedCounts | undefined> {
  if (isAnswers(argument)) {
    const { ref, target, mask = readSettings().maskPersonalData, confirm } = readSaveInput(argument);
    if (!mask && confirm && !(await confirmUnmasked('save'))) throw cancelled();
    const signal = new AbortController().signal;
    const whole = await read(needs, ref, signal, () => undefined);
    return write(needs, ref, whole, mask, target, signal);
  }
  try {
    return await saveByAsking(needs, refOf(needs, argument));
  } catch (error) {
    // Rows and keys have their errors shown by the command itself; the page's button has nobody else to tell.
    if (argument === undefined || isNode(argument)) throw error;
    await presentError(error, needs.log.redactor, [{ label: vscode.l10n.t('Show Log'), run: () => needs.log.show() }]);
    return undefined;
  }
}

async function saveByAsking(needs: SaveSessionDependencies, ref: SessionRef): Promise<SavedCounts | undefined> {
  const mask = await askMasking();
  if (mask === undefined || (!mask && !(await confirmUnmasked('save')))) return undefined;
  const target = await askTarget(ref);
  if (!target) return undefined;
  const counts = await withProgress(vscode.l10n.t('Peerscope: saving the session…'), async (signal, say) => {
    const whole = await read(needs, ref, signal, (done, total) =>
      say(vscode.l10n.t('{0} of {1} reports', done, total)),
    );
    if (whole.stopped && !(await confirmPart(whole))) throw cancelled();
    return write(needs, ref, whole, mask, target, signal);
  });
  void tell(counts, target);
  return counts;
}

async function read(
  { pool, panels }: SaveSessionDependencies,
  ref: SessionRef,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<ReadWhole> {
  const provider = await pool.provider(ref.connectionId);
  return readWhole({ provider, ref, have: panels.reportsOf(ref), signal, onProgress });
}

async function write(
  { store, pool, tree }: SaveSessionDependencies,
  ref: SessionRef,
  { session, participants, reports, unread, talk }: ReadWhole,
  mask: boolean,
  target: vscode.Uri,
  signal: AbortSignal,
): Promise<SavedCounts> {
  const { connectionId, ...place } = ref;
  const { provider } = store.get(connectionId);
  const { capabilities } = await pool.provider(connectionId);
  const { findings, notEvaluated } = await diagnoseAll(session, reports, participants);
  const media = describeProvider(provider)?.media;
  const app = appName(tree.model, connectionId, ref.appId);
  const source = {
    provider,
    ...(media && { media }),
    place,
    ...(app !== undefined && { appName: app }),
    ...(capabilities.cannotTell && { cannotTell: capabilities.cannotTell }),
    session,
    participants,
    reports,
    unread,
    ...(talk && { talk }),
    findings,
    notEvaluated,
  };
  await writeParts(target, sessionParts(makeSavedSession(source, mask, Date.now())), signal);
  return { participants: participants.length, reports: reports.length, unread: participants.length - reports.length };
}

async function tell({ reports, unread }: SavedCounts, target: vscode.Uri): Promise<void> {
  const name = labelText(target.path.split('/').at(-1) ?? '', 80);
  const open = vscode.l10n.t('Open');
  const saved =
    reports === 1
      ? vscode.l10n.t('The session was saved to {0} with 1 report.', name)
      : vscode.l10n.t('The session was saved to {0} with {1} reports.', name, reports);
  const lacking =
    unread === 1
      ? vscode.l10n.t('One report could not be read.')
      : vscode.l10n.t('{0} reports could not be read.', unread);
  const text = unread === 0 ? saved : `${saved} ${lacking}`;
  const chosen = await vscode.window.showInformationMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand('peerscope.openCapture', target);
}

async function confirmPart({ stopped = '', reports, participants }: ReadWhole): Promise<boolean> {
  const save = vscode.l10n.t('Save What Was Read');
  const text = vscode.l10n.t('Only {0} of {1} reports could be read.', reports.length, participants.length);
  return (
    (await vscode.window.showWarningMessage(text, { modal: true, detail: labelText(stopped, 500) }, save)) === save
  );
}

/** Whether to mask; undefined on Escape. The person's setting stands first. */
async function askMasking(): Promise<boolean | undefined> {
  const masked = {
    label: vscode.l10n.t('$(eye-closed) Personal data masked'),
    detail: vscode.l10n.t('People, addresses and devices become Participant 1, public IPv4 1, Device 1'),
    mask: true,
  };
  const open = {
    label: vscode.l10n.t('$(eye) Personal data included'),
    detail: vscode.l10n.t('Names, IP addresses and device labels as the provider tells them'),
    mask: false,
  };
  const items = readSettings().maskPersonalData ? [masked, open] : [open, masked];
  const placeHolder = vscode.l10n.t(
    'One file with the facts, everybody’s report and the findings; it opens without the provider',
  );
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Save Session'), placeHolder }))?.mask;
}

/** The save dialog asks about a file that exists. */
async function askTarget({ sessionId }: SessionRef): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const id = sessionId.replace(/[^\w-]+/g, '_').slice(0, 60);
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Session'),
    filters: { JSON: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `session-${id}.json`) }),
  });
}

function isAnswers(argument: unknown): argument is object {
  return typeof argument === 'object' && argument !== null && 'target' in argument && !isNode(argument);
}

interface SaveInput {
  ref: SessionRef;
  target: vscode.Uri;
  /** Missing: as the setting says. */
  mask?: boolean;
  /** false: masking is left out without a question. */
  confirm: boolean;
}

/** Reads the argument object. Throws `BadInput` that names the field. */
function readSaveInput(argument: object): SaveInput {
  const { ref, target, mask, confirm } = argument as Record<string, unknown>;
  if (mask !== undefined && typeof mask !== 'boolean') {
    throw new CallError('BadInput', vscode.l10n.t('mask: expected true or false.'), { field: 'mask' });
  }
  return { ref: fromConnection(readSessionRef(ref)), target: readTarget(target), mask, confirm: confirm !== false };
}

function refOf({ panels }: SaveSessionDependencies, argument: unknown): SessionRef {
  if (isNode(argument) && (argument.kind === 'session' || argument.kind === 'keptCall')) return argument.ref;
  const ref = argument === undefined || isFromPage(argument) ? panels.activeRef : readSessionRef(argument);
  if (!ref) throw new CallError('BadInput', vscode.l10n.t('Open a session page first.'));
  return fromConnection(ref);
}

function fromConnection(ref: SessionRef): SessionRef {
  if (ref.connectionId !== FILE_CONNECTION) return ref;
  throw new CallError('BadInput', vscode.l10n.t('This session comes from a file already.'), { field: 'ref' });
}

function cancelled(): CallError {
  return new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
}
