import * as vscode from 'vscode';
import type { ConnectionStore } from '../connections/store';
import { CallError } from '../core/errors';
import { describeProvider } from '../providers/catalog';
import type { CallTree } from '../tree/call-tree';
import type { ListFilter } from '../tree/filters';
import type { CallTreeModel } from '../tree/model';
import { type CallNode, connectionOf, isNode, type PagedNode } from '../tree/nodes';
import { withProgress } from '../ui/progress';
import type { FilterTarget } from './filter-steps';
import { type CommandRegistry, isScripted } from './register';

/** Registers the commands on rows of the tree. Each takes a row, or an argument object with `connectionId`. */
export function registerTreeCommands(commands: CommandRegistry, store: ConnectionStore, tree: CallTree): void {
  const { model } = tree;
  const target = (argument: unknown) => findTarget(model, argument) ?? tree.selection;

  commands.add('peerscope.refresh', (argument) => {
    const node = findTarget(model, argument);
    model.refresh(node && 'parent' in node && isRemark(node) ? node.parent : node);
  });
  commands.add('peerscope.loadMore', async (argument) => {
    const node = target(argument);
    if (!node) throw noRow();
    await model.loadMore(isRemark(node) ? (node.parent as CallNode) : node);
  });
  commands.add('peerscope.cancelLoading', () => model.cancelLoading());
  commands.add('peerscope.filterSessions', (argument) => filter(model, target(argument), argument));
  commands.add('peerscope.clearFilter', (argument) => {
    const list = listOf(target(argument));
    if (list) model.setFilter(list, undefined);
  });
  commands.add('peerscope.showBreakoutRooms', async (argument) => {
    const node = target(argument);
    if (node?.kind !== 'session') throw noRow();
    const count = await withProgress('Peerscope: asking for breakout rooms…', (signal) =>
      model.showBreakoutRooms(node, signal),
    );
    if (count === 0) void vscode.window.showInformationMessage('This session had no breakout rooms.');
  });
  commands.add('peerscope.copyId', async (argument) => {
    const node = target(argument);
    const id = node && idOf(node);
    if (id === undefined) throw noRow();
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage('$(check) ID copied', 3000);
  });
  commands.add('peerscope.openInDashboard', async (argument) => openInDashboard(store, target(argument)));
}

async function filter(model: CallTreeModel, node: CallNode | undefined, argument: unknown): Promise<void> {
  const list = listOf(node);
  if (!list) throw new CallError('BadInput', 'Select a list of sessions, rooms or participants first, then filter it.');
  const { askForFilter, readFilter } = await import('./dialogs');
  if (isScripted(argument)) return model.setFilter(list, readFilter(argument as Record<string, unknown>));
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
  if (!url) throw new CallError('NotFound', 'No dashboard page is known for this provider.');
  const id = idOf(node);
  if (ref && id) {
    // The dashboard has no documented page for one session: the id on the clipboard finds it there.
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage('$(check) ID copied: search for it in the dashboard', 5000);
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

/** A row that only says something about the list above it. */
function isRemark(node: CallNode): boolean {
  return node.kind === 'error' || node.kind === 'loadMore' || node.kind === 'empty' || node.kind === 'issues';
}

/**
 * The row that an argument means: the row itself, or for an argument object the list of sessions that it names by
 * `connectionId`, `appId` and `group` ("recent" when missing) or `roomId`.
 */
function findTarget(model: CallTreeModel, argument: unknown): CallNode | undefined {
  if (isNode(argument)) return argument;
  if (!isScripted(argument)) return undefined;
  return model.findList(argument as Record<string, unknown>);
}

function noRow(): CallError {
  return new CallError('BadInput', 'Select a row of the Calls view first.');
}
