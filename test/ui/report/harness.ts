/** Opens the built report page in a plain browser, with the extension's own host side in Node. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ParticipantRef } from '../../../src/core/ids';
import { ReportHost } from '../../../src/panel/report-host';
import type { KnownParticipant, LoadedReport } from '../../../src/panel/services';
import { type Surroundings, surround, type TestPageOptions, WebviewTestPage } from '../webview-test-page';

export type { ThemeName } from '../webview-frame';

export interface ReportPageOptions extends TestPageOptions {
  load: (ref: ParticipantRef, signal: AbortSignal) => Promise<LoadedReport>;
  known?: (ref: ParticipantRef) => KnownParticipant | undefined;
  liveRefreshSeconds?: number;
}

export const REF: ParticipantRef = { connectionId: 'c1', appId: 'app', sessionId: 's1', participantId: 'p1' };

/** One page with its host. */
export class ReportPage extends WebviewTestPage {
  readonly images: { name: string; png: Uint8Array }[] = [];
  readonly host: ReportHost;
  pinned = false;
  /** Its report is waited for. */
  waiting = false;

  private constructor(surroundings: Surroundings, options: ReportPageOptions) {
    super(surroundings, options);
    this.host = new ReportHost(
      {
        loadReport: options.load,
        known: options.known,
        waiting: () => this.waiting,
        liveRefreshSeconds: () => options.liveRefreshSeconds ?? 0,
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
        saveImage: async (name, png) => {
          this.images.push({ name, png });
          return true;
        },
      },
    );
  }

  static async open(options: ReportPageOptions): Promise<ReportPage> {
    const report = new ReportPage(await surround('participant', options), options);
    await report.load(options.theme);
    return report;
  }

  /** Opens a participant as the extension does. */
  show(ref: ParticipantRef = REF, title?: string): void {
    this.host.open(ref, title);
  }

  /** Hides the page and shows it again: VS Code destroys it and makes a new one. */
  async hideAndShow(): Promise<void> {
    this.host.setVisible(false);
    this.host.setVisible(true);
    await this.page.reload();
  }

  chart(metric: string): Locator {
    return this.page.locator(`[data-chart="${metric}"]`);
  }

  /** Waits until charts and sections are there, and has all of them laid out: text far from the screen reads as empty else. */
  async ready(): Promise<void> {
    await this.section('notes').waitFor();
    await this.page.evaluate(`for (const one of document.querySelectorAll('.sections > .section')) {
      one.style.contentVisibility = 'visible';
    }`);
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

  /** Waits until what the last action changed is drawn: effects run after a frame, and charts draw in turns after it. */
  async drawn(): Promise<void> {
    await this.page.evaluate(`new Promise((done) => {
      const after = (frames) => frames === 0 ? done() : requestAnimationFrame(() => setTimeout(after, 0, frames - 1));
      after(12);
    })`);
  }

  /** How many pixels of a chart belong to a line. */
  async drawnPixels(metric: string): Promise<number> {
    await this.drawn();
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
}

/**
 * A number in fixed digits as a reader rounds what is written: 1.005 is 1.01. `toFixed` rounds the binary value below it,
 * and would differ from the page at every such half.
 */
export function rounded(value: number, decimals: number): string {
  return Number(`${Math.round(Number(`${value}e${decimals}`))}e-${decimals}`).toFixed(decimals);
}

/** Opens a report, works with it, and fails on any error or policy violation. */
export async function withReport(
  loaded: LoadedReport,
  work: (page: ReportPage) => Promise<void>,
  options: TestPageOptions = {},
): Promise<void> {
  const report = await ReportPage.open({ ...options, load: async () => loaded });
  try {
    report.show();
    await report.ready();
    await work(report);
    assert.deepEqual(report.complaints, [], 'no policy violation, no error');
  } finally {
    await report.close();
  }
}
