import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { CallError, fromPlainError } from '../core/errors';
import type { SavedSession } from '../core/saved-session';
import type { ReportResult } from './contract';
import { cancelled } from './http/retry';
import type { ReportJob, ReportOutcome, SavedSessionJob } from './report-job';

/** An idle worker ends after this, ms: most reports are opened in a row. */
const IDLE_MS = 60_000;
/** Heap of the worker, MB: a body of 256 MB takes several times that once it is parsed. */
const HEAP_MB = 4096;

interface Waiting {
  job: ReportJob | SavedSessionJob;
  resolve(outcome: Exclude<ReportOutcome, { error: unknown }>): void;
  reject(error: CallError): void;
}

/**
 * Reads reports in one worker thread, one after the other. The worker starts with the first report and ends when it was
 * idle for a while. Cancelling a report that is being read ends the worker, because parsing cannot be interrupted.
 */
export class ReportReader {
  readonly #path: string;
  readonly #queue: Waiting[] = [];
  #current: Waiting | undefined;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** `path` is the worker's bundle. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Reads one report. The job's body is given away; the same bytes come back with the report. */
  async read(job: ReportJob, signal: AbortSignal): Promise<ReportResult> {
    const outcome = await this.#ask(job, signal);
    if (!('report' in outcome))
      throw new CallError('BadInput', l10n.t('{0} holds a whole session.', job.who), { field: 'file' });
    const { report, body: raw, saved } = outcome;
    return { report, raw, ...(saved && { saved }) };
  }

  /** Reads a saved session. The job's body is given away. */
  async readSession(job: SavedSessionJob, signal: AbortSignal): Promise<SavedSession> {
    const outcome = await this.#ask(job, signal);
    if (!('session' in outcome))
      throw new CallError('BadInput', l10n.t('{0} holds no session.', job.who), { field: 'file' });
    return outcome.session;
  }

  #ask(job: Waiting['job'], signal: AbortSignal): Promise<Exclude<ReportOutcome, { error: unknown }>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const stop = () => this.#cancel(waiting);
      const settled = () => signal.removeEventListener('abort', stop);
      const waiting: Waiting = {
        job,
        resolve: (outcome) => {
          settled();
          resolve(outcome);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#queue.push(waiting);
      this.#advance();
    });
  }

  /** Ends the worker; what waits is rejected as cancelled. */
  async dispose(): Promise<void> {
    const left = [this.#current, ...this.#queue.splice(0)];
    this.#current = undefined;
    const ended = this.#end();
    for (const waiting of left) waiting?.reject(cancelled());
    await ended;
  }

  #advance(): void {
    if (this.#current) return;
    this.#current = this.#queue.shift();
    clearTimeout(this.#idle);
    if (!this.#current) {
      if (this.#worker) this.#idle = setTimeout(() => void this.#end(), IDLE_MS).unref();
      return;
    }
    const { job } = this.#current;
    const body = ownMemory(job.body);
    try {
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage({ ...job, body }, [body.buffer]);
    } catch (error) {
      this.#failed(l10n.t('The report could not be read: the reader could not be started: {0}.', String(error)));
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#path, {
      name: 'peerscope-reports',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const mine = (act: () => void) => {
      if (this.#worker === worker) act();
    };
    worker.on('message', (outcome: ReportOutcome) => mine(() => this.#settle(outcome)));
    worker.on('error', (error) =>
      mine(() => this.#failed(l10n.t('The report could not be read: the reader stopped: {0}.', error.message))),
    );
    worker.on('exit', (code) =>
      mine(() => this.#failed(l10n.t('The report could not be read: the reader ended with code {0}.', code))),
    );
    return worker;
  }

  #settle(outcome: ReportOutcome): void {
    const waiting = this.#current;
    this.#current = undefined;
    this.#worker?.unref();
    if ('error' in outcome) waiting?.reject(fromPlainError(outcome.error));
    else waiting?.resolve(outcome);
    this.#advance();
  }

  #failed(problem: string): void {
    const waiting = this.#current;
    this.#current = undefined;
    void this.#end();
    const text = `${problem} ${l10n.t('The report may be too large; try again.')}`;
    waiting?.reject(new CallError('BadResponse', text));
    this.#advance();
  }

  #cancel(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) this.#queue.splice(place, 1);
    if (this.#current === waiting) {
      this.#current = undefined;
      void this.#end();
      this.#advance();
    }
    waiting.reject(cancelled());
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#idle);
    await worker?.terminate();
  }
}

/** Bytes whose memory is theirs alone, as a transfer needs it: small buffers share Node's pool. */
function ownMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const alone = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return alone ? new Uint8Array(buffer) : Uint8Array.from(bytes);
}

const readers = new Map<string, ReportReader>();

/** The window's reader for a worker bundle. */
export function reportReader(path: string): ReportReader {
  const reader = readers.get(path) ?? new ReportReader(path);
  readers.set(path, reader);
  return reader;
}

/** Ends all workers; to be called when the extension stops. */
export async function disposeReportReader(): Promise<void> {
  const all = [...readers.values()];
  readers.clear();
  await Promise.all(all.map((reader) => reader.dispose()));
}
