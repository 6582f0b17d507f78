import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import { type CaptureProgress, type CaptureSource, LARGE_BYTES } from './capture';

/** Pieces of a local file, bytes. */
const PIECE_BYTES = 1 << 20;
/** Pieces of what is unpacked, bytes, and how many of them may wait. */
const UNPACKED_BYTES = 1 << 18;
const MOST_WAITING = 8;
/** How often progress is told, bytes. */
const TELL_EVERY = 4 << 20;
/** Unpacked, what a person agreed to open may have at most so many bytes. */
const MOST_BYTES = 8_000_000_000;

/** How a source is read. */
export interface SourceOptions {
  /** The file's name, for sentences. */
  name: string;
  /** The person agreed to a large file. */
  large?: boolean;
  progress?: (progress: CaptureProgress) => void;
}

/** The pieces of a file, unpacked where it is gzip, with the number of bytes that came so far. */
export interface OpenSource {
  /** The bytes of a piece are valid until the next one is asked for. */
  pieces: AsyncIterable<Uint8Array>;
  /** Unpacked. */
  count: () => number;
  /** Why the packed data ended early; undefined while they have not. */
  damage: () => string | undefined;
}

/**
 * Opens a file piece by piece, so that it never has to fit into memory. Rejects with `NotFound`, and with `BadInput` (field
 * `size`) for more than {@link LARGE_BYTES} that nobody agreed to; what is packed is counted as it unpacks.
 */
export async function openSource(source: CaptureSource, options: SourceOptions): Promise<OpenSource> {
  const { name, large = false, progress } = options;
  const total = 'path' in source ? await sizeOf(source.path, name) : source.bytes.length;
  const limit = large ? MOST_BYTES : LARGE_BYTES;
  if (total > limit) {
    throw tooLarge(
      l10n.t(
        '{name} has {size}. Files above {limit} are opened only when you say so: reading takes long.',
        sizes(name, total),
      ),
    );
  }
  const packed = 'path' in source ? readFile(source.path) : cut(source.bytes);
  let count = 0;
  let damage: string | undefined;
  const counted = tell(packed, total, progress);
  return {
    count: () => count,
    damage: () => damage,
    pieces: (async function* () {
      try {
        for await (const piece of unpacked(counted)) {
          count += piece.length;
          if (count > limit) {
            throw tooLarge(
              l10n.t(
                '{name} unpacks to more than {size}. Files above {limit} are opened only when you say so: reading takes long.',
                sizes(name, limit),
              ),
            );
          }
          yield piece;
        }
      } catch (error) {
        if (!isZlibError(error)) throw error;
        damage = error.code === 'Z_BUF_ERROR' ? l10n.t('it was cut off') : l10n.t('its packed data are damaged');
      }
    })(),
  };
}

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch {
    // Told below.
  }
  throw new CallError('NotFound', l10n.t('{0} cannot be read. It may have been moved or deleted.', name), {
    field: 'file',
  });
}

/**
 * A file piece by piece, all in the same memory. Reading blocks, which a thread of its own may do, and saves half the time.
 */
function* readFile(path: string): Iterable<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      const length = readSync(file, piece);
      if (length === 0) return;
      yield length === piece.length ? piece : piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function* cut(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

function* tell(pieces: Iterable<Uint8Array>, total: number, progress: SourceOptions['progress']): Iterable<Uint8Array> {
  let read = 0;
  let told = 0;
  for (const piece of pieces) {
    yield piece;
    read += piece.length;
    if (!progress || read - told < TELL_EVERY) continue;
    told = read;
    progress({ read, total });
  }
  progress?.({ read, total });
}

/** The pieces, unpacked if the first of them begins as gzip does (RFC 1952). */
async function* unpacked(pieces: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return;
  const all = (function* () {
    yield first.value;
    yield* { [Symbol.iterator]: () => iterator };
  })();
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all;
    return;
  }
  yield* gunzip(all);
}

/** Unpacked pieces. What comes before damage is given; a file that was cut off just ends. */
async function* gunzip(pieces: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const input = Readable.from(copies(pieces));
  const unzip = createGunzip({ chunkSize: UNPACKED_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  const ready: Uint8Array[] = [];
  let failure: Error | undefined;
  let wake = () => {};
  const fail = (error: Error) => {
    failure = error;
    wake();
  };
  input.on('error', fail).pipe(unzip);
  unzip.on('error', fail);
  unzip.on('end', () => wake());
  unzip.on('data', (piece: Uint8Array) => {
    ready.push(piece);
    if (ready.length >= MOST_WAITING) unzip.pause();
    wake();
  });
  try {
    for (;;) {
      const piece = ready.shift();
      if (piece) {
        if (ready.length === 0) unzip.resume();
        yield piece;
      } else if (failure) throw failure;
      else if (unzip.readableEnded) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    input.destroy();
    unzip.destroy();
  }
}

/** Pieces that keep their content while the next ones are read. */
function* copies(pieces: Iterable<Uint8Array>): Iterable<Uint8Array> {
  for (const piece of pieces) yield Uint8Array.from(piece);
}

function tooLarge(text: string): CallError {
  return new CallError('BadInput', text, { field: 'size' });
}

function sizes(name: string, bytes: number): Record<'name' | 'size' | 'limit', string> {
  return { name, size: megabytes(bytes), limit: megabytes(LARGE_BYTES) };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
