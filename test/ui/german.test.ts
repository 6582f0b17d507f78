import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** What VS Code gives an extension where the person reads German: tree, report and session page speak it. */
describe('in German', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 1000 },
      env: { PEERSCOPE_OPEN_SAMPLES: '1' },
      language: 'de',
    });
  });
  after(() => end(workbench));

  const page = () => workbench.webviewFrame();
  const section = (name: string) => page().locator(`[data-section="${name}"]`).first();
  const sessions = () =>
    workbench.sideBar.locator('[role="treeitem"][aria-level="5"]:not([aria-label*="laufende Sitzung"])');

  it('the tree names its groups, and says what a session was', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('RealtimeKit · Beispielanrufe');
    await workbench.expand('telehealth-prod');
    await workbench.row('Letzte Sitzungen').waitFor();
    await workbench.row('Gerade live').waitFor();
    await workbench.expand('Räume');
    await workbench.expand('Lossy uplink');
    await eventually(async () =>
      assert.match((await sessions().first().getAttribute('aria-label')) ?? '', /\d+ Personen/),
    );
    // Day, month and hours as German has them, whatever the system is set to.
    await eventually(async () =>
      assert.match(
        (await sessions().nth(5).getAttribute('aria-label')) ?? '',
        /\b\d{1,2}\. \p{L}{3,4}\.?, \d\d:\d\d\b/u,
      ),
    );
    await workbench.screenshot('german-tree');
  });

  it('the report has German charts, streams and findings', async () => {
    await sessions().first().locator('.monaco-tl-twistie').click();
    await workbench.click('Caller A');
    await section('header').locator('[data-field="name"]').filter({ hasText: 'Caller A' }).waitFor();
    const chart = page().locator('[data-chart="packetLoss"]');
    await chart.locator('canvas').first().waitFor();
    assert.equal(await page().locator('html').getAttribute('lang'), 'de');
    const headed = (metric: string, hasText: RegExp) =>
      page().locator(`[data-chart="${metric}"]`).locator('h2, h3').first().filter({ hasText }).waitFor();
    await headed('packetLoss', /^Paketverlust/);
    await headed('rtt', /^Umlaufzeit/);
    await section('streams').getByText('Mikrofon').first().waitFor();
    const verdict = section('findings').locator('[data-field="verdict"]');
    await verdict.filter({ hasText: /Pakete verloren.* Seite: / }).waitFor();
    await workbench.screenshot('german-report');
  });

  it('the session page has German facts, table and timeline', async () => {
    await sessions().first().hover();
    // The first button of the row whose picture is that of a page: what it is called comes with VS Code's own language.
    await sessions().first().locator('.action-label.codicon-open-preview').click();
    await section('presence').waitFor();
    assert.equal(await page().locator('html').getAttribute('lang'), 'de');
    const field = (name: string) => page().locator(`[data-field="${name}"]`).first();
    await field('people')
      .filter({ hasText: /^\d+ Personen, \d+ Aufenthalte/ })
      .waitFor();
    await field('length')
      .filter({ hasText: /^dauerte \d+ min$/ })
      .waitFor();
    await section('presence')
      .locator('h2')
      .filter({ hasText: /^\s*Präsenz/ })
      .waitFor();
    await eventually(async () => {
      const heads = await page().locator('table.stays th[scope="col"]').allInnerTexts();
      const last = heads.map((head) => head.replace(/[↑↓]/, '').trim()).slice(-3);
      assert.deepEqual(last, ['Beigetreten', 'Gegangen', 'Geblieben']);
    });
    await workbench.screenshot('german-session');
  });

  it('everybody’s reports and the comparison of two are told in German', async () => {
    await page()
      .getByRole('button', { name: /^Alle Berichte lesen/ })
      .click();
    await page().locator('[data-field="reportsResult"]').filter({ hasText: '4 von 4 Berichten gelesen.' }).waitFor();
    await section('findings').locator('[data-field="verdict"]').filter({ hasText: 'Pakete' }).waitFor();
    await workbench.screenshot('german-session-reports');
    for (const name of ['Caller A', 'Caller B'])
      await page()
        .getByRole('checkbox', { name: `${name} vergleichen` })
        .check();
    await page().getByRole('button', { name: 'Caller A und Caller B vergleichen' }).click();
    await section('words')
      .locator('h2')
      .filter({ hasText: /^\d+ Unterschiede?$/ })
      .waitFor();
    await section('pairs').filter({ hasText: 'Nebeneinander' }).waitFor();
    await page().locator('[data-chart="packetLoss"] canvas').first().waitFor();
    await workbench.screenshot('german-comparison');
  });
});
