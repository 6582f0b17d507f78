import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SampleAnswer } from '../provider';
import { failure } from './answers';

/** Access key and secret of this start. */
export function keyPair(key: string): { accessKey: string; appSecret: string } {
  return { accessKey: createHash('sha256').update(`access key of ${key}`).digest('hex').slice(0, 32), appSecret: key };
}

/**
 * Undefined when the request carries a management token of this start: a JSON web token signed with the secret (HS256,
 * RFC 7515), for its access key, within its time. Tokens are dated by the client's clock, which is the real one.
 */
export function checkToken(authorization: string | undefined, key: string): SampleAnswer | undefined {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return refused('token is missing');
  const { accessKey, appSecret } = keyPair(key);
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const expected = createHmac('sha256', appSecret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return refused('not found');
  const [{ alg }, claims] = [read(header), read(payload)];
  if (alg !== 'HS256' || claims.access_key !== accessKey) return refused('not found');
  if (claims.type !== 'management') return refused('invalid token type');
  if (claims.version !== 2 || typeof claims.jti !== 'string') return refused('invalid claims');
  const now = Date.now() / 1000;
  const [from, until] = [Math.max(Number(claims.nbf), Number(claims.iat)), Number(claims.exp)];
  if (!(from <= now)) return refused('token used before issued');
  if (!(until > now)) return refused('token is expired');
  return undefined;
}

function refused(detail: string): SampleAnswer {
  return failure(401, 'Token validation error', [detail]);
}

function read(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
