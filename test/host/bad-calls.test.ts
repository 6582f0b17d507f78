import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import { type BadCallsState, MOST_REPORTS } from '../../src/commands/bad-calls/search';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('finding bad calls', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let connectionId: string;
  let appId: string;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    ({ id: connectionId } = await run<Added>('addConnection', {
      provider: 'realtimekit',
      settings: service.settings,
      secrets: service.secrets,
      skipCheck: true,
    }));
    const apps = await api.apps({ connectionId });
    appId = apps.items.find(({ name }) => name === 'telehealth-prod')?.id ?? '';
    service.requests.length = 0;
  });
  after(async () => {
    await run('clearBadCalls');
    await removeAll(api);
    await service.stop();
  });

  it('reads the newest calls, each person’s report once, and gives the worst first', async () => {
    const found = await run<BadCallsState>('findBadCalls', { connectionId, appId, sessions: 6 });
    assert.equal(found.calls.length, 6);
    assert.deepEqual([found.total, found.running, found.stopped], [6, false, undefined]);
    const states = found.calls.map(({ state }) => state);
    assert.deepEqual(
      states,
      states.toSorted((a, b) => order(a) - order(b)),
    );
    const paths = service.requests.map((line) => line.replace(/\?.*/, ''));
    const lists = paths.filter((path) => path.endsWith('/sessions'));
    const people = paths.filter((path) => path.endsWith('/participants'));
    const reports = paths.filter((path) => path.includes('/peer-report/'));
    assert.deepEqual([lists.length, people.length], [1, 6]);
    assert.equal(new Set(reports).size, reports.length);
    const sum = (count: (call: BadCallsState['calls'][number]) => number) =>
      found.calls.reduce((total, call) => total + count(call), 0);
    assert.ok(reports.length >= sum((call) => call.reports));
    assert.ok(reports.length <= sum(({ people = 0 }) => Math.min(people, MOST_REPORTS)));
    assert.equal(service.requests.length, 1 + 6 + reports.length);
  });

  it('agrees with what the session’s own findings say', async () => {
    const found = await run<BadCallsState>('findBadCalls', { connectionId, appId, sessions: 6 });
    const [worst] = found.calls;
    assert.ok(worst?.state === 'bad', 'one of the six has a problem');
    const { findings } = await api.sessionFindings(worst.ref);
    const titles = new Set(findings.map(({ title }) => title));
    for (const { title } of worst.problems) assert.ok(titles.has(title), title);
  });

  it('says what is wrong with an argument, and asks nothing', async () => {
    service.requests.length = 0;
    const find = (argument: object) => run('findBadCalls', argument);
    await assert.rejects(async () => find({}), /BadInput: connectionId/);
    await assert.rejects(async () => find({ connectionId, sessions: 0 }), /BadInput: sessions/);
    await assert.rejects(async () => find({ connectionId, sessions: 1e6 }), /BadInput: sessions/);
    await assert.rejects(async () => find({ connectionId, from: 'yesterday' }), /BadInput: from/);
    await assert.rejects(async () => find({ connectionId: 'gone' }), /NotFound: /);
    assert.deepEqual(service.requests, []);
  });

  it('judges playbacks by their list alone', async () => {
    await vscode.commands.executeCommand('peerscope.openSampleCalls');
    const playbacks = api.connections().find(({ provider }) => provider === 'mediamelon');
    assert.ok(playbacks);
    const found = await run<BadCallsState>('findBadCalls', { connectionId: playbacks.id, sessions: 50 });
    assert.equal(found.calls.length, 50);
    assert.ok(found.calls.some(({ state }) => state === 'bad'));
    assert.ok(found.calls.every(({ unread }) => unread === 0));
  });
});

function order(state: 'bad' | 'fine' | 'unjudged'): number {
  return { bad: 0, unjudged: 1, fine: 2 }[state];
}
