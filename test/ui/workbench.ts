/** Drives the workbench of a real VS Code as a person would: clicks, keys, and what is seen on screen. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import clock from '../clock/clock.cjs';
import { launchBrowser } from '../host/vscode-server/browser.mjs';
import { QUIET_SETTINGS } from '../host/vscode-server/quiet-settings.mjs';
import { type Server, startServer } from '../host/vscode-server/server.mjs';
import { chosenVersion, type HostVersion, OLDEST } from '../host/vscode-server/versions.mjs';
import { ROOT } from '../paths';
import { eventually } from './eventually';

/**
 * The four built-in looks that screenshots are taken in: the theme's id, which in the oldest VS Code always begins with
 * `Default`, and the class that the window has then.
 */
export const THEMES = {
  dark: ['Dark Modern', 'vs-dark'],
  light: ['Light Modern', 'vs'],
  'high-contrast': ['Default High Contrast', 'hc-black'],
  'high-contrast-light': ['Default High Contrast Light', 'hc-light'],
} as const;

export interface WorkbenchOptions {
  /** Workspace folder, absolute; left out: an empty temporary one. */
  folder?: string;
  theme?: keyof typeof THEMES;
  /** Added to the environment of the extension host. */
  env?: Record<string, string>;
  /** User settings. */
  settings?: Record<string, unknown>;
  /** The extension's folder, absolute; this project's when left out. */
  extension?: string;
  /** The extension's package, absolute: it is installed and runs as users run it, and nothing is loaded from a folder. */
  vsix?: string;
  /** Left out: the one that `PEERSCOPE_TEST_VSCODE` names. */
  version?: HostVersion;
  /** Folders are not trusted unless the person says so. */
  workspaceTrust?: boolean;
  /** The reader's language, as BCP 47; left out: English. VS Code's own words stay English: no language pack is there. */
  language?: string;
  /** Window size in CSS pixels. */
  viewport?: { width: number; height: number };
  /** Device pixels in a CSS pixel; 1 when left out. */
  deviceScaleFactor?: number;
}

/** A tree row as it stands on screen. */
export interface TreeRow {
  label: string;
  description: string;
  /** 1 for rows without a parent. */
  level: number;
  /** undefined: the row has no children. */
  expanded: boolean | undefined;
  /** What a screen reader says. */
  ariaLabel: string;
}

/** How long a step may take on a busy two-core machine. */
const STEP_TIMEOUT_MS = 30_000;

