import { join } from 'node:path';
import { type Capture, type CaptureOptions, type CaptureSource, openCapture } from '../../../src/captures/index';
import { DIST, FIXTURES } from '../../paths';

/** A file below the captures' fixtures. */
export function fixture(path: string): string {
  return join(FIXTURES, 'captures', path);
}

/** Opens a capture as the extension does: in a thread of its own. */
export function open(source: string | CaptureSource, more: Partial<CaptureOptions> = {}): Promise<Capture> {
  const from = typeof source === 'string' ? { path: source } : source;
  const name = 'path' in from ? (from.path.split('/').at(-1) ?? '') : 'capture';
  const signal = new AbortController().signal;
  return openCapture(from, { name, signal, workerPath: join(DIST, 'capture-worker.js'), ...more });
}
