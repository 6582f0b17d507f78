import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Recorded {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  at: number;
}

/** What to answer: a body that is not text is sent as JSON. */
export interface Scripted {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Decides an answer, or writes it by hand and returns nothing. */
export type Answerer = (
  request: Recorded,
  response: ServerResponse,
) => Scripted | undefined | Promise<Scripted | undefined>;

/**
 * A real HTTP server on loopback that answers as scripted and records what it was asked. Answers queued with
 * {@link ScriptedServer.next} go first, then the one set with {@link ScriptedServer.always}.
 */
export class ScriptedServer {
  readonly requests: Recorded[] = [];
  /** Largest number of requests that were open at one time. */
  mostInFlight = 0;
  #inFlight = 0;
  #queue: Answerer[] = [];
  #standard: Answerer = () => ({
    status: 404,
    body: { success: false, error: { code: 404, message: 'No such route' } },
  });
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Starts on a free port. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets requests and scripts. */
  reset(): void {
    this.requests.length = 0;
    this.mostInFlight = 0;
    this.#queue = [];
  }

  /** Queues answers, one request each. */
  next(...answers: (Scripted | Answerer)[]): void {
    this.#queue.push(...answers.map(toAnswerer));
  }

  /** Answers every request for which nothing is queued. */
  always(answer: Scripted | Answerer): void {
    this.#standard = toAnswerer(answer);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const { method = '', headers } = request;
    // Node writes the machine's time, which is not the tests'.
    response.setHeader('date', new Date().toUTCString());
    const recorded = { method, path: url.pathname, query: url.searchParams, headers, at: Date.now() };
    this.requests.push(recorded);
    this.#inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    response.on('close', () => {
      this.#inFlight--;
    });
    const answerer = this.#queue.shift() ?? this.#standard;
    const scripted = await answerer(recorded, response);
    if (scripted) send(response, scripted);
  }
}

function toAnswerer(answer: Scripted | Answerer): Answerer {
  return typeof answer === 'function' ? answer : () => answer;
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Scripted): void {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body ?? '');
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(raw);
}
