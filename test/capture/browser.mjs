/** Finds a Chromium that has chrome:// pages. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];

/**
 * The full Chrome or Chromium of this machine: `PEERSCOPE_CHROMIUM`, else the first on PATH. A headless shell does not do.
 * @returns {string | undefined}
 */
export function findFullChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    process.env.PEERSCOPE_CHROMIUM ?? '',
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((file) => file !== '' && isFull(file));
}

/** @param {string} file */
function isFull(file) {
  try {
    accessSync(file, constants.X_OK);
    const version = execFileSync(file, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /^(Google Chrome|Chromium) \d+/.test(version);
  } catch {
    return false;
  }
}
