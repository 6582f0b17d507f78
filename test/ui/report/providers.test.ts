/** What the report page says of 100ms, Whereby and MediaMelon: each with all that its API can tell, and no more. */
import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import type { LoadedReport } from '../../../src/panel/services';
import { ReportPage, rounded } from './harness';
import { providerReport } from './samples';

async function withReport(loaded: LoadedReport, work: (page: ReportPage) => Promise<void>): Promise<void> {
  const page = await ReportPage.open({ load: async () => loaded });
  try {
    page.show();
    await page.ready();
    await work(page);
    assert.deepEqual(page.complaints, [], 'no policy violation, no error');
  } finally {
    await page.close();
  }
}

const bodyOf = (page: ReportPage, section: string) => page.section(section).locator('.section-body');
const textOf = async (page: ReportPage, section: string): Promise<string> =>
  (await bodyOf(page, section).innerText()).trim();

/** Sections of a call whose sentence stands alone, by what the provider cannot tell. */
const SECTIONS = {
  connection: 'connection',
  network: 'network',
  device: 'client',
  deviceChanges: 'devices',
  events: 'events',
  aggregates: 'aggregates',
} as const;

/** Each part that cannot be told says so in one sentence; where nothing came, in nothing but that sentence. */
async function checkUntold(page: ReportPage, { result, cannotTell = {} }: LoadedReport): Promise<string[]> {
  const { report } = result;
  const empty: Record<keyof typeof SECTIONS, boolean> = {
    connection: report.transports.length + report.connectivity.length === 0,
    network: report.network === undefined,
    device: report.device === undefined && report.browser === undefined && report.sdk === undefined,
    deviceChanges: report.deviceChanges.length === 0,
    events: report.events.length === 0,
    aggregates: report.aggregates.length === 0,
  };
  const alone: string[] = [];
  for (const [part, section] of Object.entries(SECTIONS) as [keyof typeof SECTIONS, string][]) {
    const sentence = cannotTell[part];
    const text = await textOf(page, section);
    if (sentence === undefined) continue;
    assert.equal(text.split(sentence).length, 2, `${section} says it once`);
    if (!empty[part]) continue;
    // What happened over time, by the events, stands below it.
    assert.equal(text.split(/\s*(?:Network|The page) over time/)[0], sentence, section);
    alone.push(section);
  }
  return alone;
}

describe('a playback of MediaMelon on the report page', () => {
  let loaded: LoadedReport;
  let report: CallReport;
  before(async () => {
    loaded = await providerReport(
      'mediamelon',
      'night match',
      ({ streams, figures = [] }) => streams.length === 1 && figures.length > 5,
    );
    report = loaded.result.report;
  });

  it('says that it is a playback by one viewer, and draws nothing of a call', async () => {
    await withReport(loaded, async (page) => {
      const header = await page.section('header').innerText();
      assert.match(header, /playback/i);
      assert.match(header, /viewer/i);
      assert.match(await page.page.locator('[data-field=playback]').innerText(), /not a call/);
      for (const section of ['streams', 'charts', 'summary', 'aggregates', 'connection', 'devices', 'events']) {
        assert.equal(await page.section(section).count(), 0, section);
      }
      const text: string = await page.page.evaluate('document.body.innerText');
      assert.doesNotMatch(text, /\bICE\b|Packet loss|Jitter|participant/i);
      for (const sentence of Object.values(loaded.cannotTell ?? {})) {
        assert.equal(text.split(sentence).length, 2, `once: ${sentence}`);
      }
    });
  });

  it('shows each figure with its unit and meaning, and the doubtful ones as such without relying on colour', async () => {
    const figures = report.figures?.map((figure, index) =>
      index === 1 ? { ...figure, value: -1, flagged: 'It cannot be below 0.' } : figure,
    );
    await withReport({ ...loaded, result: { ...loaded.result, report: { ...report, figures } } }, async (page) => {
      assert.ok(figures && figures.length > 5);
      for (const { name, label, value, unit, meaning, flagged, decimals = 0 } of figures) {
        const row = page.section('figures').locator(`tr[data-figure="${name}"]`);
        assert.equal(await row.locator('th').innerText(), label);
        const cell = row.locator('[data-field=value]');
        assert.equal(await cell.getAttribute('data-value'), String(value));
        assert.ok((await cell.innerText()).includes(rounded(value as number, decimals)), name);
        assert.equal((await row.locator('.unit').textContent()) ?? '', unit);
        assert.ok((await row.innerText()).includes(meaning ?? ''), name);
        assert.ok((await row.getAttribute('title'))?.includes(meaning ?? ''), 'on hover');
        assert.equal((await cell.innerText()).includes('⚠'), flagged !== undefined, name);
        assert.equal(await row.locator('[data-field=flagged]').count(), flagged ? 1 : 0);
      }
      const doubtful = page.section('figures').locator('[data-field=flagged]');
      assert.equal(await doubtful.innerText(), 'Doubtful: It cannot be below 0.');
    });
  });

  it('draws the asset’s trend apart, on its own longer time axis, with the playback marked on it', async () => {
    await withReport(loaded, async (page) => {
      const [trend] = report.streams;
      assert.ok(trend);
      const hours = (trend.times.at(-1) ?? 0) - (trend.times[0] ?? 0);
      assert.ok(hours > (report.endedAt ?? 0) - (report.startedAt ?? 0));
      const charts = await page.page
        .locator('[data-chart]')
        .evaluateAll((all) => all.map((each) => [each.getAttribute('data-chart'), each.closest('[data-section]')?.id]));
      assert.ok(charts.length >= 3);
      assert.equal(await page.section('trend').locator('[data-chart]').count(), charts.length);
      for (const [metric] of charts) assert.ok((await page.drawnPixels(metric ?? '')) > 200, `${metric} has a line`);
      assert.match(await textOf(page, 'trend'), /All sessions of Night Match Replay/);
      const lane = page.section('trend').locator('[data-lane=playback]');
      const bar = await lane.locator('.bar').boundingBox();
      const plot = await lane.locator('.lane-plot').boundingBox();
      assert.ok(bar && plot);
      const share = ((report.endedAt ?? 0) - (report.startedAt ?? 0)) / hours;
      assert.ok(Math.abs(bar.width / plot.width - share) < 0.02, `${bar.width} of ${plot.width}`);
    });
  });

  it('stands without a trend too', async () => {
    const bare = { ...report, streams: [], figures: [] };
    await withReport({ ...loaded, result: { ...loaded.result, report: bare } }, async (page) => {
      assert.equal(await page.page.locator('[data-chart], canvas').count(), 0);
      assert.equal(await textOf(page, 'figures'), 'The provider gave no figures.');
    });
  });
});

