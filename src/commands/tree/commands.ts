import * as l10n from '@vscode/l10n';
import type { ConnectionStore } from '../../connections/store';
import { CallError } from '../../core/errors';
import type { CallTree } from '../../tree/call-tree';
import type { CallTreeModel } from '../../tree/model';
import { type CallNode, isNode } from '../../tree/nodes';
import { type CommandRegistry, isScripted } from '../register';

/** Registers the commands on rows of the tree. Each takes a row, or an argument object with `connectionId`. */
export function registerTreeCommands(commands: CommandRegistry, store: ConnectionStore, tree: CallTree): void {
  const { model } = tree;
  const actions = async () => (await import('../actions')).treeActions;
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
  commands.add('peerscope.filterSessions', async (argument) =>
    (await actions()).filter(model, target(argument), argument),
  );
  commands.add('peerscope.clearFilter', async (argument) => {
    const list = (await actions()).listOf(target(argument));
    if (list) model.setFilter(list, undefined);
  });
  commands.add('peerscope.showBreakoutRooms', async (argument) =>
    (await actions()).showBreakoutRooms(model, target(argument)),
  );
  commands.add('peerscope.copyId', async (argument) => (await actions()).copyId(target(argument)));
  commands.add('peerscope.openInDashboard', async (argument) =>
    (await actions()).openInDashboard(store, target(argument)),
  );
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
  return new CallError('BadInput', l10n.t('Select a row of the Calls view first.'));
}
