/** Using the report page: pointer, keyboard, narrow windows, hide and show, errors. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { CallError } from '../../../src/core/errors';
import type { LoadedReport } from '../../../src/panel/services';
import { readPanelState } from '../../../src/protocol/schema';
import { ROOT } from '../../paths';
import { eventually } from '../eventually';
import { madeReport, publishedReport, sampleReport } from './calls';
import { REF, ReportPage, type ReportPageOptions, rounded } from './harness';

async function withPage(options: ReportPageOptions, work: (report: ReportPage) => Promise<void>): Promise<void> {
  const report = await ReportPage.open(options);
  try {
    report.show();
    await work(report);
    assert.deepEqual(report.complaints, []);
  } finally {
    await report.close();
  }
}

/** What the axis says once it has followed the view. */
const axisLabels = async (report: ReportPage) => {
  await report.drawn();
  return report.page.locator('.time-axis .tick').allTextContents();
};
/** Whether there is a zoom to reset. */
const zoomed = async (report: ReportPage) => {
  await report.drawn();
  return report.page.getByRole('button', { name: 'Reset zoom' }).isEnabled();
};

describe('zoom and cursor', () => {
  it('work by keyboard: the cursor is read out, plus zooms, Escape shows all', async () => {
    const loaded = await publishedReport();
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      const slider = report.page.getByRole('slider', { name: 'Time cursor of all charts' });
      await slider.focus();
      await report.page.keyboard.press('End');
      await report.page.keyboard.press('ArrowLeft');
      // The stay ends at 14:36:42; one sample of about seven seconds before that.
      await report.until(`/^at 14:36:3\\d$/.test(document.querySelector('[data-field=readAt]').textContent)`);
      const spoken = (await report.page.locator('.sr-only[role=status]').textContent()) ?? '';
      assert.match(spoken, /^14:36:3\d\. Microphone: Packet loss 0\.00 %, Round-trip time \d+\.\d ms/);
      const before = await axisLabels(report);
      await report.page.keyboard.press('+');
      await report.page.keyboard.press('+');
      await eventually(async () => assert.notDeepEqual(await axisLabels(report), before));
      await eventually(async () => assert.equal(await zoomed(report), true));
      await report.page.keyboard.press('Escape');
      await eventually(async () => assert.deepEqual(await axisLabels(report), before));
      await eventually(async () => assert.equal(await zoomed(report), false));
    });
  });

  it('work by pointer: a drag in one chart zooms all, a double click shows all', async () => {
    const loaded = madeReport(2, 1000, 60);
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      const over = report.chart('rtt').locator('.u-over');
      const box = await over.boundingBox();
      assert.ok(box);
      const other = () => report.page.evaluate(`document.querySelector('[data-chart=jitter] canvas').toDataURL()`);
      const whole = await other();
      await report.page.mouse.move(box.x + box.width * 0.25, box.y + 20);
      await report.page.mouse.down();
      await report.page.mouse.move(box.x + box.width * 0.5, box.y + 25, { steps: 4 });
      await report.page.mouse.up();
      await report.drawn();
      // 10:00 UTC is 12:00 in Berlin; a quarter of an hour from a quarter past, in steps of two minutes.
      await eventually(async () => assert.deepEqual((await axisLabels(report)).slice(0, 2), ['12:16', '12:18']));
      await report.until(
        `document.querySelector('[data-chart=jitter] canvas').toDataURL() !== ${JSON.stringify(whole)}`,
      );
      await over.dblclick();
      await eventually(async () => assert.equal(await zoomed(report), false));
      await report.until(
        `document.querySelector('[data-chart=jitter] canvas').toDataURL() === ${JSON.stringify(whole)}`,
      );
    });
  });

  it('read the values at the pointer into the stream list', async () => {
    const loaded = madeReport(1, 1000, 10);
    const column = loaded.result.report.streams[0]?.series.rtt;
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      const over = report.chart('jitter').locator('.u-over');
      const box = await over.boundingBox();
      assert.ok(box && column);
      await report.page.mouse.move(box.x + box.width / 2, box.y + 30);
      await report.until(`document.querySelector('[data-field=readAt]').textContent === 'at 12:05:00'`);
      const shown = await report.section('streams').locator('[data-field="cursor.rtt"]').textContent();
      // Five minutes are 300 s: the sample there, or its neighbour where the pixel falls between.
      const near = [299, 300, 301].map((index) => `${rounded(column[index] as number, 1)}ms`);
      assert.ok(near.includes(shown ?? ''), `${shown} of ${near}`);
    });
  });

  it('read in time into the call when asked', async () => {
    const loaded = madeReport(1, 1000, 60);
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      await report.page.getByRole('button', { name: 'Time into call' }).click();
      await eventually(async () => assert.deepEqual((await axisLabels(report)).slice(0, 3), ['0:00', '5:00', '10:00']));
    });
  });
});

