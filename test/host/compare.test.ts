import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { ParticipantRef } from '../../src/core/ids';
import { COMPARE_VIEW_TYPE, ComparePanels } from '../../src/panel/compare-panels';
import { defaultCompareView } from '../../src/protocol/compare-state';
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

const tabs = () => webviewTabs(COMPARE_VIEW_TYPE);
const settled = (labels: string[]) => webviewTabsAre(COMPARE_VIEW_TYPE, labels);

describe('comparing participants', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let refs: [ParticipantRef, ParticipantRef];

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
    const rooms = await api.rooms({ connectionId: id, appId, pageSize: 50 });
    const roomId = rooms.items.find(({ name }) => name === 'Lossy uplink')?.id;
    const { items } = await api.sessions({ connectionId: id, appId, roomId, live: false, pageSize: 1 });
    assert.ok(items[0] && appId && roomId);
    const session = { connectionId: id, appId, roomId, sessionId: items[0].id };
    const people = await api.participants(session);
    const of = (name: string) => people.items.find((each) => each.name === name)?.id ?? '';
    refs = ['Caller A', 'Caller B'].map((name) => ({ ...session, participantId: of(name) })) as typeof refs;
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await removeAll(api);
    await service.stop();
  });

  it('reads each report once; the same two, either way round, come to the front', async () => {
    service.requests.length = 0;
    await run('compareParticipants', refs);
    await settled(['Caller A ↔ Caller B']);
    const [a, b] = refs;
    await run('compareParticipants', [b, a]);
    assert.deepEqual(tabs(), ['Caller A ↔ Caller B']);
    const reads = service.requests.filter((line) => line.includes('peer-report'));
    assert.equal(reads.length, 2, service.requests.join('\n'));
  });

  it('takes a report that is on screen without reading it again', async () => {
    await run('openParticipant', refs[0]);
    await until('the report', () =>
      vscode.window.tabGroups.all.some(({ tabs: all }) => all.some(({ label }) => label === 'Caller A')),
    );
    service.requests.length = 0;
    await run('compareParticipants', refs);
    await settled(['Caller A ↔ Caller B']);
    assert.equal(service.requests.filter((line) => line.includes('peer-report')).length, 1);
  });

  it('says what is wrong with its arguments, and opens nothing', async () => {
    const [a] = refs;
    for (const wrong of [[a], [a, a], [a, a, a], [a, { sessionId: 's' }], a, {}, 'a']) {
      await assert.rejects(async () => run('compareParticipants', wrong), /BadInput: /, JSON.stringify(wrong));
    }
    await assert.rejects(
      async () => vscode.commands.executeCommand('peerscope.compareParticipants', refs, { stream: { kind: 'video' } }),
      /BadInput: stream/,
    );
    assert.deepEqual(tabs(), []);
  });

  it('keeps one participant when the other is not there', async () => {
    const [a, b] = refs;
    await run('compareParticipants', [a, { ...b, participantId: '00000000-0000-4000-8000-000000000000' }]);
    await settled(['Caller A ↔ Participant']);
  });

  it('compares two files, without a connection', async () => {
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension);
    const folder = vscode.Uri.joinPath(extension.extensionUri, 'test', 'fixtures', 'realtimekit');
    const files = ['peer-report.json', 'peer-report.dyte-v2.json'].map((name) => ({
      connectionId: 'file',
      sessionId: vscode.Uri.joinPath(folder, name).toString(),
      participantId: 'file',
    }));
    service.requests.length = 0;
    await run('compareParticipants', files);
    // The name that both published reports hold takes the place of the files' names.
    await settled(['Participant A ↔ Participant A']);
    assert.deepEqual(service.requests, []);
  });

  it('compares two rows that are selected in the tree, and no more', async () => {
    const row = (ref: ParticipantRef) => ({ kind: 'participant', key: ref.participantId, parent: undefined, ref });
    const [a, b] = refs.map(row);
    await vscode.commands.executeCommand('peerscope.compareParticipants', a, [a, b]);
    await settled(['Caller A ↔ Caller B']);
  });
});

describe('comparison panels', () => {
  const refs: [ParticipantRef, ParticipantRef] = [
    { connectionId: 'c', sessionId: 's', participantId: 'p1' },
    { connectionId: 'c', sessionId: 's', participantId: 'p2' },
  ];
  let panels: ComparePanels;
  let asked: string[];

  beforeEach(() => {
    asked = [];
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension);
    panels = new ComparePanels({
      extensionUri: extension.extensionUri,
      loadReport: ({ participantId }) => {
        asked.push(participantId);
        return Promise.reject(new Error('No report here.'));
      },
      compare: () => Promise.reject(new Error('Nothing to compare.')),
      log: () => undefined,
      runCommand: async () => undefined,
    });
  });
  afterEach(async () => {
    panels.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const formerPanel = () =>
    vscode.window.createWebviewPanel(COMPARE_VIEW_TYPE, 'Former window', vscode.ViewColumn.Active, {});

  it('come back from a former window with both participants', async () => {
    const state = { version: 1, refs, titles: ['Ann', 'Ben'], view: defaultCompareView() };
    panels.restore(formerPanel(), state);
    await settled(['Ann ↔ Ben']);
    assert.deepEqual(asked, ['p1', 'p2']);
  });

  it('say what to do when the former state cannot be read', async () => {
    for (const rubbish of [undefined, {}, { version: 1, refs: refs.slice(1) }]) panels.restore(formerPanel(), rubbish);
    await settled(['Comparison', 'Comparison', 'Comparison']);
    assert.deepEqual(asked, []);
  });
});
