import * as vscode from 'vscode';
import { CallError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import { readParticipantRef } from '../core/ref-input';
import { displayText } from '../core/text';
import type { ReportPanels } from '../panel/index';
import { isNode } from '../tree/nodes';
import type { Log } from '../ui/log';
import type { RawDocuments } from './raw-documents';
import type { CommandRegistry } from './register';

/** Registers the commands of the participant report. The panels are loaded on first use. */
export function registerReportCommands(
  commands: CommandRegistry,
  panels: () => Promise<ReportPanels>,
  raw: RawDocuments,
  log: Log,
): void {
  commands.add('peerscope.openParticipant', async (argument) => {
    const ref = participantOf(argument);
    const title =
      isNode(argument) && argument.kind === 'participant' ? displayText(argument.participant.name ?? '') : '';
    await (await panels()).open(ref, { title: title || undefined });
  });
  commands.add('peerscope.pinReport', async () => (await panels()).pinActive());
  commands.add('peerscope.refreshReport', async () => (await panels()).refreshActive());
  commands.add('peerscope.openRaw', async () => {
    const active = (await panels()).activeRaw();
    if (!active) throw new CallError('BadInput', 'Open a participant report first.');
    await vscode.window.showTextDocument(await raw.open(active.title, active.bytes), { preview: true });
  });
  commands.add('peerscope.showLog', () => log.show());
}

function participantOf(argument: unknown): ParticipantRef {
  if (isNode(argument) && argument.kind === 'participant') return argument.ref;
  if (argument === undefined) throw new CallError('BadInput', 'Select a participant in the Calls view first.');
  return readParticipantRef(argument);
}
