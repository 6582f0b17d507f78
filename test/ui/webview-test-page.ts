/**
 * A built page in a plain browser, with the extension's own host side in Node: real HTML with its content security policy,
 * real messages, the real script. Only VS Code's webview frame is played: `acquireVsCodeApi`, theme variables and body
 * classes.
 */
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import clock from '../clock/clock.cjs';
import { launchBrowser } from '../host/vscode-server/browser.mjs';
import { ROOT } from '../paths';
import {
  deliverExpression,
  frameScript,
  readPosted,
  servePage,
  type ThemeName,
  themeExpression,
} from './webview-frame';

export interface TestPageOptions {
  theme?: ThemeName;
  /** A display language that there are words in; English without. */
  language?: string;
  viewport?: { width: number; height: number };
  /** IANA name; the page's time zone. */
  timezone?: string;
  /** What VS Code would give back after a reload of the window. */
  state?: unknown;
  deviceScaleFactor?: number;
  /** The page's content security policy is not kept: for benches that bring large arrays as VS Code does, not as JSON. */
  bypassCSP?: boolean;
}

/** An empty browser page and the server of the page that it will load. */
export interface Surroundings {
  page: Page;
  browser: Browser;
  server: Server;
}

/** Serves one page, `participant`, `session` or `compare`, and starts a browser. */
export async function surround(kind: string, options: TestPageOptions): Promise<Surroundings> {
  const server = createServer(
    (request, response) => void servePage(kind, request.url ?? '/', response, options.language),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: options.viewport ?? { width: 1280, height: 900 },
    timezoneId: options.timezone ?? 'Europe/Berlin',
    locale: 'en-US',
    deviceScaleFactor: options.deviceScaleFactor ?? 1,
    bypassCSP: options.bypassCSP ?? false,
  });
  await page.addInitScript(clock.pageScript());
  return { page, browser, server };
}

/** One page with its host: the same for every kind of page. */
export abstract class WebviewTestPage {
  /** Commands that the page's buttons ran. */
  readonly commands: unknown[][] = [];
  readonly clipboard: string[] = [];
  readonly log: string[] = [];
  /** Content security policy violations, uncaught errors and console errors. */
  readonly complaints: string[] = [];
  readonly titles: string[] = [];
  /** What the page left with `setState`. */
  state: unknown;
  readonly page: Page;
  abstract readonly host: { receive(message: unknown): void; dispose(): void };
  readonly #surroundings: Surroundings;

  protected constructor(surroundings: Surroundings, options: TestPageOptions) {
    this.#surroundings = surroundings;
    this.page = surroundings.page;
    this.state = options.state;
  }

  section(name: string): Locator {
    return this.page.locator(`[data-section="${name}"]`);
  }

  /** Changes the theme as VS Code does: variables on the root element, then classes on the body. */
  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate(themeExpression(theme));
  }

  /** Writes what is on screen below `.artifacts/screenshots`. */
  async screenshot(name: string, fullPage = true): Promise<void> {
    const folder = join(ROOT, '.artifacts', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.#surroundings.browser.close();
    await new Promise((resolve) => this.#surroundings.server.close(resolve));
  }

  /** Loads the page. */
  protected async load(theme: ThemeName = 'dark'): Promise<void> {
    const { page } = this;
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // Reading pixels back is what the tests do, not the page.
      if (message.text().includes('willReadFrequently')) return;
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    await page.exposeFunction('peerscopeToHost', (json: string) => this.host.receive(readPosted(json)));
    await page.exposeFunction('peerscopeSetState', (json: string) => {
      this.state = JSON.parse(json);
    });
    await page.exposeFunction('peerscopeViolation', (text: string) => this.complaints.push(`policy: ${text}`));
    await page.addInitScript(frameScript(theme, this.state));
    const { port } = this.#surroundings.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  }

  protected async post(message: unknown): Promise<void> {
    // A page that is being closed or reloaded gets nothing, as in VS Code.
    await this.page.evaluate(deliverExpression(message)).catch(() => undefined);
  }
}
