import * as vscode from 'vscode';
import type { ComparePanels, PanelServices, ReportPanels } from '../../panel/index';
import { fileName, fileOf } from '../files/file-ref';
import type { LookUpServices } from '../look-up/commands';
import type { CommandRegistry } from '../register';

/** What comparisons need of the extension. */
export interface CompareCommandServices extends Pick<LookUpServices, 'pool' | 'tree' | 'log'> {
  panels(): Promise<ReportPanels>;
  panelServices(): Promise<PanelServices>;
}

/** Registers the comparison of two participants: its command, and what brings its panels back after a reload. */
export function registerCompareCommands(
  context: vscode.ExtensionContext,
  commands: CommandRegistry,
  services: CompareCommandServices,
): void {
  let panels: Promise<ComparePanels> | undefined;
  const load = (): Promise<ComparePanels> => {
    const parts = () => Promise.all([import('../../panel/index'), services.panels(), services.panelServices()]);
    panels ??= parts().then(([{ ComparePanels }, reports, around]) => {
      const made = new ComparePanels({
        ...around,
        shown: (ref) => reports.shown(ref),
        compare: async (...both) => (await import('../actions')).shownComparison(...both),
      });
      context.subscriptions.push(made);
      return made;
    });
    return panels;
  };
  commands.add('peerscope.compareParticipants', async (argument, ...more) => {
    const { pickPair, readChosen, readWanted } = await import('../actions');
    const [first, second] = readChosen(argument, more[0]);
    const stream = readWanted(more[0]);
    const reports = await services.panels();
    const pair =
      first && second
        ? ([first, second] as const)
        : await pickPair(
            { ...services, panels: reports },
            first ?? (isReportInFront() ? reports.activeRef : undefined),
          );
    const titleOf = (at: 0 | 1): string | undefined => {
      const file = fileOf(pair[at]);
      return file && fileName(file);
    };
    (await load()).open(pair, { titles: [titleOf(0), titleOf(1)], stream });
  });
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer('peerscope.compare', {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
}

/** The person looks at a report: that is the one to compare. */
function isReportInFront(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('peerscope.participant');
}
