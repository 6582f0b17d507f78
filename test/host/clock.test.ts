import assert from 'node:assert/strict';

describe('the clock', () => {
  it('is that of all tests', () => {
    const machine = performance.timeOrigin + performance.now();
    const { PEERSCOPE_CLOCK_AHEAD: ahead, PEERSCOPE_TEST_HOST: host } = process.env;
    // Nobody moves the clock of a desktop VS Code.
    assert.ok(ahead !== undefined || host === 'desktop');
    assert.ok(Math.abs(Date.now() - machine - Number(ahead ?? 0)) < 5000, new Date().toISOString());
  });
});
