import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { ParticipantRef } from '../../src/core/ids';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

interface Shown {
  at: number;
  outside: boolean;
}
interface Line {
  file: vscode.Uri;
  line: number;
  at: number;
  utc: boolean;
}

describe('from the log to the report and back', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let folder: string;
  /** In the middle of the call, on a full second, epoch ms. */
  let at: number;
  let left: number;

  before(async () => {
    api = await activateExtension();
    await removeAll(api);
    service = await startCountedService();
    folder = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'log-times');
    await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeAll(api);
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const show = (argument?: unknown) => run<Shown | undefined>('showTimeInReport', argument);
  const find = (argument?: unknown) => run<Line[] | undefined>('findTimeInLogs', argument);

  async function until<T>(what: string, test: () => Promise<T | undefined | false>): Promise<T> {
    const end = Date.now() + 30_000;
    for (;;) {
      const value = await test();
      if (value) return value;
      if (Date.now() > end) assert.fail(`Not in time: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('says that no report is open', async () => {
    await assert.rejects(async () => show({ at: 0 }), /NotFound: No participant report is open/);
  });

  it('moves the cursor of the open report to a time in its call, and leaves it alone otherwise', async () => {
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    const connectionId = (await run<Added>('addConnection', input)).id;
    const app = (await api.apps({ connectionId })).items.find(({ name }) => name === 'telehealth-prod');
    const { items } = await api.sessions({ connectionId, appId: app?.id, search: 'Lossy uplink', live: false });
    const session = items.find(({ roomName }) => roomName === 'Lossy uplink');
    const place = { connectionId, appId: app?.id, sessionId: session?.id ?? '' };
    const [person] = (await api.participants(place)).items;
    assert.ok(person?.joinedAt && person.leftAt);
    const ref: ParticipantRef = { ...place, participantId: person.id };
    at = Math.round((person.joinedAt + person.leftAt) / 2000) * 1000;
    left = person.leftAt;
    await run('openParticipant', ref);
    const shown = await until('the report', async () => show({ at }).then(undefined, () => undefined));
    assert.deepEqual(shown, { at, outside: false });
    assert.deepEqual(await show({ at: left + 3_600_000 }), { at: left + 3_600_000, outside: true });
    await assert.rejects(async () => show({ at: 'noon' }), /BadInput: at: /);
  });

  it('reads the time at the cursor of an editor, or above it', async () => {
    const lines = [
      'no time here',
      `{"time":"${new Date(at + 5000).toISOString()}","msg":"ice disconnected"}`,
      '    at somewhere (sfu.ts:7)',
      `${new Date(at + 60_000).toISOString()} left, after ${new Date(at + 61_000).toISOString()}`,
    ];
    const file = join(folder, 'server.log');
    await writeFile(file, lines.join('\n'));
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.Two });
    const atCursor = async (line: number, character: number) => {
      editor.selection = new vscode.Selection(line, character, line, character);
      return (await show())?.at;
    };
    assert.equal(await atCursor(1, 40), at + 5000);
    assert.equal(await atCursor(2, 3), at + 5000);
    assert.equal(await atCursor(3, 0), at + 60_000);
    assert.equal(await atCursor(3, 50), at + 61_000);
    assert.equal(await atCursor(0, 2), undefined);
    // As the menu of an editor calls it.
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    assert.equal((await show(vscode.Uri.file(file)))?.at, at + 5000);
  });

  it('finds the lines nearest to a moment in the logs of the workspace, and to the cursor of the page', async () => {
    const iso = (time: number) => new Date(time).toISOString();
    await writeFile(
      join(folder, 'sfu.log'),
      [`${iso(at - 9000)} a`, `${iso(at + 5200)} b`, `${iso(at + 90_000)} c`].join('\n'),
    );
    await writeFile(join(folder, 'old.log'), `${iso(at - 86_400_000)} yesterday\n`);
    await writeFile(join(folder, 'notes.md'), `${iso(at + 5000)} no log\n`);
    const found = await find({ at: at + 5000 });
    assert.deepEqual(
      found?.map(({ file, line, at: time }) => [file.path.split('/').at(-1), line, time - at]),
      [
        ['server.log', 1, 5000],
        ['sfu.log', 1, 5200],
      ],
    );
    await rm(join(folder, 'server.log'));
    // The page tells where its cursor rests; one hit is opened.
    await show({ at: at - 8000 });
    const opened = await until('the cursor of the page', async () => {
      await find();
      const { document, selection } = vscode.window.activeTextEditor ?? {};
      return document?.uri.path.endsWith('/sfu.log') && selection;
    });
    assert.equal(opened.active.line, 0);
    await assert.rejects(async () => find({ at: 'noon' }), /BadInput: at: /);
  });
});
