import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in a real VS Code', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension, 'VS Code does not know peerscope.peerscope');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs on a VS Code that its manifest allows', () => {
    const [major, minor] = vscode.version.split('.').map(Number);
    assert.ok(major === 1 && minor !== undefined && minor >= 100, vscode.version);
  });
});
