import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end } from '../end';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** Counts in every frame what only a mouse, a pen or a finger can do. */
const COUNT_POINTERS = `(() => {
  globalThis.pointersUsed = 0;
  for (const type of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart']) {
    addEventListener(type, (event) => { if (event.isTrusted) globalThis.pointersUsed++; }, { capture: true, passive: true });
  }
})()`;

/** From a window without a connection to a report in a file, and back from the file, with the keyboard alone. */
describe('with the keyboard alone', () => {
  let workbench: Workbench;
  let folder: string;

  stepsOfOneJourney();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-keyboard-'));
    workbench = await Workbench.open({ folder });
    const { page } = workbench;
    const refuse = () => {
      throw new Error('The mouse was used.');
    };
    Object.assign(page.mouse, {
      move: refuse,
      down: refuse,
      up: refuse,
      click: refuse,
      dblclick: refuse,
      wheel: refuse,
    });
    await page.addInitScript(COUNT_POINTERS);
    await page.evaluate(COUNT_POINTERS);
  });
  after(async () => {
    await end(workbench);
    await rm(folder, { recursive: true, force: true });
  });

  const press = (key: string) => workbench.page.keyboard.press(key);
  const type = (text: string) => workbench.page.keyboard.type(text);

  /** Waits until a check of the page holds, pressing a key between looks when one is given. */
  async function until(what: string, test: () => Promise<boolean>, key?: string): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await test())) {
      if (Date.now() > end) {
        await workbench.screenshot('keyboard-stuck');
        assert.fail(`Not in time: ${what}`);
      }
      if (key) await press(key);
      await workbench.page.waitForTimeout(key ? 40 : 100);
    }
  }

  /** The row of the tree that has the focus. */
  const row = () =>
    workbench.page.evaluate(() => {
      const focused = document.querySelector('.part.sidebar .monaco-list:focus-within .monaco-list-row.focused');
      return {
        label: focused?.querySelector('.label-name')?.textContent ?? '',
        level: Number(focused?.getAttribute('aria-level')),
        expanded: focused?.getAttribute('aria-expanded'),
        spoken: focused?.getAttribute('aria-label') ?? '',
      };
    });
  const goTo = (label: string) => until(`the row ${label}`, async () => (await row()).label === label, 'ArrowDown');
  /** Opens the row that has the focus and goes to its first child. */
  async function enter(): Promise<void> {
    const { label, level } = await row();
    await press('ArrowRight');
    await until(`${label} open`, async () => (await row()).expanded === 'true');
    const isChild = async () => {
      const now = await row();
      // Rows that say that they load are no children to go on from.
      return now.level === level + 1 && !now.label.startsWith('Loading');
    };
    await until(`a child of ${label}`, isChild, 'ArrowRight');
  }

  const inputValue = () =>
    workbench.page.evaluate(() => {
      const field = document.activeElement;
      return field instanceof HTMLInputElement && field.closest('.quick-input-widget') ? field.value : '';
    });

  async function runCommand(title: string): Promise<void> {
    const entry = workbench.quickInput.locator('.monaco-list-row.focused').filter({ hasText: title });
    await until(
      `the command ${title}`,
      async () => {
        await press('F1');
        await until('the palette', async () => (await inputValue()).startsWith('>'));
        await press('ControlOrMeta+A');
        await type(`>${title}`);
        // A window that is still coming up may have closed it, or not know the command yet.
        return entry.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      },
      'Escape',
    );
    await press('Enter');
  }

  /** Types a path into VS Code's own question for a file, once what it suggests stands there. */
  async function answerPath(suggested: RegExp, path: string): Promise<void> {
    await until('the question for a file', async () => suggested.test(await inputValue()));
    // While it looks into the folder it may put back what it suggests.
    for (let tries = 0; tries < 5 && (await inputValue()) !== path; tries++) {
      await press('ControlOrMeta+A');
      await type(path);
    }
    await until('the path', async () => (await inputValue()) === path);
    await press('Enter');
  }

  it('opens the sample calls from the empty view', async () => {
    await workbench.page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Peerscope/ })
      .waitFor();
    await runCommand('Peerscope: Focus on Calls View');
    await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).waitFor();
    await until(
      'the button',
      () => workbench.page.evaluate(() => document.activeElement?.textContent.trim() === 'Open Sample Calls'),
      'Tab',
    );
    await workbench.screenshot('keyboard-empty');
    await press('Enter');
    await workbench.row('RealtimeKit · Sample calls').waitFor();
  });

  it('goes down to a participant and opens the report', async () => {
    await runCommand('Peerscope: Focus on Calls View');
    await until('the focus in the tree', async () => (await row()).label !== '', 'ArrowDown');
    await goTo('RealtimeKit · Sample calls');
    await enter();
    await goTo('telehealth-prod');
    await enter();
    await goTo('Rooms');
    await enter();
    await goTo('Lossy uplink');
    await enter();
    const { level } = await row();
    await until(
      'a call that has ended',
      async () => (await row()).level === level && !(await row()).spoken.includes('live session'),
      'ArrowDown',
    );
    await enter();
    await goTo('Caller A');
    await press('Enter');
    const frame = workbench.webviewFrame();
    await frame.locator('[data-field="name"]').filter({ hasText: 'Caller A' }).first().waitFor();
    await frame.locator('[data-section="charts"]').waitFor();
  });

  it('reaches the charts, moves the cursor and zooms', async () => {
    const frame = workbench.webviewFrame();
    const slider = frame.locator('[role="slider"]:focus');
    await until('the time axis', async () => (await slider.count()) === 1, 'Tab');
    await press('Home');
    await press('Shift+ArrowRight');
    await frame.locator('[data-field="readAt"]').filter({ hasText: /\d/ }).first().waitFor();
    await press('+');
    await frame.getByRole('button', { name: 'Reset zoom' }).and(frame.locator(':enabled')).waitFor();
    await workbench.screenshot('keyboard-charts');
  });

  it('writes the report to a file', async () => {
    await runCommand('Peerscope: Export Report…');
    await workbench.quickInput.getByText('personal data masked').first().waitFor();
    await type('JSON');
    await workbench.quickInput.locator('.monaco-list-row.focused').filter({ hasText: 'JSON' }).waitFor();
    await press('Enter');
    const path = join(folder, 'call.json');
    await answerPath(/\/report-/, path);
    await workbench.page.locator('.notification-toast').filter({ hasText: 'was exported to' }).first().waitFor();
    const { format, findings } = JSON.parse(await readFile(path, 'utf8'));
    assert.equal(format, 'peerscope.report');
    assert.ok(findings.length > 0);
  });

  it('opens the file again, as a saved report', async () => {
    await runCommand('Peerscope: Open Call Capture…');
    await answerPath(/\/$/, join(folder, 'call.json'));
    const frame = workbench.webviewFrame();
    await frame.locator('[data-field="saved"]').filter({ hasText: 'Personal data were masked' }).waitFor();
    await frame.locator('[data-section="charts"]').waitFor();
    await workbench.screenshot('saved-report');
  });

  it('has not used a mouse in any frame', async () => {
    const counts = await Promise.all(
      workbench.page.frames().map(async (frame) => {
        const used = await frame.evaluate('globalThis.pointersUsed').catch(() => 0);
        return Number(used ?? 0);
      }),
    );
    assert.ok(counts.length > 2, 'the page of the report is looked at as well');
    assert.deepEqual(
      counts.filter((count) => count > 0),
      [],
    );
  });
});