describe('streams', () => {
  it('are hidden by their box, isolated by button or Alt+click, in every chart', async () => {
    const loaded = madeReport(4, 7000, 10);
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      const list = report.section('streams');
      const checked = () => list.locator('input:checked').count();
      const full = await report.drawnPixels('rtt');
      await list.getByRole('checkbox').first().uncheck();
      await eventually(async () => assert.equal(await checked(), 3));
      await eventually(async () => assert.ok((await report.drawnPixels('rtt')) < full));
      await list
        .locator('.stream-name')
        .nth(2)
        .click({ modifiers: ['Alt'] });
      await eventually(async () => assert.equal(await checked(), 1));
      await list
        .getByRole('button', { name: /^Show only/ })
        .nth(2)
        .click();
      await eventually(async () => assert.equal(await checked(), 4));
      for (const box of await list.getByRole('checkbox').all()) await box.uncheck();
      await report.chart('rtt').getByText('No stream that is ticked measured this').waitFor();
    });
  });
});

describe('a chart', () => {
  it('turns into a table by keyboard alone, and back', async () => {
    const loaded = await publishedReport();
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      await report.chart('rtt').getByRole('button', { name: 'Round-trip time: actions' }).focus();
      await report.page.keyboard.press('Enter');
      await report.page.keyboard.press('Enter');
      const table = report.chart('rtt').getByRole('table', { name: 'Round-trip time (ms)' });
      await table.waitFor();
      assert.equal(await table.locator('tbody tr').count(), 10);
      assert.deepEqual(await table.getByRole('columnheader').allTextContents(), ['Time', 'Microphone']);
      assert.equal(await table.locator('tbody tr').nth(1).locator('td').textContent(), '782.9');
      await report.page.keyboard.press('Enter');
      await report.page.keyboard.press('ArrowDown');
      await report.page.keyboard.press('ArrowUp');
      await report.page.keyboard.press('Enter');
      await report.chart('rtt').locator('canvas').waitFor();
    });
  });

  it('is copied as CSV, and as an image', async () => {
    const loaded = await publishedReport();
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      const menu = report.chart('rtt').getByRole('button', { name: 'Round-trip time: actions' });
      await menu.click();
      await report.page.getByRole('menuitem', { name: 'Copy as CSV' }).click();
      await report.chart('rtt').getByText('Copied as CSV').waitFor();
      const lines = report.clipboard[0]?.split('\r\n') ?? [];
      assert.equal(lines[0], 'time (UTC),into call (s),Microphone: Round-trip time (ms)');
      assert.equal(lines.length, 1 + 10 + 1);
      assert.match(lines[2] ?? '', /^2023-12-14T13:35:4\d\.\d{3}Z,\d+\.\d{3},782\.913$/);
      // A clipboard that takes no images: the picture is offered as a file.
      await report.page.evaluate(`navigator.clipboard.write = () => Promise.reject(new Error('no images'))`);
      await menu.click();
      await report.page.getByRole('menuitem', { name: 'Copy image' }).click();
      await report.chart('rtt').getByText('Image saved').waitFor();
      const [image] = report.images;
      assert.equal(image?.name, 'Round-trip time _ms_.png');
      // The PNG signature (RFC 2083).
      assert.deepEqual([...image.png.slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    });
  });
});

