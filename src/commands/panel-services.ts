import * as vscode from 'vscode';
import type { ProviderPool } from '../connections/providers';
import type { ConnectionStore } from '../connections/store';
import { isCancelled, toPlainError } from '../core/errors';
import type { ParticipantRef } from '../core/ids';
import type { Session } from '../core/model';
import type { KnownParticipant, LoadedReport, PanelServices } from '../panel/services';
import { describeProvider } from '../providers/catalog';
import type { CallProvider } from '../providers/contract';
import type { CallTree } from '../tree/call-tree';
import { appName, findParticipant, participantNames } from '../tree/find';
import type { Log } from '../ui/log';

/** What the report panels get of the extension: reports from the connections, names from the tree. */
export function createPanelServices(
  extensionUri: vscode.Uri,
  store: ConnectionStore,
  pool: ProviderPool,
  tree: CallTree,
  log: Log,
): PanelServices {
  const place = (ref: ParticipantRef) => {
    const record = store.list().find(({ id }) => id === ref.connectionId);
    return {
      connectionLabel: record?.label ?? ref.connectionId,
      providerName: record && describeProvider(record.provider)?.label,
      appName: appName(tree.model, ref.connectionId, ref.appId),
    };
  };
  return {
    extensionUri,
    async loadReport(ref: ParticipantRef, signal: AbortSignal): Promise<LoadedReport> {
      const provider = await pool.provider(ref.connectionId);
      const [result, session] = await Promise.all([
        provider.getReport(ref, signal),
        sessionOrNothing(provider, ref, signal, log),
      ]);
      return { ...place(ref), result, session, participantNames: participantNames(tree.model, ref) };
    },
    known(ref: ParticipantRef): KnownParticipant {
      const node = findParticipant(tree.model, ref);
      const session = node?.parent?.kind === 'session' ? node.parent.session : undefined;
      return { ...place(ref), title: node?.participant.name, session };
    },
    log: (level, line) => log.write(level, line),
    runCommand: (id, ...args) => vscode.commands.executeCommand(id, ...args),
    setContext: (key, value) => {
      void vscode.commands.executeCommand('setContext', key, value);
    },
    activeChanged: (ref) => {
      if (ref) void tree.select(ref);
    },
  };
}

/** A report is worth showing without its session's facts, so their failing costs only them. */
async function sessionOrNothing(
  provider: CallProvider,
  ref: ParticipantRef,
  signal: AbortSignal,
  log: Log,
): Promise<Session | undefined> {
  try {
    return await provider.getSession(ref, signal);
  } catch (error) {
    if (!isCancelled(error)) log.write('warn', `Session ${ref.sessionId}: ${toPlainError(error).text}`);
    return undefined;
  }
}
