import * as vscode from 'vscode';
import type { IgnoredSetting } from '../../core/finding';
import { labelText } from '../../core/text';

let told = '';

/** Says what of the setting `peerscope.thresholds` is not taken over, and why: once for each state of the setting. */
export function tellIgnored(ignored: readonly IgnoredSetting[]): void {
  const reasons = ignored.map(({ path, reason }) => (path ? `${path}: ${reason}` : reason)).join(' ');
  if (reasons === told) return;
  told = reasons;
  if (reasons) void warn(reasons);
}

async function warn(reasons: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('Not all of the setting peerscope.thresholds is used. {0}', labelText(reasons, 400));
  const chosen = await vscode.window.showWarningMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'peerscope.thresholds');
}
