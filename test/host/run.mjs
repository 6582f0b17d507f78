/**
 * Runs the host tests (built before) in a real VS Code, through `@vscode/test-electron`.
 *
 *   node test/host/run.mjs             on the VS Code server host
 *   node test/host/run.mjs --oldest    on the oldest supported VS Code
 *   PEERSCOPE_TEST_HOST=desktop        on desktop VS Code, downloaded on first use
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { downloadDesktop } from './desktop.mjs';
import { installHost, ROOT } from './vscode-server/install.mjs';
import { OLDEST } from './vscode-server/versions.mjs';

const oldest = process.argv.includes('--oldest');
const desktop = process.env.PEERSCOPE_TEST_HOST === 'desktop';

/** @returns {Promise<string>} the executable that takes VS Code's flags */
async function executable() {
  if (desktop) return downloadDesktop(oldest ? OLDEST.vscode : 'stable');
  if (oldest) process.env.PEERSCOPE_CODE_SERVER = OLDEST.codeServer;
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