describe('a playback that cannot be read', () => {
  it('is called one from the start, and in what is said of it', async () => {
    let fail: (error: CallError) => void = () => undefined;
    const page = await ReportPage.open({
      load: () => new Promise((_resolve, reject) => (fail = reject)),
      known: () => ({ title: 'Viewer', media: 'playback' }),
    });
    try {
      page.show();
      await page.page.locator('[data-state=loading]').waitFor();
      assert.match(await page.section('header').innerText(), /Video playback by one viewer/);
      fail(new CallError('NotFound', 'There is no such row.'));
      await page.page.getByRole('heading', { name: 'Playback session not found' }).waitFor();
    } finally {
      await page.close();
    }
  });
});

describe('a participant of Whereby on the report page', () => {
  let loaded: LoadedReport;
  before(async () => {
    loaded = await providerReport('whereby', 'reconnects', ({ events }) => events.length > 3);
  });

  it('has one line for all that was sent and one for all that was received', async () => {
    await withReport(loaded, async (page) => {
      assert.deepEqual(await page.section('streams').locator('.stream-name').allInnerTexts(), ['Sent', 'Received']);
      for (const metric of ['packetLoss', 'bitrate']) assert.ok((await page.drawnPixels(metric)) > 200, metric);
      assert.equal(await page.page.locator('[data-chart]').count(), 2, 'no empty chart');
      const charts = await page.section('charts').innerText();
      assert.ok(charts.includes(loaded.cannotTell?.quality ?? 'missing'));
      assert.match(
        await page.section('client').locator('[data-field=deviceType]').innerText(),
        /desktop|mobile|tablet/,
      );
    });
  });

  it('says in one sentence each what it cannot tell', async () => {
    await withReport(loaded, async (page) => {
      assert.deepEqual(await checkUntold(page, loaded), ['connection', 'network', 'devices', 'aggregates']);
    });
  });

  it('has a bar for each connection, and nothing drawn between them', async () => {
    const { events } = loaded.result.report;
    const connections = events.filter(({ name }) => /^(?:re)?joined$/.test(name)).length;
    assert.ok(connections > 1);
    await withReport(loaded, async (page) => {
      assert.equal(await page.page.locator('[data-lane=presence] .bar').count(), connections);
    });
  });

  it('says that the unit of the loss is an assumption, and has each value as it came beside the percent', async () => {
    await withReport(loaded, async (page) => {
      assert.match(await textOf(page, 'notes'), /Packet loss is read as a fraction/);
      assert.match(await page.page.locator('[data-field=assumedUnit]').innerText(), /assumption/);
      await page.chart('packetLoss').getByRole('button').click();
      await page.page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
      await page.chart('packetLoss').getByText('Copied as CSV').waitFor();
      await page.chart('packetLoss').getByRole('button').click();
      await page.page.getByRole('menuitem', { name: 'View as table' }).click();
      const head = await page.chart('packetLoss').locator('thead th').allInnerTexts();
      assert.deepEqual(head, ['Time', 'Sent', 'Sent, as it came', 'Received', 'Received, as it came']);
      const [, first = '', ...rows] = (page.clipboard[0] ?? '').split('\r\n');
      assert.ok(first.split(',').length === 6);
      const cells = rows.map((row) => row.split(',').map(Number)).filter(([, , sent]) => (sent ?? 0) > 0);
      assert.ok(cells.length > 0);
      for (const [, , sent = 0, raw = 0] of cells) assert.ok(Math.abs(sent - raw * 100) < 1e-9, `${sent} and ${raw}`);
    });
  });

  it('shows a loss whose unit cannot be told without one', async () => {
    const report: CallReport = {
      ...loaded.result.report,
      streams: loaded.result.report.streams.map(
        ({ scaled: _scaled, series: { packetLoss, ...series }, ...stream }) => ({
          ...stream,
          series: { ...series, ...(packetLoss && { packetLossUnscaled: packetLoss.map((value) => value / 100) }) },
        }),
      ),
    };
    await withReport({ ...loaded, result: { ...loaded.result, report } }, async (page) => {
      assert.equal(await page.chart('packetLossUnscaled').locator('h3').innerText(), 'Packet loss, unit unknown');
      assert.ok((await page.drawnPixels('packetLossUnscaled')) > 200);
      assert.doesNotMatch(await page.page.locator('[data-field=notReported]').innerText(), /loss/i);
      const cell = page.section('streams').locator('[data-field="cursor.packetLossUnscaled"]').first();
      assert.match(await cell.innerText(), /^[\d.]+$/);
    });
  });
});

