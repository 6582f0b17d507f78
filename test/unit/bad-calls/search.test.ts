import assert from 'node:assert/strict';
import { BAD_CALLS_KEY } from '../../../src/commands/bad-calls/query';
import { badCallLook, badCallRows, badCallsMessage } from '../../../src/commands/bad-calls/rows';
import { BadCallsSearch, type BadCallsServices, MOST_REPORTS } from '../../../src/commands/bad-calls/search';
import { keepBadCalls, readKeptBadCalls } from '../../../src/commands/bad-calls/state';
import { CallError } from '../../../src/core/errors';
import type { Finding, Severity } from '../../../src/core/finding';
import type { CallReport, Figure, Participant, Session } from '../../../src/core/model';
import type { CallProvider } from '../../../src/providers/contract';

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 4, 6, 10);

/** A session that began so many minutes before the newest. */
const session = (id: string, minutesAgo: number, more: Partial<Session> = {}): Session => ({
  id,
  roomName: `Room ${id}`,
  status: 'ended',
  startedAt: T0 - minutesAgo * MINUTE,
  endedAt: T0 - (minutesAgo - 1) * MINUTE,
  ...more,
});

const finding = (severity: Severity, participantId: string): Finding => ({
  ruleId: 'r',
  severity,
  title: `${severity} trouble`,
  subject: { type: 'participant', participantId, label: 'Participant' },
  evidence: [],
  explanation: '',
  suggestion: '',
  source: '',
  confidence: 'high',
  side: 'local',
});

interface World {
  sessions: Session[];
  people?: (id: string) => Participant[];
  /** Findings of a call, by its id. */
  trouble?: Record<string, Finding[]>;
  thin?: readonly string[];
  figures?: boolean;
  page?: number;
}

function setUp({ sessions, people, trouble = {}, thin = [], figures, page = 100 }: World) {
  const asked: string[] = [];
  const errors = new Map<string, CallError>();
  const check = (what: string, signal: AbortSignal) => {
    asked.push(what);
    if (signal.aborted) throw new CallError('Cancelled', 'Cancelled.');
    const error = errors.get(what);
    if (error) throw error;
  };
  const provider = {
    capabilities: { sessions: { sort: ['createdAt'], figures } },
    async listSessions({ cursor = '0', live, pageSize = 25 }, signal) {
      check(`sessions ${cursor}`, signal);
      assert.equal(live, false);
      const end = Number(cursor) + Math.min(page, pageSize);
      return {
        items: sessions.slice(Number(cursor), end),
        issues: [],
        ...(end < sessions.length && { next: `${end}` }),
      };
    },
    async listParticipants({ sessionId }, signal) {
      check(`people ${sessionId}`, signal);
      return { items: people?.(sessionId) ?? [{ id: `${sessionId}-p`, name: 'Caller A' }], issues: [] };
    },
    async getReport({ participantId }, signal) {
      await new Promise((resolve) => setImmediate(resolve));
      check(`report ${participantId}`, signal);
      return { report: { participant: { id: participantId } } as CallReport, raw: new Uint8Array() };
    },
  } as Pick<CallProvider, 'listSessions' | 'listParticipants' | 'getReport'> as CallProvider;
  const lists: (number | undefined)[] = [];
  const services: BadCallsServices = {
    provider: async () => provider,
    async diagnose({ id }, reports, _participants, list) {
      lists.push(list?.length);
      const findings = reports.length === 0 ? [] : (trouble[id] ?? []);
      const [worst] = findings;
      return {
        findings,
        notEvaluated: [],
        ignoredSettings: [],
        thin: thin.includes(id),
        ...(worst && { sentence: `${worst.title}.`, severity: worst.severity }),
      };
    },
  };
  let changes = 0;
  const start = (count = 20, more = {}) =>
    new BadCallsSearch({ connectionId: 'c', appId: 'a', sessions: count, ...more }, services, () => {
      changes++;
    });
  return { asked, errors, lists, start, changes: () => changes };
}

const ids = (calls: readonly { ref: { sessionId: string } }[]) => calls.map(({ ref }) => ref.sessionId);

