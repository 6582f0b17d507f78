import type { ExtensionContext } from 'vscode';
import type { ProviderPool } from './connections/providers';
import { readSession } from './connections/read-session';
import type { ConnectionStore } from './connections/store';
import type { Diagnosis } from './core/finding';
import type { ParticipantRef, ProviderId, SessionRef } from './core/ids';
import type { App, CallReport, Participant, Room, Session } from './core/model';
import type { Page } from './core/page';
import type { AppQuery, ParticipantQuery, RoomQuery, SessionQuery } from './providers/contract';
import type { CallTree } from './tree/call-tree';

/** What was found, and the rules that gave no answer. */
export type Found = Pick<Diagnosis, 'findings' | 'notEvaluated'>;

type WithConnection<T> = T & { connectionId: string };

/** What tests and development tools drive the extension with. Not available in an installed extension. */
export interface PeerscopeApi {
  apiVersion: 1;
  connections(): { id: string; provider: ProviderId; label: string }[];
  apps(query: WithConnection<AppQuery>): Promise<Page<App>>;
  rooms(query: WithConnection<RoomQuery>): Promise<Page<Room>>;
  sessions(query: WithConnection<SessionQuery>): Promise<Page<Session>>;
  participants(query: ParticipantQuery): Promise<Page<Participant>>;
  /** Asks every connection at once; those that fail are left out as long as one found it. */
  findSession(id: string): Promise<SessionRef[]>;
  report(ref: ParticipantRef): Promise<CallReport>;
  findings(ref: ParticipantRef): Promise<Found>;
  /** Reads the report of everyone in the session, as many at a time as the provider allows. */
  sessionFindings(ref: SessionRef): Promise<Found>;
  /** The tree as it is on screen. */
  tree: CallTree;
  /** What the extension keeps outside of secret storage, for tests that look for what must not be there. */
  kept: Pick<ExtensionContext, 'globalState' | 'workspaceState' | 'logUri'>;
}

/** Builds the API on the extension's own parts. Every call rejects with a `CallError`. */
export function createApi(
  store: ConnectionStore,
  pool: ProviderPool,
  tree: CallTree,
  kept: PeerscopeApi['kept'],
): PeerscopeApi {
  // Nothing cancels a call of the API; the time-outs of the HTTP client end it.
  const signal = (): AbortSignal => new AbortController().signal;
  return {
    apiVersion: 1,
    connections: () => store.list().map(({ id, provider, label }) => ({ id, provider, label })),
    async apps({ connectionId, ...query }) {
      const provider = await pool.provider(connectionId);
      return provider.listApps?.(query, signal()) ?? { items: [], issues: [] };
    },
    async rooms({ connectionId, ...query }) {
      return (await pool.provider(connectionId)).listRooms(query, signal());
    },
    async sessions({ connectionId, ...query }) {
      return (await pool.provider(connectionId)).listSessions(query, signal());
    },
    async participants(query) {
      return (await pool.provider(query.connectionId)).listParticipants(query, signal());
    },
    async findSession(id) {
      const asked = store.list().map(async (record) => (await pool.provider(record.id)).findSession(id, signal()));
      const answers = await Promise.allSettled(asked);
      const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      const failed = answers.find((answer) => answer.status === 'rejected');
      if (found.length === 0 && failed) throw failed.reason;
      return found;
    },
    async report(ref) {
      return (await (await pool.provider(ref.connectionId)).getReport(ref, signal())).report;
    },
    async findings(ref) {
      const provider = await pool.provider(ref.connectionId);
      const [{ report }, session] = await Promise.all([
        provider.getReport(ref, signal()),
        provider.getSession(ref, signal()).catch(() => undefined),
      ]);
      const { diagnose } = await import('./commands/actions');
      const { findings, notEvaluated } = await diagnose(report, { session });
      return { findings, notEvaluated };
    },
    async sessionFindings(ref) {
      const provider = await pool.provider(ref.connectionId);
      const { session, participants, reports } = await readSession(provider, ref, signal());
      const { diagnoseAll } = await import('./commands/actions');
      const { findings, notEvaluated } = await diagnoseAll(session, reports, participants);
      return { findings, notEvaluated };
    },
    tree,
    kept,
  };
}
