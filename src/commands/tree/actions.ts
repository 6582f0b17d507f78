import * as vscode from 'vscode';
import type { ConnectionStore } from '../../connections/store';
import { CallError } from '../../core/errors';
import { describeProvider } from '../../providers/catalog';
import type { ListFilter } from '../../tree/filters';
import type { CallTreeModel } from '../../tree/model';
import { type CallNode, connectionOf, type PagedNode } from '../../tree/nodes';
import { withProgress } from '../../ui/progress';
import { isScripted } from '../register';
import { readFilter } from './filter-input';
import { askForFilter, type FilterTarget } from './filter-steps';

/** The work of the commands on rows of the tree. */
export const treeActions = { filter, listOf, showBreakoutRooms, copyId, openInDashboard };

async function showBreakoutRooms(model: CallTreeModel, node: CallNode | undefined): Promise<void> {
  if (node?.kind !== 'session') throw noRow();
  const count = await withProgress(vscode.l10n.t('Peerscope: asking for breakout rooms…'), (signal) =>
    model.showBreakoutRooms(node, signal),
  );
  if (count === 0) void vscode.window.showInformationMessage(vscode.l10n.t('This session had no breakout rooms.'));
}

async function copyId(node: CallNode | undefined): Promise<void> {
  const id = node && idOf(node);
  if (id === undefined) throw noRow();
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) ID copied'), 3000);
}

async function filter(model: CallTreeModel, node: CallNode | undefined, argument: unknown): Promise<void> {
  const list = listOf(node);
  if (!list)
    throw new CallError(
      'BadInput',
      vscode.l10n.t('Select a list of sessions, rooms or participants first, then filter it.'),
    );
  if (isScripted(argument)) {
    model.setFilter(list, readFilter(argument as Record<string, unknown>));
    return;
  }
  const provider = await model.source.provider(connectionOf(list) as string);
  const chosen: ListFilter | undefined = await askForFilter(
    filterTarget(list),
    provider.capabilities,
    model.filter(list),
  );
  model.setFilter(list, chosen);
}

function filterTarget(list: PagedNode): FilterTarget {
  if (list.kind === 'session') return 'participants';
  if (list.kind === 'group' && list.group === 'rooms') return 'rooms';
  return list.kind === 'group' && list.group === 'live' ? 'live' : 'sessions';
}

/** The list that a row stands for or belongs to. */
function listOf(node: CallNode | undefined): PagedNode | undefined {
  if (!node) return undefined;
  if (node.kind === 'group' || node.kind === 'room' || node.kind === 'session') return node;
  return node.parent ? listOf(node.parent) : undefined;
}

async function openInDashboard(store: ConnectionStore, node: CallNode | undefined): Promise<void> {
  const connectionId = node && connectionOf(node);
  if (!node || connectionId === undefined) throw noRow();
  const record = store.get(connectionId);
  const ref = 'ref' in node ? node.ref : undefined;
  const url = describeProvider(record.provider)?.dashboardUrl?.(record.settings, ref);
  if (!url) throw new CallError('NotFound', vscode.l10n.t('No dashboard page is known for this provider.'));
  const id = idOf(node);
  if (ref && id) {
    // The dashboard has no documented page for one session: the id on the clipboard finds it there.
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) ID copied: search for it in the dashboard'), 5000);
  }
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** The provider's id of what a row shows. */
function idOf(node: CallNode): string | undefined {
  switch (node.kind) {
    case 'app':
      return node.app.id;
    case 'room':
      return node.room.id;
    case 'keptCall':
    case 'session':
      return node.ref.sessionId;
    case 'participant':
      return node.ref.participantId;
    case 'connection':
      return node.record.id;
    default:
      return undefined;
  }
}

function noRow(): CallError {
  return new CallError('BadInput', vscode.l10n.t('Select a row of the Calls view first.'));
}
