import assert from 'node:assert/strict';

describe('the clock', () => {
  it('is that of all tests', () => {
    const machine = performance.timeOrigin + performance.now();
    const ahead = Number(process.env.PEERSCOPE_CLOCK_AHEAD ?? 0);
    assert.ok(Math.abs(Date.now() - machine - ahead) < 5000, new Date().toISOString());
  });
});
