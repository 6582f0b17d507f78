import assert from 'node:assert/strict';
import { type GapCauses, gapCauses, gapsOf } from '../../../src/core/gaps';
import type { CallReport, Stream } from '../../../src/core/model';

const NONE: GapCauses = { muted: { audio: [], video: [] }, background: [], away: [], othersAway: {}, reported: [] };

/** A sample each second for `seconds`, save those in the holes (first and last second that is missing). */
function stream(seconds: number, holes: readonly [number, number][], more: Partial<Stream> = {}): Stream {
  const all = Array.from({ length: seconds }, (_, second) => second);
  const there = all.filter((second) => !holes.some(([from, to]) => second >= from && second <= to));
  const times = Float64Array.from(there, (second) => second * 1000);
  const series = { rtt: times.map(() => 40) };
  return { id: 's', direction: 'send', kind: 'video', source: 'camera-mic', times, series, ...more };
}

const rttOf = ({ series }: Stream) => series.rtt as Float64Array;
const reasons = (one: Stream, causes: GapCauses, until?: number) =>
  gapsOf(one, rttOf(one), causes, until).map(({ from, to, reason }) => [from / 1000, to / 1000, reason]);

describe('gaps', () => {
  it('last from the sample before to the one after, and need more than five seconds', () => {
    assert.deepEqual(
      reasons(
        stream(60, [
          [10, 19],
          [30, 33],
        ]),
        NONE,
      ),
      [[9, 20, 'unknown']],
    );
  });

  it('have the reason that the data tell for most of their length', () => {
    const one = stream(60, [[10, 29]]);
    const muted = { audio: [], video: [{ start: 10_500, end: 29_000 }] };
    assert.deepEqual(reasons(one, { ...NONE, muted }), [[9, 30, 'muted']]);
    assert.deepEqual(reasons(one, { ...NONE, background: [{ start: 8000, end: 31_000 }] }), [[9, 30, 'backgrounded']]);
    assert.deepEqual(reasons(one, { ...NONE, away: [{ start: 9500, end: 29_000 }] }), [[9, 30, 'left']]);
    // Muted for two of 21 seconds explains nothing.
    const brief = { audio: [], video: [{ start: 10_000, end: 12_000 }] };
    assert.deepEqual(reasons(one, { ...NONE, muted: brief }), [[9, 30, 'unknown']]);
  });

  it('are not explained by what concerns another medium', () => {
    const muted = { audio: [{ start: 0, end: 60_000 }], video: [] };
    const background = [{ start: 0, end: 60_000 }];
    assert.deepEqual(reasons(stream(60, [[10, 29]]), { ...NONE, muted }), [[9, 30, 'unknown']]);
    assert.deepEqual(reasons(stream(60, [[10, 29]], { kind: 'audio' }), { ...NONE, background }), [[9, 30, 'unknown']]);
    const screen = stream(60, [[10, 29]], { source: 'screen' });
    assert.deepEqual(reasons(screen, { ...NONE, muted: { audio: [], video: background } }), [[9, 30, 'unknown']]);
  });

  it('are "not reported" where other figures came meanwhile', () => {
    const other = stream(60, []);
    assert.deepEqual(reasons(stream(60, [[10, 29]]), { ...NONE, reported: [other.times] }), [[9, 30, 'not reported']]);
    const empty = stream(60, []);
    empty.series.rtt = empty.times.map((at) => (at >= 10_000 && at <= 29_000 ? Number.NaN : 40));
    assert.deepEqual(reasons(empty, { ...NONE, reported: [empty.times] }), [[9, 30, 'not reported']]);
  });

  it('of a figure that comes with every tenth sample are no gaps', () => {
    const one = stream(300, []);
    one.series.rtt = one.times.map((at) => (at % 10_000 === 0 ? 40 : Number.NaN));
    assert.deepEqual(reasons(one, { ...NONE, reported: [one.times] }), []);
  });

  it('reach to the end of the stay only where the data tell why', () => {
    const one = stream(60, [[40, 59]], { states: { muted: [{ at: 39_500, value: 'true' }] } });
    assert.deepEqual(reasons(one, NONE, 60_000), [[39, 60, 'muted']]);
    assert.deepEqual(reasons(stream(60, [[40, 59]]), NONE, 60_000), []);
    const received = stream(60, [[40, 59]], { direction: 'receive', remoteParticipantId: 'b' });
    const othersAway = { b: [{ start: 40_000, end: 60_000 }] };
    assert.deepEqual(reasons(received, { ...NONE, othersAway }, 60_000), [[39, 60, 'left']]);
  });

  it('where the times of a call are not known, lie within the stay, else up to the last event', () => {
    const hidden = { at: 30_000, name: 'page_hidden', lane: 'page' };
    const of = (participant: object, events: object[]) =>
      gapCauses({ participant, events, streams: [] } as unknown as CallReport);
    assert.deepEqual(of({ id: 'p', joinedAt: 1000, leftAt: 50_000 }, [hidden]).background, [
      { start: 30_000, end: 50_000 },
    ]);
    const on = { at: 40_000, name: 'video_on', lane: 'media' };
    assert.deepEqual(of({ id: 'p', joinedAt: 1000 }, [hidden, on]).background, [{ start: 30_000, end: 40_000 }]);
    assert.deepEqual(of({ id: 'p', joinedAt: 1000 }, [hidden, on]).muted.video, [{ start: 1000, end: 40_000 }]);
  });

  it('of a figure that was never measured are none', () => {
    const one = stream(60, [], { states: { muted: [{ at: 1000, value: 'true' }] } });
    one.series.rtt = one.times.map(() => Number.NaN);
    assert.deepEqual(reasons(one, NONE, 60_000), []);
  });

  it('read their causes from the events of a report', () => {
    const one = stream(60, []);
    const event = (second: number, name: string, lane: 'presence' | 'media' | 'page') => ({
      at: second * 1000,
      name,
      lane,
    });
    const report = {
      participant: { id: 'p', events: [event(5, 'left', 'presence'), event(15, 'rejoined', 'presence')] },
      startedAt: 0,
      endedAt: 60_000,
      streams: [one],
      events: [
        event(20, 'video_off', 'media'),
        event(30, 'video_on', 'media'),
        event(40, 'browser_backgrounded', 'page'),
      ],
    } as unknown as CallReport;
    const { away, muted, background, reported } = gapCauses(report);
    assert.deepEqual(away, [{ start: 5000, end: 15_000 }]);
    assert.deepEqual(muted, { audio: [], video: [{ start: 20_000, end: 30_000 }] });
    assert.deepEqual(background, [{ start: 40_000, end: 60_000 }]);
    assert.deepEqual(reported, [one.times]);
  });
});
