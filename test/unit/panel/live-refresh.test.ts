import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { PlainError } from '../../../src/core/errors';
import { LiveRefresh, type LiveState } from '../../../src/panel/live-refresh';

const NETWORK: PlainError = { kind: 'Network', text: 'No connection.' };

describe('reading again what is live', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 }));
  afterEach(() => mock.timers.reset());

  function setUp({ seconds = 10, ...state }: Partial<LiveState> & { seconds?: number } = {}) {
    /** When it was read, seconds. */
    const reads: number[] = [];
    const world: LiveState & { seconds: number } = { live: true, readAt: 0, seconds, ...state };
    const refresh = new LiveRefresh({
      seconds: () => world.seconds,
      state: () => world,
      read: () => reads.push(Date.now() / 1000),
      now: Date.now,
    });
    /** Lets seconds pass, one by one; each reading is answered at once. */
    const pass = (count: number, failed?: PlainError) => {
      for (let second = 0; second < count; second++) {
        const before = reads.length;
        mock.timers.tick(1000);
        if (reads.length === before) continue;
        if (!failed) world.readAt = Date.now();
        refresh.settled(failed);
      }
    };
    refresh.settled();
    return { refresh, world, reads, pass };
  }

  it('reads as often as the setting says, counted from the last answer', () => {
    const { reads, pass } = setUp();
    pass(35);
    assert.deepEqual(reads, [10, 20, 30]);
  });

  it('reads no oftener than the provider has something new', () => {
    const { reads, pass, refresh } = setUp({ leastSeconds: 60 });
    assert.equal(refresh.everySeconds, 60);
    pass(125);
    assert.deepEqual(reads, [60, 120]);
  });

  it('costs nothing while hidden, and is read at once when it is shown after its time', () => {
    const { reads, pass, refresh } = setUp();
    refresh.setVisible(false);
    pass(100);
    assert.deepEqual(reads, []);
    refresh.setVisible(true);
    pass(1);
    assert.equal(reads.length, 1);
  });

  it('waits for its time when it is shown again before', () => {
    const { reads, pass, refresh } = setUp();
    pass(3);
    refresh.setVisible(false);
    pass(3);
    refresh.setVisible(true);
    pass(3);
    assert.deepEqual(reads, []);
    pass(1);
    assert.deepEqual(reads, [10]);
  });

  it('does nothing when switched off or ended, and goes on when switched on', () => {
    const { reads, pass, refresh, world } = setUp({ seconds: 0 });
    pass(100);
    assert.equal(refresh.everySeconds, undefined);
    world.seconds = 20;
    refresh.plan();
    pass(1);
    world.live = false;
    refresh.plan();
    pass(100);
    assert.equal(reads.length, 1);
  });

  it('waits twice as long after each failure, at most five minutes, and not at all after the first success', () => {
    const { reads, pass, world } = setUp();
    pass(1000, NETWORK);
    // 10, then 10, 20, 40, 80, 160, 300, 300 later.
    assert.deepEqual(reads, [10, 20, 40, 80, 160, 320, 620, 920]);
    world.readAt = 1000_000;
    reads.length = 0;
    pass(250);
    assert.deepEqual(reads, [1220, 1230, 1240, 1250]);
  });

  it('waits as long as the provider asks for', () => {
    const { reads, pass } = setUp();
    pass(200, { kind: 'RateLimited', text: 'Too many requests.', retryAfterMs: 90_000 });
    assert.deepEqual(reads, [10, 100, 190]);
  });

  it('stops where only the person can help, until a reading of theirs succeeds', () => {
    const { reads, pass, refresh } = setUp();
    pass(100, { kind: 'Auth', text: 'The key was not accepted.' });
    assert.deepEqual(reads, [10]);
    refresh.setVisible(false);
    refresh.setVisible(true);
    pass(100);
    assert.deepEqual(reads, [10]);
    refresh.settled();
    pass(1);
    assert.equal(reads.length, 2);
  });

  it('forgets failures when another thing is shown', () => {
    const { reads, pass, refresh } = setUp();
    pass(15, { kind: 'Forbidden', text: 'No.' });
    refresh.reset();
    refresh.plan();
    pass(1);
    assert.equal(reads.length, 2);
  });
});
