import assert from 'node:assert/strict';
import { startSampleService } from '../../../src/sample/index';
import type { Json } from '../json';

/** A moment at which most of the tests look at the service. */
export const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);

/** The service with a clock that a test can set, and an HTTP client for it. */
export interface Client {
  baseUrl: string;
  token: string;
  /** Path of the account's RealtimeKit. */
  kit: string;
  /** Epoch ms; settable. */
  clock: { now: number };
  requests: string[];
  /** Body of a 200 answer. */
  get(path: string): Promise<Json>;
  /** Body as text, whatever the status. */
  text(path: string): Promise<string>;
  send(path: string, init?: RequestInit): Promise<{ status: number; body: Json; headers: Headers }>;
  stop(): Promise<void>;
}

/** Starts a service of its own for one test file. */
export async function openService(now = NOW): Promise<Client> {
  const clock = { now };
  const requests: string[] = [];
  const service = await startSampleService({
    now: () => clock.now,
    onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
  });
  const { settings, secrets } = service.valuesFor('sample-realtimekit');
  const { baseUrl = '', accountId } = settings;
  const token = secrets.apiToken ?? '';
  const fetchPath = (path: string, init?: RequestInit) =>
    fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}` }, ...init });
  return {
    baseUrl,
    token,
    kit: `/accounts/${accountId}/realtime/kit`,
    clock,
    requests,
    async get(path) {
      const response = await fetchPath(path);
      const body = await response.text();
      assert.equal(response.status, 200, `${path}: ${body.slice(0, 200)}`);
      return JSON.parse(body);
    },
    text: async (path) => (await fetchPath(path)).text(),
    async send(path, init) {
      const response = await fetchPath(path, init);
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    stop: () => service.stop(),
  };
}

/** Paths of the apps, by name. */
export async function appPaths(client: Client): Promise<Record<string, string>> {
  const { data } = await client.get(`${client.kit}/apps`);
  return Object.fromEntries(data.map((app: Json) => [app.name, `${client.kit}/${app.id}`]));
}

/** The meeting of an app with a title. */
export async function meetingByTitle(client: Client, app: string, title: string): Promise<Json> {
  const { data } = await client.get(`${app}/meetings?search=${encodeURIComponent(title)}`);
  const found = data.find((meeting: Json) => meeting.title === title);
  assert.ok(found, `a meeting called ${title}`);
  return found;
}

/** The newest ended sessions of a meeting, by title. */
export async function endedSessions(client: Client, app: string, title: string, count = 1): Promise<Json[]> {
  const meeting = await meetingByTitle(client, app, title);
  const { data } = await client.get(`${app}/sessions?associated_id=${meeting.id}&status=ENDED&per_page=${count}`);
  assert.equal(data.sessions.length, count);
  return data.sessions;
}

/** Every participant of a session. */
export async function participantsOf(client: Client, app: string, session: string, more = ''): Promise<Json[]> {
  return (await client.get(`${app}/sessions/${session}/participants?per_page=100${more}`)).data.participants;
}

/** The report of a peer: `metadata` and `quality`. */
export async function reportOf(client: Client, app: string, peer: string): Promise<Json> {
  return (await client.get(`${app}/sessions/peer-report/${peer}`)).data.participant.peer_report;
}
