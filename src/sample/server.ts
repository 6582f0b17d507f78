import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SampleAnswer, SampleProvider } from './provider';

/** What the server needs from its owner. */
export interface ServerOptions {
  providers: readonly SampleProvider[];
  /** The random key of this start. */
  key: string;
  now(): number;
  onRequest?(request: { method: string; path: string }): void;
}

/** Starts a server on a random port of the loopback address. Rejects when no port can be had. */
export async function listen(options: ServerOptions): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => respond(options, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Also resolves when it was stopped before: close() then reports ERR_SERVER_NOT_RUNNING.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function respond(options: ServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  // A body that nobody reads would block the next request on a kept-alive connection.
  request.resume();
  options.onRequest?.({ method, path });
  const origin = `http://127.0.0.1:${String(request.socket.localPort)}`;
  const { status, body, type } = answer(options, { method, path, origin, headers: request.headers });
  const bytes = Buffer.from(type === undefined ? JSON.stringify(body) : String(body));
  response.writeHead(status, {
    'content-type': type ?? 'application/json; charset=UTF-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : bytes);
}

interface Arrived {
  method: string;
  path: string;
  origin: string;
  headers: IncomingMessage['headers'];
}

function answer(options: ServerOptions, { method, path, origin, headers }: Arrived): SampleAnswer {
  const url = parseUrl(path);
  const provider = url && options.providers.find(({ mount }) => url.pathname.startsWith(`${mount}/`));
  const segments = provider && decode(url.pathname.slice(provider.mount.length + 1));
  if (!provider || !segments) return { status: 404, body: { success: false } };
  const { authorization, 'x-api-key': apiKey } = headers;
  const request = {
    method,
    segments,
    query: url.searchParams,
    authorization,
    apiKey: asText(apiKey),
    now: options.now(),
    origin,
  };
  return provider.answer(request, options.key);
}

/** A header that came once; several are none that a key could stand in. */
function asText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseUrl(path: string): URL | undefined {
  try {
    return new URL(path, 'http://localhost');
  } catch {
    return undefined;
  }
}

function decode(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
