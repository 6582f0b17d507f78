import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { SessionRef } from '../../src/core/ids';
import {
  type Added,
  activateExtension,
  type CountedService,
  removeAll,
  run,
  startCountedService,
  until,
} from './support';

const KINDS = ['Chat', 'Transcript', 'Summary'] as const;

describe('what was said and written in a session that was saved', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let folder: string;
  let connectionId: string;
  /** The documents as the provider's own answers make them. */
  const texts = new Map<string, string>();

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    // The space and the percent sign stand escaped in the file's address.
    folder = await mkdtemp(join(tmpdir(), 'peerscope saved % '));
    const { settings, secrets } = service;
    connectionId = (await run<Added>('addConnection', { provider: 'realtimekit', settings, secrets, skipCheck: true }))
      .id;
    const whole = await sessionIn('Healthy call');
    for (const kind of KINDS) {
      await run(`open${kind}`, whole);
      texts.set(kind, shown());
    }
    await save(whole, 'whole.json', false);
    await save(whole, 'masked.json', true);
    await save(await sessionIn('Screen share'), 'untranscribed.json', false);
    // Whatever is asked from now on is asked of nobody.
    await removeAll(api);
    await service.stop();
    service.requests.length = 0;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(service.requests, []);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function sessionIn(roomName: string): Promise<SessionRef> {
    const apps = await api.apps({ connectionId });
    const appId = apps.items.find(({ name }) => name === 'telehealth-prod')?.id;
    const rooms = await api.rooms({ connectionId, appId, pageSize: 100 });
    const roomId = rooms.items.find(({ name }) => name === roomName)?.id;
    // The newest one may have ended a moment ago, and then its reports are not there yet.
    const { items } = await api.sessions({ connectionId, appId, roomId, live: false, pageSize: 2 });
    assert.ok(appId && roomId && items[1], roomName);
    return { connectionId, appId, roomId, sessionId: items[1].id };
  }

  const file = (name: string) => vscode.Uri.file(join(folder, name));
  const save = (ref: SessionRef, name: string, mask: boolean) =>
    run('saveSession', { ref, target: file(name), mask, confirm: false });
  const refTo = (name: string): SessionRef => ({ connectionId: 'file', sessionId: file(name).toString() });

  function shown(): string {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor, 'an editor is shown');
    return editor.document.getText();
  }

  const page = () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputWebview ? input.viewType : undefined;
  };

  for (const kind of KINDS) {
    it(`opens the ${kind.toLowerCase()} from the file, as the provider had it`, async () => {
      const { uri } = await run<{ uri: string }>(`open${kind}`, refTo('whole.json'));
      assert.equal(shown(), texts.get(kind));
      // Its address alone is enough for a window that comes back.
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
      assert.equal(new TextDecoder().decode(bytes), texts.get(kind));
    });
  }

  it('opens it from the page of the saved session', async () => {
    await run('openCapture', file('whole.json'));
    await until('the session page', () => page()?.endsWith('peerscope.session') === true);
    await vscode.commands.executeCommand('peerscope.openTranscript');
    assert.equal(shown(), texts.get('Transcript'));
  });

  it('shows it in another format, exports it, and shows a line in the report of who said it', async () => {
    const { uri } = await run<{ uri: string }>('openTranscript', refTo('whole.json'));
    const line = shown()
      .split('\n')
      .findIndex((text) => /^\d\d:\d\d:\d\d /.test(text));
    await run('showTalkAs', { uri, format: 'vtt' });
    assert.match(shown(), /^WEBVTT\r?\n/);
    await run('exportTalk', { uri, format: 'json', mask: false, target: file('transcript.json') });
    const exported = await readFile(join(folder, 'transcript.json'), 'utf8');
    const { session } = JSON.parse(await readFile(join(folder, 'whole.json'), 'utf8'));
    assert.ok(exported.includes(session.id));
    assert.ok(!exported.includes('whole.json'), 'the file that it came from is nobody’s business');
    await run('showLineInReport', { uri, line });
    await until('the report', () => page()?.endsWith('peerscope.participant') === true);
  });

  it('names nobody where the session was saved with personal data masked', async () => {
    await run('openTranscript', refTo('masked.json'));
    assert.match(shown(), /^\d\d:\d\d:\d\d {2} *\d+:\d\d(:\d\d)? {2}Participant \d+: +\S/m);
    assert.doesNotMatch(shown(), /Host:|Caller [AB]:/);
  });

  it('says why it is not there, as the file has it', async () => {
    await assert.rejects(
      async () => run('openTranscript', refTo('untranscribed.json')),
      /^Error: NotFound: The file holds no transcript of this session\. Why, when it was saved: \S/,
    );
    await assert.rejects(async () => run('openTranscript', refTo('gone.json')), /^Error: NotFound: .*gone\.json/);
    await writeFile(join(folder, 'other.json'), '{"data": []}');
    await assert.rejects(
      async () => run('openChat', refTo('other.json')),
      /^Error: BadInput: other\.json is no saved session/,
    );
    for (const command of ['openRecordings', 'generateSummary']) {
      const argument = { ...refTo('whole.json'), confirm: false };
      await assert.rejects(async () => run(command, argument), /^Error: BadInput: A saved session gives no /);
    }
  });
});
