import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { CallError, fromPlainError } from '../core/errors';
import type { Capture, CaptureOptions, CaptureSource } from './capture';
import type { CaptureAnswer, CaptureJob } from './job';

/** Heap of the thread, MB: it keeps columns, which lie outside of it, and one piece of the file at a time. */
const HEAP_MB = 2048;
/** A thread that has nothing to do ends after this, ms: captures are often opened in a row, and its code is warm by then. */
const IDLE_MS = 60_000;

/** How a thread ended that should have gone on: with an error, or with a code. */
type End = { reason: string } | { code: number };

/** A thread, and who hears of it: nobody while it has nothing to do. */
interface Thread {
  readonly worker: Worker;
  readonly workerPath: string;
  hear?: { answer(answer: CaptureAnswer): void; ended(how: End): void };
}

const threads = new Set<Thread>();
/** One thread that has nothing to do. */
let idle: { thread: Thread; timer: NodeJS.Timeout } | undefined;

/**
 * Reads a capture away from the event loop, in a thread of its own. Bytes are given away. Rejects with `BadInput` that says
 * what the file looks like instead, `BadInput` with the field `size` for one above `LARGE_BYTES` to which nobody agreed,
 * `NotFound`, or `Cancelled`.
 */
export function openCapture(
  source: CaptureSource,
  { name, signal, workerPath, progress, large }: CaptureOptions,
): Promise<Capture> {
  return new Promise((resolve, reject) => {
    const cancelled = () => new CallError('Cancelled', l10n.t('Reading the file was stopped.'));
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const thread = takeThread(workerPath);
    /** `keep`: the thread did its work and can do more. */
    const settle = (keep: boolean, act: () => void) => {
      signal.removeEventListener('abort', stop);
      thread.hear = undefined;
      if (keep) keepThread(thread);
      else void endThread(thread);
      act();
    };
    const stop = () => settle(false, () => reject(cancelled()));
    signal.addEventListener('abort', stop, { once: true });
    thread.hear = {
      answer: (answer) => {
        if ('progress' in answer) progress?.(answer.progress);
        else if ('capture' in answer) settle(true, () => resolve(answer.capture));
        else settle(true, () => reject(fromPlainError(answer.error)));
      },
      ended: (how) => {
        settle(false, () => reject(new CallError('BadInput', endWords(name, how), { field: 'file' })));
      },
    };
    const job: CaptureJob = { source: 'bytes' in source ? { bytes: ownMemory(source.bytes) } : source, name, large };
    thread.worker.postMessage(job, 'bytes' in job.source ? [job.source.bytes.buffer as ArrayBuffer] : []);
  });
}

/** Ends all threads; to be called when the extension stops. What is still being read is rejected. */
export async function disposeCaptureReader(): Promise<void> {
  clearTimeout(idle?.timer);
  idle = undefined;
  await Promise.all([...threads].map(endThread));
}

function takeThread(workerPath: string): Thread {
  if (idle?.thread.workerPath === workerPath) {
    const { thread, timer } = idle;
    clearTimeout(timer);
    idle = undefined;
    thread.worker.ref();
    return thread;
  }
  const worker = new Worker(workerPath, {
    name: 'peerscope-captures',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const thread: Thread = { worker, workerPath };
  const ended = (how: End) => {
    if (idle?.thread === thread) idle = undefined;
    threads.delete(thread);
    thread.hear?.ended(how);
  };
  worker.on('message', (answer: CaptureAnswer) => thread.hear?.answer(answer));
  worker.on('error', (error) => ended({ reason: error.message }));
  worker.on('exit', (code) => ended({ code }));
  threads.add(thread);
  return thread;
}

function endWords(name: string, how: End): string {
  return 'code' in how
    ? l10n.t('{name} could not be read: the reader ended with code {code}. The file may be too large.', {
        name,
        code: how.code,
      })
    : l10n.t('{name} could not be read: the reader stopped: {reason}. The file may be too large.', {
        name,
        reason: how.reason,
      });
}

/** One thread waits for more work; a second one ends. */
function keepThread(thread: Thread): void {
  if (idle) {
    void endThread(thread);
    return;
  }
  thread.worker.unref();
  const timer = setTimeout(() => {
    if (idle?.thread === thread) idle = undefined;
    void endThread(thread);
  }, IDLE_MS);
  idle = { thread, timer: timer.unref() };
}

async function endThread(thread: Thread): Promise<void> {
  threads.delete(thread);
  await thread.worker.terminate();
}

/** Bytes whose memory is theirs alone, as a transfer needs it: small buffers share Node's pool. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes;
  const alone = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return alone ? bytes : Uint8Array.from(bytes);
}
