import * as l10n from '@vscode/l10n';

/**
 * What went wrong, in the words that the person sees.
 *
 * - `Auth` the key is missing, wrong or expired · `Forbidden` the key is known but may not do this
 * - `NotFound` no such id here · `NotYetAvailable` it exists, the data does not (yet, or no longer)
 * - `RateLimited` too many requests · `Network` no connection · `TimedOut` no answer in time
 * - `BadResponse` the provider answered with something that cannot be used (5xx, HTML, cut-off JSON, refused parameter)
 * - `BadInput` the caller's own argument is wrong · `Cancelled` the person stopped it
 */
export type ErrorKind =
  | 'Auth'
  | 'Forbidden'
  | 'NotFound'
  | 'RateLimited'
  | 'Network'
  | 'TimedOut'
  | 'BadResponse'
  | 'NotYetAvailable'
  | 'BadInput'
  | 'Cancelled';

/** Facts beside the sentence of a {@link CallError}. */
export interface ErrorFacts {
  /** HTTP status, when there was an answer. */
  status?: number;
  /** How long the provider asks us to wait, in ms. */
  retryAfterMs?: number;
  /** The field or argument that is wrong, as a path. */
  field?: string;
  /** What the provider said itself; the text quotes it. */
  said?: string;
  /** The secret is not stored (as opposed to refused by the provider). */
  keyMissing?: boolean;
  cause?: unknown;
}

/**
 * The one error type of Peerscope. `text` is a sentence for people that says what happened and what to do.
 * `message` is `<kind>: <text>` so that scripts can tell kinds apart. Bundles may hold this class twice:
 * compare `kind`, never use `instanceof`.
 */
export class CallError extends Error implements ErrorFacts {
  override readonly name = 'CallError';
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly field?: string;
  readonly said?: string;
  readonly keyMissing?: boolean;

  constructor(
    readonly kind: ErrorKind,
    readonly text: string,
    facts: ErrorFacts = {},
  ) {
    super(`${kind}: ${text}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.field = facts.field;
    this.said = facts.said;
    this.keyMissing = facts.keyMissing;
  }
}

/** A {@link CallError} as plain data: what crosses a worker or webview boundary. It holds no stack and no cause. */
export interface PlainError {
  kind: ErrorKind;
  text: string;
  status?: number;
  retryAfterMs?: number;
  field?: string;
  keyMissing?: boolean;
}

const KINDS: ReadonlySet<string> = new Set<ErrorKind>([
  'Auth',
  'Forbidden',
  'NotFound',
  'RateLimited',
  'Network',
  'TimedOut',
  'BadResponse',
  'NotYetAvailable',
  'BadInput',
  'Cancelled',
]);

/** Reads anything thrown as plain data. What is not a {@link CallError} becomes `BadResponse` with its own message. */
export function toPlainError(error: unknown): PlainError {
  if (isCallError(error)) {
    const { kind, text, status, retryAfterMs, field, keyMissing } = error;
    return { kind, text, status, retryAfterMs, field, keyMissing };
  }
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled')) {
    return { kind: 'Cancelled', text: l10n.t('Cancelled.') };
  }
  return { kind: 'BadResponse', text: error instanceof Error ? error.message : String(error) };
}

/** The reverse of {@link toPlainError}, on the other side of the boundary. */
export function fromPlainError(plain: PlainError): CallError {
  return new CallError(plain.kind, plain.text, plain);
}

/** Tells a {@link CallError} of any bundle from other errors. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && 'kind' in error && KINDS.has(String(error.kind)) && 'text' in error;
}

/** Whether this is a cancellation, of ours or of the platform's. */
export function isCancelled(error: unknown): boolean {
  return toPlainError(error).kind === 'Cancelled';
}
