import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';
import type { CallReport, Stream } from '../../../src/core/model';
import type { LoadedReport } from '../../../src/panel/services';
import { readComparePanelState } from '../../../src/protocol/compare-schema';
import { eventually } from '../eventually';
import { CompareTestPage } from './harness';

/** 6 May 2024, 10:00 UTC: 12:00 in Berlin. */
const START = Date.UTC(2024, 4, 6, 10);
const COUNT = 60;
const A: ParticipantRef = { connectionId: 'c1', sessionId: 's1', participantId: 'a' };
const B: ParticipantRef = { ...A, participantId: 'b' };

function camera(direction: Stream['direction'], loss: number, from: number, more: Partial<Stream> = {}): Stream {
  const fill = (value: number) => new Float64Array(COUNT).fill(value);
  return {
    id: `${direction}-camera`,
    direction,
    kind: 'video',
    source: 'camera-mic',
    times: Float64Array.from({ length: COUNT }, (_, index) => from + index * 1000),
    series: { packetLoss: fill(loss), fps: fill(30) },
    ...more,
  };
}

/** Ann sends her camera with 1 % loss; Ben receives it with 9 %. `late`: how much later Ben's call was, ms. */
function loaded({ participantId }: ParticipantRef, late = 0): LoadedReport {
  const isAnn = participantId === 'a';
  const from = START + (isAnn ? 0 : 10_000 + late);
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: participantId, name: isAnn ? 'Ann' : 'Ben', joinedAt: from, leftAt: from + COUNT * 1000 },
    startedAt: from,
    endedAt: from + COUNT * 1000,
    streams: isAnn
      ? [camera('send', 1, from)]
      : [camera('receive', 9, from, { remoteParticipantId: 'a' }), camera('send', 2, from)],
    browser: { name: isAnn ? 'Chrome' : 'Firefox', version: '140.0' },
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [{ at: from + 5000, name: 'audio_off', lane: 'media' }],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
  return { result: { report, raw: new Uint8Array() }, connectionLabel: 'Acme', diagnosis: undefined };
}

