import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allAtOnce, type Fits, FrameQueue, fewCharts, fewFigures } from '../../../src/webview/charts/frame-queue';

describe('jobs of the frames', () => {
  let asked: (() => void)[] = [];
  let now = 0;
  const clock = performance.now.bind(performance);
  const queueOf = (fits: Fits) => new FrameQueue(fits, (job) => asked.push(job));
  /** Runs the next frame; false when nobody asked for one. */
  const frame = (): boolean => {
    const jobs = asked;
    asked = [];
    for (const job of jobs) job();
    return jobs.length > 0;
  };
  beforeEach(() => {
    asked = [];
    now = 0;
    performance.now = () => now;
  });
  afterEach(() => {
    performance.now = clock;
  });

  it('are done once a frame however often they are asked for, and not when they are taken back', () => {
    const queue = queueOf(allAtOnce);
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
    const queue = queueOf(allAtOnce);
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
    const queue = queueOf(allAtOnce);
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
        const queue = queueOf((done) => done < most);
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
    const charts = queueOf(fewCharts);
    let drawn = 0;
    const slow = Array.from({ length: 4 }, () => () => {
      drawn++;
      now += 100;
    });
    for (const job of slow) charts.add(job);
    const after: number[] = [];
    while (frame()) after.push(drawn);
    assert.deepEqual(after, [1, 2, 3, 4]);
  });

  it('of figures are done within six frames, however many there are', () => {
    for (const count of [1, 4, 16, 1000]) {
      const figures = queueOf(fewFigures);
      let done = 0;
      for (let i = 0; i < count; i++) figures.add(() => done++);
      let frames = 0;
      while (frame()) frames++;
      assert.equal(done, count);
      assert.ok(frames <= 6, `${frames} frames for ${count}`);
    }
  });
});
