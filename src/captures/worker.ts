import { type MessagePort, parentPort } from 'node:worker_threads';
import { toPlainError } from '../core/errors';
import type { Capture } from './capture';
import type { CaptureAnswer, CaptureJob } from './job';
import { readCapture } from './read';

/** Every column's memory, so that it moves instead of being copied. */
function buffersOf({ connections }: Capture): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const { report, raw } of connections) {
    buffers.add(raw.buffer);
    for (const { times, series } of [...report.streams, ...report.transports]) {
      if (times) buffers.add(times.buffer);
      for (const column of Object.values<Float64Array | undefined>(series ?? {}))
        if (column) buffers.add(column.buffer);
    }
  }
  return [...buffers] as ArrayBuffer[];
}

async function answer(port: MessagePort, { source, name, large }: CaptureJob): Promise<void> {
  const post = (message: CaptureAnswer, move: ArrayBuffer[] = []) => port.postMessage(message, move);
  try {
    const capture = await readCapture(source, { name, large, progress: (progress) => post({ progress }) });
    post({ capture }, buffersOf(capture));
  } catch (error) {
    post({ error: toPlainError(error) });
  }
}

const port = parentPort;
port?.on('message', (job: CaptureJob) => void answer(port, job));
