/** Entry point that VS Code's extension host calls: runs every host test with mocha. */
import './marked-console';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { ROOT } from '../paths';

/** A page of the sample service through a cold extension host on a busy two-core machine. */
const TIMEOUT_MS = 60_000;

/**
 * Runs the tests built beside this file. `PEERSCOPE_TEST_GREP` narrows them by title.
 * @throws when a test failed, or there is none
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    reporter: join(ROOT, 'test', 'count-reporter.cjs'),
    timeout: TIMEOUT_MS,
    color: false,
    grep: process.env.PEERSCOPE_TEST_GREP ?? '',
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.js'),
  );
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    if (runner.total === 0) throw new Error('There are no host tests.');
  });
  if (failures > 0) throw new Error(`${failures} host tests failed.`);
}
