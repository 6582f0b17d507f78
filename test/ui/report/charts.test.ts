/** Charts as people use them: moving the view, limits and bad episodes, gaps with their reasons, streams compared. */
import assert from 'node:assert/strict';
import type { CallReport, Stream } from '../../../src/core/model';
import type { LoadedReport } from '../../../src/panel/services';
import { readPanelState } from '../../../src/protocol/schema';
import { judged, madeReport } from './calls';
import { ReportPage, type ReportPageOptions } from './harness';

const START = Date.UTC(2024, 4, 6, 10, 0, 0);

async function withPage(options: ReportPageOptions, work: (report: ReportPage) => Promise<void>): Promise<void> {
  const report = await ReportPage.open(options);
  try {
    report.show();
    await report.ready();
    await work(report);
    assert.deepEqual(report.complaints, []);
  } finally {
    await report.close();
  }
}

const ticks = (report: ReportPage) => report.page.locator('.time-axis .tick').allTextContents();
/** Waits until the axis begins with these labels. */
const axisBegins = (report: ReportPage, ...labels: string[]) =>
  report.until(
    `[...document.querySelectorAll('.time-axis .tick')].map((tick) => tick.textContent).join().startsWith(${JSON.stringify(labels.join())})`,
  );

describe('moving the view by pointer', () => {
  it('with Shift, the middle button or the axis drags; Ctrl and wheel zoom, Shift and wheel move, the wheel alone scrolls', async () => {
    const loaded = madeReport(2, 1000, 60);
    await withPage({ load: async () => loaded, viewport: { width: 1280, height: 700 } }, async (report) => {
      const { mouse, keyboard } = report.page;
      const over = report.chart('rtt').locator('.u-over');
      const box = await over.boundingBox();
      assert.ok(box);
      const middle = { x: box.x + box.width / 2, y: box.y + 30 };
      // Of one hour around 12:30 in Berlin: four turns of 100 px at 1.25 leave 24.6 minutes.
      await mouse.move(middle.x, middle.y);
      await keyboard.down('Control');
      for (let turn = 0; turn < 4; turn++) await mouse.wheel(0, -100);
      await keyboard.up('Control');
      await axisBegins(report, '12:20', '12:25');

      const drag = async (from: number, y: number, to: number, button: 'left' | 'middle') => {
        await mouse.move(from, y);
        await mouse.down({ button });
        await mouse.move((from + to) / 2, y + 3);
        await mouse.move(to, y + 3);
        await mouse.up({ button });
      };
      // Two fifths of a plot to the left are 9.8 of the 24.6 minutes later.
      const far = box.width * 0.4;
      await keyboard.down('Shift');
      await drag(middle.x, middle.y, middle.x - far, 'left');
      await keyboard.up('Shift');
      await axisBegins(report, '12:30', '12:35');
      await drag(middle.x, middle.y, middle.x + far, 'middle');
      await axisBegins(report, '12:20', '12:25');
      const axis = await report.page.locator('.plots .time-axis').first().boundingBox();
      assert.ok(axis);
      await drag(middle.x, axis.y + 8, middle.x - far, 'left');
      await axisBegins(report, '12:30', '12:35');
      await mouse.move(middle.x, middle.y);
      await mouse.wheel(-far, 0);
      await axisBegins(report, '12:20', '12:25');
      await keyboard.down('Shift');
      await mouse.wheel(0, far);
      await keyboard.up('Shift');
      await axisBegins(report, '12:30', '12:35');

      const before = await ticks(report);
      await mouse.wheel(0, 120);
      await report.until('document.scrollingElement.scrollTop > 0');
      await report.drawn();
      assert.deepEqual(await ticks(report), before);
    });
  });
});

describe('lanes and plots', () => {
  it('stand at the same pixel for the same moment, in every width', async () => {
    const loaded = madeReport(2, 1000, 60);
    const { report: call } = loaded.result;
    call.events = [{ at: START + 15 * 60_000, name: 'audio_off', lane: 'media' }];
    call.deviceChanges = [{ at: START + 45 * 60_000, change: 'removed', kind: 'audioinput' }];
    await withPage({ load: async () => loaded }, async (report) => {
      for (const width of [320, 700, 1280, 3840]) {
        await report.page.setViewportSize({ width, height: 900 });
        await report.until(`innerWidth === ${width} && document.querySelector('.u-over').clientWidth < ${width}`);
        // The plots follow their container in a frame of their own.
        await report.until(`(() => {
          const { left, width } = document.querySelector('.lane-plot').getBoundingClientRect();
          return [...document.querySelectorAll('.u-over')].every((over) => {
            const rect = over.getBoundingClientRect();
            return Math.abs(rect.left - left) < 1 && Math.abs(rect.width - width) < 1.01;
          });
        })()`);
        const places: number[][] = await report.page.evaluate(`(() => {
          const { left, width } = document.querySelector('.u-over').getBoundingClientRect();
          return ['media', 'devices'].map((lane) => {
            const rect = document.querySelector('[data-lane=' + lane + '] .mark').getBoundingClientRect();
            return [rect.left + rect.width / 2 - left, width];
          });
        })()`);
        // A quarter and three quarters of the hour, which ends with the last stay.
        const [from, to] = [START, START + 60 * 60_000];
        const moments = [call.events[0]?.at as number, call.deviceChanges[0]?.at as number];
        places.forEach(([place = Number.NaN, plot = Number.NaN], index) => {
          const expected = (((moments[index] as number) - from) / (to - from)) * plot;
          assert.ok(Math.abs(place - expected) <= 1, `${width} px: ${place}, not ${expected}`);
        });
        const overflow: number = await report.page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      }
    });
  });
});

