import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { type SessionRef, sessionKey } from '../../core/ids';
import { readSessionRef } from '../../core/ref-input';
import type { KeptThing } from '../../core/talk';
import { labelText } from '../../core/text';
import { describeProvider } from '../../providers/catalog';
import { dateTime } from '../../tree/call-facts';
import { isNode } from '../../tree/nodes';
import { isFromPage } from '../register';
import { readTalkUri } from './address';
import type { TalkServices } from './commands';

/** Rows of a choice; a longer list is looked up instead. */
const MOST = 100;

/** The session that a command is about: its row, its argument, what is in front, else one that the person picks. */
export async function sessionOf(services: TalkServices, argument: unknown, kind: KeptThing): Promise<SessionRef> {
  if (isNode(argument) && (argument.kind === 'session' || argument.kind === 'participant')) return argument.ref;
  const unnamed = argument === undefined || isFromPage(argument);
  if (!unnamed) return readSessionRef(argument);
  const shown = vscode.window.activeTextEditor && readTalkUri(vscode.window.activeTextEditor.document.uri);
  return shown?.ref ?? (await services.activeSession()) ?? pick(services, kind);
}

async function pick(services: TalkServices, kind: KeptThing): Promise<SessionRef> {
  const keepers = services.records().filter(({ provider }) => describeProvider(provider)?.keeps?.includes(kind));
  const label = new Map(keepers.map((record) => [record.id, record.label]));
  const items = new Map<string, vscode.QuickPickItem & { ref: SessionRef }>();
  const now = Date.now();
  for (const { ref, session } of services.knownSessions()) {
    const where = label.get(ref.connectionId);
    if (where === undefined || items.size >= MOST) continue;
    items.set(sessionKey(ref), {
      ref,
      label: labelText(session.roomName ?? '') || ref.sessionId,
      description: session.startedAt === undefined ? undefined : dateTime(session.startedAt, now),
      detail: labelText(where),
    });
  }
  if (items.size === 0) {
    const text = vscode.l10n.t(
      'Which session? Open one first, or select one in the Calls view. "Look Up Session by ID…" finds any.',
    );
    throw new CallError('BadInput', text);
  }
  const chosen = await vscode.window.showQuickPick([...items.values()], {
    title: vscode.l10n.t('Which session?'),
    placeHolder: vscode.l10n.t('Sessions of the Calls view'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  return chosen.ref;
}
