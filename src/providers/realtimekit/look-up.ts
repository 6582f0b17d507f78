import { isCallError } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Participant, Session } from '../../core/model';
import type { Page } from '../../core/page';
import type { FindOptions, ParticipantQuery, SessionQuery } from '../contract';
import type { RealtimeKitClient } from './client';

/** What a look-up asks of the provider. */
export interface LookUpParts {
  connectionId: string;
  client: RealtimeKitClient;
  session: (app: string, id: string, signal: AbortSignal) => Promise<Session>;
  sessions: (query: SessionQuery, signal: AbortSignal) => Promise<Page<Session>>;
  participants: (query: ParticipantQuery, signal: AbortSignal) => Promise<Page<Participant>>;
}

const DAY_MS = 86_400_000;
/** Sessions that are looked through for a participant whose report does not name its own. */
const MOST_SESSIONS = 5;

/** The session of that id in each of the apps: one request an app. */
export function findInApps(
  { connectionId, session }: LookUpParts,
  apps: readonly string[],
  id: string,
  signal: AbortSignal,
  options: FindOptions<SessionRef, Session>,
): Promise<SessionRef[]> {
  return eachApp(apps, async (appId) => {
    const found = await session(appId, id, signal);
    const ref = { connectionId, appId, roomId: found.roomId, sessionId: found.id };
    options.onFound?.(ref, found);
    return ref;
  });
}

/**
 * The stay of that peer id in each of the apps: one request an app, for the peer report, which no session id is needed for.
 * Where the report does not name its session, the sessions that were going on when the participant joined are looked
 * through.
 */
export function findPeer(
  parts: LookUpParts,
  apps: readonly string[],
  id: string,
  signal: AbortSignal,
  options: FindOptions<ParticipantRef, Participant>,
): Promise<ParticipantRef[]> {
  return eachApp(apps, async (appId) => {
    const report = Buffer.from(await parts.client.peerReport(appId, id, {}, signal));
    const sessionId = firstText(report, 'session_id') ?? (await searchSessions(parts, appId, report, id, signal));
    if (sessionId === undefined) return undefined;
    const ref = { connectionId: parts.connectionId, appId, sessionId, participantId: id };
    options.onFound?.(ref, { id, name: firstText(report, 'display_name') });
    return ref;
  });
}

/** What is not in an app is no error; an app that fails counts only when nothing was found in any. */
async function eachApp<T>(apps: readonly string[], find: (app: string) => Promise<T | undefined>): Promise<T[]> {
  const outcomes = await Promise.allSettled(apps.map((app) => find(app).catch(nothingIfMissing)));
  const found = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (found.length === 0 && failed) throw failed.reason;
  return found;
}

function nothingIfMissing(error: unknown): undefined {
  if (isCallError(error) && error.kind === 'NotFound') return undefined;
  throw error;
}

async function searchSessions(
  { sessions, participants, connectionId }: LookUpParts,
  appId: string,
  report: Buffer,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const joined = Date.parse(firstText(report, 'joined_at') ?? '');
  if (Number.isNaN(joined)) return undefined;
  const window = { from: joined - DAY_MS, to: joined + 1000, sortOrder: 'descending' as const };
  const { items } = await sessions({ appId, ...window, sortBy: 'createdAt', pageSize: 100 }, signal);
  const open = items.filter(({ endedAt }) => endedAt === undefined || endedAt >= joined).slice(0, MOST_SESSIONS);
  for (const session of open) {
    const query = { connectionId, appId, sessionId: session.id, search: id, pageSize: 10 };
    const page = await participants(query, signal);
    if (page.items.some((one) => one.id === id)) return session.id;
  }
  return undefined;
}

/**
 * The first text that a member of this name has anywhere in a JSON body, which may be tens of megabytes: it is found
 * without parsing them all. `null` and other values are passed over.
 */
export function firstText(json: Buffer, name: string): string | undefined {
  const key = `"${name}"`;
  for (let at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + key.length)) {
    const after = json.toString('utf8', at + key.length, at + key.length + 500);
    const value = /^\s*:\s*("(?:[^"\\]|\\.)*")/.exec(after)?.[1];
    if (value !== undefined && value !== '""') return parseText(value);
  }
  return undefined;
}

function parseText(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
