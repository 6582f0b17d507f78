/**
 * Runs the host tests (built before) in a real VS Code, through `@vscode/test-electron`.
 *
 *   PEERSCOPE_TEST_VSCODE=oldest    on the oldest supported VS Code instead of the newest
 *   PEERSCOPE_TEST_HOST=desktop     on desktop VS Code, downloaded on first use, instead of the VS Code server host
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { downloadDesktop } from './desktop.mjs';
import { installHost, ROOT } from './vscode-server/install.mjs';
import { chosenVersion, OLDEST } from './vscode-server/versions.mjs';

const desktop = process.env.PEERSCOPE_TEST_HOST === 'desktop';

/** @returns {Promise<string>} the executable that takes VS Code's flags */
async function executable() {
  if (desktop) return downloadDesktop(chosenVersion() === OLDEST ? OLDEST.vscode : 'stable');
  // Here and not in the launcher, so that a failed install is reported once and plainly.
  await installHost();
  return fileURLToPath(new URL('vscode-server/launcher.mjs', import.meta.url));
}

try {
  process.exitCode = await runTests({
    vscodeExecutablePath: await executable(),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(ROOT, 'dist', 'test', 'host', 'index.js'),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
