import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { SignJWT } from 'jose';
import { CallError } from '../../core/errors';
import type { Redactor } from '../../core/redact';
import { refuseToken } from './token-look';

const SECOND = 1000;
/** How long a signed token lives. 100ms' own samples take 24 hours; nothing here needs as much. */
const LIFE_MS = 3600 * SECOND;
/** Signed this much in the past, because a clock that is fast gives 401. */
const BACK_DATED_MS = 60 * SECOND;
/** A token is renewed this long before its end. */
const RENEW_BEFORE_MS = 60 * SECOND;

/** Access key and secret of a workspace. */
interface KeyPair {
  accessKey: string;
  appSecret: string;
}

/**
 * The management token of a connection: a ready one as it was entered, or one signed from access key and secret (HS256)
 * and renewed in time. The key pair wins when both are there, because it does not expire.
 */
export class ManagementTokens {
  readonly #ready: string | undefined;
  readonly #pair: KeyPair | undefined;
  readonly #redactor: Redactor;
  readonly #now: () => number;
  #value = '';
  #renewAt = Number.NEGATIVE_INFINITY;
  #signing: Promise<string> | undefined;

  constructor(secrets: Readonly<Record<string, string>>, redactor: Redactor, now: () => number = () => Date.now()) {
    const { managementToken, accessKey, appSecret } = secrets;
    this.#pair = accessKey && appSecret ? { accessKey, appSecret } : undefined;
    this.#ready = managementToken || undefined;
    this.#redactor = redactor;
    this.#now = now;
    for (const secret of [managementToken, accessKey, appSecret]) if (secret) redactor.add(secret);
  }

  /** Whether a refused token can be replaced by another one. */
  get renewable(): boolean {
    return this.#pair !== undefined;
  }

  /** The token as it was last made ready; empty before. */
  get value(): string {
    return this.#value;
  }

  /** Makes sure of a token that is valid for the next minute, and gives it. Rejects with `Auth` when there can be none. */
  async ready(): Promise<string> {
    if (this.#pair) return this.#now() >= this.#renewAt ? this.#sign(this.#pair) : this.#value;
    if (!this.#ready)
      throw new CallError(
        'Auth',
        l10n.t('There is neither a management token nor an access key. Edit the connection.'),
      );
    const refused = refuseToken(this.#ready, this.#now());
    if (refused) throw new CallError('Auth', refused);
    this.#value = this.#ready;
    return this.#value;
  }

  /** After `refused` was not accepted: makes another token. False when there is no other. */
  async renew(refused: string): Promise<boolean> {
    if (!this.#pair) return false;
    // A request beside this one may have renewed it already.
    if (this.#value === refused) await this.#sign(this.#pair);
    return true;
  }

  #sign(pair: KeyPair): Promise<string> {
    this.#signing ??= this.#signed(pair).finally(() => {
      this.#signing = undefined;
    });
    return this.#signing;
  }

  async #signed({ accessKey, appSecret }: KeyPair): Promise<string> {
    const now = this.#now();
    const from = Math.floor((now - BACK_DATED_MS) / SECOND);
    const token = await new SignJWT({ access_key: accessKey, type: 'management', version: 2 })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setJti(randomUUID())
      .setIssuedAt(from)
      .setNotBefore(from)
      .setExpirationTime(Math.floor((now + LIFE_MS) / SECOND))
      .sign(new TextEncoder().encode(appSecret));
    this.#redactor.add(token);
    this.#value = token;
    this.#renewAt = now + LIFE_MS - RENEW_BEFORE_MS;
    return token;
  }
}
