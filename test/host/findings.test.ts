import assert from 'node:assert/strict';
import type { PeerscopeApi } from '../../src/api';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('findings', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let connectionId: string;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    connectionId = (await run<Added>('addConnection', input)).id;
  });
  after(async () => {
    await removeAll(api);
    await service.stop();
  });

  /** The newest ended session in the room with this title. */
  async function sessionOf(title: string) {
    const app = (await api.apps({ connectionId })).items.find(({ name }) => name === 'telehealth-prod');
    const { items } = await api.sessions({ connectionId, appId: app?.id, search: title, live: false });
    const session = items.find(({ roomName }) => roomName === title);
    assert.ok(session, title);
    const ref = { connectionId, appId: app?.id, sessionId: session.id };
    return { ref, people: (await api.participants(ref)).items };
  }

  it('name the lossy uplink of the caller as their own', async () => {
    const { ref, people } = await sessionOf('Lossy uplink');
    const caller = people.find(({ name }) => name === 'Caller A');
    const { findings, notEvaluated } = await api.findings({ ...ref, participantId: caller?.id ?? '' });
    const loss = findings.find(({ ruleId }) => ruleId === 'rtk.loss.out');
    assert.equal(loss?.side, 'local');
    assert.ok(loss.evidence.length > 0);
    assert.ok(loss.start !== undefined && loss.end !== undefined && loss.end > loss.start);
    assert.ok(notEvaluated.every(({ ruleId, reason }) => ruleId && reason));
  });

  it('claim nothing above info for a healthy call', async () => {
    const { ref } = await sessionOf('Healthy call');
    const { findings } = await api.sessionFindings(ref);
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info').map(({ ruleId }) => ruleId),
      [],
    );
  });

  it('blame the sender for what everybody lost in a session', async () => {
    const { ref, people } = await sessionOf('Lossy uplink');
    const caller = people.find(({ name }) => name === 'Caller A');
    const { findings } = await api.sessionFindings(ref);
    const received = findings.filter(({ ruleId, severity }) => ruleId === 'rtk.loss.in' && severity !== 'info');
    assert.ok(received.length > 0);
    for (const { side, relatedParticipantIds } of received) {
      assert.equal(side, 'remote');
      assert.ok(relatedParticipantIds?.includes(caller?.id ?? ''));
    }
  });

  it('follow the thresholds that the person set', async () => {
    const { workspace, ConfigurationTarget } = await import('vscode');
    const settings = workspace.getConfiguration('peerscope');
    const { ref, people } = await sessionOf('Lossy uplink');
    const caller = people.find(({ name }) => name === 'Caller A');
    await settings.update('thresholds', { 'rtk.loss.out': false }, ConfigurationTarget.Global);
    try {
      const { findings } = await api.findings({ ...ref, participantId: caller?.id ?? '' });
      assert.equal(
        findings.some(({ ruleId }) => ruleId === 'rtk.loss.out'),
        false,
      );
    } finally {
      await settings.update('thresholds', undefined, ConfigurationTarget.Global);
    }
  });
});
