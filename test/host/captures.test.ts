import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { openDroppedFiles } from '../../src/tree/drop';
import { FIXTURES } from '../paths';
import { activateExtension, run, until } from './support';

/** The open tabs: label, and for a custom editor its type. */
const tabs = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
    all.map(({ label, input }) => ({
      label,
      viewType: input instanceof vscode.TabInputCustom ? input.viewType : undefined,
    })),
  );

describe('capture files', () => {
  let folder: string;
  const file = (name: string) => vscode.Uri.file(join(folder, name));
  const recorded = async (name: string) => gunzipSync(await readFile(join(FIXTURES, 'captures', 'recorded', name)));
  const closeAll = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');

  before(async () => {
    await activateExtension();
    folder = await mkdtemp(join(tmpdir(), 'peerscope-captures-'));
    await writeFile(file('webrtc_internals_dump.txt').fsPath, await recorded('healthy.webrtc_internals_dump.gz'));
    await writeFile(file('call.jsonl').fsPath, await recorded('healthy.rtcstats_dump.gz'));
    await writeFile(file('webrtc_internals_dump (1).txt').fsPath, '');
  });
  beforeEach(closeAll);
  after(async () => {
    await closeAll();
    await rm(folder, { recursive: true, force: true });
  });

  it('of Chrome open in an editor of ours by themselves', async () => {
    await vscode.commands.executeCommand('vscode.open', file('webrtc_internals_dump.txt'));
    await until('the editor', () => tabs().some(({ viewType }) => viewType === 'peerscope.capture'));
    // VS Code 1.100 shows a file's name on the tab whatever its editor says.
    const title = vscode.version.startsWith('1.100.') ? /^webrtc_internals_dump\.txt$/ : /8-\d/;
    await until('its title', () => tabs().some(({ label }) => title.test(label)));
  });

  it('of other kinds do so when asked', async () => {
    await vscode.commands.executeCommand('vscode.openWith', file('call.jsonl'), 'peerscope.captureFile');
    await until('the editor', () => tabs().some(({ viewType }) => viewType === 'peerscope.captureFile'));
  });

  it('are opened when they are dropped on the tree; comments of the list are no files', async () => {
    const data = new vscode.DataTransfer();
    const list = `# a comment\r\n${file('webrtc_internals_dump (1).txt').toString()}\r\n`;
    data.set('text/uri-list', new vscode.DataTransferItem(list));
    // An empty file is no capture; the report page says so.
    await openDroppedFiles.handleDrop?.(undefined, data, new vscode.CancellationTokenSource().token);
    await until(
      'a report page',
      () => tabs().length === 1 && (tabs()[0]?.label.startsWith('webrtc_internals_dump') ?? false),
    );
  });

  it('that are gone are named in the error', async () => {
    await assert.rejects(async () => run('openCapture', file('gone.txt')), /NotFound: gone\.txt/);
  });
});
