import { gzipSync } from 'node:zlib';
import type { ErrorKind } from '../../src/core/errors';
import type { Fault, Upstream } from './fault-proxy';

/** A fault on the way to a provider, and what has to come of it. */
export interface FaultCase {
  name: string;
  fault: Fault;
  /** What the person is told; missing where the fault must not be noticed. */
  outcome?: { kinds: readonly ErrorKind[]; text: RegExp };
  /** Requests sent at most for each that a healthy load sends. */
  attempts: number;
  /** Time for a request while the fault lasts, ms. */
  timeoutMs?: number;
  /** Takes much work on both sides, so that it is tried at one level and in the report only. */
  heavy?: boolean;
}

const json = { 'content-type': 'application/json' };
const answer = (status: number, body = '', headers = {}): Upstream => ({
  status,
  headers: { ...json, ...headers },
  body: Buffer.from(body),
});
const always =
  (status: number, body?: string, headers?: object): Fault =>
  ({ send }) =>
    send(answer(status, body, headers));

/** Longer than {@link SOON_MS}, far shorter than a test. */
const LATE_MS = 2000;
const SOON_MS = 120;

const BOMB_BYTES = 300_000_000;
let packed: Buffer | undefined;

/** 300 MB of spaces in 300 kB: more than the largest answer that any request takes. */
function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(BOMB_BYTES, 32), { level: 9 });
  return packed;
}

