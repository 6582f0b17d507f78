import * as vscode from 'vscode';
import { CallError, fromPlainError, isCancelled, type PlainError } from '../../core/errors';
import { type SessionRef, sessionKey } from '../../core/ids';
import { type LookUpSource, lookUp } from '../../lookup/ask';
import { RecentLookUps } from '../../lookup/recent';
import { type Candidate, holdsId, recognise } from '../../lookup/recognise';
import { MAX_ID_LENGTH } from '../../lookup/shapes';
import { isScripted } from '../register';
import type { LookUpServices } from './commands';
import { openMatch } from './open';
import { type PickOptions, pickMatch } from './pick';

/** A selection longer than this is no id; of a log line the beginning is read. */
const MAX_SELECTION = 2000;

/** Looks up an id. With an argument: no dialog, the sessions that were found. Without: the person chooses, and it opens. */
export async function lookUpSession(services: LookUpServices, argument: unknown): Promise<SessionRef[] | undefined> {
  if (isScripted(argument)) return findAll(services, argument);
  // The clipboard is not waited for: a browser may ask for permission first.
  await pickAndOpen(services, { value: selectedId() ?? '', suggestion: clipboardId() });
  return undefined;
}

/**
 * Looks up the id in the selection, in the word under the cursor, or, with `{ id, text }`, the id of a link and what else
 * its line names. A single match is opened at once.
 */
export async function lookUpSelection(services: LookUpServices, argument: unknown): Promise<void> {
  const { id, text } = readTarget(argument) ?? textAtCursor();
  const { candidates, remark } = recognise(text);
  const wanted = id === undefined ? candidates : focused(id, candidates);
  const [first] = wanted;
  if (!first) {
    void vscode.window.showInformationMessage(remark ?? vscode.l10n.t('There is no id in the selection.'));
    return;
  }
  await pickAndOpen(services, { value: first.id, candidates: wanted, takeSingle: first.id });
}

/** Asks, lets the person choose where there is a choice, and opens. Escape ends it silently. */
export async function pickAndOpen(
  services: LookUpServices,
  options: Omit<PickOptions, 'source' | 'recent'>,
): Promise<void> {
  const recent = new RecentLookUps(services.state).list((id) => services.store.list().some((one) => one.id === id));
  try {
    await openMatch(services, await pickMatch({ source: sourceOf(services), recent, ...options }));
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}

async function findAll(services: LookUpServices, argument: unknown): Promise<SessionRef[]> {
  const { id, connectionIds } = readArgument(argument);
  const { candidates, remark } = recognise(id);
  if (candidates.length === 0)
    throw new CallError('BadInput', `id: ${remark ?? vscode.l10n.t('there is no id in this text.')}`, { field: 'id' });
  for (const one of connectionIds ?? []) services.store.get(one);
  const found = new Map<string, SessionRef>();
  let failed: PlainError | undefined;
  for await (const event of lookUp(sourceOf(services, connectionIds), candidates, new AbortController().signal)) {
    if (event.kind === 'failed') failed ??= event.error;
    if (event.kind !== 'found') continue;
    const { connectionId, appId, roomId, sessionId } = event.match.ref;
    const ref = {
      connectionId,
      ...(appId !== undefined && { appId }),
      ...(roomId !== undefined && { roomId }),
      sessionId,
    };
    found.set(sessionKey(ref), ref);
  }
  if (found.size === 0 && failed) throw fromPlainError(failed);
  return [...found.values()];
}

function sourceOf({ store, pool }: LookUpServices, only?: readonly string[]): LookUpSource {
  return {
    records: () => store.list().filter(({ id }) => !only || only.includes(id)),
    provider: (id) => pool.provider(id),
  };
}

function readArgument(argument: unknown): { id: string; connectionIds?: string[] } {
  const { id, connectionIds } = (typeof argument === 'string' ? { id: argument } : argument) as Record<string, unknown>;
  if (typeof id !== 'string' || id.trim() === '' || id.length > MAX_SELECTION) {
    const text = vscode.l10n.t(
      'id: expected an id, an address or text with one in it, of 1 to {0} characters.',
      MAX_SELECTION,
    );
    throw new CallError('BadInput', text, { field: 'id' });
  }
  if (connectionIds === undefined) return { id };
  if (!Array.isArray(connectionIds) || !connectionIds.every((one): one is string => typeof one === 'string')) {
    throw new CallError('BadInput', vscode.l10n.t('connectionIds: expected a list of ids.'), {
      field: 'connectionIds',
    });
  }
  return { id, connectionIds };
}

/** What a link of ours passes. Commands can be run by anything in a document, so it is checked. */
function readTarget(argument: unknown): { id: string; text: string } | undefined {
  if (typeof argument !== 'object' || argument === null || !('id' in argument)) return undefined;
  const { id, text } = argument as Record<string, unknown>;
  if (typeof id !== 'string' || id.length > MAX_ID_LENGTH) return undefined;
  return { id, text: typeof text === 'string' ? text.slice(0, MAX_SELECTION) : id };
}

/** The id that was clicked, and the session that its line names, which may be needed to find it. */
function focused(id: string, candidates: readonly Candidate[]): Candidate[] {
  const [own] = recognise(id).candidates;
  const known = candidates.find((one) => one.id.toLowerCase() === id.toLowerCase()) ?? own;
  if (!known) return [];
  const sessions = candidates.filter((one) => one !== known && one.role === 'session');
  return known.role === 'session' ? [known] : [known, ...sessions];
}

function selectedId(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) return undefined;
  return holdsId(editor.document.getText(editor.selection).slice(0, MAX_SELECTION));
}

/** The selection, or the line around the cursor. */
function textAtCursor(): { id?: string; text: string } {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return { text: '' };
  const { document, selection } = editor;
  const text = selection.isEmpty ? document.lineAt(selection.active.line).text : document.getText(selection);
  return { text: text.slice(0, MAX_SELECTION) };
}

/** Longer than this only a question to the person takes, ms. */
const CLIPBOARD_MS = 2000;
/** A browser that did not let us read the clipboard would ask or complain at every look-up. */
let clipboardRefused = false;

async function clipboardId(): Promise<string | undefined> {
  if (clipboardRefused) return undefined;
  const timer = setTimeout(() => {
    clipboardRefused = true;
  }, CLIPBOARD_MS);
  try {
    return holdsId((await vscode.env.clipboard.readText()).slice(0, MAX_SELECTION));
  } catch {
    clipboardRefused = true;
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
