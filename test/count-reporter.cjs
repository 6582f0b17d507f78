/**
 * mocha's `spec` reporter that also writes `{"passed": n, "failed": n, "pending": n}` to the file named by
 * PEERSCOPE_TEST_RESULT, so that a parent process can add the counts up. It sets the clock back before each file's tests,
 * which only a reporter hears of before their hooks run.
 */
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');
const clock = require('./clock/clock.cjs');

class CountReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.on('suite', (suite) => {
      if (!suite.parent?.root) return;
      const before = Date.now();
      clock.beginAgain();
      // mocha measures the whole run by the same clock.
      this.stats.start = new Date(Number(this.stats.start) + Date.now() - before);
    });
    runner.once('end', () => {
      const file = process.env.PEERSCOPE_TEST_RESULT;
      const { passes, failures, pending } = this.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}

module.exports = CountReporter;