/** Every fault in an answer. Faults of the connection below HTTP (names, certificates, proxies) are tested beside. */
export const FAULTS: readonly FaultCase[] = [
  {
    name: 'an answer that comes late, yet in time',
    fault: async ({ ask, send }) => {
      const came = await ask();
      setTimeout(() => send(came), 60);
    },
    attempts: 1,
  },
  {
    name: 'an answer that comes too late',
    fault: ({ send }) => void setTimeout(() => send(answer(200, '{}')), LATE_MS),
    outcome: { kinds: ['TimedOut'], text: /did not answer in full within 0\.12 s\. Try again/ },
    attempts: 1,
    timeoutMs: SOON_MS,
  },
  {
    name: 'a reset before the answer',
    fault: ({ request }) => void request.socket.resetAndDestroy(),
    outcome: { kinds: ['Network'], text: /connection to 127\.0\.0\.1:\d+ broke .*try again/ },
    attempts: 3,
  },
  {
    name: 'a reset in the middle of the body',
    fault: async ({ ask, request, response }) => {
      const { status, headers, body } = await ask();
      response.writeHead(status, headers);
      response.write(body.subarray(0, Math.ceil(body.length / 2)), () => request.socket.resetAndDestroy());
    },
    outcome: { kinds: ['Network'], text: /connection to 127\.0\.0\.1:\d+ broke .*try again/ },
    attempts: 3,
  },
  {
    name: 'a body shorter than its length says',
    fault: async ({ ask, response }) => {
      const { status, headers, body } = await ask();
      response.writeHead(status, headers);
      response.write(body.subarray(0, body.length - 2), () => response.socket?.end());
    },
    outcome: { kinds: ['Network'], text: /connection to 127\.0\.0\.1:\d+ broke .*try again/ },
    attempts: 3,
  },
  {
    name: 'JSON that is cut off',
    fault: async ({ ask, send }) => {
      const came = await ask();
      send({ ...came, body: came.body.subarray(0, Math.ceil(came.body.length / 2)) });
    },
    outcome: { kinds: ['BadResponse'], text: /cut off or damaged .*Try again/ },
    attempts: 1,
  },
  {
    name: 'a body that drips',
    fault: ({ response }) => {
      response.writeHead(200, json);
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    },
    outcome: { kinds: ['TimedOut'], text: /did not answer in full/ },
    attempts: 1,
    timeoutMs: SOON_MS,
  },
  {
    name: 'a body without end',
    fault: ({ response }) => {
      response.writeHead(200, json);
      const chunk = Buffer.alloc(1_000_000, 32);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    },
    // Whichever comes first: the cap on the body, or the time for it.
    outcome: { kinds: ['BadResponse', 'TimedOut'], text: /more than \d+\.0 MB|did not answer in full/ },
    attempts: 1,
    timeoutMs: 400,
  },
  {
    name: 'data under a wrong content type',
    fault: async ({ ask, send }) => {
      const came = await ask();
      send({ ...came, headers: { 'content-type': 'text/html' } });
    },
    attempts: 1,
  },
  {
    name: 'a sign-in page under the right content type',
    fault: always(200, '<!doctype html><title>Sign in</title>'),
    outcome: { kinds: ['BadResponse'], text: /a web page titled "Sign in" instead of data/ },
    attempts: 1,
  },
  {
    name: 'a body that is not compressed as it says',
    fault: async ({ ask, send }) => {
      const came = await ask();
      send({ ...came, headers: { ...json, 'content-encoding': 'gzip' } });
    },
    outcome: { kinds: ['BadResponse'], text: /compression is damaged\. Try again/ },
    attempts: 1,
  },
  {
    name: 'text in another encoding than UTF-8',
    fault: async ({ ask, send }) => {
      const came = await ask();
      const body = Buffer.from(`\uFEFF${came.body.toString('utf8')}`, 'utf16le');
      send({ ...came, body, headers: { 'content-type': 'application/json; charset=utf-16le' } });
    },
    outcome: { kinds: ['BadResponse'], text: /not JSON|cut off or damaged/ },
    attempts: 1,
  },
  {
    name: 'a gzip bomb',
    fault: ({ send }) => send({ status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: bomb() }),
    outcome: { kinds: ['BadResponse'], text: /answered with more than \d+\.0 MB/ },
    attempts: 1,
    heavy: true,
  },
  {
    name: '429 without Retry-After',
    fault: always(429),
    outcome: { kinds: ['RateLimited'], text: /too many requests .*Try again in a few minutes/ },
    attempts: 3,
  },
  {
    name: '429 with Retry-After of a minute',
    fault: always(429, '', { 'retry-after': '60' }),
    outcome: { kinds: ['RateLimited'], text: /Try again in 60 seconds/ },
    attempts: 1,
  },
  {
    name: '429 with Retry-After of no time',
    fault: always(429, '', { 'retry-after': '0' }),
    outcome: { kinds: ['RateLimited'], text: /too many requests/ },
    attempts: 3,
  },
  {
    name: 'the 429 of a server whose clock is an hour ahead',
    fault: ({ send, index }) => {
      const now = Date.now() + 3_600_000;
      const headers = { date: new Date(now).toUTCString(), 'retry-after': new Date(now + 60_000).toUTCString() };
      send(answer(429, `{"n":${index}}`, headers));
    },
    outcome: { kinds: ['RateLimited'], text: /Try again in (59|60|61) seconds/ },
    attempts: 1,
  },
  {
    name: '500',
    fault: always(500, '{"message":"internal error"}'),
    outcome: { kinds: ['BadResponse'], text: /answered 500: the service has a problem\. Try again later/ },
    attempts: 3,
  },
  {
    name: 'the 502 of a gateway',
    fault: always(502, '<html><body>Bad gateway</body></html>', { 'content-type': 'text/html' }),
    outcome: { kinds: ['BadResponse'], text: /answered 502/ },
    attempts: 3,
  },
  {
    name: '503 with Retry-After of five minutes',
    fault: always(503, '', { 'retry-after': '300' }),
    outcome: { kinds: ['BadResponse'], text: /answered 503: .*Try again in 5 minutes/ },
    attempts: 1,
  },
  {
    name: '5xx every other time',
    fault: async ({ ask, send, index }) => send(index % 2 === 0 ? answer(503) : await ask()),
    attempts: 3,
  },
  {
    name: 'a redirect to another origin',
    fault: always(302, '', { location: 'https://collector.example/?token=canary' }),
    outcome: { kinds: ['BadResponse'], text: /redirects to https:\/\/collector\.example\. That was not followed/ },
    attempts: 1,
  },
  {
    name: 'redirects in a circle',
    fault: ({ request, send }) => send(answer(307, '', { location: request.url })),
    outcome: { kinds: ['BadResponse'], text: /redirects in circles/ },
    attempts: 4,
  },
  {
    name: 'something that is not HTTP',
    fault: ({ request }) => void request.socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    outcome: { kinds: ['Network'], text: /not HTTP .*Check the base URL/ },
    attempts: 1,
  },
];
