import * as vscode from 'vscode';

/** Asks where to, and writes a picture. False when the person closed the dialog. */
export async function saveImage(name: string, png: Uint8Array): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, name),
    filters: { 'PNG image': ['png'] },
  });
  if (!target) return false;
  await vscode.workspace.fs.writeFile(target, png);
  return true;
}
