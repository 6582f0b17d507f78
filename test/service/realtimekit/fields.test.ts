import assert from 'node:assert/strict';
import type { CallProvider } from '../../../src/providers/contract';
import { disposeReportReader } from '../../../src/providers/index';
import { checkLines, lostFields } from '../field-checks';
import { type Recorded, ScriptedServer } from '../http/server';
import { ACCOUNT, APP, connect } from './connection';
import {
  converted,
  describedReportFields,
  ENDPOINTS,
  type Endpoint,
  markedAnswer,
  put,
  START,
  valuesAt,
} from './field-table';

const never = () => new AbortController().signal;
const session = { connectionId: 'c1', appId: APP, sessionId: 's1' };
const participant = { ...session, participantId: 'p1' };
const PLACE =
  /^(tree:(label|description|tooltip)|panel:(header|summary|charts|streams|aggregates|connection|devices|client|network|events|notes|raw|participant)|pick:recordings|panel:charts:(\w+))$/;

/** Everything that a list can be asked for. */
const page = { pageSize: 7, search: 'x', sortOrder: 'descending' as const };
const range = { from: START, to: START + 1000 };

/** What the provider's methods are called with, every option set. */
const CALLS: Record<string, (provider: CallProvider) => Promise<unknown> | undefined> = {
  listApps: (provider) => provider.listApps?.(page, never()),
  listRooms: (provider) => provider.listRooms({ ...page, ...range, appId: APP, status: 'ACTIVE' }, never()),
  listSessions: (provider) =>
    provider.listSessions(
      {
        ...page,
        ...range,
        appId: APP,
        roomId: 'm1',
        live: true,
        sortBy: 'createdAt',
        participants: { min: 2, max: 9 },
      },
      never(),
    ),
  getSession: (provider) => provider.getSession(session, never()),
  listParticipants: (provider) =>
    provider.listParticipants({ ...page, ...session, sortBy: 'joinedAt', view: 'consolidated' }, never()),
  getReport: async (provider) => (await provider.getReport(participant, never())).report,
  getChat: (provider) => provider.getChat?.(session, never()),
  getTranscript: (provider) => provider.getTranscript?.(session, never()),
  getSummary: (provider) => provider.getSummary?.(session, never()),
  makeSummary: (provider) => provider.makeSummary?.(session, never()),
  listRecordings: async (provider) => {
    // A meeting of the first version has a name for an id.
    for (const sessionId of ['s2', 's1']) {
      const items = await provider.listRecordings?.({ ...session, sessionId }, never());
      if (sessionId === 's1') return { items, issues: [] };
    }
    return undefined;
  },
  recordingLink: (provider) => provider.recordingLink?.(session, 'r1/video', never()),
};

/** What the session is that recordings are asked for. */
function recordedSession(path: string) {
  const times = { started_at: new Date(START).toISOString(), ended_at: new Date(START + 86_400_000).toISOString() };
  if (path.endsWith('/s2')) return { id: 's2', associated_id: 'abcdef-ghijkl', ...times };
  return { id: 's1', associated_id: 'bbb6f6a2-0c5e-4f0e-9d5b-7a2f4f0f6a11', ...times };
}

function matches({ path }: Endpoint, request: Recorded): boolean {
  const template = path.replace('{account_id}', ACCOUNT).replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^/client/v4${template}$`).test(request.path);
}

function same(actual: unknown, expected: unknown, part: boolean): boolean {
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  }
  return part ? String(actual).includes(String(expected)) : actual === expected;
}

describe('the table of RealtimeKit’s parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  beforeEach(() => server.reset());

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const endpoint of ENDPOINTS) {
      const { name, path, parameters, fields } = endpoint;
      assert.match(path, /^\//);
      const lines = [...parameters.map((one) => one.name), ...fields.map((one) => one.path)];
      assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      checkLines(endpoint, PLACE);
    }
  });

  it('has every field of the described peer report', () => {
    const report = ENDPOINTS.find(({ name }) => name === 'Peer report');
    const listed = new Set(report?.fields.map(({ path }) => path.replace(/\.\*$/, '')));
    assert.deepEqual(
      describedReportFields().filter((path) => !listed.has(path)),
      [],
    );
  });

  it('every parameter that is said to be sent is on the wire, and no other', async () => {
    server.always(({ path }) => {
      if (path.includes('/peer-report/')) return { status: 404, body: { success: false } };
      if (/\/sessions\/s\d$/.test(path)) return { body: { success: true, data: recordedSession(path) } };
      const list = path.endsWith('/apps') || path.endsWith('/meetings') || path.endsWith('/recordings');
      return { body: { success: true, data: list ? [] : { id: 'p1', sessions: [], participants: [] } } };
    });
    const { provider } = connect(server);
    for (const call of Object.values(CALLS)) await Promise.resolve(call(provider)).catch(() => undefined);
    for (const endpoint of ENDPOINTS) {
      const asked = server.requests.filter(
        (request) => matches(endpoint, request) && request.method === endpoint.method,
      );
      const expected = endpoint.parameters.filter(({ sent }) => sent).map(({ name }) => name);
      const seen = new Set(asked.flatMap(({ query }) => [...query.keys()]));
      assert.deepEqual([...seen].sort(), expected.sort(), endpoint.name);
      if (endpoint.call) assert.ok(asked.length > 0, endpoint.name);
    }
    const sessions = server.requests.find(({ path }) => path.endsWith(`/${APP}/sessions`));
    assert.deepEqual(Object.fromEntries(sessions?.query ?? []), {
      page_no: '1',
      per_page: '7',
      sort_by: 'createdAt',
      sort_order: 'DESC',
      start_time: '2024-05-06T10:00:00.000Z',
      end_time: '2024-05-06T10:00:01.000Z',
      status: 'LIVE',
      search: 'x',
      associated_id: 'm1',
      participants: '2:9',
    });
  });

  for (const endpoint of ENDPOINTS.filter(({ fields }) => fields.some(({ shown }) => shown))) {
    for (const flag of [true, false]) {
      it(`${endpoint.name}: every field that is shown reaches the model (flags ${flag})`, async () => {
        const { body, markers } = markedAnswer(endpoint, flag);
        // What picks the row, and is not shown.
        if (endpoint.name === 'Recordings') put(body, 'data[].id', 'r1');
        if (endpoint.name === 'Recordings') put(body, 'data[].session_id', 's1');
        server.always(({ path }) => {
          const beside = endpoint.name === 'Recordings' && !path.endsWith('/recordings');
          return { body: beside ? { success: true, data: recordedSession(path) } : body };
        });
        const { provider } = connect(server);
        const model = await CALLS[endpoint.call ?? '']?.(provider);
        assert.ok(model, endpoint.call);
        const lost = lostFields(
          endpoint.fields,
          model,
          (field) => {
            const sibling = (name: string) => markers.get(field.path.replace(/[^.]+$/, name));
            return converted(field, markers.get(field.path), sibling);
          },
          (actual, expected, { as }) => same(actual, expected, as === 'part of the text'),
        );
        assert.deepEqual(lost, []);
        assert.deepEqual(valuesAt(model, 'issues[]'), []);
      });
    }
  }
});
