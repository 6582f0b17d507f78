/**
 * Opens the built report page in a plain browser, with the extension's own host side in Node: real HTML with its content
 * security policy, real messages, the real script. Only VS Code's webview frame is played: `acquireVsCodeApi`, theme variables
 * and body classes.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ParticipantRef } from '../../../src/core/ids';
import { reportHtml } from '../../../src/panel/html';
import { ReportHost } from '../../../src/panel/report-host';
import type { KnownParticipant, LoadedReport } from '../../../src/panel/services';
import type { ToWebview } from '../../../src/protocol/messages';
import { launchBrowser } from '../../host/vscode-server/browser.mjs';
import { DIST, ROOT } from '../../paths';
import themes from './themes.json';

export type ThemeName = keyof typeof themes;

/** What VS Code puts on `body` for each kind of theme. */
const BODY_CLASSES: Record<ThemeName, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Set by VS Code on webviews beside the theme's colours. */
const FONTS = {
  '--vscode-font-family': 'system-ui, "Open Sans", sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-font-weight': 'normal',
  '--vscode-editor-font-family': 'monospace',
  '--vscode-editor-font-size': '13px',
};

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
    const server = createServer((request, response) => void serve(request.url ?? '/', response));
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
    await this.page.evaluate(
      `peerscopeTheme(${JSON.stringify(themes[theme])}, ${JSON.stringify(BODY_CLASSES[theme])})`,
    );
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
    await page.exposeFunction('peerscopeToHost', (json: string) => this.host.receive(JSON.parse(json, revive)));
    await page.exposeFunction('peerscopeSetState', (json: string) => {
      this.state = JSON.parse(json);
    });
    await page.exposeFunction('peerscopeViolation', (text: string) => this.complaints.push(`policy: ${text}`));
    await page.addInitScript(
      `(${frame.toString()})(${JSON.stringify({ ...themes[theme], ...FONTS })}, ${JSON.stringify(BODY_CLASSES[theme])}, ${JSON.stringify(JSON.stringify(this.state ?? null))})`,
    );
    const { port } = this.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  }

  async #post(message: ToWebview): Promise<void> {
    const json = JSON.stringify(message, replace);
    // A page that is being closed or reloaded gets nothing, as in VS Code.
    await this.page.evaluate(`peerscopeDeliver(${JSON.stringify(json)})`).catch(() => undefined);
  }
}

/** Binary parts cross as base64, as VS Code's own transfer keeps them out of the JSON. */
function replace(_key: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString('base64') };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  // `Buffer` has turned itself into its JSON form before this is called.
  if (isBufferJson(value)) return { $bytes: Buffer.from(value.data).toString('base64') };
  return value;
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$buffer' in value)) return value;
  return Uint8Array.from(Buffer.from(String(value.$buffer), 'base64')).buffer;
}

async function serve(url: string, response: import('node:http').ServerResponse): Promise<void> {
  const origin = `http://${response.req.headers.host}`;
  if (url === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      reportHtml({ script: `${origin}/participant.js`, style: `${origin}/participant.css`, cspSource: origin }),
    );
    return;
  }
  const type = { '/participant.js': 'text/javascript', '/participant.css': 'text/css' }[url];
  if (!type) {
    response.statusCode = url === '/favicon.ico' ? 204 : 404;
    response.end();
    return;
  }
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(await readFile(join(DIST, 'webview', url.slice(1))));
}

/** Runs in the page before its script: plays VS Code's webview frame. Text, not code: the browser's types are not here. */
const frame = {
  toString: () => `function frame(variables, bodyClass, firstState) {
    window.peerscopeTheme = (values, classes) => {
      const root = document.documentElement;
      for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
      for (const name of [...root.style]) if (name.startsWith('--vscode-') && !(name in values) && !/font/.test(name)) root.style.removeProperty(name);
      document.body.className = classes;
    };
    addEventListener('securitypolicyviolation', (event) => window.peerscopeViolation(event.violatedDirective + ' ' + event.blockedURI));
    const observer = new MutationObserver(() => {
      if (!document.body) return;
      observer.disconnect();
      window.peerscopeTheme(variables, bodyClass);
    });
    observer.observe(document, { childList: true, subtree: true });
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const base64Of = (buffer) => {
      let text = '';
      for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
      return btoa(text);
    };
    window.peerscopeDeliver = (json) => {
      const message = JSON.parse(json, (key, value) => {
        if (value && typeof value === 'object' && typeof value.$buffer === 'string') return bytesOf(value.$buffer).buffer;
        if (value && typeof value === 'object' && typeof value.$bytes === 'string') return bytesOf(value.$bytes);
        return value;
      });
      postMessage(message, '*');
    };
    let state = sessionStorage.getItem('state') ?? firstState;
    let taken = false;
    window.acquireVsCodeApi = () => {
      if (taken) throw new Error('An instance of the VS Code API has already been acquired');
      taken = true;
      return {
        postMessage: (message) => {
          void window.peerscopeToHost(JSON.stringify(message, (key, value) => value instanceof ArrayBuffer ? { $buffer: base64Of(value) } : value));
        },
        getState: () => JSON.parse(state) ?? undefined,
        setState: (next) => {
          state = JSON.stringify(next);
          sessionStorage.setItem('state', state);
          void window.peerscopeSetState(state);
        },
      };
    };
  }`,
};