describe('the search for bad calls', () => {
  const sessions = ['a', 'b', 'c', 'd', 'e'].map((id, index) => session(id, index * 10));

  it('tells the worst first: by severity, then by how much was wrong, then the newer', async () => {
    const trouble = {
      a: [finding('low', 'a-p')],
      b: [finding('high', 'b-p')],
      c: [finding('high', 'c-p'), finding('medium', 'c-p')],
      d: [finding('critical', 'd-p')],
    };
    const { start } = setUp({ sessions, trouble });
    const { calls, total, running, stopped } = await start().run();
    assert.deepEqual(ids(calls), ['d', 'c', 'b', 'a', 'e']);
    assert.deepEqual([total, running, stopped], [5, false, undefined]);
    const [worst] = calls;
    assert.deepEqual(worst?.problems, [
      { severity: 'critical', title: 'critical trouble', participantId: 'd-p', name: 'Caller A' },
    ]);
    assert.equal(calls.at(-1)?.state, 'fine');
  });

  it('costs one request a call for its people and one a report, and leaves live calls alone', async () => {
    const { start, asked } = setUp({ sessions: [...sessions, session('live', 0, { status: 'live' })] });
    await start().run();
    const count = (word: string) => asked.filter((what) => what.startsWith(word)).length;
    assert.deepEqual([count('sessions'), count('people'), count('report')], [1, 5, 5]);
    assert.ok(!asked.includes('people live'));
  });

  it('reads as many of the newest as were asked for, page after page', async () => {
    const { start, asked } = setUp({ sessions, page: 2 });
    const { calls } = await start(3).run();
    assert.deepEqual(ids(calls).toSorted(), ['a', 'b', 'c']);
    assert.deepEqual(
      asked.filter((what) => what.startsWith('sessions')),
      ['sessions 0', 'sessions 2'],
    );
  });

  it('reads the longest stays of a large call only, and says how many were left out', async () => {
    const people = Array.from({ length: 30 }, (_, index) => ({ id: `p${index}`, joinedAt: T0, leftAt: T0 + index }));
    const recorder = { id: 'rec', role: 'recorder', joinedAt: T0, leftAt: T0 + 99 };
    const { start, asked } = setUp({ sessions: sessions.slice(0, 1), people: () => [recorder, ...people] });
    const { calls } = await start().run();
    const read = asked.filter((what) => what.startsWith('report'));
    assert.equal(read.length, MOST_REPORTS);
    assert.ok(read.includes('report p29') && !read.includes('report p0') && !read.includes('report rec'));
    assert.equal(calls[0]?.unread, 31 - MOST_REPORTS);
  });

  it('keeps what was read when the provider asks for patience, and goes on with what is left', async () => {
    const { start, asked, errors } = setUp({ sessions, trouble: { a: [finding('high', 'a-p')] } });
    errors.set('report c-p', new CallError('RateLimited', 'Too many requests.', { retryAfterMs: 40_000 }));
    const search = start();
    const { calls, stopped } = await search.run();
    assert.match(stopped ?? '', /^Stopped after \d of 5\. Too many requests\. Wait 40 s\.$/);
    assert.ok(calls.length >= 1 && calls.length < 5 && ids(calls)[0] === 'a');
    assert.ok(!ids(calls).includes('c'));
    const before = ids(calls);
    errors.clear();
    asked.length = 0;
    const after = await search.run();
    assert.equal(after.stopped, undefined);
    assert.deepEqual(ids(after.calls).toSorted(), ['a', 'b', 'c', 'd', 'e']);
    assert.ok(!asked.some((what) => what.startsWith('sessions')));
    for (const id of before) assert.ok(!asked.includes(`people ${id}`), id);
  });

  it('keeps what was read when it is stopped', async () => {
    const many = Array.from({ length: 20 }, (_, index) => session(`s${index}`, index));
    const { start, asked } = setUp({ sessions: many });
    const controller = new AbortController();
    const search = start();
    const running = search.run(controller.signal);
    while (search.state.calls.length < 3) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const { calls, stopped, running: goesOn } = await running;
    assert.ok(calls.length >= 3 && calls.length < 20, `${calls.length}`);
    assert.equal(stopped, `Stopped after ${calls.length} of 20.`);
    assert.equal(goesOn, false);
    const count = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(asked.length, count);
  });

  it('never takes what could not be read for good', async () => {
    const { start, errors } = setUp({ sessions: sessions.slice(0, 3), thin: ['b'] });
    errors.set('report a-p', new CallError('NotYetAvailable', 'No report yet.'));
    errors.set('people c', new CallError('BadResponse', 'Not JSON.'));
    const { calls } = await start().run();
    assert.deepEqual(
      calls.map(({ state }) => state),
      ['unjudged', 'unjudged', 'unjudged'],
    );
    assert.match(calls.find(({ ref }) => ref.sessionId === 'c')?.sentence ?? '', /could not be read\. Not JSON/);
  });

  it('asks for nothing but the list where the list tells the quality', async () => {
    const figures: Figure[] = [{ name: 'latency', label: 'Start-up', value: 9, unit: 's' }];
    const rows = sessions.map((one) => ({ ...one, figures }));
    const { start, asked, lists } = setUp({ sessions: rows, figures: true, trouble: { b: [finding('medium', 'b')] } });
    const { calls } = await start().run();
    assert.deepEqual(asked, ['sessions 0']);
    assert.deepEqual(lists, [5, 5, 5, 5, 5]);
    assert.deepEqual(ids(calls)[0], 'b');
    assert.equal(calls[0]?.people, undefined);
  });

  it('rejects when not even the list can be read, and can be run again', async () => {
    const { start, errors } = setUp({ sessions });
    errors.set('sessions 0', new CallError('Auth', 'The key was not accepted.'));
    const search = start();
    await assert.rejects(search.run(), { kind: 'Auth' });
    errors.clear();
    assert.equal((await search.run()).calls.length, 5);
  });
});

