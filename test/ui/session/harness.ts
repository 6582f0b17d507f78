/** Opens the built session page in a plain browser, with the extension's own host side in Node, on any provider. */
import type { Locator } from 'playwright-core';
import type { SessionRef } from '../../../src/core/ids';
import { diagnoseSession } from '../../../src/diagnosis';
import { SessionHost } from '../../../src/panel/session-host';
import type { KnownSession, SessionProvider } from '../../../src/panel/session-services';
import { shownVerdict } from '../report/calls';
import { type Surroundings, surround, type TestPageOptions, WebviewTestPage } from '../webview-test-page';

export interface SessionPageOptions extends TestPageOptions {
  provider: SessionProvider;
  known?: KnownSession;
  dashboardUrl?: string;
  liveRefreshSeconds?: number;
}

/** One page with its host. */
export class SessionTestPage extends WebviewTestPage {
  readonly opened: string[] = [];
  readonly host: SessionHost;

  private constructor(surroundings: Surroundings, options: SessionPageOptions) {
    super(surroundings, options);
    this.host = new SessionHost(
      {
        provider: async () => options.provider,
        known: () => options.known ?? {},
        dashboardUrl: () => options.dashboardUrl,
        liveRefreshSeconds: () => options.liveRefreshSeconds ?? 0,
        diagnose: async (session, reports, participants) => {
          const { findings, notEvaluated } = diagnoseSession(session, reports, { participants });
          return { verdict: shownVerdict(findings), thin: false, findings, notEvaluated };
        },
        log: (level, line) => this.log.push(`${level} ${line}`),
        runCommand: async (...args) => this.commands.push(args),
      },
      {
        post: (message) => void this.post(message),
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
    const session = new SessionTestPage(await surround('session', options), options);
    await session.load(options.theme);
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
}
