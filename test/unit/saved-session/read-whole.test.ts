import assert from 'node:assert/strict';
import { readWhole } from '../../../src/commands/session/read-all';
import { CallError } from '../../../src/core/errors';
import type { CallReport, Participant, Session } from '../../../src/core/model';

const REF = { connectionId: 'c', sessionId: 's' };
const SESSION: Session = { id: 's', status: 'ended' };
const report = (id: string) => ({ participant: { id } }) as CallReport;

function setUp(count: number, { have = [] as string[], page = 100 } = {}) {
  const people: Participant[] = Array.from({ length: count }, (_, index) => ({ id: `p${index}` }));
  const asked: string[] = [];
  const errors = new Map<string, CallError>();
  const progress: string[] = [];
  const controller = new AbortController();
  let inFlight = 0;
  let most = 0;
  const run = () =>
    readWhole({
      provider: {
        async getSession() {
          asked.push('session');
          return SESSION;
        },
        async listParticipants({ cursor = '0' }) {
          asked.push(`people ${cursor}`);
          const end = Number(cursor) + page;
          return { items: people.slice(Number(cursor), end), issues: [], ...(end < count && { next: `${end}` }) };
        },
        async getReport({ participantId }) {
          asked.push(`report ${participantId}`);
          most = Math.max(most, ++inFlight);
          await new Promise((resolve) => setImmediate(resolve));
          inFlight--;
          const error = errors.get(participantId);
          if (error) throw error;
          return { report: report(participantId), raw: new Uint8Array() };
        },
      },
      ref: REF,
      have: new Map(have.map((id) => [id, report(id)])),
      signal: controller.signal,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
  return { run, asked, errors, progress, controller, most: () => most };
}

describe('reading a whole session', () => {
  it('reads everybody and every report, four at a time, in the order of the participants', async () => {
    const { run, asked, progress, most } = setUp(10, { page: 4 });
    const { session, participants, reports, unread, stopped } = await run();
    assert.equal(session, SESSION);
    assert.equal(participants.length, 10);
    assert.deepEqual(
      reports.map(({ participant }) => participant.id),
      participants.map(({ id }) => id),
    );
    assert.deepEqual([unread, stopped], [[], undefined]);
    assert.equal(most(), 4);
    assert.equal(asked.length, 1 + 3 + 10);
    assert.deepEqual(progress, ['0/10', '4/10', '8/10', '10/10']);
  });

  it('asks for no report that is at hand', async () => {
    const { run, asked } = setUp(3, { have: ['p0', 'p2', 'gone'] });
    const { reports } = await run();
    assert.deepEqual(
      reports.map(({ participant }) => participant.id),
      ['p0', 'p1', 'p2'],
    );
    assert.deepEqual(
      asked.filter((what) => what.startsWith('report')),
      ['report p1'],
    );
  });

  it('tells whose report could not be read, and why', async () => {
    const { run, errors } = setUp(3);
    errors.set('p1', new CallError('NotYetAvailable', 'The report has expired.'));
    const { reports, unread, stopped } = await run();
    assert.equal(reports.length, 2);
    assert.deepEqual(unread, [{ participantId: 'p1', reason: 'The report has expired.' }]);
    assert.equal(stopped, undefined);
  });

  it('keeps what was read when the provider asks for patience', async () => {
    const { run, errors, asked } = setUp(12);
    errors.set('p5', new CallError('RateLimited', 'Too many requests.', { retryAfterMs: 60_000 }));
    const { reports, unread, stopped } = await run();
    assert.equal(stopped, 'Too many requests. Wait 1 min.');
    assert.equal(reports.length, 7);
    assert.equal(unread.length, 5);
    assert.equal(asked.filter((what) => what.startsWith('report')).length, 8);
    assert.match(unread.at(-1)?.reason ?? '', /^Not tried/);
  });

  it('ends with what it was doing when it is cancelled', async () => {
    const { run, controller, asked } = setUp(12);
    const reading = run();
    while (!asked.includes('report p0')) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(reading, { kind: 'Cancelled' });
    assert.equal(asked.filter((what) => what.startsWith('report')).length, 4);
  });
});
