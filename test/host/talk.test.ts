import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  webviewTabs,
} from './support';

interface Opened {
  uri: string;
  entries?: number;
}

const shown = () => {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'an editor is shown');
  return editor;
};

describe('what was said and written in a session', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let connectionId: string;
  let folder: string;
  /** Transcribed and recorded, without a summary of its own. */
  let ref: SessionRef;

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    folder = await mkdtemp(join(tmpdir(), 'peerscope-talk-'));
    const { settings, secrets } = service;
    connectionId = (await run<Added>('addConnection', { provider: 'realtimekit', settings, secrets, skipCheck: true }))
      .id;
    ref = await sessionIn('Lossy uplink');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await removeAll(api);
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function sessionIn(roomName: string): Promise<SessionRef> {
    const apps = await api.apps({ connectionId });
    const appId = apps.items.find(({ name }) => name === 'telehealth-prod')?.id;
    const rooms = await api.rooms({ connectionId, appId, pageSize: 100 });
    const roomId = rooms.items.find(({ name }) => name === roomName)?.id;
    const { items } = await api.sessions({ connectionId, appId, roomId, live: false, pageSize: 1 });
    assert.ok(appId && roomId && items[0], roomName);
    return { connectionId, appId, roomId, sessionId: items[0].id };
  }

  /** The text of a document in another format. */
  async function written(uri: string, format: string): Promise<string> {
    const { query, ...place } = vscode.Uri.parse(uri);
    const address = vscode.Uri.from({ ...place, query: query.replace('"format":"text"', `"format":"${format}"`) });
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(address));
  }

  it('opens the transcript with speakers and times, read only', async () => {
    const { uri, entries } = await run<Opened>('openTranscript', ref);
    const { document } = shown();
    assert.equal(document.uri.toString(), uri);
    assert.match(document.uri.path, /^\/Transcript · Lossy uplink\.txt$/);
    assert.match(document.getText(), /^Transcript: Lossy uplink\n.* · RealtimeKit · \d+ sentences of \d speakers\n/);
    const said = document
      .getText()
      .match(/^\d\d:\d\d:\d\d {2} *\d+:\d\d(:\d\d)? {2}(Host|Caller A|Caller B|Nurse 2): +\S.*$/gm);
    assert.equal(said?.length, entries);
    assert.ok((entries ?? 0) > 10);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), false);
  });

  it('shows it in every format, and again where it stood', async () => {
    const { uri, entries = 0 } = await run<Opened>('openTranscript', ref);
    const line = shown().document.lineCount - 3;
    const text = shown()
      .document.lineAt(line)
      .text.replace(/^.*?: +/, '');
    shown().selection = new vscode.Selection(line, 0, line, 0);
    await run('showTalkAs', { format: 'srt' });
    assert.equal(
      shown()
        .document.getText()
        .match(/^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$/gm)?.length,
      entries,
    );
    const at = shown().selection.active.line;
    assert.ok(
      shown()
        .document.lineAt(at + 2)
        .text.endsWith(text),
      `cue at line ${at}`,
    );
    await run('showTalkAs', { uri, format: 'vtt' });
    assert.match(shown().document.getText(), /^WEBVTT\r?\n/);
    assert.equal(JSON.parse(await written(uri, 'json')).lines.length, entries);
    assert.equal((await written(uri, 'csv')).trimEnd().split('\r\n').length, entries + 1);
    await assert.rejects(async () => run('openTranscript', { ...ref, format: 'pdf' }), /^Error: BadInput: format/);
  });

  it('opens again by its address alone, as in a window that comes back', async () => {
    const { uri } = await run<Opened>('openChat', ref);
    const text = shown().document.getText();
    assert.match(text, /^Chat: Lossy uplink\n/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    service.requests.length = 0;
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
    assert.equal(new TextDecoder().decode(bytes), text);
    const broken = vscode.Uri.parse(uri).with({ query: '{}' });
    await assert.rejects(async () => vscode.workspace.fs.readFile(broken));
  });

  it('has a summary made without a question when told so, and opens it', async () => {
    await assert.rejects(async () => run('openSummary', ref), /^Error: NotYetAvailable: .*"Generate Summary"/);
    service.requests.length = 0;
    await run('generateSummary', { ...ref, confirm: false });
    assert.match(
      shown().document.getText(),
      /^<!-- Summary: Lossy uplink .* made by RealtimeKit -->\n\n## Meeting Summary\n/,
    );
    assert.equal(shown().document.languageId, 'markdown');
    assert.equal(service.requests.filter((line) => line.startsWith('POST ')).length, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('openSummary', ref);
    assert.match(shown().document.getText(), /## Meeting Summary/);
  }).timeout(60_000);

  it('goes to the line that was said at a moment', async () => {
    const { uri } = await run<Opened>('openTranscript', ref);
    const { lines } = JSON.parse(await written(uri, 'json')) as { lines: { at: string; text: string }[] };
    const third = lines[2];
    assert.ok(third);
    await run('showTimeInTranscript', { ...ref, at: Date.parse(third.at) + 10 });
    const { document, selection } = shown();
    assert.ok(document.lineAt(selection.active.line).text.endsWith(third.text));
    await assert.rejects(async () => run('showTimeInTranscript', { at: 1 }), /BadInput: connectionId/);
  });

  it('shows a line in the report of who said it, and goes back from its cursor', async () => {
    const { uri } = await run<Opened>('openTranscript', ref);
    const { document } = shown();
    const line = document.lineCount - 12;
    await run('showLineInReport', { uri, line });
    const reports = () => webviewTabs('participant');
    const end = Date.now() + 30_000;
    const speaker = /\d {2}(Host|Caller A|Caller B|Nurse 2):/.exec(document.lineAt(line).text)?.[1];
    while (reports()[0] !== speaker) {
      assert.ok(Date.now() < end, `the report of ${speaker}, not ${reports()[0]}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // The page tells where its cursor rests once it has drawn; until then there is none to go back from.
    for (;;) {
      try {
        // As a script: a person would be told in a dialog, which nobody answers here.
        await run('showTimeInTranscript', {});
        if (vscode.window.activeTextEditor?.selection.active.line === line) break;
      } catch {
        // Told below when it never comes.
      }
      assert.ok(Date.now() < end, 'back at the line');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.equal(shown().document.uri.toString(), uri);
    await assert.rejects(async () => run('showLineInReport', { uri, line: 0 }), /BadInput: The time of this line/);
  }).timeout(60_000);

  it('exports with personal data masked unless told otherwise', async () => {
    const { uri } = await run<Opened>('openTranscript', ref);
    const write = async (mask?: boolean) => {
      const target = vscode.Uri.file(join(folder, `transcript-${mask}.csv`));
      await run('exportTalk', { uri, format: 'csv', mask, target });
      return readFile(target.fsPath, 'utf8');
    };
    const masked = await write();
    assert.match(masked, /,Participant 1,/);
    for (const name of ['Host', 'Caller A', 'Lossy uplink']) assert.ok(!masked.includes(name), name);
    assert.match(await write(false), /,Caller A,/);
    assert.match(shown().document.getText(), /Caller A: +\S/, 'the view shows names');
    await assert.rejects(
      async () => run('exportTalk', { uri, format: 'xml', target: vscode.Uri.file('/x') }),
      /BadInput/,
    );
  });

  it('opens a transcript of 10 MB', async () => {
    const said = 'what was said, '.repeat(8);
    const row = (n: number) => `"${n * 1000}","peer-${n % 5}","u","c","Speaker ${n % 5}","Line ${n}: ${said}"\n`;
    const file = Array.from({ length: 60_000 }, (_, n) => row(n)).join('');
    assert.ok(file.length > 10_000_000);
    const server = createServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      if (path === '/file') return response.end(file);
      const link = `http://${request.headers.host}/file?signature=1`;
      const session = {
        id: 's',
        status: 'ENDED',
        meeting_display_name: 'All day',
        started_at: '2026-03-04T09:30:00.000Z',
      };
      const data = path.endsWith('/transcript') ? { transcript_download_url: link } : session;
      return response.end(JSON.stringify({ success: true, data }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const settings = { ...service.settings, baseUrl };
      const { secrets } = service;
      const added = await run<Added>('addConnection', { provider: 'realtimekit', settings, secrets, skipCheck: true });
      const { entries } = await run<Opened>('openTranscript', { connectionId: added.id, appId: 'a', sessionId: 's' });
      assert.equal(entries, 60_000);
      const { document } = shown();
      assert.match(
        document.lineAt(document.lineCount - 2).text,
        /^\d\d:\d\d:59 +16:39:59 {2}Speaker 4: Line 59999: what was said,/,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }).timeout(60_000);

  it('tells recordings to a script, without their links', async () => {
    const recordings = await run<{ status: string; files: { id: string }[] }[]>('openRecordings', ref);
    assert.ok(!JSON.stringify(recordings).includes('http'));
    for (const { status, files } of recordings) assert.deepEqual([status, files.length], ['UPLOADED', 2]);
  });

  it('says which provider gives none of it, and what is wrong with an argument', async () => {
    const samples = await run<Added[]>('openSampleCalls');
    const whereby = samples.find(({ provider }) => provider === 'whereby')?.id ?? '';
    await assert.rejects(
      async () => run('openTranscript', { connectionId: whereby, sessionId: 's' }),
      /^Error: BadInput: Whereby gives no transcript of its sessions\.$/,
    );
    await assert.rejects(async () => run('openChat', { connectionId }), /^Error: BadInput: sessionId/);
    await assert.rejects(
      async () => run('openChat', { ...ref, sessionId: '00000000-0000-4000-8000-000000000000' }),
      /^Error: NotFound: /,
    );
  });

  it('keeps no link in documents, state and log', async () => {
    await run('openTranscript', ref);
    await run('openChat', ref);
    const states = [api.kept.globalState, api.kept.workspaceState].map((state) =>
      JSON.stringify(state.keys().map((key) => [key, state.get(key)])),
    );
    const documents = vscode.workspace.textDocuments.map((document) => `${document.uri} ${document.getText()}`);
    // The channel writes behind: its file is complete once it has been flushed to disk.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const logs = api.kept.logUri.fsPath;
    const files = existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : [];
    const texts = files
      .map((name) => join(logs, name))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, 'utf8'));
    assert.match(service.requests.join('\n'), /X-Amz-Signature=\w+/, 'a link was used');
    for (const text of [...states, ...documents, ...texts]) assert.doesNotMatch(text, /X-Amz|\/files\//);
  });
});
