import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { SavedCounts } from '../../src/commands/session/save';
import type { SessionRef } from '../../src/core/ids';
import {
  type Added,
  activateExtension,
  type CountedService,
  removeAll,
  run,
  startCountedService,
  until,
  webviewTabs,
} from './support';

describe('saving a session', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let folder: string;
  let ref: SessionRef;
  let names: string[];

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    folder = await mkdtemp(join(tmpdir(), 'peerscope-save-'));
    const { id: connectionId } = await run<Added>('addConnection', {
      provider: 'realtimekit',
      label: 'Counted',
      settings: service.settings,
      secrets: service.secrets,
      skipCheck: true,
    });
    const { items: apps } = await api.apps({ connectionId });
    const appId = apps.find(({ name }) => name === 'telehealth-prod')?.id;
    const rooms = await api.rooms({ connectionId, appId, pageSize: 100 });
    const roomId = rooms.items.find(({ name }) => name === 'Healthy call')?.id;
    // The newest one may have ended a moment ago, and then its reports are not there yet.
    const { items } = await api.sessions({ connectionId, appId, roomId, live: false, pageSize: 2 });
    assert.ok(items[1] && appId && roomId);
    ref = { connectionId, appId, sessionId: items[1].id };
    const people = await api.participants(ref);
    names = people.items.flatMap(({ name }) => name ?? []);
    assert.ok(names.length > 1);
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await removeAll(api);
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => vscode.Uri.file(join(folder, name));
  const save = (name: string, more: object = {}) =>
    run<SavedCounts>('saveSession', { ref, target: file(name), ...more });
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));

  it('costs one request for the session, one for its people, one a report; and is masked', async () => {
    service.requests.length = 0;
    const counts = await save('masked.json');
    assert.equal(counts.participants, names.length);
    assert.equal(counts.reports + counts.unread, names.length);
    const paths = service.requests.map((line) => line.replace(/\?.*/, ''));
    assert.equal(paths.filter((path) => path.endsWith('/participants')).length, 1);
    // A transcript's times count from the session's start: it asks for that.
    assert.equal(paths.filter((path) => path.endsWith(`/sessions/${ref.sessionId}`)).length, 2);
    assert.equal(paths.filter((path) => path.includes('/peer-report/')).length, names.length);
    const text = await readFile(join(folder, 'masked.json'), 'utf8');
    for (const name of names) assert.ok(!text.includes(`"${name}"`), name);
    for (const secret of Object.values(service.secrets)) assert.ok(!text.includes(secret));
    assert.ok(!text.includes(ref.connectionId));
    const { format, version, personalData, ref: place, reports } = JSON.parse(text);
    assert.deepEqual([format, version, personalData], ['peerscope.session', 1, 'masked']);
    assert.deepEqual(place, { appId: ref.appId, sessionId: ref.sessionId });
    assert.equal(reports.length, counts.reports);
  });

  it('holds names where that is asked for', async () => {
    await save('open.json', { mask: false, confirm: false });
    const { personalData, participants } = await read('open.json');
    assert.equal(personalData, 'included');
    assert.deepEqual(
      participants.map(({ name }: { name: string }) => name),
      names,
    );
  });

  it('says what is wrong with an argument, and writes nothing', async () => {
    await assert.rejects(async () => run('saveSession', { ref: {}, target: file('x.json') }), /BadInput: connectionId/);
    await assert.rejects(async () => run('saveSession', { ref, target: 'x.json' }), /BadInput: target/);
    await assert.rejects(async () => save('x.json', { mask: 'no' }), /BadInput: mask/);
    const gone = { ...ref, sessionId: '00000000-0000-4000-8000-000000000000' };
    await assert.rejects(async () => run('saveSession', { ref: gone, target: file('x.json') }), /NotFound: /);
    await assert.rejects(readFile(join(folder, 'x.json')));
  });

  it('opens again without a request, its reports too, when connection and provider are gone', async () => {
    const { participants } = await read('open.json');
    const { roomName } = (await read('open.json')).session;
    await removeAll(api);
    await service.stop();
    service.requests.length = 0;
    await run('openCapture', file('open.json'));
    await until(
      () => `tab ${roomName}; tabs are ${webviewTabs()}`,
      () => webviewTabs().length === 1 && roomName.startsWith(webviewTabs()[0]?.replace('…', '')),
    );
    const saved = { connectionId: 'file', sessionId: file('open.json').toString() };
    await run('openParticipant', { ...saved, participantId: participants[0].id });
    await until(
      () => `tab ${names[0]} · saved; tabs are ${webviewTabs()}`,
      () => webviewTabs().includes(`${names[0]} · saved`),
    );
    assert.deepEqual(service.requests, []);
  });

  it('that was changed by hand is refused in its page, and other files are opened as before', async () => {
    await writeFile(join(folder, 'bad.json'), JSON.stringify({ format: 'peerscope.session', version: 1 }));
    await run('openCapture', file('bad.json'));
    await until(
      () => `tab bad.json; tabs are ${webviewTabs()}`,
      () => webviewTabs().join() === 'bad.json',
    );
  });
});
