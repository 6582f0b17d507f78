/** Opens the built comparison page in a plain browser, with the extension's own host side in Node. */
import type { Locator } from 'playwright-core';
import { shownComparison } from '../../../src/commands/compare/words';
import type { ParticipantRef } from '../../../src/core/ids';
import { CompareHost, type CompareOptions } from '../../../src/panel/compare-host';
import type { LoadedReport } from '../../../src/panel/services';
import { type Surroundings, surround, type TestPageOptions, WebviewTestPage } from '../webview-test-page';

export interface ComparePageOptions extends TestPageOptions {
  load: (ref: ParticipantRef, signal: AbortSignal) => Promise<LoadedReport>;
}

/** One page with its host. */
export class CompareTestPage extends WebviewTestPage {
  readonly host: CompareHost;

  private constructor(surroundings: Surroundings, options: ComparePageOptions) {
    super(surroundings, options);
    this.host = new CompareHost(
      {
        loadReport: options.load,
        compare: shownComparison,
        log: (level, line) => this.log.push(`${level} ${line}`),
        runCommand: async (...args) => this.commands.push(args),
      },
      {
        post: (message) => void this.post(message),
        setTitle: (title) => this.titles.push(title),
        copyText: async (text) => {
          this.clipboard.push(text);
        },
        saveImage: async () => true,
      },
    );
  }

  static async open(options: ComparePageOptions): Promise<CompareTestPage> {
    const page = new CompareTestPage(await surround('compare', options), options);
    await page.load(options.theme);
    return page;
  }

  show(refs: readonly [ParticipantRef, ParticipantRef], options?: CompareOptions): void {
    this.host.open(refs, options);
  }

  /** Hides the page and shows it again: VS Code destroys it and makes a new one. */
  async hideAndShow(): Promise<void> {
    this.host.hidden();
    await this.page.reload();
  }

  chart(metric: string): Locator {
    return this.page.locator(`[data-chart="${metric}"]`);
  }

  side(index: 0 | 1): Locator {
    return this.page.locator(`[data-side="${index}"]`);
  }

  differences(): Promise<string[]> {
    return this.page.locator('[data-field="difference"]').allInnerTexts();
  }

  /** Ticked pairs, as they are called. */
  ticked(): Promise<string[]> {
    return this.page.locator('[data-pair]:has(input:checked) .pair-head').allInnerTexts();
  }

  /** Waits until both reports are compared and charted. */
  async ready(): Promise<void> {
    await this.page.locator('[data-more]').first().waitFor();
    await this.page.locator('[data-chart]').first().waitFor();
  }
}
