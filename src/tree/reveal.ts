import { type ParticipantRef, participantKey, type SessionRef, sessionKey } from '../core/ids';
import type { Session } from '../core/model';
import { recentFrom } from './lists';
import type { CallTreeModel } from './model';
import { type CallNode, connectionOf } from './nodes';

/** How a row is looked for. */
export interface RevealOptions {
  /** The session's facts, where they are known: they tell which list holds it. */
  session?: Session;
  signal: AbortSignal;
  /** Called when another page is read. */
  onPage?: (pages: number) => void;
}

/** Pages read at most to get to a row: each costs a request. */
const MOST_PAGES = 40;
/** Where it is not known when the session was, only so many pages are worth a try. */
const PAGES_AT_RANDOM = 3;
const DAY_MS = 86_400_000;

/**
 * The row of a session or participant, with the lists above it read as far as it stands in them; undefined when it is in
 * none of them. Lists that the person filtered are left as they are.
 */
export async function findRow(
  model: CallTreeModel,
  ref: SessionRef | ParticipantRef,
  options: RevealOptions,
): Promise<CallNode | undefined> {
  const walk = new Walk(model, options);
  const session = await walk.session(ref);
  if (!session || !('participantId' in ref)) return session;
  return (
    (await walk.child(
      session,
      (node) => node.kind === 'participant' && participantKey(node.ref) === participantKey(ref),
    )) ?? session
  );
}

class Walk {
  #pages = 0;

  constructor(
    readonly model: CallTreeModel,
    readonly options: RevealOptions,
  ) {}

  async session(ref: SessionRef): Promise<CallNode | undefined> {
    const wanted = sessionKey(ref);
    const isWanted = (node: CallNode) => node.kind === 'session' && sessionKey(node.ref) === wanted;
    const shown = await this.#shown(isWanted);
    if (shown) return shown;
    const above = await this.#above(ref);
    if (!above) return undefined;
    const groups = await this.model.children(above);
    for (const name of this.#lists(ref)) {
      const list = groups.find((node) => node.kind === 'group' && node.group === name);
      if (!list) continue;
      const found = name === 'rooms' ? await this.#inRoom(list, ref, isWanted) : await this.child(list, isWanted);
      if (found) return found;
    }
    return undefined;
  }

  /** A row below another one, reading page after page until it comes. */
  async child(above: CallNode, isWanted: (node: CallNode) => boolean): Promise<CallNode | undefined> {
    const { signal, session, onPage } = this.options;
    const most = session?.startedAt === undefined ? PAGES_AT_RANDOM : MOST_PAGES;
    for (;;) {
      if (signal.aborted) return undefined;
      const rows = await this.model.children(above);
      const found = rows.find(isWanted);
      if (found || rows.at(-1)?.kind !== 'loadMore' || this.#pages >= most || this.#isPast(above, rows)) return found;
      this.#pages += 1;
      onPage?.(this.#pages);
      await this.model.loadMore(above);
    }
  }

  /** A row that is in its list now; one of a list that was filtered or read anew since may not be. */
  async #shown(isWanted: (node: CallNode) => boolean): Promise<CallNode | undefined> {
    for (const node of [...this.model.known()].filter(isWanted)) {
      if (await this.#stands(node)) return node;
    }
    return undefined;
  }

  async #stands(node: CallNode): Promise<boolean> {
    for (let at: CallNode | undefined = node; at; at = at.parent) {
      if (at.parent && !this.#isLoaded(at.parent)) return false;
      if (!(await this.model.children(at.parent)).includes(at)) return false;
    }
    return true;
  }

  /** Whether its children can be had without a request. */
  #isLoaded(node: CallNode): boolean {
    return (
      node.kind === 'provider' ||
      node.kind === 'app' ||
      this.model.counts(node) !== undefined ||
      node.kind === 'connection'
    );
  }

  /** The row whose lists can hold the session: the connection's, or its app's. */
  async #above(ref: SessionRef): Promise<CallNode | undefined> {
    const connection = await this.#connection(ref.connectionId);
    if (!connection) return undefined;
    const [first] = await this.model.children(connection);
    if (first?.kind === 'group') return connection;
    return this.child(connection, (node) => node.kind === 'app' && node.app.id === ref.appId);
  }

  async #connection(id: string): Promise<CallNode | undefined> {
    for (const root of await this.model.children()) {
      if (connectionOf(root) === id) return root;
      if (root.kind !== 'provider') continue;
      const found = (await this.model.children(root)).find((node) => connectionOf(node) === id);
      if (found) return found;
    }
    return undefined;
  }

  /** The lists to look in, the likeliest first: `rooms` only with a room to look for. */
  #lists({ connectionId, roomId }: SessionRef): ('live' | 'recent' | 'rooms')[] {
    const { session } = this.options;
    const rooms = roomId === undefined ? [] : (['rooms'] as const);
    if (session?.status === 'live') return ['live', 'recent', ...rooms];
    const recent = session?.startedAt === undefined || session.startedAt >= this.#recentFrom(connectionId);
    return recent ? ['recent', ...rooms] : [...rooms];
  }

  #recentFrom(connectionId: string): number {
    const record = this.model.source.records().find(({ id }) => id === connectionId);
    return recentFrom(record, this.model.source.settings().sessionWindowDays, this.model.now());
  }

  async #inRoom(
    rooms: CallNode,
    { roomId }: SessionRef,
    isWanted: (node: CallNode) => boolean,
  ): Promise<CallNode | undefined> {
    const room = await this.child(rooms, (node) => node.kind === 'room' && node.room.id === roomId);
    return room && this.child(room, isWanted);
  }

  /** In a list with the newest first: whether its last row is older than the session, so that it cannot come any more. */
  #isPast(above: CallNode, rows: readonly CallNode[]): boolean {
    const { session } = this.options;
    if (session?.startedAt === undefined || this.model.filter(above) !== undefined) return false;
    const last = rows.findLast((node) => node.kind === 'session');
    return last?.session.startedAt !== undefined && last.session.startedAt < session.startedAt - DAY_MS;
  }
}
