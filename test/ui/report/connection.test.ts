/** The drawn path, the session descriptions, and what was selected when. */
import assert from 'node:assert/strict';
import { publishedReport, sampleReport } from './calls';
import { withReport } from './harness';

const EVIL = '\u202e<b>evil</b>'.repeat(40);

describe('the way of the media', () => {
  it('is drawn as the candidates tell it, and said in words', async () => {
    await withReport(await publishedReport(), async (report) => {
      const path = report.section('connection').locator('figure.path');
      assert.equal(await path.count(), 1);
      const words = '203.0.113.21:64799 (Wi-Fi, prflx, UDP) ⟶ 198.51.100.161:46252 (host, UDP): direct';
      await path.getByRole('img', { name: words }).waitFor();
      assert.equal(await path.locator('[data-field=path]').textContent(), words);
      assert.equal(await path.locator('[data-field=nominatedMark]').textContent(), '✓ nominated');
      assert.equal(
        await path.locator('[data-field=pathFigures]').textContent(),
        '9.0 ms round trip · 54.9 kbit/s available to send',
      );
      assert.deepEqual(await path.locator('svg .path-node').allTextContents(), [
        'This clientWi-Fi192.0.2.119:64799',
        'NAT203.0.113.21:64799',
        'Far end198.51.100.161:46252',
      ]);
      assert.match(
        (await report.section('connection').locator('[data-field=reach]').textContent()) ?? '',
        /A NAT shows 192\.0\.2\.119:64799 as 203\.0\.113\.21:64799, keeping the port\..*STUN found no reflexive address.*TURN was reached and is not needed\./,
      );
    });
  });

  it('names the relay and its TCP leg, and fits 320 pixels with addresses of any length', async () => {
    const loaded = await sampleReport('TURN over TCP');
    const { transports } = loaded.result.report;
    const relay = {
      type: 'relay',
      address: `2001:db8::${'1:'.repeat(60)}1`,
      port: 1,
      url: 'turns:turn.example:443?transport=tcp',
    } as const;
    transports.push(
      { direction: 'send', nominated: true, local: relay, remote: { type: 'host', address: EVIL, protocol: 'udp' } },
      { direction: 'send', nominated: false, local: { type: 'host' }, remote: { type: 'host' } },
    );
    await withReport(
      loaded,
      async (report) => {
        const section = report.section('connection');
        const relayed = section.locator('figure.path', { hasText: 'TURN server' }).filter({ hasText: '<b>evil</b>' });
        await relayed.getByRole('img').waitFor();
        assert.match((await relayed.textContent()) ?? '', /relayed, TURN over TLS on TCP/);
        assert.ok((await relayed.locator('.path-edge.slow').count()) > 0);
        await section.getByText('Paths that were not nominated (1)').click();
        await section.getByText('not nominated', { exact: true }).waitFor();
        await report.until('document.documentElement.scrollWidth === 320');
        const text = (await section.textContent()) ?? '';
        assert.doesNotMatch(text, /\u202e/);
        assert.match(text, /<b>evil<\/b>/);
      },
      { viewport: { width: 320, height: 800 }, theme: 'high-contrast-light' },
    );
  });
});

describe('a session description', () => {
  it('folds by medium, is searched, and is copied as it came', async () => {
    const loaded = await sampleReport('Lossy uplink');
    const original = loaded.result.report.connectivity[0]?.sdp?.[0] ?? '';
    assert.match(original, /m=video/);
    await withReport(loaded, async (report) => {
      const viewer = report.section('connection').locator('.sdp').first();
      await viewer.locator('summary').first().click();
      const parts = viewer.locator('.sdp-part');
      assert.deepEqual(await parts.locator('summary').allTextContents(), [
        'Session 2 media · bundle 0 1',
        'audio sendrecv · opus · mid 0 · UDP/TLS/RTP/SAVPF',
        'video sendrecv · VP8 · mid 1 · UDP/TLS/RTP/SAVPF',
      ]);
      await viewer.getByRole('button', { name: 'Fold all' }).click();
      const line = viewer.getByText('a=rtcp-fb:96 nack pli');
      await line.waitFor({ state: 'hidden' });
      const search = viewer.getByRole('searchbox');
      await search.fill('A=MID');
      await viewer.getByText('1 of 2').waitFor();
      await search.press('Enter');
      await viewer.getByText('2 of 2').waitFor();
      await line.waitFor();
      assert.equal(await viewer.locator('.sdp-line.current').textContent(), 'a=mid:1');
      await viewer.getByRole('button', { name: 'Copy SDP' }).click();
      await viewer.getByText('Copied').waitFor();
      assert.deepEqual(report.clipboard, [original]);
    });
  });
});

describe('devices over time', () => {
  it('say what was selected when, and that it was unplugged', async () => {
    const loaded = await sampleReport('Headset unplugged');
    const { report: call } = loaded.result;
    const selected = call.deviceChanges.find(({ change, kind }) => change === 'selected' && kind === 'audioinput');
    assert.ok(selected?.deviceId);
    const at = selected.at + 60_000;
    const { kind, label, deviceId } = selected;
    call.deviceChanges.push({ at, change: 'removed', kind, label, deviceId });
    await withReport(loaded, async (report) => {
      const selections = report.section('devices').getByRole('region', { name: 'Which device was selected when' });
      const row = selections.getByRole('row').filter({ hasText: 'Microphone' }).first();
      const cells = await row.locator('td').allTextContents();
      assert.equal(cells[0], label);
      assert.equal(cells[3], '1 min');
      assert.match(cells[4] ?? '', /It was removed/);
      const history = report.section('network').locator('.history tbody tr');
      assert.match((await history.allTextContents()).join('\n'), /Connection checkedeffective type 4g · STUN reached/);
    });
  });
});