/** Ten minutes of a camera, a sample a second, with loss in the third minute and no samples in the sixth and seventh. */
function badCamera(events: CallReport['events']): LoadedReport {
  const loaded = madeReport(1, 1000, 10);
  const { report } = loaded.result;
  const [stream] = report.streams as [Stream];
  const kept = stream.times.filter((at) => at < START + 300_000 || at >= START + 420_000);
  const column = (value: (second: number) => number) => kept.map((at) => value((at - START) / 1000));
  stream.times = kept;
  stream.series = {
    packetLoss: column((second) => (second >= 120 && second < 180 ? 8 : 0)),
    rtt: column(() => 40),
    fps: column(() => 30),
  };
  report.events = events;
  return loaded;
}

describe('limits, bad episodes and gaps', () => {
  it('are drawn and told, hidden by the button, and remembered', async () => {
    const loaded = judged(badCamera([]));
    await withPage({ load: async () => loaded }, async (report) => {
      const told = report.chart('packetLoss').locator('.limits');
      assert.equal(await told.textContent(), 'limit > 3, bad > 10 · 1 bad episode');
      // The third minute is shaded; the second is not.
      const tint = (minute: number) =>
        report.page.evaluate<number[]>(`(() => {
          const canvas = document.querySelector('[data-chart=packetLoss] canvas');
          const { left, width } = document.querySelector('[data-chart=packetLoss] .u-over').getBoundingClientRect();
          const x = Math.round((left - canvas.getBoundingClientRect().left + (width * ${minute}) / 10) * devicePixelRatio);
          return [...canvas.getContext('2d').getImageData(x, Math.round(canvas.height * 0.3), 1, 1).data];
        })()`);
      await report.until(`document.querySelector('[data-chart=packetLoss] .limits') !== null`);
      const [red = 0, green = 0, , alpha = 0] = await tint(2.5);
      assert.ok(alpha > 0 && red > green, `${red} ${green} ${alpha}`);
      assert.equal((await tint(1.5))[3], 0);
      await report.page.getByRole('button', { name: 'Limits', exact: true }).click();
      await told.waitFor({ state: 'detached' });
      await report.until(`(() => {
        const canvas = document.querySelector('[data-chart=packetLoss] canvas');
        const x = Math.round(canvas.width * 0.3);
        return canvas.getContext('2d').getImageData(x, Math.round(canvas.height * 0.3), 1, 1).data[3] === 0;
      })()`);
      assert.equal(readPanelState(report.state)?.view.limits, false);
      await report.hideAndShow();
      await report.ready();
      assert.equal(await told.count(), 0);
    });
  });

  for (const { events, reason, senderAway } of [
    { events: [], reason: 'unknown' },
    {
      events: [
        { at: START + 299_000, name: 'video_off', lane: 'media' as const },
        { at: START + 419_000, name: 'video_on', lane: 'media' as const },
      ],
      reason: 'muted',
    },
    {
      events: [
        { at: START + 299_000, name: 'browser_backgrounded', lane: 'page' as const },
        { at: START + 419_000, name: 'browser_foregrounded', lane: 'page' as const },
      ],
      reason: 'backgrounded',
    },
    { events: [], reason: 'left', senderAway: true },
  ]) {
    it(`says at the cursor that the reason of a gap is: ${reason}`, async () => {
      const loaded = badCamera(events);
      if (senderAway) {
        for (const stream of loaded.result.report.streams) {
          Object.assign(stream, { direction: 'receive', remoteParticipantId: 'b' });
        }
        loaded.othersAway = { b: [{ start: START + 299_000, end: START + 419_000 }] };
        loaded.participantNames = { b: 'Caller B' };
      }
      await withPage({ load: async () => loaded }, async (report) => {
        const over = report.chart('rtt').locator('.u-over');
        const box = await over.boundingBox();
        assert.ok(box);
        await report.page.mouse.move(box.x + box.width * 0.6, box.y + 30);
        await report.section('streams').locator('[data-field=missing]').waitFor();
        assert.equal(await report.section('streams').locator('[data-field=missing]').textContent(), reason);
        assert.equal(await report.section('streams').locator('[data-field="cursor.rtt"]').textContent(), '—ms');
        assert.match(
          (await report.page.locator('.cursor-events').textContent()) ?? '',
          new RegExp(`camera: ${reason}`, 'i'),
        );
        // Hatched where the gap is, and nothing where the line is flat.
        const drawn = (share: number) =>
          report.page.evaluate<number>(`(() => {
            const canvas = document.querySelector('[data-chart=rtt] canvas');
            const over = document.querySelector('[data-chart=rtt] .u-over').getBoundingClientRect();
            const x = over.left - canvas.getBoundingClientRect().left + over.width * ${share};
            const { data } = canvas.getContext('2d').getImageData(Math.round(x), 8, 24, 10);
            return data.filter((value, index) => index % 4 === 3 && value > 0).length;
          })()`);
        assert.ok((await drawn(0.52)) > 20);
        assert.equal(await drawn(0.31), 0);
      });
    });
  }
});