describe('a comparison in use', () => {
  let page: CompareTestPage | undefined;
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  async function open(load: (ref: ParticipantRef) => Promise<LoadedReport>, state?: unknown): Promise<CompareTestPage> {
    page = await CompareTestPage.open({ load, state });
    return page;
  }
  const read = async (ref: ParticipantRef) => loaded(ref);

  it('says what differs, and lays what one sent over what the other got of it', async () => {
    const it = await open(read);
    it.show([A, B]);
    await it.ready();
    await it.page.locator('[data-field="difference"]').first().waitFor();
    const differences = await it.differences();
    // The loss is 1 % at one end and 9 % at the other, in every sample.
    assert.ok(
      differences.some((text) =>
        text.includes('against what Ben received of it: Packet loss was higher for Ben: median 9 %'),
      ),
      differences.join('\n'),
    );
    assert.ok(differences.includes('Browser: Chrome 140.0 for Ann, Firefox 140.0 for Ben.'));
    assert.deepEqual(await it.ticked(), ['Camera']);
    const summary = it.chart('packetLoss').locator('[role="img"]');
    await summary.and(it.page.locator('[aria-label*="Ben"]')).waitFor();
    assert.match(
      (await summary.getAttribute('aria-label')) ?? '',
      /Ann: Camera: median 1\.00, .*; Ben: .*camera.*: median 9\.00/i,
    );
    assert.equal(it.titles.at(-1), 'Ann ↔ Ben');
    assert.deepEqual(it.complaints, []);
  });

  it('reads by the clock, or each from joining, and remembers it with the ticks over hide and show', async () => {
    const it = await open(read);
    it.show([A, B]);
    await it.ready();
    await it.page.getByRole('checkbox', { name: 'Camera sent', exact: true }).click();
    await it.page.getByRole('button', { name: 'Time into call' }).click();
    await it.page.locator('[data-field="timeZone"]').filter({ hasText: 'from joining' }).waitFor();
    // Moved to one origin, the moments are no clock times, and the copy says none.
    await it.chart('fps').getByRole('button', { name: 'Frame rate: actions' }).click();
    await it.page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
    await it.chart('fps').getByText('Copied as CSV').waitFor();
    assert.match(it.clipboard[0] ?? '', /^into call \(s\),Ann: Camera/);
    assert.match(it.clipboard[0] ?? '', /\r\n0\.000,30,30/);
    const ticked = await it.ticked();
    await it.hideAndShow();
    await it.ready();
    await eventually(async () => assert.deepEqual(await it.ticked(), ticked));
    await it.page.locator('[data-field="timeZone"]').filter({ hasText: 'from joining' }).waitFor();
    assert.equal((it.state as { version: number }).version, 1);
  });

  it('is zoomed as it was after a reload of the window, and after the two were swapped', async () => {
    const first = await open(read);
    first.show([A, B]);
    await first.ready();
    const slider = () => page?.page.getByRole('slider', { name: 'Time cursor of all charts' });
    await slider()?.focus();
    for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', '+', '+']) await first.page.keyboard.press(key);
    const kept = () => readComparePanelState(first.state)?.view;
    // It is kept once it rests.
    await eventually(() => assert.ok(kept()?.range && kept()?.cursor !== undefined));
    const axis = (of: CompareTestPage) => of.page.locator('.time-axis .tick').allTextContents();
    await eventually(async () => assert.equal((await axis(first)).length > 1, true));
    const labels = await axis(first);
    const at = await slider()?.getAttribute('aria-valuetext');
    assert.ok(at);
    const { state } = first;
    await first.close();

    const second = await open(read, state);
    second.show([A, B]);
    await second.ready();
    await eventually(async () => assert.deepEqual(await axis(second), labels));
    await eventually(async () => assert.equal(await slider()?.getAttribute('aria-valuetext'), at));
    assert.equal(await second.page.getByRole('button', { name: 'Reset zoom' }).isEnabled(), true);
    // By the clock a moment stays where it is; into the call it is the same moment of the other one.
    await second.page.getByRole('button', { name: 'Swap' }).click();
    await second.page.locator('h1').filter({ hasText: 'Ben ↔ Ann' }).waitFor();
    await eventually(async () => assert.deepEqual(await axis(second), labels));
    await second.page.getByRole('button', { name: 'Time into call' }).click();
    await second.page.locator('[data-field="timeZone"]').filter({ hasText: 'from joining' }).waitFor();
    const into = await axis(second);
    await second.page.getByRole('button', { name: 'Swap' }).click();
    await second.page.locator('h1').filter({ hasText: 'Ann ↔ Ben' }).waitFor();
    await second.ready();
    await eventually(async () => assert.deepEqual(await axis(second), into));
    await second.page.getByRole('button', { name: 'Reset zoom' }).click();
    await eventually(() => assert.equal(readComparePanelState(second.state)?.view.range, undefined));
    assert.deepEqual(second.complaints, []);
  });

  it('lays calls of different days over each other, and says so', async () => {
    const day = 86_400_000;
    const it = await open(async (ref) => loaded(ref, day));
    it.show([A, B]);
    await it.ready();
    await it.page.locator('[data-field="caution"]').filter({ hasText: 'do not overlap' }).waitFor();
    assert.equal(await it.page.locator('[data-field="timeZone"]').innerText(), 'from joining');
  });

  it('keeps one side when the other fails, says why, and tries again', async () => {
    let fails = true;
    const it = await open(async (ref) => {
      if (ref.participantId === 'b' && fails) throw new CallError('NotYetAvailable', 'No report of Ben yet.');
      return loaded(ref);
    });
    it.show([A, B]);
    await it.side(1).locator('[data-state="NotYetAvailable"]').getByText('No report of Ben yet.').waitFor();
    await it.chart('packetLoss').waitFor();
    await it.page.getByText('With one report there is nothing to compare').waitFor();
    fails = false;
    await it.side(1).getByRole('button', { name: 'Check Again' }).click();
    await it.ready();
    assert.deepEqual(it.complaints, []);
  });

  it('shows that it reads, and can be stopped', async () => {
    const it = await open(() => new Promise(() => undefined));
    it.show([A, B]);
    await it.side(0).locator('[data-state="loading"]').waitFor();
    await it.page.getByText('The differences follow').waitFor();
    await it.page.getByRole('button', { name: 'Reading… Cancel' }).waitFor();
  });

  it('says that there is nothing to chart, and why a page cannot come back', async () => {
    const it = await open(async (ref) => {
      const report = loaded(ref);
      report.result.report.streams = [];
      return report;
    });
    it.show([A, B]);
    await it.page.getByText('Neither report holds samples').waitFor();
    it.host.showError(new CallError('BadInput', 'It is not known any more.'));
    await it.page.getByText('It is not known any more.').waitFor();
    await it.page.getByRole('button', { name: 'Show Calls' }).click();
    await eventually(() => assert.deepEqual(it.commands.at(-1), ['peerscope.calls.focus']));
  });

  it('swaps the two and opens a report, by keyboard', async () => {
    const it = await open(read);
    it.show([A, B]);
    await it.ready();
    await it.page.getByRole('button', { name: 'Swap' }).focus();
    await it.page.keyboard.press('Enter');
    await it.page.locator('h1').filter({ hasText: 'Ben ↔ Ann' }).waitFor();
    await it.ready();
    await it.side(0).getByRole('button', { name: 'Open report' }).focus();
    await it.page.keyboard.press('Enter');
    await eventually(() => assert.deepEqual(it.commands.at(-1), ['peerscope.openParticipant', B]));
    await it.page.getByRole('slider', { name: 'Time cursor of all charts' }).focus();
    await it.page.keyboard.press('Home');
    await it.page.keyboard.press('ArrowRight');
    await it.page
      .locator('[role="status"]')
      .filter({ hasText: /Ben: .*Packet loss/ })
      .first()
      .waitFor({ state: 'attached' });
  });
});
