import assert from 'node:assert/strict';
import type { CallReport, Stream } from '../../../src/core/model';
import { LineStyles, lineStyle } from '../../../src/webview/line-style';
import { buildModel } from '../../../src/webview/report-model';

/** A camera; where `from` is given, one that was received. Times in seconds. */
function camera(id: string, from?: string, [first, last] = [0, 10]): Stream {
  return {
    id,
    direction: from === undefined ? 'send' : 'receive',
    kind: 'video',
    source: 'camera-mic',
    remoteParticipantId: from,
    times: Float64Array.of(first * 1000, last * 1000),
    series: { bitrate: Float64Array.of(1, 2) },
  };
}

function report(...streams: Stream[]): CallReport {
  const none = { transports: [], connectivity: [], deviceChanges: [], events: [], aggregates: [] };
  return { provider: 'realtimekit', participant: { id: 'p' }, streams, ...none, assumptions: [], issues: [] };
}

/** By stream id the look of its line. */
function looks(styles: LineStyles, ...streams: Stream[]) {
  const { sources } = buildModel(report(...streams), { title: '' }, styles);
  return Object.fromEntries(sources.map(({ id, style }) => [id, style]));
}

describe('the looks of lines', () => {
  it('follow the list at first', () => {
    assert.deepEqual(looks(new LineStyles(), camera('own'), camera('b', 'B'), camera('c', 'C')), {
      own: lineStyle(0),
      b: lineStyle(1),
      c: lineStyle(2),
    });
  });

  it('stay when somebody comes who stands before others, or goes', () => {
    const styles = new LineStyles();
    const before = looks(styles, camera('b', 'B'), camera('c', 'C'));
    // Who sends stands before what is received.
    const after = looks(styles, camera('a', 'A'), camera('b', 'B'), camera('c', 'C'), camera('own'));
    assert.deepEqual({ b: after.b, c: after.c }, before);
    assert.deepEqual([after.own, after.a], [lineStyle(2), lineStyle(3)]);
    const gone = looks(styles, camera('own'), camera('c', 'C'), camera('d', 'D'));
    assert.deepEqual([gone.own, gone.c, gone.d], [after.own, after.c, lineStyle(4)]);
  });

  it('go on to the track that takes the place of another', () => {
    const styles = new LineStyles();
    const { own, b } = looks(styles, camera('own', undefined, [0, 10]), camera('b', 'B'));
    const after = looks(
      styles,
      camera('own', undefined, [0, 10]),
      camera('later', undefined, [20, 30]),
      camera('b', 'B'),
    );
    assert.deepEqual(after, { own, later: own, b });
  });

  it('are the same on the page that is made anew', () => {
    const styles = new LineStyles();
    looks(styles, camera('b', 'B'));
    const before = looks(styles, camera('own'), camera('b', 'B'));
    assert.deepEqual(
      looks(new LineStyles(JSON.parse(JSON.stringify(styles.given))), camera('own'), camera('b', 'B')),
      before,
    );
  });

  it('decide which eight are drawn at first: whoever joins late hides nobody', () => {
    const styles = new LineStyles();
    const eight = Array.from({ length: 8 }, (_, index) => camera(`r${index}`, `R${index}`));
    assert.deepEqual(buildModel(report(...eight), { title: '' }, styles).hiddenAtFirst, []);
    const more = report(camera('own'), ...eight);
    assert.deepEqual(buildModel(more, { title: '' }, styles).hiddenAtFirst, ['own']);
    assert.deepEqual(buildModel(more, { title: '' }).hiddenAtFirst, ['r7']);
  });
});