describe('streams', () => {
  it('are grouped by medium when sent and by person when received, and a group hides as one', async () => {
    const loaded = madeReport(6, 7000, 10);
    const streams = loaded.result.report.streams;
    const [first, second, third, fourth, fifth, sixth] = streams as [Stream, Stream, Stream, Stream, Stream, Stream];
    Object.assign(first, { kind: 'audio' });
    Object.assign(second, { layer: '180p' });
    Object.assign(third, { layer: '360p' });
    Object.assign(fourth, { remoteParticipantId: 'b', kind: 'audio' });
    Object.assign(fifth, { remoteParticipantId: 'b' });
    Object.assign(sixth, { remoteParticipantId: 'c' });
    const names = { b: 'Caller B', c: 'Caller C' };
    await withPage({ load: async () => ({ ...loaded, participantNames: names }) }, async (report) => {
      const list = report.section('streams');
      assert.deepEqual(await list.locator('.stream-name').allTextContents(), [
        'Microphone',
        '180p',
        '360p',
        'Microphone',
        'Camera',
        'Caller C · camera',
      ]);
      assert.deepEqual(await list.locator('h4').allTextContents(), ['Camera', 'Caller B']);
      assert.equal(await list.getByRole('checkbox', { name: 'Caller B · camera' }).isChecked(), true);
      await list.getByRole('button', { name: 'Caller B', exact: true }).click();
      await report.until(`document.querySelectorAll('[data-section=streams] input:checked').length === 4`);
      await list.getByRole('button', { name: /^Isolate Camera/ }).click();
      await report.until(`document.querySelectorAll('[data-section=streams] input:checked').length === 2`);
      assert.equal(await list.getByRole('checkbox', { name: 'Camera · 360p' }).isChecked(), true);
    });
  });

  it('are compared in a table that sorts by keyboard, with the share of time beyond the limit', async () => {
    const loaded = madeReport(3, 1000, 1);
    const streams = loaded.result.report.streams;
    // Sixty samples of one second each: 0, 15 and 6 of them beyond 3 %.
    [0, 15, 6].forEach((bad, index) => {
      const stream = streams[index] as Stream;
      stream.series = { packetLoss: stream.times.map((_, at) => (at < bad ? 4 + index : 1)) };
    });
    await withPage({ load: async () => judged(loaded) }, async (report) => {
      const table = report.section('summary').locator('.figures-table');
      const shares = () =>
        table
          .locator('[data-field=beyond]')
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value')));
      const orderOf = (column: string) => table.locator(`th:has([data-sort=${column}])`).getAttribute('aria-sort');
      assert.deepEqual(await shares(), ['0.25', '0.1', '0']);
      assert.equal(await orderOf('beyond'), 'descending');
      await table.locator('[data-sort=beyond]').focus();
      await report.page.keyboard.press('Enter');
      await report.until(`document.querySelector('th:has([data-sort=beyond])').ariaSort === 'ascending'`);
      assert.deepEqual(await shares(), ['0', '0.1', '0.25']);
      await table.locator('[data-sort=worst]').focus();
      await report.page.keyboard.press('Enter');
      await report.until(`document.querySelector('th:has([data-sort=worst])').ariaSort === 'descending'`);
      // Worst 6, 5 and 1.
      assert.deepEqual(await shares(), ['0.1', '0.25', '0']);
      assert.equal(await orderOf('beyond'), null);
      assert.equal(readPanelState(report.state)?.view.summary?.sort?.column, 'worst');
    });
  });
});
