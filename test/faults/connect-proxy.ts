import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** Who may use a proxy. */
export interface ProxyUser {
  name: string;
  password: string;
}

/**
 * An HTTP proxy that opens tunnels (`CONNECT`, RFC 9110 section 9.3.6) to names that only it can resolve. It counts what it
 * was asked for, and with a user it wants `Basic` authentication.
 */
export class ConnectProxy {
  /** `host:port` of every tunnel that was opened. */
  readonly opened: string[] = [];
  /** How many were turned down for want of the right user. */
  refused = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** `places` says at which loopback port a name is. */
  constructor(
    readonly places: Readonly<Record<string, number>>,
    readonly user?: ProxyUser,
  ) {
    this.#server = createServer((_request, response) => response.writeHead(405).end());
    this.#server.on('connect', (request: IncomingMessage, socket: Socket) => this.#open(request, socket));
    this.#server.on('connection', (socket) => this.#keep(socket));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #open(request: IncomingMessage, socket: Socket): void {
    const target = request.url ?? '';
    if (!this.#knows(request.headers['proxy-authorization'])) {
      this.refused++;
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    const port = this.places[target.replace(/:443$/, '')];
    if (port === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    this.opened.push(target);
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.pipe(socket);
      socket.pipe(inner);
    });
    this.#keep(inner);
  }

  #knows(given: string | undefined): boolean {
    if (!this.user) return true;
    const { name, password } = this.user;
    return given === `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // Either end may break the tunnel.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
