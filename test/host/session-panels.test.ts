import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { SessionRef } from '../../src/core/ids';
import type { Session } from '../../src/core/model';
import { SESSION_VIEW_TYPE, SessionPanels } from '../../src/panel/index';
import { defaultSessionView } from '../../src/protocol/session-state';
import {
  type Added,
  activateExtension,
  type CountedService,
  removeAll,
  run,
  startCountedService,
  until,
  webviewTabs,
  webviewTabsAre,
} from './support';

const tabs = () => webviewTabs(SESSION_VIEW_TYPE);
const settled = (labels: string[]) => webviewTabsAre(SESSION_VIEW_TYPE, labels);

describe('opening a session', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let ref: SessionRef;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    const { id } = await run<Added>('addConnection', {
      provider: 'realtimekit',
      label: 'Counted',
      settings: service.settings,
      secrets: service.secrets,
      skipCheck: true,
    });
    const apps = await api.apps({ connectionId: id });
    const appId = apps.items.find(({ name }) => name === 'telehealth-prod')?.id;
    const sessions = await api.sessions({ connectionId: id, appId, live: false, pageSize: 1 });
    const [session] = sessions.items;
    assert.ok(session && appId);
    ref = { connectionId: id, appId, sessionId: session.id };
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await removeAll(api);
    await service.stop();
  });

  it('by an argument costs one request for the session and one for its participants', async () => {
    service.requests.length = 0;
    await run('openSession', ref);
    await until('both requests', () => service.requests.length >= 2);
    await until('the room’s name in the tab', () => tabs().length === 1 && tabs()[0] !== 'Session');
    const paths = service.requests.map((line) => line.replace(/\?.*/, '').replace(/^.*\/sessions\//, ''));
    assert.deepEqual(paths.toSorted(), [ref.sessionId, `${ref.sessionId}/participants`]);
    // Open already: it comes to the front.
    await run('openSession', ref);
    assert.equal(service.requests.length, 2);
  });

  it('says what is wrong with an argument', async () => {
    await assert.rejects(async () => run('openSession', { connectionId: ref.connectionId }), /BadInput: sessionId/);
    await assert.rejects(async () => run('openSession', 'a session'), /BadInput: /);
    assert.deepEqual(tabs(), []);
  });

  it('that does not exist shows why in its panel', async () => {
    await run('openSession', { ...ref, sessionId: '00000000-0000-4000-8000-000000000000' });
    await settled(['Session']);
  });
});

describe('session panels', () => {
  let panels: SessionPanels;
  let asked: string[];

  beforeEach(() => {
    asked = [];
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension);
    panels = new SessionPanels({
      extensionUri: extension.extensionUri,
      provider: async () => ({
        getSession: async ({ sessionId }: SessionRef): Promise<Session> => {
          asked.push(sessionId);
          return { id: sessionId, roomName: `Room of ${sessionId}`, status: 'ended' };
        },
        listParticipants: async () => ({ items: [], issues: [] }),
        getReport: () => Promise.reject(new Error('No report is asked for.')),
      }),
      known: () => ({}),
      dashboardUrl: () => undefined,
      liveRefreshSeconds: () => 0,
      diagnose: () => Promise.reject(new Error('No report was read.')),
      log: () => undefined,
      runCommand: async () => undefined,
    });
  });
  afterEach(async () => {
    panels.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const refOf = (sessionId: string): SessionRef => ({ connectionId: 'c', sessionId });
  const state = (sessionId: string, pinned = false) => ({
    version: 1,
    ref: refOf(sessionId),
    title: sessionId,
    pinned,
    view: defaultSessionView(),
  });
  const formerPanel = () =>
    vscode.window.createWebviewPanel(SESSION_VIEW_TYPE, 'Former window', vscode.ViewColumn.Active, {});

  it('show one session after the other in one panel', async () => {
    panels.open(refOf('s1'));
    await settled(['Room of s1']);
    panels.open(refOf('s2'));
    await settled(['Room of s2']);
    panels.open(refOf('s2'));
    assert.deepEqual(asked, ['s1', 's2']);
  });

  it('come back from a former window; a pinned one stays when another session is opened', async () => {
    panels.restore(formerPanel(), state('s1', true));
    panels.restore(formerPanel(), state('s2'));
    await settled(['Room of s1', 'Room of s2']);
    panels.open(refOf('s3'));
    await settled(['Room of s1', 'Room of s3']);
  });

  it('say what to do when the former state cannot be read', async () => {
    for (const rubbish of [undefined, {}, { ...state('s1'), ref: 'x' }]) panels.restore(formerPanel(), rubbish);
    await settled(['Session', 'Session', 'Session']);
    assert.deepEqual(asked, []);
  });
});
