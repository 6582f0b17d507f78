import assert from 'node:assert/strict';
import fc from 'fast-check';
import { handleKey } from '../../../src/webview/charts/keys';
import { Timeline } from '../../../src/webview/charts/timeline';

const HOUR = 3_600_000;
const press = (key: string, held: { shiftKey?: boolean; altKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe('the shared time axis', () => {
  it('never leaves its span nor falls below a second, whatever is done to it', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('zoom' as const), by: fc.double({ min: 0.01, max: 10, noNaN: true }) }),
      fc.record({ kind: fc.constant('pan' as const), by: fc.double({ min: -2, max: 2, noNaN: true }) }),
      fc.record({ kind: fc.constant('cursor' as const), by: fc.integer({ min: -HOUR, max: HOUR }) }),
      fc.record({ kind: fc.constant('show' as const), by: fc.integer({ min: -HOUR, max: 2 * HOUR }) }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const timeline = new Timeline([0, HOUR]);
        for (const { kind, by } of steps) {
          if (kind === 'zoom') timeline.zoom(by);
          else if (kind === 'pan') timeline.pan(by);
          else if (kind === 'cursor') timeline.moveCursor(by);
          else timeline.show([by, by + 500]);
          const [from, to] = timeline.range;
          assert.ok(from >= -1e-6 && to <= HOUR + 1e-6, `${from}..${to}`);
          assert.ok(to - from >= 1000 - 1e-6, `${to - from}`);
          const { cursor } = timeline;
          assert.ok(cursor === undefined || (cursor >= 0 && cursor <= HOUR));
        }
      }),
    );
  });

  it('zooms about the cursor: it keeps its place on screen', () => {
    const timeline = new Timeline([0, 1000_000]);
    timeline.setCursor(250_000);
    timeline.zoom(0.5);
    // A quarter from the left before and after: 250,000 - 0.25 * 500,000.
    assert.deepEqual(timeline.range, [125_000, 625_000]);
  });

  it('pans without changing the width, up to the end', () => {
    const timeline = new Timeline([0, 100_000], [10_000, 30_000]);
    timeline.pan(0.5);
    assert.deepEqual(timeline.range, [20_000, 40_000]);
    timeline.pan(10);
    assert.deepEqual(timeline.range, [80_000, 100_000]);
    assert.equal(timeline.zoomed, true);
    timeline.reset();
    assert.equal(timeline.zoomed, false);
  });

  it('takes an earlier zoom only as far as it lies in the span', () => {
    assert.deepEqual(new Timeline([0, 10_000], [5000, 20_000]).range, [5000, 10_000]);
    assert.deepEqual(new Timeline([0, 10_000], [50_000, 60_000]).range, [0, 10_000]);
  });

  it('tells listeners what changed, and not those that were ended', () => {
    const timeline = new Timeline([0, 100_000]);
    const told: string[] = [];
    timeline.listen((event) => told.push(event));
    const stop = timeline.listen(() => told.push('never'), 'cursor');
    stop();
    timeline.setCursor(5);
    timeline.setCursor(5);
    timeline.zoom(0.5);
    assert.deepEqual(told, ['cursor', 'range']);
  });
});

describe('keys on the time axis', () => {
  it('move the cursor by a sample, with Shift by ten, and pan to keep it in view', () => {
    const timeline = new Timeline([0, 100_000], [0, 50_000]);
    assert.equal(handleKey(press('ArrowRight'), timeline, 7000), 'moved');
    assert.equal(timeline.cursor, 0);
    handleKey(press('ArrowRight'), timeline, 7000);
    assert.equal(timeline.cursor, 7000);
    handleKey(press('ArrowRight', { shiftKey: true }), timeline, 7000);
    assert.equal(timeline.cursor, 77_000);
    assert.deepEqual(timeline.range, [27_000, 77_000]);
    handleKey(press('End'), timeline, 7000);
    assert.equal(timeline.cursor, 100_000);
    handleKey(press('Home'), timeline, 7000);
    assert.equal(timeline.cursor, 0);
    assert.deepEqual(timeline.range, [0, 50_000]);
  });

  it('zoom, pan and reset', () => {
    const timeline = new Timeline([0, 100_000]);
    handleKey(press('+'), timeline, 1000);
    assert.deepEqual(timeline.range, [25_000, 75_000]);
    handleKey(press('ArrowLeft', { altKey: true }), timeline, 1000);
    assert.deepEqual(timeline.range, [15_000, 65_000]);
    handleKey(press('-'), timeline, 1000);
    assert.equal(timeline.zoomed, false);
    handleKey(press('='), timeline, 1000);
    handleKey(press('Escape'), timeline, 1000);
    assert.equal(timeline.zoomed, false);
    handleKey(press('+'), timeline, 1000);
    handleKey(press('0'), timeline, 1000);
    assert.equal(timeline.zoomed, false);
  });

  it('leave other keys and those of VS Code alone', () => {
    const timeline = new Timeline([0, 100_000]);
    assert.equal(handleKey(press('a'), timeline, 1), undefined);
    assert.equal(handleKey(press('Tab'), timeline, 1), undefined);
    assert.equal(handleKey(press('ArrowRight', { ctrlKey: true }), timeline, 1), undefined);
    assert.equal(timeline.cursor, undefined);
  });
});
