/**
 * Opens the built report page in a plain browser, with the extension's own host side in Node: real HTML with its content
 * security policy, real messages, the real script. Only VS Code's webview frame is played: `acquireVsCodeApi`, theme variables
 * and body classes.
 */
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ParticipantRef } from '../../../src/core/ids';
import { ReportHost } from '../../../src/panel/report-host';
import type { KnownParticipant, LoadedReport } from '../../../src/panel/services';
import type { ToWebview } from '../../../src/protocol/messages';
import { launchBrowser } from '../../host/vscode-server/browser.mjs';
import { ROOT } from '../../paths';
import {
  deliverExpression,
  frameScript,
  readPosted,
  servePage,
  type ThemeName,
  themeExpression,
} from '../webview-frame';

export type { ThemeName } from '../webview-frame';

export interface ReportPageOptions {
  load(ref: ParticipantRef, signal: AbortSignal): Promise<LoadedReport>;
  known?(ref: ParticipantRef): KnownParticipant | undefined;
  theme?: ThemeName;
  viewport?: { width: number; height: number };
  /** IANA name; the page's time zone. */
  timezone?: string;
  /** What VS Code would give back after a reload of the window. */
  state?: unknown;
  deviceScaleFactor?: number;
}

export const REF: ParticipantRef = { connectionId: 'c1', appId: 'app', sessionId: 's1', participantId: 'p1' };

/** One page with its host. */
export class ReportPage {
  /** Commands that the page's buttons ran. */
  readonly commands: unknown[][] = [];
  readonly clipboard: string[] = [];
  readonly images: { name: string; png: Uint8Array }[] = [];
  readonly log: string[] = [];
  /** Content security policy violations, uncaught errors and console errors. */
  readonly complaints: string[] = [];
  readonly titles: string[] = [];
  /** What the page left with `setState`. */
  state: unknown;
  readonly host: ReportHost;
  pinned = false;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Server,
    options: ReportPageOptions,
  ) {
    this.state = options.state;
    this.host = new ReportHost(
      {
        loadReport: options.load,
        known: options.known,
        log: (level, line) => this.log.push(`${level} ${line}`),
        runCommand: async (...args) => this.commands.push(args),
      },
      {
        post: (message) => void this.#post(message),
        setTitle: (title) => this.titles.push(title),
        togglePin: () => this.host.setPinned(!this.host.pinned),
        copyText: async (text) => {
          this.clipboard.push(text);
        },
        saveImage: async (name, png) => {
          this.images.push({ name, png });
          return true;
        },
      },
    );
  }

  static async open(options: ReportPageOptions): Promise<ReportPage> {
    const server = createServer((request, response) => void servePage('participant', request.url ?? '/', response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchBrowser();
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1280, height: 900 },
      timezoneId: options.timezone ?? 'Europe/Berlin',
      locale: 'en-US',
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
    });
    const report = new ReportPage(page, browser, server, options);
    await report.#prepare(options.theme ?? 'dark');
    return report;
  }

  /** Opens a participant as the extension does. */
  show(ref: ParticipantRef = REF, title?: string): void {
    this.host.open(ref, title);
  }

  /** Hides the page and shows it again: VS Code destroys it and makes a new one. */
  async hideAndShow(): Promise<void> {
    this.host.hidden();
    await this.page.reload();
  }

  section(name: string): Locator {
    return this.page.locator(`[data-section="${name}"]`);
  }

  chart(metric: string): Locator {
    return this.page.locator(`[data-chart="${metric}"]`);
  }

  /** Waits until charts and sections are there. */
  async ready(): Promise<void> {
    await this.section('notes').waitFor();
  }

  /**
   * Waits until an expression is true in the page. Playwright's own way compiles it in the page, which the policy forbids.
   */
  async until(expression: string): Promise<void> {
    const end = Date.now() + 20_000;
    while (!(await this.page.evaluate(expression))) {
      if (Date.now() > end) throw new Error(`Not true in time: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Changes the theme as VS Code does: variables on the root element, then classes on the body. */
  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(themeExpression(theme));
  }

  /** How many pixels of a canvas differ from its most common colour, and how many colours there are. */
  async drawnPixels(metric: string): Promise<number> {
    return this.page.evaluate(`(() => {
      const canvas = document.querySelector('[data-chart=${JSON.stringify(metric)}] canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let drawn = 0;
      // Lines are saturated and opaque; grid and labels are grey.
      for (let i = 0; i < data.length; i += 4) {
        const spread = Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]);
        if (data[i + 3] > 120 && spread > 40) drawn++;
      }
      return drawn;
    })()`);
  }

  /** Writes what is on screen below `.artifacts/screenshots`. */
  async screenshot(name: string, fullPage = true): Promise<void> {
    const folder = join(ROOT, '.artifacts', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #prepare(theme: ThemeName): Promise<void> {
    const { page } = this;
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // Reading pixels back is what the tests do, not the page.
      if (/willReadFrequently/.test(message.text())) return;
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    await page.exposeFunction('peerscopeToHost', (json: string) => this.host.receive(readPosted(json)));
    await page.exposeFunction('peerscopeSetState', (json: string) => {
      this.state = JSON.parse(json);
    });
    await page.exposeFunction('peerscopeViolation', (text: string) => this.complaints.push(`policy: ${text}`));
    await page.addInitScript(frameScript(theme, this.state));
    const { port } = this.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  }

  async #post(message: ToWebview): Promise<void> {
    // A page that is being closed or reloaded gets nothing, as in VS Code.
    await this.page.evaluate(deliverExpression(message)).catch(() => undefined);
  }
}
