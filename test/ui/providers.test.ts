/** All four providers side by side in a real VS Code, without an account. */
import assert from 'node:assert/strict';
import { end } from '../end';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

/** Rows to open from the top, the levels that the last rows stand at, and what the report's page then holds. */
const PROVIDERS = [
  {
    name: 'realtimekit',
    path: ['RealtimeKit · Sample calls', 'telehealth-prod', 'Rooms', 'Network switch with ICE restart'],
    charts: ['packetLoss', 'rtt', 'jitter', 'bitrate'],
    place: 'RealtimeKit · Sample calls',
  },
  {
    name: '100ms',
    path: ['100ms · Sample calls', 'Rooms', 'Network switch with ICE restart'],
    charts: ['packetLoss', 'rtt', 'jitter', 'bitrate', 'fps'],
    place: '100ms · Sample calls',
  },
  {
    name: 'whereby',
    path: ['Whereby · Sample calls', 'Rooms', '/reconnects'],
    charts: ['packetLoss', 'bitrate'],
    place: 'Whereby · Sample calls',
  },
  {
    name: 'mediamelon',
    path: ['MediaMelon · Sample playbacks', 'Assets', 'Night Match Replay'],
    charts: ['startupTime', 'rebuffering', 'playbackScore', 'plays'],
    place: 'MediaMelon · Sample playbacks',
  },
];

describe('all four providers', () => {
  let workbench: Workbench;

  stepsOfOneJourney();
  before(async () => {
    workbench = await Workbench.open({ viewport: { width: 1600, height: 1100 } });
  });
  after(() => end(workbench));

  const page = () => workbench.webviewFrame();
  const rowsAt = (level: number) => workbench.sideBar.locator(`[role="treeitem"][aria-level="${level}"]`);

  it('stand in one tree after one command', async () => {
    await workbench.openView('Peerscope');
    await workbench.runCommand('Peerscope: Open Sample Calls');
    for (const { path } of PROVIDERS) await workbench.row(path[0] ?? '').waitFor();
    await eventually(async () => {
      const roots = (await workbench.treeRows()).filter(({ level }) => level === 1).map(({ label }) => label);
      assert.deepEqual(roots.toSorted(), PROVIDERS.map(({ path }) => path[0]).toSorted());
    });
    await workbench.screenshot('providers-tree');
  });

  for (const { name, path, charts, place } of PROVIDERS) {
    it(`${name}: a report from the tree`, async () => {
      for (const label of path) await workbench.expand(label);
      const level = path.length + 1;
      const session = rowsAt(level).filter({ hasNotText: 'live' }).first();
      await session.locator('.monaco-tl-twistie').click();
      const person = rowsAt(level + 1).first();
      await person.waitFor();
      await person.click();
      await page().locator('[data-section="header"] [data-field="place"]').filter({ hasText: place }).waitFor();
      await page().locator('[data-section="notes"]').waitFor();
      for (const metric of charts) await page().locator(`[data-chart="${metric}"] canvas`).waitFor();
      await workbench.screenshot(`providers-${name}`);
      // The next provider's rows have the same names: this one's are folded first.
      await workbench
        .row(path[0] ?? '')
        .locator('.monaco-tl-twistie')
        .click();
      await rowsAt(level).first().waitFor({ state: 'detached' });
    });
  }

  it('the last one is shown as a playback', async () => {
    await page().locator('[data-section="header"] [data-field="media"]').waitFor();
    // Of one that failed at once there are few figures, but always this.
    await page().locator('[data-section="figures"] tr[data-figure="watchtime"]').waitFor();
    assert.equal(await page().locator('[data-section="connection"]').count(), 0);
  });
});
