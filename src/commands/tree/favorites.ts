import * as l10n from '@vscode/l10n';
import type { KeptCalls } from '../../connections/kept-calls';
import { CallError } from '../../core/errors';
import { FILE_CONNECTION, type SessionRef } from '../../core/ids';
import type { Session } from '../../core/model';
import { readSessionRef } from '../../core/ref-input';
import { displayText } from '../../core/text';
import { dateTime } from '../../tree/call-facts';
import type { CallTree } from '../../tree/call-tree';
import { findSession } from '../../tree/find';
import { type CallNode, isNode } from '../../tree/nodes';

/** The work of the commands of favourite and recently opened calls. Each takes a row, or an argument object with the ids. */
export const favoriteActions = {
  add(kept: KeptCalls, tree: CallTree, argument: unknown): Promise<void> {
    const ref = refOf(tree, argument);
    return kept.addFavorite(ref, labelOf(argument, ref, kept, tree));
  },
  remove: (kept: KeptCalls, tree: CallTree, argument: unknown) => kept.removeFavorite(refOf(tree, argument)),
  removeRecent: (kept: KeptCalls, tree: CallTree, argument: unknown) => kept.removeRecent(refOf(tree, argument)),
};

/** What a call is kept as: its room's name and when it was, with the day, since it is read on other days. */
export function callLabel({ id, roomName = '', startedAt }: Session): string {
  const name = displayText(roomName, 80) || l10n.t('Session {0}', id.slice(0, 8));
  return startedAt === undefined ? name : `${name} · ${dateTime(startedAt, 0)}`;
}

function labelOf(argument: unknown, ref: SessionRef, kept: KeptCalls, tree: CallTree): string {
  if (isNode(argument) && argument.kind === 'keptCall') return argument.label;
  const session =
    isNode(argument) && argument.kind === 'session' ? argument.session : findSession(tree.model, ref)?.session;
  if (session) return callLabel(session);
  const known = kept.recent().find((call) => call.ref.sessionId === ref.sessionId);
  return known?.label ?? l10n.t('Session {0}', ref.sessionId.slice(0, 8));
}

function refOf(tree: CallTree, given: unknown): SessionRef {
  const argument = given ?? tree.selection;
  if (isNode(argument)) {
    const row: CallNode = argument;
    if (row.kind === 'session' || row.kind === 'keptCall') return row.ref;
  } else if (argument !== undefined) {
    const ref = readSessionRef(argument);
    if (ref.connectionId !== FILE_CONNECTION) return ref;
  }
  throw new CallError('BadInput', l10n.t('Select a session in the Calls view first.'));
}
