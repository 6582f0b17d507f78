/**
 * Opens the built session page in a plain browser, with the extension's own host side in Node, on any provider: the real
 * script, real messages and the real content security policy.
 */
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { SessionRef } from '../../../src/core/ids';
import { diagnoseSession } from '../../../src/diagnosis';
import { SessionHost } from '../../../src/panel/session-host';
import type { KnownSession, SessionProvider } from '../../../src/panel/session-services';
import type { ToSessionPage } from '../../../src/protocol/session-messages';
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

export interface SessionPageOptions {
  provider: SessionProvider;
  known?: KnownSession;
  dashboardUrl?: string;
  liveRefreshSeconds?: number;
  theme?: ThemeName;
  viewport?: { width: number; height: number };
  /** IANA name; the page's time zone. */
  timezone?: string;
  /** What VS Code would give back after a reload of the window. */
  state?: unknown;
}

/** One page with its host. */
export class SessionTestPage {
  /** Commands that the page's buttons ran. */
  readonly commands: unknown[][] = [];
  readonly clipboard: string[] = [];
  readonly opened: string[] = [];
  readonly log: string[] = [];
  /** Content security policy violations, uncaught errors and console errors. */
  readonly complaints: string[] = [];
  readonly titles: string[] = [];
  /** What the page left with `setState`. */
  state: unknown;
  readonly host: SessionHost;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Server,
    options: SessionPageOptions,
  ) {
    this.state = options.state;
    this.host = new SessionHost(
      {
        provider: async () => options.provider,
        known: () => options.known ?? {},
        dashboardUrl: () => options.dashboardUrl,
        liveRefreshSeconds: () => options.liveRefreshSeconds ?? 0,
        diagnose: async (session, reports, participants) => {
          const { findings, notEvaluated } = diagnoseSession(session, reports, { participants });
          return { thin: false, findings, notEvaluated };
        },
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
        openExternal: async (url) => {
          this.opened.push(url);
        },
      },
    );
  }

  static async open(options: SessionPageOptions): Promise<SessionTestPage> {
    const server = createServer((request, response) => void servePage('session', request.url ?? '/', response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchBrowser();
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1280, height: 900 },
      timezoneId: options.timezone ?? 'Europe/Berlin',
      locale: 'en-US',
    });
    const session = new SessionTestPage(page, browser, server, options);
    await session.#prepare(options.theme ?? 'dark');
    return session;
  }

  show(ref: SessionRef): void {
    this.host.open(ref);
  }

  /** Hides the page and shows it again: VS Code destroys it and makes a new one. */
  async hideAndShow(): Promise<void> {
    this.host.setVisible(false);
    this.host.setVisible(true);
    await this.page.reload();
  }

  section(name: string): Locator {
    return this.page.locator(`[data-section="${name}"]`);
  }

  field(name: string): Locator {
    return this.page.locator(`[data-field="${name}"]`);
  }

  /** Rows of the table. */
  rows(): Locator {
    return this.page.locator('[data-participant]');
  }

  /** Names of the table's rows, from top to bottom. */
  names(): Promise<string[]> {
    return this.rows().locator('th button').allInnerTexts();
  }

  /** Names of the timeline's rows, from top to bottom. */
  people(): Promise<string[]> {
    return this.page.locator('.people .person-name').allInnerTexts();
  }

  /** Waits until session and participants are there. */
  async ready(): Promise<void> {
    await this.rows().first().waitFor();
    await this.section('facts').waitFor();
  }

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
    await this.browser.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #prepare(theme: ThemeName): Promise<void> {
    const { page } = this;
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
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

  async #post(message: ToSessionPage): Promise<void> {
    // A page that is being closed or reloaded gets nothing, as in VS Code.
    await this.page.evaluate(deliverExpression(message)).catch(() => undefined);
  }
}
