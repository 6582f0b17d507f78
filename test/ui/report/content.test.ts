/** What stands on the report page, read by real provider code from a published and from a sample answer. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallReport } from '../../../src/core/model';
import { SERIES, type SeriesName } from '../../../src/core/series';
import { CORE_METRICS } from '../../../src/protocol/state';
import { DIST } from '../../paths';
import { madeReport, publishedReport, sampleReport } from './calls';
import { type ReportPage, withReport } from './harness';

/** A section's values by their `data-field`. */
async function fields(report: ReportPage, section: string): Promise<Map<string, string>> {
  const cells = report.section(section).locator('[data-field]');
  const found = await cells.evaluateAll((elements) =>
    elements.map((element) => [element.getAttribute('data-field') ?? '', element.textContent.trim()] as const),
  );
  return new Map(found);
}

function measured(report: CallReport): Set<string> {
  const names = report.streams.flatMap(({ series }) =>
    Object.entries(series).flatMap(([name, column]) => (column.some((value) => !Number.isNaN(value)) ? [name] : [])),
  );
  return new Set(names);
}

describe('the published report on screen', () => {
  it('shows the figures that can be worked out from it by hand', async () => {
    await withReport(await publishedReport(), async (report) => {
      const summary = await fields(report, 'summary');
      // Ten samples whose round-trip times average 0.1357009 s, and whose packets add up to 3188.
      assert.equal(summary.get('samples'), '10 samples');
      assert.equal(summary.get('rtt.mean'), '135.7');
      assert.equal(summary.get('rtt.aggregate'), '135.7');
      assert.equal(summary.get('rtt.worst'), '782.9');
      assert.equal(summary.get('packetsSent.sum'), '3188');
      const rtt = report.section('summary').locator('tr[data-metric=rtt]');
      assert.match((await rtt.textContent()) ?? '', /^Round-trip timems/);

      const aggregates = await fields(report, 'aggregates');
      assert.equal(aggregates.get('rtt.avg'), '135.7');
      assert.match(aggregates.get('rtt.shares') ?? '', /≥ 100 ms: 20 %≥ 250 ms: 20 %≥ 500 ms: 10 %/);

      const connection = await fields(report, 'connection');
      for (const [field, text] of Object.entries({
        direction: 'sending',
        nominated: 'Yes',
        'local.address': '203.0.113.21:64799',
        'local.protocol': 'UDP',
        'local.networkType': 'Wi-Fi',
        'local.related': '192.0.2.119:64799',
        'local.id': 'IKf7CPY3N',
        'remote.address': '198.51.100.161:46252',
        rtt: '9.0 ms',
        totalRtt: '4055.0 ms',
        bytesSent: '201.0 kB',
        bytesReceived: '34.0 kB',
        packetsSent: '3203',
        packetsReceived: '692',
        availableOutgoing: '54.9 kbit/s',
        effectiveNetworkType: '4g',
        reflexive: 'No',
        relay: 'Yes',
        turn: 'Yes',
      })) {
        assert.equal(connection.get(field), text, field);
      }
      assert.match(connection.get('notStated') ?? '', /available incoming bitrate/, 'no row for what is not told');
      const header = await fields(report, 'header');
      assert.equal(header.get('name'), 'Participant A');
      // 13:35:36 UTC in the page's time zone, Europe/Berlin.
      assert.equal(header.get('when'), '14 Dec 2023, 14:35:36–14:36:42 (1 min)');
      assert.equal(header.get('head.browser'), 'Chrome 119');
      assert.equal(header.get('head.networkType'), 'Wi-Fi');
      assert.equal(header.get('place'), 'RealtimeKit · Acme · telehealth-prod');
      assert.equal((await fields(report, 'charts')).get('timeZone'), 'Europe/Berlin');
    });
  });

  it('draws every metric that was measured, and names the others in one sentence', async () => {
    await withReport(await publishedReport(), async (report) => {
      const charts = await report.page
        .locator('[data-chart]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-chart')));
      assert.deepEqual(charts, ['packetLoss', 'rtt', 'jitter', 'bitrate', 'mos']);
      for (const metric of charts) assert.ok((await report.drawnPixels(metric)) > 200, `${metric} has a line`);
      assert.equal(
        await report.section('charts').locator('[data-field=notReported]').textContent(),
        'Not reported: Jitter buffer delay, frame rate, frame height.',
      );
    });
  });
});

