import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

/** An answer of the service behind the proxy. */
export interface Upstream {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request that came to the proxy. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** How many came before it since the proxy was reset. */
  index: number;
  /** Asks the service behind the proxy. */
  ask: () => Promise<Upstream>;
  /** Hands an answer on as it came, or another one. */
  send: (answer: Upstream) => void;
}

/** What the proxy does to a request. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** Hands everything on. */
export const pass: Fault = async ({ ask, send }) => send(await ask());

/** How a proxy listens. */
export interface ListenOptions {
  host?: '127.0.0.1' | '::1';
  /** Speaks TLS with it, PEM. */
  identity?: { key: string; cert: string };
}

/**
 * A real HTTP server that stands between a client and a service and breaks what goes through it, as told by
 * {@link fault}. It counts what it saw.
 */
export class FaultProxy {
  fault: Fault = pass;
  /** Requests since the last {@link reset}. */
  seen = 0;
  /** Requests that are not answered in full. */
  open = 0;
  readonly #server: Server & { closeAllConnections(): void };

  /** `upstream` is the origin of the service. */
  constructor(
    readonly upstream: string,
    readonly options: ListenOptions = {},
  ) {
    const answer = (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response);
    this.#server = options.identity ? createSecureServer(options.identity, answer) : createServer(answer);
    // A client that turns a certificate down breaks the connection: that is what the test is about.
    this.#server.on('tlsClientError', () => undefined);
  }

  async start(): Promise<void> {
    const { host = '127.0.0.1' } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, host, resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    const { host = '127.0.0.1', identity } = this.options;
    return `${identity ? 'https' : 'http'}://${host === '::1' ? '[::1]' : host}:${this.port}`;
  }

  reset(fault: Fault = pass): void {
    this.fault = fault;
    this.seen = 0;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    // What the client gives up, or a fault breaks, is no error of the proxy.
    response.on('error', () => undefined);
    this.open++;
    response.on('close', () => this.open--);
    const exchange: Exchange = {
      request,
      response,
      index: this.seen++,
      ask: () => ask(this.upstream, request),
      send: (answer) => send(response, answer),
    };
    try {
      await this.fault(exchange);
    } catch (error) {
      response.destroy(error as Error);
    }
  }
}

function ask(upstream: string, { method, url, headers }: IncomingMessage): Promise<Upstream> {
  const target = new URL(url ?? '/', upstream);
  return new Promise((resolve, reject) => {
    const asked = request(target, { method, headers: { ...headers, host: target.host }, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

function send(response: ServerResponse, { status, headers, body }: Upstream): void {
  const { connection: _connection, 'transfer-encoding': _encoding, 'content-length': _length, ...rest } = headers;
  response.writeHead(status, { ...rest, 'content-length': body.byteLength });
  response.end(body);
}
