import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { ParticipantRef } from '../../src/core/ids';
import {
  type Added,
  activateExtension,
  type CountedService,
  removeAll,
  run,
  startCountedService,
  until,
} from './support';

describe('what of the thresholds is not used', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let ref: ParticipantRef;
  /** The warnings that were to be shown, in the place of VS Code's own, and the button that the person presses. */
  const watch = { texts: [] as string[], press: undefined as string | undefined };
  const { showWarningMessage } = vscode.window;

  before(async () => {
    const instead = async (text: string, ...buttons: unknown[]) => {
      watch.texts.push(text);
      return buttons.find((button) => button === watch.press);
    };
    vscode.window.showWarningMessage = instead;
    api = await activateExtension();
    service = await startCountedService();
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    const connectionId = (await run<Added>('addConnection', input)).id;
    const app = (await api.apps({ connectionId })).items.find(({ name }) => name === 'telehealth-prod');
    const { items } = await api.sessions({ connectionId, appId: app?.id, search: 'Lossy uplink', live: false });
    const session = { connectionId, appId: app?.id, sessionId: items[0]?.id ?? '' };
    const [caller] = (await api.participants(session)).items;
    ref = { ...session, participantId: caller?.id ?? '' };
  });
  after(async () => {
    vscode.window.showWarningMessage = showWarningMessage;
    await set(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeAll(api);
    await service.stop();
  });
  beforeEach(() => {
    watch.texts = [];
    watch.press = undefined;
  });

  const set = (thresholds: unknown) =>
    vscode.workspace.getConfiguration('peerscope').update('thresholds', thresholds, vscode.ConfigurationTarget.Global);

  it('is nothing for a good setting', async () => {
    await set({ 'rtk.loss.out': { warn: 4 }, 'rtk.loss.in': false });
    await api.findings(ref);
    await api.sessionFindings(ref);
    assert.deepEqual(watch.texts, []);
  });

  it('is said once, with the names and the reason', async () => {
    await set({ 'rtk.loss.out': { warn: 'four' }, 'rtk.no.such.rule': { warn: 1 } });
    await api.findings(ref);
    assert.equal(watch.texts.length, 1);
    assert.match(watch.texts[0] ?? '', /^Not all of the setting peerscope\.thresholds is used\. /);
    assert.match(watch.texts[0] ?? '', /rtk\.loss\.out\.warn: /);
    assert.match(watch.texts[0] ?? '', /rtk\.no\.such\.rule: /);
    await api.findings(ref);
    await api.sessionFindings(ref);
    assert.equal(watch.texts.length, 1, 'further reports say nothing');
  });

  it('is said anew once it is another, of a session as well', async () => {
    await set({ 'rtk.jitter': 30 });
    await api.sessionFindings(ref);
    await api.findings(ref);
    assert.equal(watch.texts.length, 1);
    assert.match(watch.texts[0] ?? '', /rtk\.jitter: /);
    assert.doesNotMatch(watch.texts[0] ?? '', /rtk\.loss\.out/);
  });

  it('is said again when it comes back after it was mended, and leads to the setting', async () => {
    await set(undefined);
    await api.findings(ref);
    assert.deepEqual(watch.texts, []);
    watch.press = 'Open Settings';
    await set({ 'rtk.jitter': 30 });
    await api.findings(ref);
    assert.equal(watch.texts.length, 1);
    await until('the settings are open', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Settings');
  });
});
