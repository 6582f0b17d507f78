import * as l10n from '@vscode/l10n';
import { CallError, fromPlainError, type PlainError, toPlainError } from '../core/errors';
import {
  type FromWebview,
  PROTOCOL_VERSION,
  type ToWebview,
  type WebviewRequest,
  type WebviewResult,
  type WebviewResults,
} from './messages';

/** How long a question may stay unanswered, ms. A save dialog may stand open for a while. */
const TIMEOUT_MS: Record<WebviewRequest['kind'], number> = { raw: 30_000, copyText: 5_000, saveImage: 600_000 };

interface Pending {
  resolve(result: WebviewResult): void;
  reject(error: CallError): void;
  timer: ReturnType<typeof setTimeout>;
}

/** The asking side: gives each question an id and settles it by reply, error, time-out, abort or disposal. */
export class RequestClient {
  readonly #pending = new Map<string, Pending>();
  #next = 1;
  #disposed = false;

  /** `client` names this page, so that an answer to a page that was replaced is not taken for ours. */
  constructor(
    private readonly client: string,
    private readonly post: (message: Extract<FromWebview, { type: 'request' | 'abandon' }>) => void,
  ) {}

  /** Resolves with the answer. Rejects with a `CallError`: the other side's, `TimedOut` or `Cancelled`. */
  ask<R extends WebviewRequest>(
    request: R,
    options: { signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<WebviewResults[R['kind']]> {
    const { signal, timeoutMs = TIMEOUT_MS[request.kind] } = options;
    if (this.#disposed || signal?.aborted) return Promise.reject(cancelled());
    const id = `${this.client}:${this.#next++}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#abandon(id, new CallError('TimedOut', l10n.t('The extension did not answer in time. Try again.')));
      }, timeoutMs);
      const onAbort = () => this.#abandon(id, cancelled());
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        // The reply's kind follows from the id, which only this question has.
        resolve: (result) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(result as WebviewResults[R['kind']]);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
        timer,
      });
      this.post({ v: PROTOCOL_VERSION, type: 'request', id, request });
    });
  }

  /** Takes an answer. Unknown ids (late, or another page's) are ignored. */
  settle(message: Extract<ToWebview, { type: 'reply' | 'error' }>): void {
    const pending = this.#take(message.id);
    if (!pending) return;
    if (message.type === 'reply') pending.resolve(message.result);
    else pending.reject(fromPlainError(message.error));
  }

  dispose(): void {
    this.#disposed = true;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(cancelled());
  }

  #abandon(id: string, error: CallError): void {
    const pending = this.#take(id);
    if (!pending) return;
    this.post({ v: PROTOCOL_VERSION, type: 'abandon', id });
    pending.reject(error);
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    this.#pending.delete(id);
    return pending;
  }
}

/** The answering side: every question gets exactly one reply or error, unless it was abandoned. */
export class RequestServer {
  readonly #running = new Map<string, AbortController>();

  constructor(
    private readonly answer: (request: WebviewRequest, signal: AbortSignal) => Promise<WebviewResult>,
    private readonly post: (message: Extract<ToWebview, { type: 'reply' | 'error' }>) => void,
  ) {}

  async take(message: Extract<FromWebview, { type: 'request' }>): Promise<void> {
    const { id, request } = message;
    if (this.#running.has(id)) return;
    const controller = new AbortController();
    this.#running.set(id, controller);
    let result: WebviewResult | undefined;
    let error: PlainError | undefined;
    try {
      result = await this.answer(request, controller.signal);
    } catch (thrown) {
      error = toPlainError(thrown);
    }
    if (!this.#running.delete(id) || controller.signal.aborted) return;
    if (result) this.post({ v: PROTOCOL_VERSION, type: 'reply', id, result });
    else if (error) this.post({ v: PROTOCOL_VERSION, type: 'error', id, error });
  }

  abandon(id: string): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
  }

  /** Drops what runs: its page is gone. */
  dispose(): void {
    for (const id of [...this.#running.keys()]) this.abandon(id);
  }
}

function cancelled(): CallError {
  return new CallError('Cancelled', l10n.t('Cancelled.'));
}

/** Fails the type check where a union has a member that is not handled. */
export function assertNever(_value: never): void {
  // At run time the value is ignored.
}
