import { Worker } from 'node:worker_threads';
import { CallError, fromPlainError } from '../core/errors';
import type { Capture, CaptureOptions, CaptureSource } from './capture';
import type { CaptureAnswer, CaptureJob } from './job';

/** Heap of the thread, MB: it keeps columns, which lie outside of it, and one piece of the file at a time. */
const HEAP_MB = 2048;

const running = new Set<Worker>();

/**
 * Reads a capture away from the event loop, in a thread of its own that ends with it. Bytes are given away. Rejects with
 * `BadInput` that says what the file looks like instead, `BadInput` with the field `size` for one above `LARGE_BYTES` to
 * which nobody agreed, `NotFound`, or `Cancelled`.
 */
export function openCapture(
  source: CaptureSource,
  { name, signal, workerPath, progress, large }: CaptureOptions,
): Promise<Capture> {
  return new Promise((resolve, reject) => {
    const cancelled = () => new CallError('Cancelled', 'Reading the file was stopped.');
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const worker = new Worker(workerPath, {
      name: 'peerscope-captures',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    running.add(worker);
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', stop);
      running.delete(worker);
      act();
      void worker.terminate();
    };
    const stop = () => settle(() => reject(cancelled()));
    const failed = (reason: string) => {
      const text = `${name} could not be read: the reader ${reason}. The file may be too large.`;
      settle(() => reject(new CallError('BadInput', text, { field: 'file' })));
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (answer: CaptureAnswer) => {
      if ('progress' in answer) progress?.(answer.progress);
      else if ('capture' in answer) settle(() => resolve(answer.capture));
      else settle(() => reject(fromPlainError(answer.error)));
    });
    worker.on('error', (error) => failed(`stopped: ${error.message}`));
    worker.on('exit', (code) => failed(`ended with code ${code}`));
    const job: CaptureJob = { source: 'bytes' in source ? { bytes: ownMemory(source.bytes) } : source, name, large };
    worker.postMessage(job, 'bytes' in job.source ? [job.source.bytes.buffer as ArrayBuffer] : []);
  });
}

/** Ends all threads; what is being read is rejected. To be called when the extension stops. */
export async function disposeCaptureReader(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}

/** Bytes whose memory is theirs alone, as a transfer needs it: small buffers share Node's pool. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes;
  const alone = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return alone ? bytes : Uint8Array.from(bytes);
}