describe('the list of bad calls', () => {
  const trouble = { a: [finding('critical', 'a-p')], b: [finding('medium', 'b-p'), finding('low', 'b-p')] };
  const sessions = ['a', 'b', 'c', 'd'].map((id, index) => session(id, index * 10));

  it('shows bad calls with their problems, and folds what is fine or cannot be judged', async () => {
    const { start } = setUp({ sessions, trouble, thin: ['d'] });
    const state = await start().run();
    const rows = badCallRows(state);
    const labels = rows.map((row) => badCallLook(row, T0).label);
    assert.deepEqual(labels, ['Room a', 'Room b', 'Could not be judged', 'No problem found']);
    const [worst, second] = rows;
    assert.ok(worst && second);
    const look = badCallLook(worst, T0);
    assert.deepEqual([look.icon, look.color], ['error', 'list.errorForeground']);
    assert.match(look.description ?? '', / · critical trouble\. · 1 min · 1 person$/);
    assert.match(look.spoken ?? '', /^Room a, critical severity, /);
    assert.deepEqual(
      badCallRows(state, second).map((row) => badCallLook(row, T0).label),
      ['medium trouble', 'low trouble'],
    );
    assert.equal(badCallsMessage(state, 'Acme'), 'Acme: 2 bad calls among 4.');
  });

  it('offers to go on where the search was stopped', async () => {
    const { start, errors } = setUp({ sessions });
    errors.set('people b', new CallError('Network', 'No connection.'));
    const state = await start().run();
    const [first] = badCallRows(state);
    assert.equal(first?.kind, 'stopped');
    assert.match(badCallLook(first, T0).description ?? '', /No connection/);
  });

  it('comes back after a reload, without the names of people', async () => {
    const { start } = setUp({ sessions, trouble });
    const found = await start(4, { from: 5 }).run();
    const kept = new Map<string, unknown>();
    const store = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => {
        kept.set(key, value && JSON.parse(JSON.stringify(value)));
      },
    };
    await keepBadCalls(store, found);
    assert.ok(!JSON.stringify([...kept]).includes('Caller A'));
    const back = readKeptBadCalls(store);
    assert.deepEqual(ids(back?.calls ?? []), ids(found.calls));
    assert.deepEqual(back?.query, found.query);
    for (const rubbish of [null, 5, [], {}, { query: {}, calls: [] }, { query: { connectionId: 'c' }, calls: 'x' }]) {
      kept.set(BAD_CALLS_KEY, rubbish);
      assert.equal(readKeptBadCalls(store), undefined);
    }
    kept.set(BAD_CALLS_KEY, { query: { connectionId: 'c' }, calls: [null, {}, { ref: {} }, 7] });
    assert.deepEqual(readKeptBadCalls(store)?.calls, []);
  });
});
