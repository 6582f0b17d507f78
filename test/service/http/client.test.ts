import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { CallError } from '../../../src/core/errors';
import { Redactor } from '../../../src/core/redact';
import { HttpClient, type HttpOptions, type HttpRequest } from '../../../src/providers/http/client';
import { ScriptedServer } from './server';

const KEY = 'canary-51d0c7aa-key';
const THING: HttpRequest = { path: '/things', what: 'the things' };

describe('HTTP client', () => {
  const server = new ScriptedServer();
  const other = new ScriptedServer();
  let lines: string[] = [];

  before(async () => {
    await server.start();
    await other.start();
  });
  after(async () => {
    await server.stop();
    await other.stop();
  });
  beforeEach(() => {
    server.reset();
    other.reset();
    lines = [];
  });

  function client(options: Partial<HttpOptions> = {}): HttpClient {
    const redactor = new Redactor();
    redactor.add(KEY);
    return new HttpClient({
      name: 'Example',
      baseUrl: `${server.origin}/v1`,
      headers: () => ({ Authorization: `Bearer ${KEY}` }),
      readError: () => ({}),
      log: (_level, line) => lines.push(line),
      redactor,
      timeoutMs: () => 5000,
      backOffMs: 5,
      ...options,
    });
  }

  const never = () => new AbortController().signal;

  async function failure(request: Partial<HttpRequest> = {}, options: Partial<HttpOptions> = {}): Promise<CallError> {
    try {
      await client(options).json({ ...THING, ...request }, never());
    } catch (error) {
      const plain = error as CallError;
      for (const text of [plain.text, plain.message, String(plain.stack), JSON.stringify(plain), ...lines]) {
        assert.ok(!text.includes(KEY), text);
      }
      assert.equal(plain.cause, undefined);
      return plain;
    }
    throw new assert.AssertionError({ message: 'It did not fail.' });
  }

  it('sends the key, the query and reads JSON; logs one line', async () => {
    server.always({ body: { a: 1 } });
    const answer = await client().json({ ...THING, query: { q: 'x y&z', n: 2, none: undefined, yes: true } }, never());
    assert.deepEqual(answer, { a: 1 });
    const [request] = server.requests;
    assert.equal(request?.path, '/v1/things');
    assert.equal(request.headers.authorization, `Bearer ${KEY}`);
    assert.deepEqual(Object.fromEntries(request.query), { q: 'x y&z', n: '2', yes: 'true' });
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^GET http:\/\/127\.0\.0\.1:\d+\/v1\/things\?q=\S+ 200 7 B \d+ ms, attempt 1$/);
  });

  it('masks a key that stands in the address', async () => {
    server.always({ status: 404, body: {} });
    const error = await failure({ query: { token: KEY, q: KEY } });
    assert.equal(error.kind, 'NotFound');
    assert.equal(lines.length, 1);
  });

  it('unpacks gzip', async () => {
    server.always({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"a":2}') });
    assert.deepEqual(await client().json(THING, never()), { a: 2 });
  });

  it('refuses a body above the cap, counted after unpacking', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 32));
    assert.ok(bomb.byteLength < 100_000);
    server.always({ headers: { 'content-encoding': 'gzip' }, body: bomb });
    const error = await failure({ maxBytes: 1_000_000 });
    assert.equal(error.kind, 'BadResponse');
    assert.match(error.text, /more than 1\.0 MB/);
    server.always({ body: 'x'.repeat(2000) });
    assert.match((await failure({ maxBytes: 1000 })).text, /more than 1\.0 kB/);
  });

  it('says that compression is damaged', async () => {
    server.always({ headers: { 'content-encoding': 'gzip' }, body: 'this is not gzip' });
    const error = await failure();
    assert.equal(error.kind, 'BadResponse');
    assert.match(error.text, /compression is damaged/);
  });

  describe('bodies that are not JSON', () => {
    const cases: [string, string | Uint8Array, RegExp][] = [
      [
        'a web page',
        '<!doctype html><html><title>Sign in to Contoso</title></html>',
        /web page titled "Sign in to Contoso"/,
      ],
      ['an empty body', '', /empty body/],
      ['truncated JSON', '{"data":{"sessions":[{"id":"a"},{"i', /cut off or damaged \(35 characters came\)/],
      ['plain text', 'upstream connect error', /not JSON/],
    ];
    for (const [name, body, expected] of cases) {
      it(`says that ${name} came`, async () => {
        server.always({ body });
        const error = await failure();
        assert.equal(error.kind, 'BadResponse');
        assert.match(error.text, expected);
        assert.match(error.text, /Example at 127\.0\.0\.1:\d+/);
      });
    }

    it('reads JSON with a byte order mark', async () => {
      server.always({ body: `\uFEFF{"a":3}` });
      assert.deepEqual(await client().json(THING, never()), { a: 3 });
    });
  });

  describe('statuses', () => {
    const cases: [number, string, RegExp, number][] = [
      [400, 'BadResponse', /refused the request for the things \(400\)/, 1],
      [401, 'Auth', /did not accept the key \(401\).*Edit the connection/, 1],
      [403, 'Forbidden', /does not allow this key to read the things \(403\)/, 1],
      [404, 'NotFound', /does not know the things \(404\)/, 1],
      [422, 'BadResponse', /refused .* \(422\)/, 1],
      [429, 'RateLimited', /too many requests .* \(429\).*Try again in a few minutes/, 3],
      [500, 'BadResponse', /answered 500: .*Try again later/, 3],
      [503, 'BadResponse', /answered 503: .*Try again later/, 3],
    ];
    for (const [status, kind, text, attempts] of cases) {
      it(`${status} is ${kind}, after ${attempts} attempt${attempts > 1 ? 's' : ''}`, async () => {
        server.always({ status, body: '' });
        const error = await failure();
        assert.equal(error.kind, kind);
        assert.equal(error.status, status);
        assert.match(error.text, text);
        assert.equal(server.requests.length, attempts);
        assert.equal(lines.length, attempts);
      });
    }

    it('shows what the provider said, without control characters', async () => {
      server.always({ status: 422, body: { m: 'Name is\u202e wrong' } });
      const readError = (body: unknown) => ({ message: (body as { m: string }).m });
      assert.match((await failure({}, { readError })).text, /It said: "Name is wrong"/);
    });

    it('never tries a POST again', async () => {
      server.always({ status: 503, body: '' });
      assert.equal((await failure({ method: 'POST' })).status, 503);
      assert.equal(server.requests.length, 1);
    });

    it('goes on after a passing failure', async () => {
      server.next({ status: 503, body: '' }, { status: 429, body: '' });
      server.always({ body: [1] });
      assert.deepEqual(await client().json(THING, never()), [1]);
      assert.equal(server.requests.length, 3);
    });
  });

  describe('Retry-After', () => {
    it('waits as many seconds as are asked for', async () => {
      server.next({ status: 429, headers: { 'retry-after': '1' }, body: '' });
      server.always({ body: [] });
      await client().json(THING, never());
      const [first, second] = server.requests;
      assert.ok(first && second && second.at - first.at >= 990);
    });

    it('takes an HTTP date', async () => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      server.always({ status: 503, headers: { 'retry-after': date }, body: '' });
      const error = await failure();
      assert.equal(server.requests.length, 1);
      assert.match(error.text, /Try again in 60 minutes/);
      assert.ok(error.retryAfterMs && error.retryAfterMs > 3_590_000 && error.retryAfterMs <= 3_600_000);
    });

    it('does not hang when the wait is long', async () => {
      server.always({ status: 429, headers: { 'retry-after': '300' }, body: '' });
      const error = await failure();
      assert.equal(error.kind, 'RateLimited');
      assert.equal(error.retryAfterMs, 300_000);
      assert.match(error.text, /Try again in 5 minutes/);
      assert.equal(server.requests.length, 1);
    });

    it('does not take a date of the past or nonsense for a long wait', async () => {
      for (const value of ['Mon, 01 Jan 2001 00:00:00 GMT', 'soon', '-5']) {
        server.next({ status: 429, headers: { 'retry-after': value }, body: '' });
        server.always({ body: 1 });
        assert.equal(await client().json(THING, never()), 1);
      }
    });
  });

  describe('redirects', () => {
    it('follows within the origin, with the key', async () => {
      server.next({ status: 302, headers: { location: '/v1/elsewhere?x=1' }, body: '' });
      server.always({ body: 5 });
      assert.equal(await client().json(THING, never()), 5);
      assert.equal(server.requests[1]?.path, '/v1/elsewhere');
      assert.equal(server.requests[1].headers.authorization, `Bearer ${KEY}`);
    });

    it('does not follow to another origin, so that the key goes nowhere else', async () => {
      for (const status of [301, 302, 303, 307, 308]) {
        server.next({ status, headers: { location: `${other.origin}/v1/things` }, body: '' });
        const error = await failure();
        assert.equal(error.kind, 'BadResponse');
        assert.match(error.text, /redirects to http:\/\/127\.0\.0\.1:\d+\. That was not followed/);
      }
      assert.equal(other.requests.length, 0);
    });

    it('does not show a secret of the redirect’s address', async () => {
      server.next({ status: 302, headers: { location: `${other.origin}/?signature=${KEY}` }, body: '' });
      await failure();
    });

    it('ends a circle, and a redirect to nowhere', async () => {
      server.always({ status: 302, headers: { location: '/v1/things' }, body: '' });
      assert.match((await failure()).text, /in circles/);
      assert.equal(server.requests.length, 4);
      server.always({ status: 302, body: '' });
      assert.match((await failure()).text, /without saying where to go/);
    });
  });

  describe('connection', () => {
    it('names the host that refuses', async () => {
      const gone = new ScriptedServer();
      await gone.start();
      const baseUrl = gone.origin;
      await gone.stop();
      const error = await failure({}, { baseUrl });
      assert.equal(error.kind, 'Network');
      assert.match(error.text, /127\.0\.0\.1:\d+ refused the connection/);
      assert.equal(lines.length, 3);
    });

    it('names the host that is not found', async () => {
      const error = await failure({}, { baseUrl: 'https://nowhere.invalid' });
      assert.equal(error.kind, 'Network');
      assert.match(error.text, /nowhere\.invalid/);
    });

    it('tries again when the connection breaks in the middle of a body', async () => {
      server.next((_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"a":');
        setTimeout(() => response.destroy(), 20);
        return undefined;
      });
      server.always({ body: { a: 1 } });
      assert.deepEqual(await client().json(THING, never()), { a: 1 });
      assert.equal(server.requests.length, 2);
    });

    it('refuses a base URL that is neither https nor on this machine, before asking', async () => {
      for (const baseUrl of ['http://api.example.com', 'ftp://127.0.0.1', 'https://u:p@api.example.com', 'nonsense']) {
        assert.equal((await failure({}, { baseUrl })).kind, 'BadInput');
      }
      assert.equal(lines.length, 0);
    });
  });

  describe('time and cancelling', () => {
    it('ends a request that gets no answer', async () => {
      server.always(() => new Promise(() => {}));
      const error = await failure({}, { timeoutMs: () => 100 });
      assert.equal(error.kind, 'TimedOut');
      assert.match(error.text, /within 0\.1 s/);
      assert.equal(server.requests.length, 1);
    });

    it('ends a body that drips for longer than the time there is', async () => {
      server.always((_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
        return undefined;
      });
      assert.equal((await failure({}, { timeoutMs: () => 200 })).kind, 'TimedOut');
    });

    async function cancelledAfter(ms: number, http = client()): Promise<void> {
      const stop = new AbortController();
      const asked = http.json(THING, stop.signal);
      setTimeout(() => stop.abort(), ms);
      await assert.rejects(asked, { kind: 'Cancelled' });
    }

    it('can be cancelled while the answer is awaited', async () => {
      let closed = false;
      server.always((_request, response) => {
        response.on('close', () => {
          closed = true;
        });
        return new Promise(() => {});
      });
      await cancelledAfter(50);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.ok(closed, 'the connection stays open');
    });

    it('can be cancelled while it waits to try again', async () => {
      server.always({ status: 503, headers: { 'retry-after': '15' }, body: '' });
      await cancelledAfter(50);
      assert.equal(server.requests.length, 1);
    });

    it('can be cancelled while it stands in the queue', async () => {
      const hold: (() => void)[] = [];
      server.always(() => new Promise((resolve) => hold.push(() => resolve({ body: 1 }))));
      const http = client();
      const running = [1, 2, 3, 4].map(() => http.json(THING, never()));
      await cancelledAfter(50, http);
      assert.equal(server.requests.length, 4);
      for (const release of hold) release();
      assert.deepEqual(await Promise.all(running), [1, 1, 1, 1]);
      assert.equal(server.requests.length, 4);
    });

    it('sends nothing when it is cancelled before it begins', async () => {
      const stop = new AbortController();
      stop.abort();
      await assert.rejects(client().json(THING, stop.signal), { kind: 'Cancelled' });
      assert.equal(server.requests.length, 0);
    });
  });

  it('has at most four requests in flight', async () => {
    server.always(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { body: 1 };
    });
    const http = client();
    await Promise.all(Array.from({ length: 20 }, () => http.json(THING, never())));
    assert.equal(server.requests.length, 20);
    assert.equal(server.mostInFlight, 4);
  });
});
