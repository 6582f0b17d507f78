import type { ConnectionRecord } from '../../../src/connections/record';
import type { ProviderId } from '../../../src/core/ids';
import { Redactor } from '../../../src/core/redact';
import type { LookUpSource } from '../../../src/lookup/ask';
import type { CallProvider } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';

export const ACCOUNT = '0123456789abcdef0123456789abcdef';
export const UUID = '8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10';
export const PEER = 'bd45f5a3-44d0-4d48-a9e5-b880b39d9e1c';
export const OBJECT_ID = '64a1b2c3d4e5f60718293a4b';

/** What an account at a provider answers; undefined is a 404. */
export type Answers = (request: Recorded) => unknown;

/** One connection with a server of its own. */
export interface Account {
  record: ConnectionRecord;
  server: ScriptedServer;
  /** Path behind the API's prefix, and the query parameters that tell requests apart. */
  asked(): string[];
}

const SETTINGS: Readonly<Record<ProviderId, (origin: string) => Record<string, string>>> = {
  realtimekit: (origin) => ({ accountId: ACCOUNT, baseUrl: `${origin}/client/v4` }),
  '100ms': (origin) => ({ baseUrl: `${origin}/v2` }),
  whereby: (origin) => ({ baseUrl: `${origin}/v1` }),
  mediamelon: (origin) => ({ customerId: '412233', baseUrl: `${origin}/mm-apis` }),
};
const SECRETS: Readonly<Record<ProviderId, Record<string, string>>> = {
  realtimekit: { apiToken: 'canary-look-up-token' },
  '100ms': { managementToken: 'canary-look-up-token' },
  whereby: { apiKey: 'canary-look-up-token' },
  mediamelon: { apiKey: 'canary-look-up-token' },
};
const NOT_SHOWN = ['page_no', 'per_page', 'sort_order', 'limit', 'sortBy', 'metrics', 'period', 'orderby', 'order'];

/** Accounts of a test, and the source that a look-up asks them through. */
export class Accounts {
  readonly accounts: Account[] = [];
  readonly #providers = new Map<string, CallProvider>();

  readonly source: LookUpSource = {
    records: () => this.accounts.map(({ record }) => record),
    provider: async (id) => {
      const known = this.#providers.get(id);
      if (known) return known;
      const record = this.accounts.find((account) => account.record.id === id)?.record as ConnectionRecord;
      const made = createProvider(
        record.provider,
        { settings: record.settings, secrets: SECRETS[record.provider] },
        {
          connectionId: id,
          log: () => undefined,
          redactor: new Redactor(),
          timeoutMs: () => 10_000,
          backOffMs: 5,
          reportWorkerPath: '/none',
        },
      );
      this.#providers.set(id, made);
      return made;
    },
  };

  /** `delayMs` before each answer. */
  async add(provider: ProviderId, id: string, answers: Answers, { delayMs = 0, settings = {} } = {}): Promise<Account> {
    const server = new ScriptedServer();
    await server.start();
    server.always(async (request): Promise<Scripted> => {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      const answer = answers(request);
      if (isScripted(answer)) return answer;
      return answer === undefined ? { status: 404, body: { success: false, error: 'nope' } } : { body: answer };
    });
    const record = { id, provider, label: id, settings: { ...SETTINGS[provider](server.origin), ...settings } };
    const asked = () =>
      server.requests.map(({ path, query }) => {
        const shown = [...query].filter(([name]) => !NOT_SHOWN.includes(name) && !name.startsWith('include_'));
        const short = path.replace(/^\/(client\/v4\/accounts\/\w+\/realtime\/kit|v2|v1(?:\/insights)?|mm-apis)/, '');
        return shown.length > 0 ? `${short}?${shown.map((pair) => pair.join('=')).join('&')}` : short;
      });
    const account = { record, server, asked };
    this.accounts.push(account);
    return account;
  }

  /** As after a start: nothing is kept of earlier answers. */
  forgetProviders(): void {
    this.#providers.clear();
  }

  async stop(): Promise<void> {
    await Promise.all(this.accounts.map(({ server }) => server.stop()));
    this.accounts.length = 0;
    this.#providers.clear();
  }
}

function isScripted(answer: unknown): answer is Scripted {
  return typeof answer === 'object' && answer !== null && 'status' in answer && typeof answer.status === 'number';
}

/** A RealtimeKit account: its apps, with the sessions of each, and answers to searches. */
export function realtimeKit(
  apps: Readonly<Record<string, readonly string[]>>,
  more: Answers = () => undefined,
): Answers {
  return (request) => {
    const [, app, id] = /\/realtime\/kit\/([^/]+)(?:\/sessions\/([^/]+))?$/.exec(request.path) ?? [];
    if (app === 'apps') {
      const data = Object.keys(apps).map((one) => ({ id: one, name: one }));
      return { success: true, data, paging: { total_count: data.length, start_offset: 1, end_offset: data.length } };
    }
    if (app !== undefined && id !== undefined && apps[app]?.includes(id))
      return { success: true, data: rtkSession(id) };
    return more(request);
  };
}

