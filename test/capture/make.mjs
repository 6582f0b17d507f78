/**
 * Makes the recordings below `test/fixtures/captures/recorded` anew, all or those that are named:
 *
 *   node test/capture/make.mjs [scenario…]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { findFullChromium } from './browser.mjs';
import { recordCall } from './record.mjs';
import { SCENARIOS } from './scenarios.mjs';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'fixtures', 'captures', 'recorded');
const wanted = process.argv.slice(2);

const browser = findFullChromium();
if (!browser) throw new Error('There is no full Chrome or Chromium on this machine.');
await mkdir(FOLDER, { recursive: true });
for (const scenario of SCENARIOS) {
  if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
  const { internals, rtcstats, stats, applied, browser: version } = await recordCall(browser, scenario);
  const file = (/** @type {string} */ ending) => join(FOLDER, `${scenario.name}.${ending}`);
  await writeFile(file('webrtc_internals_dump.gz'), internals.bytes);
  await writeFile(file('rtcstats_dump.gz'), rtcstats.bytes);
  await writeFile(file('getstats.json.gz'), gzipSync(JSON.stringify(stats), { level: 9 }));
  await writeFile(file('applied.json'), `${JSON.stringify({ browser: version, scenario, applied }, undefined, 2)}\n`);
  console.log(`${scenario.name}: ${JSON.stringify(applied)}`);
}
