import * as vscode from 'vscode';
import { CAPTURE_LABELS } from '../../captures/catalog';
import type { KeptCalls } from '../../connections/kept-calls';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionStore } from '../../connections/store';
import { isCancelled, toPlainError } from '../../core/errors';
import type { CaptureFormat, ParticipantRef, ReportSource } from '../../core/ids';
import type { CallReport, Participant, Session } from '../../core/model';
import { othersAway } from '../../core/others-away';
import type { KnownParticipant, LoadedReport, PanelServices } from '../../panel/services';
import type { ShownDiagnosis } from '../../protocol/messages';
import { describeProvider } from '../../providers/catalog';
import type { CallProvider, ReportResult } from '../../providers/contract';
import type { CallTree } from '../../tree/call-tree';
import { appName, findParticipant, loadedParticipants } from '../../tree/find';
import type { ParticipantMark } from '../../tree/row-look';
import type { Log } from '../../ui/log';
import { readSettings } from '../../ui/settings';
import type { CaptureFiles } from '../captures/files';
import { readReportFile } from '../captures/read';
import { fileName, fileOf } from '../files/file-ref';
import { isSessionFile } from '../files/read-file';
import type { SessionFiles } from '../files/saved-sessions';
import { callLabel } from '../tree/favorites';
import { shownDiagnosis, withLimits } from './diagnose';
import type { RawDocuments } from './raw-documents';

/** A page that holds everyone whom one report can name. */
const MOST_NAMES = 100;

/** What the report panels' services are made from. */
export interface PanelDependencies {
  extensionUri: vscode.Uri;
  store: ConnectionStore;
  pool: ProviderPool;
  /** Loaded on first use. */
  captures: () => Promise<CaptureFiles>;
  /** Where texts are shown side by side. */
  raw: RawDocuments;
  tree: CallTree;
  log: Log;
  /** Sessions that were saved to files; loaded on first use. */
  sessionFiles: () => Promise<SessionFiles>;
  kept: KeptCalls;
}

/** What the report panels get of the extension: reports from the connections, names from the tree. */
export function createPanelServices({
  extensionUri,
  store,
  pool,
  captures,
  raw,
  tree,
  log,
  sessionFiles,
  kept,
}: PanelDependencies): PanelServices {
  const recordOf = (ref: ParticipantRef) => store.list().find(({ id }) => id === ref.connectionId);
  const descriptorOf = (ref: ParticipantRef) => describeProvider(recordOf(ref)?.provider ?? '');
  const place = (ref: ParticipantRef) => {
    return {
      connectionLabel: recordOf(ref)?.label ?? ref.connectionId,
      providerName: descriptorOf(ref)?.label,
      appName: appName(tree.model, ref.connectionId, ref.appId),
    };
  };
  return {
    extensionUri,
    async loadReport(ref: ParticipantRef, signal: AbortSignal, onSession): Promise<LoadedReport> {
      const file = fileOf(ref);
      if (file) {
        if (await isSessionFile(file)) return ofFile(file, await (await sessionFiles()).report(ref, signal));
        const { reportWorkerPath } = pool.services;
        const files = await captures();
        const result = await readReportFile(file, ref.participantId, files, reportWorkerPath, signal);
        return { ...(await ofFile(file, result)), peerConnections: files.choices(file) };
      }
      const provider = await pool.provider(ref.connectionId);
      const sessionRead = sessionOrNothing(provider, ref, signal, log).then((session) => {
        if (!session) return session;
        onSession?.(session);
        const { participantId: _stay, ...call } = ref;
        void kept.opened(call, callLabel(session));
        return session;
      });
      // What the session says of itself explains a report that is not there, so it is waited for either way.
      const [answer] = await Promise.allSettled([provider.getReport(ref, signal), sessionRead]);
      if (answer.status === 'rejected') throw answer.reason;
      const result = answer.value;
      const session = await sessionRead;
      const participants = await everyone(
        provider,
        ref,
        result.report,
        loadedParticipants(tree.model, ref),
        signal,
        log,
      );
      const diagnosis = await shownDiagnosis(result.report, { session, participants });
      tree.model.mark(ref, markOf(diagnosis));
      const names = Object.fromEntries(participants.flatMap(({ id, name }) => (name ? [[id, name]] : [])));
      const { cannotTell, reportEverySeconds: leastSeconds } = provider.capabilities;
      return {
        ...place(ref),
        result,
        diagnosis,
        session,
        cannotTell,
        leastSeconds,
        participantNames: names,
        othersAway: othersAway(result.report, participants, session, Date.now()),
      };
    },
    known(ref: ParticipantRef): KnownParticipant {
      const file = fileOf(ref);
      if (file) return { title: fileName(file), connectionLabel: fileName(file) };
      const node = findParticipant(tree.model, ref);
      const session = node?.parent?.kind === 'session' ? node.parent.session : undefined;
      return { ...place(ref), title: node?.participant.name, session, media: descriptorOf(ref)?.media };
    },
    liveRefreshSeconds: () => readSettings().liveRefreshSeconds,
    log: (level, line) => log.write(level, line),
    showDifference: (former, latter) => raw.compare(former, latter),
    runCommand: (id, ...args) => vscode.commands.executeCommand(id, ...args),
    setContext: (key, value) => {
      void vscode.commands.executeCommand('setContext', key, value);
    },
    activeChanged: (ref) => {
      if (ref) void tree.select(ref);
    },
  };
}

/** What a report's source is called: a provider, or the format of a capture. */
function sourceName(source: ReportSource): string | undefined {
  return describeProvider(source)?.label ?? CAPTURE_LABELS[source as CaptureFormat];
}

/**
 * A report that comes from a file. Of a saved report the findings are those that it was saved with: they were made from the
 * whole session, of which the file has but one report, and they are what whoever saved it has seen.
 */
async function ofFile(file: vscode.Uri, result: ReportResult): Promise<LoadedReport> {
  const { report, saved } = result;
  return {
    result,
    connectionLabel: fileName(file),
    providerName: sourceName(report.provider),
    session: saved?.session,
    participantNames: saved?.participantNames,
    othersAway: saved?.othersAway,
    diagnosis: saved?.diagnosis
      ? await withLimits(saved.diagnosis, report)
      : await shownDiagnosis(report, { session: saved?.session }),
  };
}

/** What the tree says of a participant whose report was read: the worst of it, in the rule's few words. */
function markOf({ findings, verdict }: ShownDiagnosis): ParticipantMark | undefined {
  const [worst] = findings;
  return verdict && worst ? { severity: verdict.severity, text: worst.title } : undefined;
}

/**
 * The session's participants: those that the tree has loaded, or where the report names others, one page of them. A
 * report is worth showing without their names, so failing costs only them.
 */
async function everyone(
  provider: CallProvider,
  ref: ParticipantRef,
  report: CallReport,
  loaded: Participant[],
  signal: AbortSignal,
  log: Log,
): Promise<Participant[]> {
  const known = new Set(loaded.map(({ id }) => id));
  const strangers = report.streams.some(({ remoteParticipantId: id }) => id !== undefined && !known.has(id));
  if (!strangers) return loaded;
  try {
    const { items } = await provider.listParticipants({ ...ref, pageSize: MOST_NAMES }, signal);
    return [...loaded, ...items.filter(({ id }) => !known.has(id))];
  } catch (error) {
    if (isCancelled(error)) throw error;
    log.write('warn', `Participants of ${ref.sessionId}: ${toPlainError(error).text}`);
    return loaded;
  }
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
