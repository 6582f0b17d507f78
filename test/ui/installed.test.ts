import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { end } from '../end';
import { NEWEST, OLDEST } from '../host/vscode-server/versions.mjs';
import { ROOT } from '../paths';
import type { ScriptedServer } from '../service/http/server';
import { addRealtimeKit } from './add-connection';
import { stepsOfOneJourney } from './journey';
import { ACCOUNT_ID, CANARY_TOKEN, SESSION_ID, startPublishedService } from './published-service';
import { Workbench } from './workbench';

const manifest: { name: string; publisher: string; version: string } = JSON.parse(
  await readFile(join(ROOT, 'package.json'), 'utf8'),
);

/** The most that whoever installs it should have to download. */
const MAX_BYTES = 600 * 1024;

/** The package that `npm run package` makes, installed into a clean VS Code and used there. */
describe('the package', () => {
  let folder: string;
  let vsix: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peerscope-package-'));
    vsix = join(folder, `${manifest.name}-${manifest.version}.vsix`);
    await promisify(execFile)('npm', ['run', 'package', '--', '--out', folder], { cwd: ROOT });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is small', async () => {
    const { size } = await stat(vsix);
    console.log(`      ${(size / 1024).toFixed(1)} KB`);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
  });

  for (const version of [NEWEST, OLDEST]) {
    describe(`installed into VS Code ${version.vscode}`, () => {
      let service: ScriptedServer;
      let workbench: Workbench;

      stepsOfOneJourney();
      before(async () => {
        service = await startPublishedService();
        workbench = await Workbench.open({ vsix, version });
      });
      after(async () => {
        await end(workbench);
        await end(service);
      });
      afterEach(async function () {
        if (this.currentTest?.state === 'failed') await workbench.screenshot(`installed-${version.vscode}-failure`);
      });
      const header = (name: string) =>
        workbench.webviewFrame().locator('[data-section="header"] [data-field="name"]').filter({ hasText: name });

      it('is the only extension there, and its view says what to do', async () => {
        const installed = (await readdir(workbench.extensionsDir)).filter((name) => !name.endsWith('.json'));
        assert.deepEqual(installed, [`${manifest.publisher}.${manifest.name}-${manifest.version}`]);
        await workbench.openView('Peerscope');
        await workbench.sideBar.getByRole('button', { name: 'Add Connection', exact: true }).waitFor();
      });

      it('the sample calls open', async () => {
        await workbench.sideBar.getByRole('button', { name: 'Open Sample Calls', exact: true }).click();
        await workbench.row('RealtimeKit · Sample calls').waitFor();
      });

      it('a connection is added', async () => {
        const baseUrl = `${service.origin}/client/v4`;
        await addRealtimeKit(workbench, { accountId: ACCOUNT_ID, baseUrl, token: CANARY_TOKEN, label: 'Installed' });
        // Two of one provider stand below its name.
        await workbench.row('RealtimeKit').waitFor();
      });

      it('its tree is browsed', async () => {
        await workbench.expand('RealtimeKit');
        await workbench.expand('Installed');
        await workbench.expand('my-first-app');
        await workbench.expand('Recent sessions');
        await workbench.expand('Published call');
        await workbench.row('Participant A').waitFor();
      });

      // Before any page is open: one that still loads takes the focus, and the list of answers closes.
      it('an id is looked up', async () => {
        await workbench.runCommand('Peerscope: Look Up Session by ID…');
        const input = workbench.quickInput.locator('input').first();
        await input.fill(SESSION_ID);
        const found = (text: string) => workbench.quickInput.locator('.monaco-list-row').filter({ hasText: text });
        await found(`Look up "${SESSION_ID}"`).first().waitFor();
        await input.press('Enter');
        await found('Published call').first().click();
        await header('Published call').waitFor();
        // Its row is looked for in the tree, and what is below may move until it is found.
        await workbench.sideBar.locator('.monaco-list-row.selected').filter({ hasText: 'Published call' }).waitFor();
      });

      it('a report opens', async () => {
        await workbench.click('Participant A');
        await header('Participant A').waitFor();
        const page = workbench.webviewFrame();
        await page.locator('[data-chart="rtt"] canvas').first().waitFor();
        const mean = page.locator('[data-section="summary"] [data-field="rtt.mean"]').first();
        await mean.filter({ hasText: /^135\.7\b/ }).waitFor();
        await workbench.screenshot(`installed-${version.vscode}`);
      });

      it('everything that it showed came out of the package', async () => {
        const own = join(workbench.extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
        const files = workbench.requests.map(fileOf).filter((path) => path !== undefined);
        const packaged = files.filter((path) => path.startsWith(`${own}/`));
        assert.ok(packaged.includes(join(own, 'media/peerscope.svg')), packaged.join());
        const others = files.filter((path) => !packaged.includes(path) && !path.includes('/lib/vscode/extensions/'));
        assert.deepEqual(others, []);
        // A page comes in one piece.
        const script = await workbench.webviewFrame().locator('body > script').last().textContent();
        assert.equal(script, await readFile(join(own, 'dist/webview/pages.js'), 'utf8'));
      });
    });
  }
});

/** The path of the extension's file that an address asks VS Code for; undefined where it is of another kind. */
function fileOf(address: string): string | undefined {
  const { hostname, pathname, searchParams } = new URL(address);
  if (pathname.endsWith('/vscode-remote-resource')) return searchParams.get('path') ?? undefined;
  return hostname.endsWith('.vscode-resource.vscode-cdn.net') ? decodeURIComponent(pathname) : undefined;
}
