import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SampleAnswer, SampleRequest } from './provider';

/** How long a link to a file opens it, ms. */
export const LINK_LIFE = 5 * 60_000;

/** First segment of the paths of files, below a provider's mount. */
export const FILES = 'files';

/** A link that opens a file for a while without a key, as storage services make them. `path` is below {@link FILES}. */
export function signedLink(
  { origin, now }: SampleRequest,
  mount: string,
  key: string,
  path: readonly string[],
): { url: string; expires: number } {
  const expires = now + LINK_LIFE;
  const place = path.map(encodeURIComponent).join('/');
  const query = new URLSearchParams({ 'X-Amz-Expires': String(expires), 'X-Amz-Signature': sign(key, path, expires) });
  return { url: `${origin}${mount}/${FILES}/${place}?${query.toString()}`, expires };
}

/**
 * Undefined when the request opens the file; otherwise the refusal of a storage service, as S3 words it: one that comes
 * with a key as well, a wrong signature, an expired link.
 */
export function refuseFile(request: SampleRequest, key: string): SampleAnswer | undefined {
  const { query, segments, now, authorization, apiKey } = request;
  if (authorization !== undefined || apiKey !== undefined) {
    return refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '', 'utf8');
  const expected = Buffer.from(sign(key, segments.slice(1), expires), 'utf8');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return refusal(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match');
  }
  return expires < now ? refusal(403, 'AccessDenied', 'Request has expired') : undefined;
}

/** A file that is not there. */
export function noFile(): SampleAnswer {
  return refusal(404, 'NoSuchKey', 'The specified key does not exist.');
}

/** A file of text. `type` is its media type. */
export function textFile(type: string, body: string): SampleAnswer {
  return { status: 200, type, body };
}

/** A cell of a CSV file (RFC 4180), always in quotes. */
export function cell(text: string | number): string {
  return `"${String(text).replaceAll('"', '""')}"`;
}

function refusal(status: number, code: string, message: string): SampleAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, type: 'application/xml', body };
}

function sign(key: string, path: readonly string[], expires: number): string {
  return createHmac('sha256', key)
    .update(`${path.join('/')}\n${expires}`)
    .digest('hex');
}
