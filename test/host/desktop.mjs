/** Desktop VS Code, downloaded by `@vscode/test-electron` into `.vscode-test/`. */
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { CACHE } from './vscode-server/install.mjs';

/**
 * Downloads VS Code unless it is there already.
 * @param {string} version  'stable' or a version number
 * @returns {Promise<string>} its executable
 * @throws an Error that names the way out when the download fails
 */
export async function downloadDesktop(version) {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: CACHE });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Desktop VS Code (${version}) could not be downloaded: ${reason}\n` +
        'What helps: check that update.code.visualstudio.com can be reached (HTTPS_PROXY is honoured). ' +
        'On Linux x64 the VS Code server from npm needs no such download: ' +
        'leave PEERSCOPE_TEST_HOST=desktop or --desktop out.',
    );
  }
}