describe('raw JSON', () => {
  it('is fetched when opened, searched, and opened in an editor', async () => {
    const loaded = await publishedReport();
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      assert.equal(await report.page.locator('.raw-line').count(), 0);
      await report.section('raw').getByRole('button', { name: 'Raw JSON' }).click();
      await report.page.locator('.raw-line').first().waitFor();
      const search = report.page.getByRole('searchbox', { name: 'Search in the raw JSON' });
      await search.fill('"packets_sent": 382');
      const count = report.section('raw').locator('[data-field="raw.matches"]');
      await count.getByText('1 of 1').waitFor();
      await report.page.locator('.raw-line.current mark', { hasText: '"packets_sent": 382' }).waitFor();
      await report.section('raw').screenshot({ path: join(ROOT, '.artifacts', 'screenshots', 'section-raw.png') });
      await search.fill('RTT');
      await count.getByText(/^1 of 1[12]$/).waitFor();
      await search.press('Enter');
      await count.getByText(/^2 of 1[12]$/).waitFor();
      await search.fill('no such text');
      await count.getByText('No results').waitFor();
      await report.page.getByRole('button', { name: 'Open in Editor' }).click();
      await eventually(() => assert.deepEqual(report.commands, [['peerscope.openRaw', REF]]));
    });
  });
});

describe('a narrow window', () => {
  for (const width of [320, 500]) {
    it(`of ${width} px needs no sideways scrolling and folds the streams into a bar`, async () => {
      const loaded = await sampleReport('Lossy uplink');
      await withPage({ load: async () => loaded, viewport: { width, height: 800 } }, async (report) => {
        await report.ready();
        const overflow: number = await report.page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        const streams = report.section('streams');
        const bar = streams.getByRole('button', { name: /^Streams/ });
        await bar.click();
        await streams.getByRole('checkbox').first().waitFor({ state: 'hidden' });
        const chart = await report.chart('rtt').boundingBox();
        const list = await streams.boundingBox();
        assert.ok(chart && list && list.y + list.height <= chart.y);
        assert.ok((await report.drawnPixels('rtt')) > 100);
        await report.screenshot(`narrow-${width}`, false);
      });
    });
  }
});

describe('hide, show and reload', () => {
  it('bring the view back, and leave neither data nor secrets behind', async () => {
    const loaded = await publishedReport();
    let loads = 0;
    const load = async (): Promise<LoadedReport> => {
      loads++;
      return loaded;
    };
    await withPage({ load }, async (report) => {
      await report.ready();
      await report.section('events').getByRole('button', { name: 'Events' }).click();
      await report.page.getByRole('button', { name: 'Time into call' }).click();
      await report.page.getByRole('slider').focus();
      await report.page.keyboard.press('+');
      const labels = await axisLabels(report);
      await report.hideAndShow();
      await report.ready();
      assert.equal(loads, 1, 'the host kept the report');
      assert.equal(await report.section('events').locator('table').count(), 0);
      await eventually(async () => assert.deepEqual(await axisLabels(report), labels));
      const state = readPanelState(report.state);
      assert.ok(state, 'the host can restore it');
      assert.deepEqual(state.ref, REF);
      assert.equal(state.view.timeMode, 'offset');
      assert.doesNotMatch(JSON.stringify(report.state), /203\.0\.113|Nashik|135\.7/);
    });
  });

  it('start another participant with the same settings but not the same zoom', async () => {
    const loaded = madeReport(3, 7000, 10);
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      await report.page.getByRole('button', { name: 'Time into call' }).click();
      await report.section('streams').getByRole('checkbox').first().uncheck();
      await report.page.getByRole('slider').focus();
      await report.page.keyboard.press('+');
      report.show({ ...REF, participantId: 'p2' });
      await report.until(`document.querySelectorAll('[data-section=streams] input:checked').length === 3`);
      assert.equal(await zoomed(report), false);
      assert.equal(
        await report.page.getByRole('button', { name: 'Time into call' }).getAttribute('aria-pressed'),
        'true',
      );
    });
  });
});

