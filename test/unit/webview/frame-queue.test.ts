import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CHARTS, FIGURES, FrameQueue } from '../../../src/webview/charts/frame-queue';

describe('jobs of the frames', () => {
  const { requestAnimationFrame: former } = globalThis;
  let asked: FrameRequestCallback[] = [];
  let now = 0;
  const { now: clock } = performance;
  /** Runs the next frame; false when nobody asked for one. */
  const frame = (): boolean => {
    const callbacks = asked;
    asked = [];
    for (const callback of callbacks) callback(now);
    return callbacks.length > 0;
  };
  beforeEach(() => {
    asked = [];
    now = 0;
    globalThis.requestAnimationFrame = (callback) => asked.push(callback);
    performance.now = () => now;
  });
  afterEach(() => {
    globalThis.requestAnimationFrame = former;
    performance.now = clock;
  });

  it('are done once a frame however often they are asked for, and not when they are taken back', () => {
    const queue = new FrameQueue(() => true);
    const done: string[] = [];
    const [a, b] = [() => done.push('a'), () => done.push('b')];
    for (const job of [a, b, a, a]) queue.add(job);
    queue.delete(b);
    assert.equal(asked.length, 1);
    frame();
    assert.deepEqual(done, ['a']);
    assert.equal(frame(), false);
  });

  it('follow in the next frame when they are asked for by another', () => {
    const queue = new FrameQueue(() => true);
    let times = 0;
    const again = () => {
      times++;
      queue.add(again);
    };
    queue.add(again);
    frame();
    assert.equal(times, 1);
    frame();
    assert.equal(times, 2);
  });

  it('go on after one that failed', () => {
    const queue = new FrameQueue(() => true);
    let done = false;
    queue.add(() => {
      throw new Error('a chart');
    });
    queue.add(() => {
      done = true;
    });
    assert.throws(frame, /a chart/);
    frame();
    assert.ok(done);
  });

  it('all get their turn while changes keep coming', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (count, most) => {
        const queue = new FrameQueue((done) => done < most);
        const times = Array.from({ length: count }, () => 0);
        const jobs = times.map((_, index) => () => {
          times[index] = (times[index] as number) + 1;
        });
        const rounds = Math.ceil(count / most);
        for (let turn = 0; turn < rounds * 3; turn++) {
          for (const job of jobs) queue.add(job);
          frame();
        }
        assert.ok(Math.min(...times) >= 3, times.join());
        while (frame());
      }),
    );
  });

  it('of charts stop when the frame has little time left; one is drawn in any case', () => {
    let drawn = 0;
    const slow = Array.from({ length: 4 }, () => () => {
      drawn++;
      now += 100;
    });
    for (const job of slow) CHARTS.add(job);
    const after: number[] = [];
    while (frame()) after.push(drawn);
    assert.deepEqual(after, [1, 2, 3, 4]);
  });

  it('of figures are done within six frames, however many there are', () => {
    for (const count of [1, 4, 16, 1000]) {
      let done = 0;
      for (let i = 0; i < count; i++) FIGURES.add(() => done++);
      let frames = 0;
      while (frame()) frames++;
      assert.equal(done, count);
      assert.ok(frames <= 6, `${frames} frames for ${count}`);
    }
  });
});