describe('a sample call on screen', () => {
  it('shows device, client, network, events, devices and notes in full', async () => {
    const loaded = await sampleReport('Headset unplugged');
    const { report: call } = loaded.result;
    await withReport(loaded, async (report) => {
      const client = await fields(report, 'client');
      assert.equal(client.get('os'), call.device?.os);
      assert.equal(client.get('cpus'), String(call.device?.cpus));
      assert.equal(client.get('browser'), call.browser?.name);
      assert.equal(client.get('userAgent'), call.browser?.userAgent);
      assert.equal(client.get('sdkVersion'), call.sdk?.version);
      assert.equal(client.get('viewType'), call.sdk?.viewType);
      const network = await fields(report, 'network');
      for (const key of ['ip', 'city', 'region', 'country', 'timezone', 'asn', 'asnName', 'asnRoute'] as const) {
        assert.equal(network.get(key), call.network?.[key], key);
      }
      const participant = await fields(report, 'participant');
      assert.equal(participant.get('participant.id'), call.participant.id);
      assert.equal(participant.get('session.id'), loaded.session?.id);
      const devices = report.section('devices').getByRole('region', { name: 'Device changes' }).locator('tbody tr');
      assert.ok(call.deviceChanges.length > 0);
      assert.equal(await devices.count(), call.deviceChanges.length);
      for (const { label } of call.deviceChanges) {
        if (label) await report.section('devices').getByText(label).first().waitFor();
      }
      assert.ok((await report.section('events').locator('tbody tr').count()) >= call.events.length);
      assert.equal(
        await report.section('notes').locator('[data-field=assumptions] li').count(),
        call.assumptions.length,
      );
      assert.ok((await report.page.locator('[data-lane=devices] .mark').count()) > 0);
    });
  });

  it('lets every series be charted', async () => {
    const loaded = await sampleReport('Lossy downlink');
    const names = measured(loaded.result.report);
    await withReport(loaded, async (report) => {
      await report.page.getByRole('button', { name: 'More metrics' }).click();
      const boxes = report.section('charts').locator('input[data-metric]');
      for (const box of await boxes.all()) await box.check();
      const charted = await report.page
        .locator('[data-chart]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-chart') ?? ''));
      assert.deepEqual(new Set(charted), names);
      assert.ok(names.size > CORE_METRICS.length);
      for (const name of names) {
        assert.ok(Object.hasOwn(SERIES, name));
        const text = await report.chart(name).locator('h3').textContent();
        assert.ok(text?.startsWith(SERIES[name as SeriesName].label), name);
        if ((await report.chart(name).locator('canvas').count()) > 0) {
          assert.ok((await report.drawnPixels(name)) > 50, `${name} has a line`);
        }
      }
    });
  });

  it('has eight lines at most until more are ticked', async () => {
    await withReport(madeReport(11, 7000, 10), async (report) => {
      const boxes = report.section('streams').getByRole('checkbox');
      assert.equal(await boxes.count(), 11);
      assert.equal(await report.section('streams').locator('input:checked').count(), 8);
      await boxes.nth(10).check();
      assert.equal(await report.section('streams').locator('input:checked').count(), 9);
    });
  });
});

