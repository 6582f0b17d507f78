import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { SessionRef } from '../../src/core/ids';
import type { Participant } from '../../src/core/model';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

const MOST = 6000;

/** What a model gets. */
async function ask(name: string, input: object, token = new vscode.CancellationTokenSource().token): Promise<string> {
  const { content } = await vscode.lm.invokeTool(`peerscope_${name}`, { input, toolInvocationToken: undefined }, token);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('language-model tools', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let ref: SessionRef;
  let people: Participant[];
  let caller: Participant;
  let other: Participant;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    const connectionId = (await run<Added>('addConnection', { ...input, label: 'Acme' })).id;
    const app = (await api.apps({ connectionId })).items.find(({ name }) => name === 'telehealth-prod');
    const { items } = await api.sessions({ connectionId, appId: app?.id, search: 'Lossy uplink', live: false });
    const session = items.find(({ roomName }) => roomName === 'Lossy uplink');
    assert.ok(session);
    ref = { connectionId, appId: app?.id, sessionId: session.id };
    people = (await api.participants(ref)).items;
    const [first, second] = ['Caller A', 'Caller B'].map((name) => people.find((one) => one.name === name));
    assert.ok(first && second);
    caller = first;
    other = second;
  });
  after(async () => {
    await removeAll(api);
    await service.stop();
  });

  function isFit(answer: string): void {
    assert.ok(answer.length > 0 && answer.length <= MOST, `${answer.length} characters`);
    for (const { name } of people) if (name) assert.ok(!answer.includes(name), name);
    for (const secret of Object.values(service.secrets)) assert.ok(!answer.includes(secret), 'the key');
    assert.doesNotMatch(answer, /\b\d{1,3}(?:\.\d{1,3}){3}\b/);
  }

  it('are known to the editor, with what they are for', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith('peerscope_'));
    assert.deepEqual(ours.map(({ name }) => name).sort(), [
      'peerscope_compare_participants',
      'peerscope_diagnose_participant',
      'peerscope_find_session',
      'peerscope_get_session_summary',
    ]);
    for (const { description, inputSchema } of ours) assert.ok(description.length > 200 && inputSchema);
  });

  it('find a session and give the ids that the others need', async () => {
    const answer = await ask('find_session', { id: ref.sessionId });
    isFit(answer);
    assert.ok(answer.includes(ref.sessionId) && answer.includes(ref.connectionId) && answer.includes(ref.appId ?? '-'));
    assert.match(answer, /RealtimeKit · Acme/);
  });

  it('say plainly that nothing was found, and what to check', async () => {
    const answer = await ask('find_session', { id: '00000000-0000-4000-8000-000000000000' });
    assert.match(answer, /^No session with the id/);
  });

  it('summarize a session: people, verdict, findings', async () => {
    const answer = await ask('get_session_summary', { sessionId: ref.sessionId });
    isFit(answer);
    assert.match(answer, /Verdict: /);
    assert.match(answer, /rtk\.loss\.(in|out)/);
    for (const { id } of people) assert.ok(answer.includes(id), id);
  });

  it('diagnose a participant', async () => {
    const answer = await ask('diagnose_participant', { ...ref, participantId: caller.id });
    isFit(answer);
    assert.match(answer, /\[rtk\.loss\.out\].*side: local/);
    assert.match(answer, /- Camera sent.*Packet loss/);
  });

  it('compare two participants', async () => {
    const answer = await ask('compare_participants', {
      ...ref,
      participantId: caller.id,
      otherParticipantId: other.id,
    });
    isFit(answer);
    assert.match(answer, /Differences:/);
    assert.match(answer, /Found for Participant 1 only: .*rtk\.loss\.out/);
  });

  it('name people when the setting is off', async () => {
    const settings = vscode.workspace.getConfiguration('peerscope');
    await settings.update('maskPersonalData', false, vscode.ConfigurationTarget.Global);
    try {
      assert.match(await ask('diagnose_participant', { ...ref, participantId: caller.id }), /Caller A/);
    } finally {
      await settings.update('maskPersonalData', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('word errors so that a model knows how to go on', async () => {
    const cases: [string, object, RegExp][] = [
      [
        'get_session_summary',
        { sessionId: '00000000-0000-4000-8000-000000000000' },
        /NotFound: .*peerscope_find_session/,
      ],
      ['diagnose_participant', { ...ref, participantId: 'nobody' }, /NotFound: .*peerscope_find_session/],
      ['find_session', { id: ref.sessionId, connectionId: 'nope' }, /NotFound: connectionId: .*Known: .*Acme/],
      [
        'compare_participants',
        { ...ref, participantId: caller.id, otherParticipantId: caller.id },
        /BadInput: otherParticipantId/,
      ],
      ['diagnose_participant', { ...ref, participantId: '' }, /BadInput: participantId: .*call again/],
    ];
    for (const [name, input, message] of cases) {
      await assert.rejects(
        ask(name, input),
        (error: Error) => message.test(error.message) || assert.fail(error.message),
      );
    }
  });

  it('ask nothing when they are cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const before = service.requests.length;
    await assert.rejects(ask('get_session_summary', { sessionId: ref.sessionId }, source.token));
    assert.equal(service.requests.length, before);
  });

  it('stop asking when they are cancelled on the way', async () => {
    const source = new vscode.CancellationTokenSource();
    const before = service.requests.length;
    const answer = ask('get_session_summary', { sessionId: ref.sessionId }, source.token);
    const end = Date.now() + 30_000;
    while (service.requests.length === before && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 1));
    source.cancel();
    await assert.rejects(answer);
  });
});
