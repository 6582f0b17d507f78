import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { end } from '../end';
import { FIXTURES } from '../paths';
import { eventually } from './eventually';
import { stepsOfOneJourney } from './journey';
import { Workbench } from './workbench';

const DUMP = 'webrtc_internals_dump.txt';
const RENEGOTIATED = 'webrtc_internals_dump (2).txt';

/** A person has dumps on disk: from the Explorer, without a provider, and again after a reload. */
describe('a dump on disk', () => {
  let workbench: Workbench;
  let folder: string;
  const page = () => workbench.webviewFrame();
  const choice = () => page().locator('[data-field="peerConnections"] select');

  stepsOfOneJourney();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-dump-'));
    const recorded = join(FIXTURES, 'captures', 'recorded');
    const packed = await readFile(join(recorded, 'lossy.webrtc_internals_dump.gz'));
    await writeFile(join(folder, DUMP), gunzipSync(packed));
    const shared = await readFile(join(recorded, 'screen-share.webrtc_internals_dump.gz'));
    await writeFile(join(folder, RENEGOTIATED), gunzipSync(shared));
    await writeFile(join(folder, 'call.jsonl'), gunzipSync(await readFile(join(recorded, 'healthy.rtcstats_dump.gz'))));
    await writeFile(join(folder, 'webrtc_internals_dump (1).txt'), '');
    workbench = await Workbench.open({ folder });
  });
  after(async () => {
    await end(workbench);
    await rm(folder, { recursive: true, force: true });
  });

  it('opens as a report by a double click in the Explorer', async () => {
    // The view is there once VS Code knows the extension, and with it the editor of dumps.
    await workbench.openView('Peerscope');
    await workbench.openView('Explorer');
    await workbench.row(DUMP).dblclick();
    await page().locator('[data-section="summary"]').waitFor();
    await page().locator('[data-chart="rtt"] canvas').waitFor();
    assert.equal(await page().getByRole('button', { name: /^Pin/ }).count(), 0, 'the editor of a file is not pinned');
    await workbench.screenshot('capture-editor');
  });

  it('says what went wrong in it, and shows the other peer connection', async () => {
    await page().locator('[data-section="findings"]').waitFor();
    await eventually(async () => assert.equal(await choice().locator('option').count(), 2));
    const before = await choice().inputValue();
    const other = (
      await choice()
        .locator('option')
        .evaluateAll((all) => all.map((each) => each.getAttribute('value')))
    ).find((value) => value !== before);
    assert.ok(other);
    await choice().selectOption(other);
    await page()
      .locator(`[data-field="peerConnections"] option[value="${other}"]:checked`)
      .waitFor({ state: 'attached' });
    await page().locator('[data-chart="rtt"] canvas').waitFor();
  });

  it('shows what a renegotiation changed, as VS Code compares files', async () => {
    await workbench.row(RENEGOTIATED).dblclick();
    await page().locator('h1').filter({ hasText: '8-' }).waitFor();
    const offer = page()
      .locator('[data-field="sdp"]')
      .filter({ hasText: /^Local offer 2/ });
    await offer.locator('summary').first().click();
    await offer.getByRole('button', { name: 'What changed' }).click();
    await workbench.page.locator('.monaco-diff-editor').waitFor();
    // The screen came as a second video section.
    await workbench.page.locator('.monaco-diff-editor .modified .line-insert').first().waitFor();
    await workbench.screenshot('capture-sdp-difference');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openView('Explorer');
    await workbench.row(DUMP).dblclick();
    await page().locator('[data-chart="rtt"] canvas').waitFor();
  });

  it('is listed under Captures, with its peer connections', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('Captures');
    await workbench.expand(DUMP);
    const connections = workbench.sideBar.locator('[role="treeitem"][aria-level="3"]');
    // An open row's children come a moment after it has opened.
    await eventually(async () => assert.equal(await connections.count(), 2));
    await workbench.screenshot('captures-tree');
  });

  it('comes back after a reload, with its row', async () => {
    await workbench.reload();
    await page().locator('[data-chart="rtt"] canvas').waitFor();
    await workbench.openView('Peerscope');
    await workbench.row('Captures').waitFor();
  });

  it('is offered for an rtcstats file by "Open Call Capture…" in the Explorer', async () => {
    await workbench.openView('Explorer');
    await workbench.chooseFromMenu('call.jsonl', 'Open Call Capture…');
    // The file holds both ends of the call.
    await workbench.quickInput.getByText('Peer connections in call.jsonl').waitFor();
    await workbench.page.keyboard.press('Enter');
    await page().locator('[data-section="summary"]').waitFor();
  });

  it('is taken off the list by its menu', async () => {
    await workbench.openView('Peerscope');
    await workbench.expand('Captures');
    await workbench.row('call.jsonl').waitFor();
    await workbench.chooseFromMenu('call.jsonl', 'Remove from Captures');
    await workbench.row('call.jsonl').waitFor({ state: 'detached' });
    await workbench.row(DUMP).waitFor();
  });
});