/** One VS Code window on a server of its own. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly temporary: string,
    /** The address of everything that the window and its webviews have asked for. */
    readonly requests: readonly string[],
  ) {}

  /**
   * Starts a server and opens a window with the extension: in Development mode, unless its package is to be installed.
   * @throws when server, browser or workbench do not come up; nothing is left running then
   */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const temporary = await mkdtemp(join(tmpdir(), 'peerscope-ui-'));
    const undo: (() => Promise<unknown>)[] = [() => rm(temporary, { recursive: true, force: true })];
    try {
      const settings = { ...QUIET_SETTINGS, ...options.settings };
      const { env = {}, workspaceTrust = false, vsix, version = chosenVersion() } = options;
      const server = await startServer({
        settings,
        // Where only a package is installed, all have the real clock.
        ...(vsix ? { vsix, env } : { extension: clock.EXTENSION, env: { ...clock.environment(), ...env } }),
        workspaceTrust,
        version,
      });
      undo.push(server.stop);
      const browser = await launchBrowser();
      undo.push(() => browser.close());
      const { viewport = { width: 1400, height: 900 }, deviceScaleFactor = 1 } = options;
      const page = await browser.newPage({ viewport, deviceScaleFactor });
      page.setDefaultTimeout(STEP_TIMEOUT_MS);
      if (!vsix) await page.addInitScript(clock.pageScript());
      if (options.language) await page.addInitScript(speak, options.language);
      const folder = options.folder ?? temporary;
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(
        server.pageUrl(vsix ? { folder } : { folder, extensionDevelopmentPath: options.extension ?? ROOT }),
      );
      const workbench = new Workbench(page, server, browser, temporary, requests);
      await workbench.ready();
      if (!options.folder) await workbench.#useTheme(folder, options.theme ?? 'dark', version);
      return workbench;
    } catch (error) {
      for (const step of undo.reverse()) await step();
      throw error;
    }
  }

  /** Where installed extensions are, absolute. */
  get extensionsDir(): string {
    return this.server.extensionsDir;
  }

  /** Closes the window and ends the server with all its children. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await rm(this.temporary, { recursive: true, force: true });
  }

  /** "Developer: Reload Window": VS Code keeps its state first, which a plain reload of the page does not wait for. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Shows a view container by a click in the activity bar, unless it is shown already. */
  async openView(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${escapeRegExp(name)}`) });
    const heading = this.sideBar
      .locator('.composite.title')
      .filter({ hasText: new RegExp(`^\\s*${escapeRegExp(name)}`, 'i') });
    await tab.waitFor();
    // A window that is still coming up may show it by itself; a click would then hide it again.
    const isShown = () =>
      heading.waitFor({ timeout: 1500 }).then(
        () => true,
        () => false,
      );
    for (let tries = 0; tries < 4 && !(await isShown()); tries++) await tab.click();
    await heading.waitFor();
  }

  /** The primary side bar. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The rows on screen, from top to bottom; a long tree has more that are scrolled out of sight. */
  async treeRows(): Promise<TreeRow[]> {
    const rows = await this.rows().evaluateAll((elements) =>
      elements.map((element) => ({
        top: element.getBoundingClientRect().top,
        label: element.querySelector('.label-name')?.textContent ?? '',
        description: element.querySelector('.label-description')?.textContent ?? '',
        level: Number(element.getAttribute('aria-level')),
        expanded: element.getAttribute('aria-expanded'),
        ariaLabel: element.getAttribute('aria-label') ?? '',
      })),
    );
    return rows
      .sort((a, b) => a.top - b.top)
      .map(({ top: _top, expanded, ...row }) => ({
        ...row,
        expanded: expanded === null ? undefined : expanded === 'true',
      }));
  }

  /** The first row with this label, or whose label matches. Scroll to it with `scrollTree` where the tree is long. */
  row(label: string | RegExp): Locator {
    return this.rows()
      .filter({ has: this.labelled(label) })
      .first();
  }

  private labelled(label: string | RegExp): Locator {
    const exact = typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`) : label;
    return this.page.locator('.label-name').filter({ hasText: exact });
  }

  /** The first row of a level below the row with this label that is no live session; rows stand in no order in the page. */
  async firstBelow(label: string, level: number): Promise<Locator> {
    const find = () =>
      this.rows().evaluateAll(
        (elements, wanted) => {
          const top = (element: Element) => element.getBoundingClientRect().top;
          const sorted = [...elements].sort((a, b) => top(a) - top(b));
          const at = sorted.findIndex((row) => row.querySelector('.label-name')?.textContent === wanted.label);
          if (at < 0) return undefined;
          const levelOf = (row: Element | undefined) => Number(row?.getAttribute('aria-level'));
          const below = sorted.slice(at + 1);
          // What follows the next row of its own level is below that one.
          const end = below.findIndex((row) => levelOf(row) <= levelOf(sorted[at]));
          const own = below.slice(0, end < 0 ? undefined : end);
          // A call that goes on has not shown yet what it is to show.
          const isLive = (row: Element) => (row.getAttribute('aria-label') ?? '').includes('live session');
          return own.find((row) => levelOf(row) === wanted.level && !isLive(row))?.getAttribute('aria-label');
        },
        { label, level },
      );
    const end = Date.now() + STEP_TIMEOUT_MS;
    let before: string | null | undefined;
    while (Date.now() < end) {
      const spoken = await find();
      // Once the rows are all there. By its words: rows that come or go above it give its place to another.
      if (spoken && spoken === before)
        return this.sideBar.locator(`[aria-level="${level}"][aria-label=${JSON.stringify(spoken)}]`).first();
      before = spoken;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No row of level ${level} below ${label}.`);
  }

  /** The row of the newest call that has ended in a room of the sample calls, with the rows above it open. */
  async sampleCall(room: string): Promise<Locator> {
    for (const label of ['RealtimeKit · Sample calls', 'telehealth-prod', 'Rooms', room]) await this.expand(label);
    return this.firstBelow(room, 5);
  }

  /** Opens a row; one that is open stays open. */
  async expand(label: string | RegExp): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
    // Looked up anew each time: a tree that changes makes new elements for its rows.
    await this.rows()
      .and(this.page.locator('[aria-expanded="true"]'))
      .filter({ has: this.labelled(label) })
      .first()
      .waitFor();
  }

  /** Clicks a row, which selects it and runs its command; again where it moved away from under the mouse. */
  async click(label: string | RegExp): Promise<void> {
    const selected = this.rows().and(this.page.locator('.selected'));
    await eventually(async () => {
      await this.row(label).click();
      await selected
        .filter({ has: this.labelled(label) })
        .first()
        .waitFor({ timeout: 2000 });
    });
  }

  /** Runs an entry of a row's context menu. */
  async chooseFromMenu(label: string | RegExp, entry: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    const item = this.page.locator('.monaco-menu').getByRole('menuitem', { name: entry });
    await item.hover();
    // A menu takes no notice of a mouse button that goes up just after it opened: it may be the one that opened it.
    await this.page.waitForTimeout(400);
    await item.click();
  }

  /** Turns the wheel over the tree; positive is down, in CSS pixels. */
  async scrollTree(pixels: number): Promise<void> {
    await this.sideBar.locator('.monaco-list').first().hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** Runs a command by its title, e.g. `Peerscope: Open Sample Calls`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    const input = this.quickInput.locator('input[type="text"]').first();
    const entry = this.quickInput.locator('.monaco-list-row').filter({ hasText: title }).first();
    const find = async (timeout?: number): Promise<void> => {
      await this.page.keyboard.press('F1');
      await input.fill(`>${title}`, { timeout });
      await entry.waitFor({ timeout });
    };
    // The palette closes when something that was just opened takes the focus: then a person opens it again.
    await find(10_000).catch(() => find());
    await input.press('Enter');
  }

  /** The quick pick or input box at the top. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Opens the list of messages at the lower right and returns its rows, the newest first. */
  async showNotifications(): Promise<Locator> {
    const center = this.page.locator('.notifications-center.visible');
    if ((await center.count()) === 0) await this.page.locator('[id="status.notifications"]').click();
    await center.waitFor();
    return center.locator('.notification-list-item');
  }

  /** The content of the webview on screen, which sits two frames deep. */
  webviewFrame(): FrameLocator {
    return this.page.locator('iframe.webview.ready:visible').last().contentFrame().frameLocator('#active-frame');
  }

  /**
   * Keeps a picture of the window as `.artifacts/screenshots/<name>.png`.
   * @returns the file's absolute path
   */
  async screenshot(name: string): Promise<string> {
    const folder = join(ROOT, '.artifacts', 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  private rows(): Locator {
    return this.sideBar.locator('.pane-body .monaco-list-row[role="treeitem"]');
  }

  /**
   * Sets the theme as a setting of the folder, once the window is up: this host takes no notice of one that is there
   * from the start.
   */
  async #useTheme(folder: string, theme: keyof typeof THEMES, version: HostVersion): Promise<void> {
    const [name, className] = THEMES[theme];
    const id = version === OLDEST && !name.startsWith('Default ') ? `Default ${name}` : name;
    await mkdir(join(folder, '.vscode'), { recursive: true });
    const settings = JSON.stringify({ 'workbench.colorTheme': id });
    const shown = this.page.locator(`.monaco-workbench.${className}`).first();
    // A file that is written before the window watches its folder is not noticed: it is written again, a little different.
    for (let attempt = 1; attempt < 5; attempt++) {
      await writeFile(join(folder, '.vscode', 'settings.json'), settings + '\n'.repeat(attempt));
      if (
        await shown.waitFor({ timeout: 6000 }).then(
          () => true,
          () => false,
        )
      )
        return;
    }
    await shown.waitFor();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar .action-label').first().waitFor();
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
  }
}

/** Runs before the page's scripts: the workbench takes its language from here, and hands it on to the extension host. */
function speak(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
