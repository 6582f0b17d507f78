import * as vscode from 'vscode';
import type { ProviderPool } from '../../connections/providers';
import { CallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import { readParticipantRef } from '../../core/ref-input';
import { displayText } from '../../core/text';
import type { ReportPanels } from '../../panel/index';
import { isNode } from '../../tree/nodes';
import type { Log } from '../../ui/log';
import { type CommandRegistry, isFromPage } from '../register';
import type { RawDocuments } from './raw-documents';
import type { ReadyReports } from './tell-when-ready';

/** What the report's commands have running. */
export interface ReportCommands {
  dispose(): void;
  /** A connection was removed: reports of it are waited for no longer. */
  forget(connectionId: string): void;
}

/** Registers the commands of the participant report. The panels are loaded on first use. */
export function registerReportCommands(
  commands: CommandRegistry,
  panels: () => Promise<ReportPanels>,
  pool: ProviderPool,
  raw: RawDocuments,
  log: Log,
): ReportCommands {
  commands.add('peerscope.openParticipant', async (argument) => {
    const ref = participantOf(argument);
    (await panels()).open(ref, { title: titleOf(argument) });
  });
  commands.add('peerscope.pinReport', async () => (await panels()).pinActive());
  commands.add('peerscope.refreshReport', async () => (await panels()).refreshActive());
  commands.add('peerscope.openRaw', async (argument) => {
    const shown = await panels();
    const ref = reportOf(shown, argument);
    const { readRaw } = await import('../actions');
    const bytes = shown.rawOf(ref) ?? (await readRaw(pool, ref));
    await vscode.window.showTextDocument(await raw.open(vscode.l10n.t('report {0}', ref.participantId), bytes), {
      preview: true,
    });
  });
  commands.add('peerscope.exportReport', async (argument) =>
    (await import('../actions')).exportReport(await panels(), argument),
  );
  const ready = { made: undefined as Promise<ReadyReports> | undefined };
  const loadReady = (): Promise<ReadyReports> => {
    ready.made ??= Promise.all([import('../actions'), panels()]).then(
      ([actions, shown]) => new actions.ReadyReports(pool, shown),
    );
    return ready.made;
  };
  commands.add('peerscope.tellWhenReady', async (argument) => {
    const shown = await panels();
    const ref = reportOf(shown, argument);
    (await loadReady()).start(ref, shown.titleOf(ref) ?? titleOf(argument) ?? ref.participantId);
  });
  commands.add('peerscope.stopWaiting', async (argument) =>
    (await loadReady()).stop(argument === undefined ? undefined : participantOf(argument)),
  );
  commands.add('peerscope.showTimeInReport', async (argument) =>
    (await import('../actions')).showTimeInReport(await panels(), argument),
  );
  commands.add('peerscope.findTimeInLogs', async (argument) =>
    (await import('../actions')).findTimeInLogs(await panels(), argument),
  );
  commands.add('peerscope.showLog', () => log.show());
  return {
    forget: (connectionId) => void ready.made?.then((made) => made.dropConnection(connectionId)),
    dispose: () => void ready.made?.then((made) => made.dispose()),
  };
}

/** Name of a row's participant. */
function titleOf(argument: unknown): string | undefined {
  return (
    (isNode(argument) && argument.kind === 'participant' && displayText(argument.participant.name ?? '')) || undefined
  );
}

/** The report that a command means: of a row or an argument object, else the one in front. */
function reportOf(shown: ReportPanels, argument: unknown): ParticipantRef {
  const ref = argument === undefined || isFromPage(argument) ? shown.activeRef : participantOf(argument);
  if (!ref) throw new CallError('BadInput', vscode.l10n.t('Open a participant report first.'));
  return ref;
}

function participantOf(argument: unknown): ParticipantRef {
  if (isNode(argument) && argument.kind === 'participant') return argument.ref;
  if (argument === undefined)
    throw new CallError('BadInput', vscode.l10n.t('Select a participant in the Calls view first.'));
  return readParticipantRef(argument);
}
