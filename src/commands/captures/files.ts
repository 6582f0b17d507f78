import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import {
  type Capture,
  type CaptureConnection,
  type CaptureProgress,
  type CaptureSource,
  disposeCaptureReader,
  openCapture,
  recogniseCapture,
} from '../../captures/index';
import { CallError } from '../../core/errors';
import { fileName } from '../files/file-ref';

/** Files that cannot be read piece by piece, because they are not on this machine: at most so many bytes. */
const MAX_REMOTE_BYTES = 100_000_000;
/** So many bytes tell what a file is. */
const HEAD_BYTES = 65_536;

/** What is to be known while a capture is read. */
export interface Reading {
  signal: AbortSignal;
  progress?: (progress: CaptureProgress) => void;
  /** The person agreed to a large file. */
  large?: boolean;
}

/** Reads capture files, and keeps the one that was read last: a file is often opened connection by connection. */
export class CaptureFiles implements vscode.Disposable {
  #last?: { key: string; uri: string; capture: Capture };

  /** `workerPath` is the bundle of the thread that reads. */
  constructor(private readonly workerPath: string) {}

  /** The capture in a file; undefined when it holds something else. Rejects with a `CallError`. */
  async open(uri: vscode.Uri, { signal, progress, large }: Reading): Promise<Capture | undefined> {
    const name = fileName(uri);
    const key = await keyOf(uri, name);
    if (this.#last?.key === key) return this.#last.capture;
    const { source, head } = await contentOf(uri, name);
    const found = recogniseCapture(head, name);
    if (found.kind === 'other') return undefined;
    const capture = await openCapture(source, { name, signal, progress, large, workerPath: this.workerPath });
    this.#last = { key, uri: uri.toString(), capture };
    return capture;
  }

  /** One connection of a capture; undefined when the file holds something else, `NotFound` when it has no such connection. */
  async connection(uri: vscode.Uri, id: string, reading: Reading): Promise<CaptureConnection | undefined> {
    const capture = await this.open(uri, reading);
    if (!capture) return undefined;
    const found = capture.connections.find((connection) => connection.id === id);
    if (found) return found;
    throw new CallError(
      'NotFound',
      vscode.l10n.t('{0} holds no peer connection {1}. The file may have changed.', fileName(uri), id),
    );
  }

  /** The peer connections of a capture, if it is the one that was read last. */
  choices(uri: vscode.Uri): { id: string; label: string }[] | undefined {
    const { uri: file, capture } = this.#last ?? {};
    if (file !== uri.toString()) return undefined;
    return capture?.connections.map(({ id, label }) => ({ id, label }));
  }

  /** Ends what is being read. */
  dispose(): void {
    this.#last = undefined;
    void disposeCaptureReader();
  }
}

/** `NotFound` that names the file. */
export function cannotRead(name: string): CallError {
  return new CallError('NotFound', vscode.l10n.t('{0} cannot be read. It may have been moved or deleted.', name), {
    field: 'file',
  });
}

/** Changes when the file does. */
async function keyOf(uri: vscode.Uri, name: string): Promise<string> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return JSON.stringify([uri.toString(), mtime, size]);
  } catch {
    throw cannotRead(name);
  }
}

/** A local file is read piece by piece later on; of any other all bytes come now. */
async function contentOf(uri: vscode.Uri, name: string): Promise<{ source: CaptureSource; head: Uint8Array }> {
  if (uri.scheme === 'file') return { source: { path: uri.fsPath }, head: await headOf(uri.fsPath, name) };
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_REMOTE_BYTES) {
    const text = vscode.l10n.t(
      '{name} has {size} MB and is not on this machine: at most {most} MB can be opened. Save it here first.',
      { name, size: Math.round(size / 1_000_000), most: MAX_REMOTE_BYTES / 1_000_000 },
    );
    throw new CallError('BadInput', text, { field: 'file' });
  }
  // A copy: the bytes move to the worker, and what VS Code gives may be a view into a larger buffer.
  const bytes = (await vscode.workspace.fs.readFile(uri)).slice();
  return { source: { bytes }, head: bytes.slice(0, HEAD_BYTES) };
}

async function headOf(path: string, name: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    throw cannotRead(name);
  }
}
