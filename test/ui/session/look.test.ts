/** Screenshots in four themes, to look at. */
import assert from 'node:assert/strict';
import { end } from '../../end';
import { seriousFindings } from '../axe';
import type { ThemeName } from '../webview-frame';
import { MadeProvider, REF, type SampleCalls, startSampleCalls, stay } from './calls';
import { SessionTestPage } from './harness';

const THEMES: ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
const KNOWN = { connectionLabel: 'Sample calls', providerName: 'RealtimeKit', appName: 'telehealth-prod' };

describe('the session page looks right', () => {
  let calls: SampleCalls;
  before(async () => {
    calls = await startSampleCalls();
  });
  after(() => end(calls));

  for (const theme of THEMES) {
    it(`in ${theme}`, async () => {
      const page = await SessionTestPage.open({ theme, provider: calls.provider, known: KNOWN });
      try {
        page.show(await calls.find('Rejoin churn'));
        await page.ready();
        await page.screenshot(`session-${theme}-before`, false);
        await page.page.getByRole('button', { name: /^Read all reports/ }).click();
        await page.field('reportsResult').waitFor();
        await page.page
          .locator('.people .track')
          .nth(1)
          .hover({ position: { x: 300, y: 6 } });
        await page.screenshot(`session-${theme}`);
        assert.deepEqual(page.complaints, []);
        const rules = theme === 'dark' ? undefined : ['color-contrast'];
        assert.deepEqual(await seriousFindings(page.page, rules), [], 'nothing serious for axe-core');
      } finally {
        await page.close();
      }
    });
  }

  it('with a mass leave, and while it is live', async () => {
    const page = await SessionTestPage.open({ provider: calls.provider, known: KNOWN, liveRefreshSeconds: 15 });
    try {
      page.show(await calls.find('Mass leave'));
      await page.ready();
      await page.page.locator('.people .person-name').nth(2).hover();
      await page.screenshot('session-mass-leave');
      page.show(await calls.find('Live support desk', true));
      await page.field('live').waitFor();
      await page.ready();
      await page.screenshot('session-live');
      page.show(await calls.find('Breakout rooms'));
      await page.section('rooms').waitFor();
      await page.ready();
      await page.screenshot('session-breakout');
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.close();
    }
  });

  for (const id of ['100ms', 'whereby', 'mediamelon'] as const) {
    it(`for ${id}`, async () => {
      const others = await startSampleCalls(id);
      const page = await SessionTestPage.open({
        provider: others.provider,
        known: { connectionLabel: 'Sample calls', providerName: id, media: id === 'mediamelon' ? 'playback' : 'call' },
      });
      try {
        for (const [index, ref] of (await others.latest(2)).entries()) {
          page.show(ref);
          await page.ready();
          const read = page.page.getByRole('button', { name: /^Read all reports/ });
          if (id !== 'mediamelon') {
            await read.click();
            await page.field('reportsResult').waitFor();
          } else assert.equal(await read.count(), 0, 'a playback has no call quality');
          await page.screenshot(`session-${id}-${index}`);
        }
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.close();
        await others.stop();
      }
    });
  }

  it('on 320 pixels', async () => {
    const page = await SessionTestPage.open({
      provider: calls.provider,
      known: KNOWN,
      theme: 'light',
      viewport: { width: 320, height: 800 },
    });
    try {
      page.show(await calls.find('Rejoin churn'));
      await page.ready();
      await page.screenshot('session-narrow');
      const wide = await page.page.evaluate('document.documentElement.scrollWidth');
      assert.equal(wide, 320, 'nothing makes the page scroll sideways');
    } finally {
      await page.close();
    }
  });

  it('with a recorder, unknown ends and names that try something', async () => {
    const provider = new MadeProvider();
    provider.people = [
      stay('p1', 'Caller A', 0, 12),
      stay('p2', '<b onclick=alert(1)>Caller</b> \u202eB', 1, 29),
      stay('p3', 'Caller A', 13, 30),
      stay('p4', 'Recorder', 2, 30, { role: 'recorder' }),
      stay('p5', 'Caller C', 5, undefined, { leftTimeUnknown: true }),
      { id: 'p6', name: 'Never seen joining', joinedAt: undefined },
    ];
    const page = await SessionTestPage.open({ provider, known: KNOWN, dashboardUrl: 'https://dash.example/x' });
    try {
      page.show(REF);
      await page.ready();
      await page.page.locator('.people .person-name').first().focus();
      await page.screenshot('session-made');
      assert.deepEqual(page.complaints, []);
    } finally {
      await page.close();
    }
  });
});