describe('drawing', () => {
  it('leaves gaps as gaps', async () => {
    const loaded = madeReport(1, 1000, 10);
    const stream = loaded.result.report.streams[0];
    // From 4 to 6 minutes nothing was measured.
    stream?.series.rtt?.fill(Number.NaN, 240, 360);
    await withReport(loaded, async (report) => {
      const columns: number[] = await report.page.evaluate(`(() => {
        const canvas = document.querySelector('[data-chart=rtt] canvas');
        const { left, width } = document.querySelector('[data-chart=rtt] .u-over').getBoundingClientRect();
        const x = left - canvas.getBoundingClientRect().left;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return Array.from({ length: Math.floor(width) }, (_, column) => {
          let drawn = 0;
          for (let y = 0; y < canvas.height; y++) {
            const i = (y * canvas.width + Math.round(x) + column) * 4;
            if (data[i + 3] > 120 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 40) drawn++;
          }
          return drawn;
        });
      })()`);
      const share = (from: number, to: number) =>
        columns.slice(Math.round(from * columns.length), Math.round(to * columns.length));
      assert.ok(
        share(0.42, 0.58).every((drawn) => drawn === 0),
        'nothing between 4:12 and 5:48',
      );
      assert.ok(
        share(0.02, 0.38).every((drawn) => drawn > 0),
        'a line before',
      );
      assert.ok(
        share(0.62, 0.98).every((drawn) => drawn > 0),
        'a line after',
      );
    });
  });

  it('puts lanes and all charts on one axis, to the pixel', async () => {
    await withReport(await sampleReport('Lossy uplink'), async (report) => {
      const boxes = await report.page
        .locator('.lane-plot, .u-over')
        .evaluateAll((all) =>
          all.map((each) => [each.getBoundingClientRect().left, each.getBoundingClientRect().width]),
        );
      assert.ok(boxes.length > 8);
      for (const box of boxes) assert.deepEqual(box, boxes[0]);
    });
  });

  it('follows the theme at once', async () => {
    await withReport(await publishedReport(), async (report) => {
      const picture = () => report.page.evaluate(`document.querySelector('[data-chart=rtt] canvas').toDataURL()`);
      const dark = await picture();
      await report.setTheme('high-contrast-light');
      await report.until(`document.querySelector('[data-chart=rtt] canvas')?.toDataURL() !== ${JSON.stringify(dark)}`);
      assert.ok((await report.drawnPixels('rtt')) > 200);
    });
  });
});

describe('what a provider may send', () => {
  it('stays text, whatever it holds', async () => {
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> $(flame) \u202eevil\u2066';
    const loaded = await sampleReport('Headset unplugged');
    const poison = (value: unknown): unknown => {
      if (typeof value === 'string')
        return value.length > 2 &&
          !/^(send|receive|audio|video|camera-mic|screen|host|srflx|prflx|relay|udp|tcp|added|removed|selected|presence|media|page|network|other)$/.test(
            value,
          )
          ? `${evil}${value}`
          : value;
      if (value instanceof Float64Array || typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(poison);
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, /^(metric|provider|unit)$/.test(key) ? each : poison(each)]),
      );
    };
    const report = poison(loaded.result.report) as CallReport;
    const raw = new TextEncoder().encode(JSON.stringify({ [evil]: evil }));
    const session = { ...loaded.session, id: evil, roomName: evil, status: 'ended' as const };
    const names = Object.fromEntries(
      report.streams.map(({ remoteParticipantId }) => [remoteParticipantId ?? '', evil]),
    );
    await withReport(
      { ...loaded, result: { report, raw }, session, participantNames: names, connectionLabel: evil },
      async (page) => {
        await page.section('raw').getByRole('button', { name: 'Raw JSON' }).click();
        await page.page.locator('.raw-line').first().waitFor();
        await page.page
          .getByRole('button', { name: 'Actions' })
          .or(page.chart('rtt').getByRole('button'))
          .first()
          .click();
        await page.page.getByRole('menuitem', { name: 'View as table' }).click();
        await page.chart('packetLoss').or(page.chart('rtt')).first().locator('table').waitFor();
        assert.equal(await page.page.evaluate('window.pwned'), undefined);
        assert.equal(await page.page.locator('img, #root script, iframe, a').count(), 0);
        const text: string = await page.page.evaluate(`[
          document.body.innerText,
          ...[...document.querySelectorAll('[title], [aria-label]')].map((each) => each.title + each.getAttribute('aria-label')),
        ].join()`);
        assert.ok(text.length > 1000);
        assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/);
        assert.match((await page.page.locator('h1').textContent()) ?? '', /<img src=x/);
      },
    );
  });
});

describe('the webview bundle', () => {
  it('holds neither zod nor anything of the provider, and makes no code at run time', async () => {
    const meta = JSON.parse(await readFile(join(DIST, 'meta.json'), 'utf8')) as {
      outputs: Record<string, { inputs: Record<string, unknown> }>;
    };
    const inputs = Object.keys(meta.outputs['dist/webview/pages.js']?.inputs ?? {});
    assert.ok(inputs.length > 30);
    const foreign = inputs.filter(
      (input) => !/^(src\/(webview|protocol|core)\/|(.*\/)?node_modules\/(preact|uplot|@vscode\/l10n)\/)/.test(input),
    );
    assert.deepEqual(foreign, []);
    const code = await readFile(join(DIST, 'webview', 'pages.js'), 'utf8');
    assert.doesNotMatch(code, /new Function|\beval\(|innerHTML\s*=[^=]*\b(?:text|name|label)\b/);
  });
});
