/** The report of a call that goes on, from the sample service whose clock is moved by hand. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { CallError } from '../../../src/core/errors';
import { Redactor } from '../../../src/core/redact';
import type { LoadedReport } from '../../../src/panel/services';
import { readPanelState } from '../../../src/protocol/schema';
import type { CallProvider } from '../../../src/providers/contract';
import { createProvider, disposeReportReader } from '../../../src/providers/index';
import { type SampleService, startSampleService } from '../../../src/sample';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { end } from '../../end';
import { DIST } from '../../paths';
import { madeReport } from './calls';
import { ReportPage } from './harness';

const MINUTE = 60_000;

describe('the report of a call that goes on', () => {
  const clock = { now: Date.now() };
  const signal = new AbortController().signal;
  let requests = 0;
  let service: SampleService;
  let provider: CallProvider;
  let page: ReportPage | undefined;

  before(async () => {
    service = await startSampleService({ now: () => clock.now, onRequest: () => requests++ });
    const connection = SAMPLE_CONNECTIONS.find((one) => one.provider === 'realtimekit');
    assert.ok(connection);
    provider = createProvider('realtimekit', service.valuesFor(connection.id), {
      connectionId: connection.id,
      log: () => undefined,
      redactor: new Redactor(),
      timeoutMs: () => 30_000,
      reportWorkerPath: join(DIST, 'report-worker.js'),
    });
  });
  after(async () => {
    await page?.close();
    await disposeReportReader();
    await end(service);
  });

  /** The support desk's agent, who stays from beginning to end, ten minutes into the call. */
  async function findAgent() {
    const { items: apps = [] } = (await provider.listApps?.({}, signal)) ?? {};
    for (const { id: appId } of apps) {
      const { items } = await provider.listSessions({ appId, live: true, pageSize: 50 }, signal);
      const session = items.find(({ roomName }) => roomName?.startsWith('Live support desk'));
      if (session?.startedAt === undefined) continue;
      clock.now = session.startedAt + 10 * MINUTE;
      const place = { connectionId: 'c1', appId, sessionId: session.id };
      const people = await provider.listParticipants({ ...place, pageSize: 50 }, signal);
      const [first] = people.items.toSorted((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0));
      assert.ok(first);
      return { ...place, participantId: first.id };
    }
    throw new Error('The sample service has no live support desk.');
  }

  it('shows who joins and what is measured without a click, and keeps zoom, choice, scroll and focus', async () => {
    const ref = await findAgent();
    const load = async (): Promise<LoadedReport> => {
      const [result, session, people] = await Promise.all([
        provider.getReport(ref, signal),
        provider.getSession(ref, signal),
        provider.listParticipants({ ...ref, pageSize: 50 }, signal),
      ]);
      const participantNames = Object.fromEntries(people.items.map(({ id, name }) => [id, name ?? id]));
      return { result, session, participantNames, connectionLabel: 'Sample calls', providerName: 'RealtimeKit' };
    };
    const report = await ReportPage.open({ load, liveRefreshSeconds: 0.3, viewport: { width: 1280, height: 800 } });
    page = report;
    report.show(ref);
    await report.ready();
    await report.page.locator('[data-field=asOf]').filter({ hasText: 'read again every' }).waitFor();

    const boxes = report.page.locator('.stream-list input[type=checkbox], [data-section=streams] input[type=checkbox]');
    await boxes.first().uncheck();
    const slider = report.page.getByRole('slider', { name: 'Time cursor of all charts' });
    await slider.focus();
    await slider.press('Home');
    await slider.press('+');
    await slider.press('+');
    await report.drawn();
    const labels = await report.page.locator('.time-axis .tick').allTextContents();
    const at = await report.page.locator('[data-field=readAt]').textContent();
    const before = await boxes.count();
    await report.page.evaluate('window.scrollTo(0, 180)');
    // What is looked at stays where it is on the screen, whatever grows above it.
    const place =
      '[...document.querySelectorAll("[data-chart]")].find((chart) => chart.getBoundingClientRect().top > 0)';
    await report.page.evaluate(`window.lookedAt = ${place}`);
    const top = () => report.page.evaluate<number>('Math.round(window.lookedAt.getBoundingClientRect().top)');
    const scrolled = await top();

    // Minutes pass until a further caller is there.
    const end = Date.now() + 60_000;
    while ((await boxes.count()) <= before) {
      assert.ok(Date.now() < end, 'nobody joined');
      clock.now += 3 * MINUTE;
      const asked = requests;
      while (requests < asked + 3) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await report.drawn();
    assert.deepEqual(await report.page.locator('.time-axis .tick').allTextContents(), labels);
    assert.equal(await report.page.locator('[data-field=readAt]').textContent(), at);
    assert.equal(await boxes.first().isChecked(), false);
    assert.equal(await top(), scrolled);
    assert.equal(await report.page.evaluate('document.activeElement.getAttribute("role")'), 'slider');
    await report.screenshot('report-live', false);
  });

  it('asks nothing while it is hidden, and stops when the call has ended', async () => {
    const report = page;
    assert.ok(report);
    report.host.setVisible(false);
    // What was on its way is given up.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const asked = requests;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(requests, asked);
    clock.now += 300 * MINUTE;
    report.host.setVisible(true);
    await report.page.reload();
    await report.ready();
    await report.page.locator('[data-field=live]').waitFor({ state: 'detached' });
    const last = requests;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(requests, last);
    assert.deepEqual(report.complaints, []);
  });
});

