/** The report page in a plain Chromium for benches: large arrays cross as bytes, as VS Code transfers them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ParticipantRef } from '../../src/core/ids';
import { ReportHost } from '../../src/panel/report-host';
import type { LoadedReport } from '../../src/panel/services';
import type { ToWebview } from '../../src/protocol/messages';
import { type Surroundings, surround, WebviewTestPage } from '../ui/webview-test-page';

const REF: ParticipantRef = { connectionId: 'c1', sessionId: 's1', participantId: 'p1' };
const OPTIONS = { bypassCSP: true, viewport: { width: 1280, height: 900 } };

/** Heap of a page's frame after a forced collection, bytes. */
export interface Heap {
  /** JavaScript objects. */
  used: number;
  /** Array buffers and what else V8 keeps outside its heap. */
  buffers: number;
  /** DOM and other objects of Blink. */
  embedder: number;
}

export class BenchPage extends WebviewTestPage {
  readonly host: ReportHost;
  readonly #columns: Server;
  #bytes: ArrayBuffer | undefined;

  private constructor(surroundings: Surroundings, columns: Server, load: () => Promise<LoadedReport>) {
    super(surroundings, OPTIONS);
    this.#columns = columns;
    columns.on('request', (_request, response) => {
      response.setHeader('access-control-allow-origin', '*');
      response.end(Buffer.from(this.#bytes ?? new ArrayBuffer(0)));
    });
    this.host = new ReportHost(
      { loadReport: load, liveRefreshSeconds: () => 0, log: () => undefined, runCommand: async () => undefined },
      {
        post: (message) => void this.post(message),
        setTitle: () => undefined,
        togglePin: () => undefined,
        copyText: async () => undefined,
        saveImage: async () => false,
      },
    );
  }

  static async open(load: () => Promise<LoadedReport>): Promise<BenchPage> {
    const columns = createServer();
    await new Promise<void>((resolve) => columns.listen(0, '127.0.0.1', resolve));
    const bench = new BenchPage(await surround('participant', OPTIONS), columns, load);
    await bench.load();
    return bench;
  }

  /** Opens the report; resolves with the time from this call until its first chart was painted, ms. */
  async click(): Promise<number> {
    const start = performance.timeOrigin + performance.now();
    this.host.open(REF, 'Bench');
    return (await this.#painted()) - start;
  }

  /** Hides the page, which destroys it, and shows it again. */
  async reopen(): Promise<void> {
    this.host.setVisible(false);
    this.host.setVisible(true);
    await this.page.reload();
    await this.#painted();
  }

  async heap(): Promise<Heap> {
    const session = await this.page.context().newCDPSession(this.page);
    try {
      await session.send('HeapProfiler.enable');
      for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
      const usage = (await session.send('Runtime.getHeapUsage')) as unknown as {
        usedSize: number;
        embedderHeapUsedSize?: number;
        backingStorageSize?: number;
      };
      if (usage.backingStorageSize === undefined)
        throw new Error('This Chromium does not tell the size of array buffers.');
      return { used: usage.usedSize, buffers: usage.backingStorageSize, embedder: usage.embedderHeapUsedSize ?? 0 };
    } finally {
      await session.detach();
    }
  }

  override async close(): Promise<void> {
    await super.close();
    await new Promise((resolve) => this.#columns.close(resolve));
  }

  /** When the first chart was painted, epoch ms. */
  async #painted(): Promise<number> {
    await this.section('notes').waitFor();
    return this.page.evaluate<number>(
      `(() => {
        const { startTime, duration } = performance.getEntriesByName('peerscope:first-chart').at(-1);
        return performance.timeOrigin + startTime + duration;
      })()`,
    );
  }

  protected override async post(message: ToWebview): Promise<void> {
    if (message.type !== 'report') return super.post(message);
    const { columns, ...rest } = message;
    this.#bytes = columns;
    const { port } = this.#columns.address() as AddressInfo;
    await this.page
      .evaluate(
        `fetch('http://127.0.0.1:${port}/').then((answer) => answer.arrayBuffer()).then((columns) => {
          postMessage({ ...${JSON.stringify(rest)}, columns }, '*', [columns]);
        })`,
      )
      .catch(() => undefined);
  }
}