export function rtkSession(id: string, meeting = 'm1') {
  return {
    id,
    associated_id: meeting,
    meeting_display_name: 'Weekly review',
    status: 'ENDED',
    started_at: '2026-11-20T10:00:00.000Z',
    ended_at: '2026-11-20T10:31:00.000Z',
    created_at: '2026-11-20T10:00:00.000Z',
    updated_at: '2026-11-20T10:31:00.000Z',
  };
}

export function rtkList(sessions: readonly unknown[]) {
  return {
    success: true,
    data: { sessions },
    paging: { total_count: sessions.length, start_offset: sessions.length ? 1 : 0, end_offset: sessions.length },
  };
}

/** A 100ms workspace with these sessions and rooms. */
export function hms(sessions: Readonly<Record<string, string>>, rooms: Readonly<Record<string, string>> = {}): Answers {
  const session = (id: string) => ({
    id,
    room_id: sessions[id],
    active: false,
    peers: { [PEER]: { id: PEER, name: 'Caller A', role: 'guest', joined_at: '2026-11-20T10:00:00Z' } },
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:31:00Z',
  });
  const room = (id: string) => ({ id, name: rooms[id], enabled: true, created_at: '2026-11-01T10:00:00Z' });
  return ({ path, query }) => {
    const [, list, id] = /\/v2\/(sessions|rooms)(?:\/(.+))?$/.exec(path) ?? [];
    if (list === 'sessions' && id !== undefined) return id in sessions ? session(id) : undefined;
    if (list === 'rooms' && id !== undefined) return id in rooms ? room(id) : undefined;
    if (list === 'rooms') {
      const found = Object.keys(rooms).filter((one) => rooms[one] === query.get('name'));
      return { limit: 10, data: query.get('enabled') === 'true' ? found.map(room) : [] };
    }
    const room_id = query.get('room_id');
    const own = Object.keys(sessions).filter((one) => room_id === null || sessions[one] === room_id);
    return { limit: 10, data: query.get('active') === 'false' ? own.map(session) : [] };
  };
}

/** A Whereby organization: who was in which session. */
export function whereby(
  people: readonly { session: string; person?: string }[],
  rooms: Record<string, string> = {},
  meetings: Record<string, string> = {},
): Answers {
  return ({ path, query }) => {
    const [, meetingId] = /\/meetings\/([^/]+)$/.exec(path) ?? [];
    if (meetingId !== undefined) {
      const name = meetings[meetingId];
      return name && { meetingId, roomUrl: `https://acme.whereby.com${name}`, startDate: '2026-11-20T10:00:00.000Z' };
    }
    if (path.endsWith('/participants')) {
      const [session, person] = [query.get('roomSessionId'), query.get('externalId')];
      const rows = people.filter((one) => (session !== null ? one.session === session : one.person === person));
      return {
        cursor: null,
        results: rows.map((one, index) => ({
          participantId: `p${index}`,
          roomSessionId: one.session,
          externalId: one.person,
          joinedAt: '2026-11-20T10:00:00.000Z',
          leftAt: '2026-11-20T10:31:00.000Z',
        })),
      };
    }
    if (path.endsWith('/rooms')) {
      const [exact, part] = [query.get('roomName[exact]'), query.get('roomName[contains]')];
      const names = Object.keys(rooms).filter((name) => name === exact || (part !== null && name.includes(part)));
      return { cursor: null, results: names.map((roomName) => ({ roomName })) };
    }
    const id = rooms[query.get('roomName') ?? ''];
    const row = { roomSessionId: id, roomName: query.get('roomName'), startedAt: '2026-11-20T10:00:00.000Z' };
    return { cursor: null, results: id === undefined ? [] : [{ ...row, endedAt: '2026-11-20T10:31:00.000Z' }] };
  };
}

/** A MediaMelon customer with these sessions. */
export function mediaMelon(sessions: readonly string[], subscriber = ''): Answers {
  return ({ query }) => {
    const filter = query.get('filter') ?? '';
    const wanted = /\[sessionid=(.*?)\]/.exec(filter)?.[1];
    const found = filter.includes(`[subscriberid=${subscriber}]`) ? sessions : sessions.filter((one) => one === wanted);
    const start = Math.floor(Date.now() / 1000) - 3600;
    const rows = found.map((sessionid) => ({
      sessionid,
      assetname: 'Opening',
      starttime: start,
      endtime: start + 60,
      viewstatus: 'ENDED',
    }));
    return { totalcount: rows.length, pagecount: 1, totalrecords: rows.length, response: rows };
  };
}