describe('a participant of 100ms on the report page', () => {
  let loaded: LoadedReport;
  before(async () => {
    loaded = await providerReport('100ms', 'network switch', ({ transports }) => transports.length > 0);
  });

  it('has a line for each track and simulcast layer, with what 100ms calls it', async () => {
    await withReport(loaded, async (page) => {
      const { streams } = loaded.result.report;
      const layers = streams.flatMap(({ layer }) => layer ?? []);
      assert.ok(layers.length > 1);
      const boxes = page.section('streams').getByRole('checkbox');
      const names = await boxes.evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label')));
      assert.equal(names.length, streams.length);
      for (const layer of layers) assert.ok(names.includes(`Camera · ${layer}`), layer);
      assert.equal(new Set(names).size, names.length, 'told apart');
      const summary = await textOf(page, 'summary');
      for (const { identifiers = {} } of streams) assert.ok(summary.includes(identifiers.trackId ?? 'missing'));
      assert.doesNotMatch(summary, /Provider’s average/, 'there are none');
    });
  });

  it('says in one sentence each what it cannot tell', async () => {
    await withReport(loaded, async (page) => {
      assert.deepEqual(await checkUntold(page, loaded), ['network', 'devices', 'aggregates']);
    });
  });

  it('folds the long text of an ICE failure, and has its code in sight', async () => {
    const event = loaded.result.report.events.find(({ details }) => String(details?.error_description).length > 200);
    const text = String(event?.details?.error_description);
    assert.ok(event);
    await withReport(loaded, async (page) => {
      const row = page.section('events').locator('tbody tr', { hasText: event.name });
      assert.match(await row.first().innerText(), new RegExp(`error_code: ${String(event.details?.error_code)}`));
      const folded = row.locator('details').first();
      assert.equal(await folded.locator('pre').isVisible(), false);
      await folded.locator('summary').click();
      const last = text.trim().split(/\s+/).at(-1) ?? '';
      assert.ok((await folded.locator('pre').innerText()).includes(last), 'to its end');
      const box = await folded.boundingBox();
      assert.ok(box && box.x + box.width <= 1280, 'within the page');
    });
  });

  it('has every fact of the stay and of the session, and names both durations', async () => {
    await withReport(loaded, async (page) => {
      const text = await textOf(page, 'participant');
      const facts = [...(loaded.result.report.participant.facts ?? []), ...(loaded.session?.facts ?? [])];
      assert.ok(facts.length > 3);
      for (const { label, value } of facts) {
        assert.ok(text.includes(label), label);
        assert.ok(text.includes(value.slice(0, 80)), value);
      }
      const field = (name: string) => page.section('participant').locator(`[data-field="${name}"]`).innerText();
      assert.match(await field('session.duration'), /min|h/);
      assert.equal(await field('session.minutes'), rounded(loaded.session?.participantMinutes ?? 0, 1));
    });
  });

  it('shows recordings and their assets with the session', async () => {
    const recorded = await providerReport('100ms', 'stand-up', ({ events }) =>
      events.some(({ name }) => name === 'recording.started'),
    );
    const facts = (recorded.session?.facts ?? []).filter(({ label }) => /record/i.test(label));
    assert.ok(facts.length > 1, 'a recording and its asset');
    await withReport(recorded, async (page) => {
      const text = await textOf(page, 'participant');
      for (const { value } of facts) assert.ok(text.includes(value.slice(0, 80)), value);
    });
  });
});
