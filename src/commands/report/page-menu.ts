import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { ReportPanels } from '../../panel/index';
import type { CommandRegistry } from '../register';

/** What a page tells of what was pointed at; see webview/context-menu. */
interface PageContext {
  peerscopeValue?: unknown;
  peerscopeRow?: unknown;
  peerscopeTable?: unknown;
  peerscopeChart?: unknown;
}

/** Registers the commands of the pages' context menu. */
export function registerPageMenuCommands(commands: CommandRegistry, panels: () => Promise<ReportPanels>): void {
  commands.add('peerscope.copyValue', (argument) => copy(argument, 'peerscopeValue'));
  commands.add('peerscope.copyRow', (argument) => copy(argument, 'peerscopeRow'));
  commands.add('peerscope.copyTable', (argument) => copy(argument, 'peerscopeTable'));
  commands.add('peerscope.toggleChartTable', async (argument) => (await panels()).chart(chartOf(argument), 'table'));
  commands.add('peerscope.copyChartCsv', async (argument) => (await panels()).chart(chartOf(argument), 'csv'));
  commands.add('peerscope.copyChartImage', async (argument) => (await panels()).chart(chartOf(argument), 'image'));
}

async function copy(argument: unknown, part: keyof PageContext): Promise<void> {
  const text = read(argument, part);
  if (text === undefined) throw new CallError('BadInput', vscode.l10n.t('Point at a value of a Peerscope page first.'));
  await vscode.env.clipboard.writeText(text);
}

function chartOf(argument: unknown): string {
  const chart = read(argument, 'peerscopeChart');
  if (chart === undefined) throw new CallError('BadInput', vscode.l10n.t('Point at a chart of a report first.'));
  return chart;
}

function read(argument: unknown, part: keyof PageContext): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as PageContext)[part];
  return typeof value === 'string' ? value : undefined;
}
