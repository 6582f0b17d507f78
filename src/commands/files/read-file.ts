import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import { REPORT_FORMAT } from '../../core/saved-report';
import { SESSION_FORMAT } from '../../core/saved-session';
import { cannotRead } from '../captures/files';
import { fileName } from './file-ref';

/** Files above this are refused: reading one would need several times its size in memory. */
const MAX_BYTES = 256_000_000;

/** The format stands first in a file of ours: so many bytes tell it. */
const HEAD_BYTES = 400;

/** A file's bytes in memory of their own. Rejects with `NotFound`, or `BadInput` when there are too many. */
export async function readFileBytes(uri: vscode.Uri): Promise<Uint8Array> {
  const name = fileName(uri);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_BYTES) {
      const text = vscode.l10n.t('{name} has {size} MB; at most {most} MB can be opened.', {
        name,
        size: Math.round(size / 1_000_000),
        most: MAX_BYTES / 1_000_000,
      });
      throw new CallError('BadInput', text, { field: 'file' });
    }
    // A copy: the bytes move to the worker, and what VS Code gives may be a view into a larger buffer.
    return (await vscode.workspace.fs.readFile(uri)).slice();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) throw cannotRead(name);
    throw error;
  }
}

/** What of ours a file says at its beginning that it is. Undefined for any other, and for one that cannot be read. */
export async function savedKindOf(file: vscode.Uri): Promise<'session' | 'report' | undefined> {
  try {
    const [, format] = /^\s*\{\s*"format"\s*:\s*"([\w.]+)"/.exec(await headOf(file)) ?? [];
    return format === SESSION_FORMAT ? 'session' : format === REPORT_FORMAT ? 'report' : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file says at its beginning that it is a saved session. A file that cannot be read is none. */
export async function isSessionFile(file: vscode.Uri): Promise<boolean> {
  return (await savedKindOf(file)) === 'session';
}

async function headOf(file: vscode.Uri): Promise<string> {
  if (file.scheme !== 'file') {
    return new TextDecoder().decode((await vscode.workspace.fs.readFile(file)).subarray(0, HEAD_BYTES));
  }
  const handle = await open(file.fsPath);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