describe('without a report', () => {
  it('says that it is reading, and can be stopped and started again', async () => {
    let aborted = 0;
    const load = (_ref: unknown, signal: AbortSignal) =>
      new Promise<LoadedReport>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(new CallError('Cancelled', 'Cancelled.'));
        });
      });
    await withPage({ load }, async (report) => {
      await report.page.locator('[data-state=loading]').waitFor();
      await report.page.getByRole('button', { name: 'Cancel' }).click();
      await report.page.locator('[data-state=Cancelled]').waitFor();
      assert.equal(aborted, 1);
      await report.page.getByRole('button', { name: 'Retry' }).click();
      await report.page.locator('[data-state=loading]').waitFor();
    });
  });

  const day = 24 * 3600_000;
  for (const { error, title, buttons, session } of [
    {
      error: new CallError('Auth', 'The token was refused. Enter it again.'),
      title: 'The key was not accepted',
      buttons: ['Edit Connection', 'Retry', 'Show Log'],
    },
    {
      error: new CallError('Network', 'No route.'),
      title: 'No connection to the provider',
      buttons: ['Retry', 'Show Log'],
    },
    {
      error: new CallError('NotYetAvailable', 'There are no statistics.'),
      title: 'No report yet: the call is in progress',
      buttons: ['Check Again', 'Tell Me When It Is Ready'],
      session: { id: 's', status: 'live' as const },
    },
    {
      error: new CallError('NotYetAvailable', 'There are no statistics.'),
      title: 'The report may have expired',
      buttons: ['Check Again'],
      session: { id: 's', status: 'ended' as const, endedAt: Date.now() - 40 * day },
    },
    {
      error: new CallError('NotYetAvailable', 'There are no statistics.'),
      title: 'No report yet',
      buttons: ['Check Again', 'Tell Me When It Is Ready'],
      session: { id: 's', status: 'ended' as const, endedAt: Date.now() - 60_000 },
    },
  ]) {
    it(`says "${title}" and offers ${buttons.join(', ')}`, async () => {
      const load = () => Promise.reject(error);
      await withPage({ load, known: () => ({ title: 'Caller A', session }) }, async (report) => {
        await report.page.getByRole('heading', { name: title }).waitFor();
        assert.equal(await report.page.locator('[data-field=error]').textContent(), error.text);
        assert.deepEqual(await report.page.locator('.state-actions button').allTextContents(), buttons);
        await report.screenshot(`state-${title.replace(/\W+/g, '-')}`);
        if (buttons.includes('Edit Connection')) {
          await report.page.getByRole('button', { name: 'Edit Connection' }).click();
          const expected = [['peerscope.editConnection', { id: REF.connectionId }]];
          await eventually(() => assert.deepEqual(report.commands, expected));
        }
      });
    });
  }

  it('says that a report without samples has nothing to chart, and shows the rest', async () => {
    const loaded = madeReport(0, 1000, 1);
    await withPage({ load: async () => loaded }, async (report) => {
      await report.ready();
      await report.section('charts').locator('[data-field=noSamples]').waitFor();
      assert.equal(await report.page.locator('canvas').count(), 0);
      assert.equal(await report.page.locator('h1').textContent(), 'Caller A');
    });
  });

  it('marks a live call as in progress', async () => {
    const loaded = madeReport(2, 1000, 3);
    const { report: call } = loaded.result;
    delete call.endedAt;
    delete call.participant.leftAt;
    const live = { ...loaded, session: { id: 's', status: 'live' as const } };
    await withPage({ load: async () => live }, async (report) => {
      await report.ready();
      assert.equal(await report.section('header').locator('[data-field=live]').textContent(), 'In progress');
    });
  });

  it('keeps the report on screen when reading it again fails', async () => {
    let loads = 0;
    const loaded = madeReport(2, 1000, 3);
    const load = async () => {
      if (loads++ > 0) throw new CallError('TimedOut', 'No answer within 30 s.');
      return loaded;
    };
    await withPage({ load }, async (report) => {
      await report.ready();
      await report.page.getByRole('button', { name: 'Refresh' }).click();
      await report.page.getByText('The report could not be read again: No answer within 30 s.').waitFor();
      assert.ok((await report.drawnPixels('rtt')) > 200);
    });
  });
});
