import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';

describe('activation', () => {
  it('loads neither HTTP client nor schemas nor the sample service', async () => {
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension, 'VS Code does not know peerscope.peerscope');
    await extension.activate();
    assert.equal(extension.isActive, true);
    const dist = join(extension.extensionPath, 'dist');
    const loaded = Object.keys(require.cache).filter((file) => dirname(file) === dist);
    assert.deepEqual(
      // The API is for tests and development only. A shared part comes with one of the others, never by itself. Words come first.
      loaded.map((file) => basename(file)).filter((file) => !/^(api|shared-\w+)\.js$/.test(file)),
      ['extension.js', 'l10n.js'],
    );
  });

  it('says how long it took', () => {
    const [measure] = performance.getEntriesByName('peerscope:activate');
    assert.ok(measure);
    if (process.env.PEERSCOPE_BENCH_FILE) appendFileSync(process.env.PEERSCOPE_BENCH_FILE, `${measure.duration}\n`);
  });

  it('runs on a VS Code that its manifest allows', () => {
    const [major, minor] = vscode.version.split('.').map(Number);
    assert.ok(major === 1 && minor !== undefined && minor >= 100, vscode.version);
  });
});