describe('a report that is not there yet', () => {
  it('appears by itself while the call goes on, and can be waited for without its page', async () => {
    const world = { loaded: undefined as LoadedReport | undefined };
    const report = await ReportPage.open({
      load: async () => {
        if (world.loaded) return world.loaded;
        throw new CallError('NotYetAvailable', 'There is no report yet. Try again when the call is over.');
      },
      known: () => ({ title: 'Agent', session: { id: 's1', status: 'live' } }),
      liveRefreshSeconds: 0.2,
    });
    try {
      report.show();
      await report.page.locator('[data-field=followed]').waitFor();
      const button = report.page.getByRole('button', { name: 'Tell Me When It Is Ready' });
      await button.focus();
      await report.page.keyboard.press('Enter');
      while (!report.commands.some(([id]) => id === 'peerscope.tellWhenReady')) await report.until('true');
      report.waiting = true;
      report.host.tellStatus();
      const stop = report.page.getByRole('button', { name: 'Waiting… Stop' });
      await stop.waitFor();
      assert.equal(await report.page.evaluate('document.activeElement.dataset.action'), 'tellWhenReady');
      await report.screenshot('report-not-yet', false);
      await stop.press('Enter');
      while (!report.commands.some(([id]) => id === 'peerscope.stopWaiting')) await report.until('true');
      world.loaded = madeReport(1, 60, 2);
      await report.ready();
      assert.deepEqual(report.complaints, []);
    } finally {
      await report.close();
    }
  });
});

describe('cursor and zoom', () => {
  it('are where they were after a reload of the window, and go where a log says', async () => {
    const loaded = madeReport(1, 600, 2);
    const open = (state?: unknown) => ReportPage.open({ load: async () => loaded, state });
    const readAt = (report: ReportPage) => report.page.locator('[data-field=readAt]').textContent();
    const first = await open();
    let state: unknown;
    let at: string | null;
    try {
      first.show();
      await first.ready();
      await first.page.getByRole('slider', { name: 'Time cursor of all charts' }).focus();
      for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', '+', '+'])
        await first.page.keyboard.press(key);
      const kept = () => readPanelState(first.state)?.view;
      // A view that moves is kept, and told of, once it rests.
      const rests = () => kept()?.range !== undefined && kept()?.cursor !== undefined;
      while (!rests() || first.host.cursor !== kept()?.cursor) await first.until('true');
      at = await readAt(first);
      state = first.state;
    } finally {
      await first.close();
    }
    const second = await open(state);
    try {
      second.show();
      await second.ready();
      const shown = `document.querySelector('[data-field=readAt]').textContent`;
      await second.until(`${shown} === ${JSON.stringify(at)}`);
      assert.equal(await second.page.getByRole('button', { name: 'Reset zoom' }).isEnabled(), true);
      // A restored cursor is known to the extension as well: the logs are searched around it.
      while (second.host.cursor === undefined) await second.until('true');
      await second.page.getByRole('slider', { name: 'Time cursor of all charts' }).press('l');
      while (!second.commands.some(([id]) => id === 'peerscope.findTimeInLogs')) await second.until('true');
      assert.deepEqual(second.commands.at(-1)?.[1], { peerscopeAt: second.host.cursor });
      const [times] = loaded.result.report.streams.map((stream) => stream.times);
      const last = times?.at(-1) ?? 0;
      second.host.showTime(last);
      const spoken = second.page.locator('.sr-only[role=status]').filter({ hasText: /^Cursor at / });
      await spoken.waitFor({ state: 'attached' });
      while (second.host.cursor !== last) await second.until('true');
      await second.until(`${shown} !== ${JSON.stringify(at)}`);
      assert.deepEqual(second.complaints, []);
    } finally {
      await second.close();
    }
  });
});
