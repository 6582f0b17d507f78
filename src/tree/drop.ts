import * as vscode from 'vscode';

const URIS = 'text/uri-list';

/** Files that are dropped on the tree are opened as captures; rows themselves are not dragged. */
export const openDroppedFiles: vscode.TreeDragAndDropController<never> = {
  dropMimeTypes: [URIS],
  dragMimeTypes: [],
  async handleDrop(_target, data) {
    const text = (await data.get(URIS)?.asString()) ?? '';
    for (const uri of droppedFiles(text)) await vscode.commands.executeCommand('peerscope.openCapture', uri);
  },
};

/** The addresses of a list as RFC 2483 has it: one a line, lines with `#` are comments. */
function droppedFiles(list: string): vscode.Uri[] {
  const lines = list.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => vscode.Uri.parse(line, true));
}
